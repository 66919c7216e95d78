"""The roles `section`, `explorer` and `exercise` link to what they name, wherever it stands; a name that is gone fails the build.

{section}`Reflection`, {explorer}`SigmoidExplorer`, {exercise}`sigmoid-slope`; {section}`glove: Setting` where several pages have it.
"""

import re

from docutils import nodes
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

logger = logging.getLogger(__name__)
KINDS = ("section", "explorer", "exercise")
EXPLORER = re.compile(r"\b\w+Explorer(?=\()")


def _role(kind):
    def role(name, rawtext, text, lineno, inliner, options=None, content=()):
        return [nodes.inline(rawtext, text, classes=["w2v-named"], kind=kind, name=text, row=lineno)], []

    return role


def found(doctree):
    """{kind: {name: (id, words of the link)}} of what a page has; the first of two alike counts."""
    named = {kind: {} for kind in KINDS}
    for section in doctree.findall(nodes.section):
        if section.children and isinstance(section[0], nodes.title):  # the inside of an exercise has none
            title = section[0].astext().replace("’", "'")
            named["section"].setdefault(title, (section["ids"][0], title))
    for code in doctree.findall(nodes.literal_block):
        if code.get("language") == "pycon":  # an example of the reference shows no figure
            continue
        for name in EXPLORER.findall(code.astext()):
            named["explorer"].setdefault(name, (_section_of(code)["ids"][0], name))
    return named


def _section_of(node):
    while not isinstance(node, nodes.section):
        node = node.parent
    return node


def places(name, pages):
    """[(page, id, words)] of what is called `name`, or `page: name` for that of one page."""
    only, _, title = name.partition(": ")
    everywhere = [(page, *known[name]) for page, known in pages.items() if name in known]
    return everywhere or [(page, *known[title]) for page, known in pages.items() if page == only and title in known]


def _keep(app, doctree):
    app.env.w2v_named[app.env.docname] = found(doctree)


def _pages(app, kind):
    """{page: {name: (id, words)}} of one kind, pages without their folder."""
    if kind == "exercise":
        entries = app.env.w2v_exercises
        named = {doc: {each.id: (each.label, each.title) for each in every} for doc, every in entries.items()}
    else:
        named = {doc: kinds[kind] for doc, kinds in app.env.w2v_named.items()}
    return {doc.rpartition("/")[2]: known for doc, known in named.items()}


def _link(app, doctree, docname):
    folder = docname.rpartition("/")[0]
    for node in list(doctree.findall(nodes.inline)):
        if "w2v-named" not in node["classes"]:
            continue
        at = places(node["name"], _pages(app, node["kind"]))
        if len(at) != 1:
            where = f"on the pages {', '.join(page for page, *_ in at)}" if at else "in this book"
            words = f"expected one {node['kind']} called {node['name']!r}, found {len(at) or 'none'} {where}"
            logger.warning("%s", words, location=(docname, node["row"]), type="named")
            continue
        page, id, words = at[0]
        target = f"{folder}/{page}" if folder else page
        node.parent.replace(node, make_refnode(app.builder, docname, target, id, nodes.Text(words)))


def _begin(app):
    if not hasattr(app.env, "w2v_named"):
        app.env.w2v_named = {}


def _forget(app, env, docname):
    getattr(env, "w2v_named", {}).pop(docname, None)


def setup(app):
    for kind in KINDS:
        app.add_role(kind, _role(kind))
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", _forget)
    app.connect("doctree-read", _keep)
    app.connect("doctree-resolved", _link)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
