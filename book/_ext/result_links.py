"""Every mention of a result in running text, such as T07 or N1, links to its theorem."""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

MENTION = re.compile(r"\b([TN]\d{1,2})\b")
LEFT_ALONE = (
    nodes.literal,
    nodes.math,
    nodes.title,
    nodes.reference,
    nodes.raw,
    nodes.FixedTextElement,
    nodes.Invisible,
)


class ResultLinks(SphinxPostTransform):
    default_priority = 12  # after the cross-references of the page are resolved

    def run(self, **kwargs):
        results = getattr(self.env, "proof_list", {})
        for text in list(self.document.findall(nodes.Text)):
            if MENTION.search(text) and not _inside(text, LEFT_ALONE):
                text.parent.replace(text, list(self._linked(text, results)))

    def _linked(self, text, results):
        for piece in MENTION.split(text):
            if piece in results:
                docname = results[piece]["docname"]
                yield make_refnode(self.app.builder, self.env.docname, docname, piece, nodes.Text(piece))
            elif piece:
                yield nodes.Text(piece)


def _inside(node, kinds):
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False


def setup(app):
    app.add_post_transform(ResultLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
