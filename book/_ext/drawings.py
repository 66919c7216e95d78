"""Figures of cells as a part of their page instead of files beside it, so that they follow the theme and need no request."""

import hashlib
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from w2v.support.drawing import inline


class DrawFiguresInThePage(SphinxPostTransform):
    """Puts the drawing itself in the place of each image that matplotlib wrote as SVG, named by the image's description."""

    default_priority = 5  # before Sphinx collects the images to copy
    formats = ("html",)

    def run(self, **kwargs):
        for number, image in enumerate(list(self.document.findall(nodes.image))):
            file = Path(self.env.srcdir, image["uri"])
            if file.suffix == ".svg" and "jupyter_execute" in file.parts:
                drawing = named(file.read_text("utf-8"), image.get("alt", ""), number)
                image.replace_self(nodes.raw("", drawing, format="html"))


def named(svg, description, number=0):
    """The drawing with its description, for readers who cannot see it."""
    prefix = f"d{number}-{hashlib.sha256(svg.encode()).hexdigest()[:6]}-"
    return inline(svg, prefix).replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)


def setup(app):
    app.add_post_transform(DrawFiguresInThePage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
