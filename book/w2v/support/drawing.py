"""One palette for all drawings, and matplotlib's SVG as a part of the page: its colours and its font follow the theme."""

import logging
import re
from typing import Any

# A browser has no cache of fonts; matplotlib makes one in half a second and would say so below a reader's first figure.
logging.getLogger("matplotlib.font_manager").addFilter(lambda record: "font cache" not in record.getMessage())

# The five colours of curves and points; on a page they follow its theme.
BLUE, ORANGE, PINK, GREEN, GREY = "#1858b8", "#a34700", "#b4154a", "#11763c", "#5b616b"
PALE = "#e3e7ec"

# What explorers.css gives a value for light and for dark.
ROLES = {
    BLUE: "model",
    ORANGE: "true",
    PINK: "grad",
    GREEN: "good",
    GREY: "quiet",
    PALE: "soft",
    "#000000": "ink",
    "#ffffff": "paper",
}

# Settings of matplotlib with sizes at which a drawing fits a phone with letters of 11 pixels or more.
STYLE: Any = {
    "figure.constrained_layout.use": True,
    "figure.figsize": (4.9, 3.0),
    "font.size": 12,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "svg.fonttype": "none",
    "svg.hashsalt": "w2v",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}

_LEFT_OUT = re.compile(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", re.S)
_FONT = re.compile(
    r"font: (?:(italic|oblique) )?(?:(\d+|bold) )?([\d.]+)px [^;\"]*"
)  # as matplotlib wrote it up to 3.10
_FAMILY = re.compile(r"font-family: [^;\"]*(?:; )?")


def inline(svg: str, prefix: str = "") -> str:
    """Returns the SVG file of a figure as an element for a page; `prefix` sets its ids apart from those of others."""
    svg = _LEFT_OUT.sub("", svg[svg.index("<svg") :]).rstrip()
    svg = re.sub(r' (?:width|height)="[\d.]+pt"', "", svg, count=2)
    used = set(re.findall(r'#([\w-]+)["\')]', svg))
    svg = re.sub(r' id="([^"]*)"', lambda found: f' id="{prefix}{found[1]}"' if found[1] in used else "", svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}", svg)
    svg = _FAMILY.sub("", _FONT.sub(_font, svg))
    for colour, role in ROLES.items():
        svg = re.sub(colour, f"var(--w2v-{role})", svg, flags=re.I)
    return re.sub(r"\bblack\b", "var(--w2v-ink)", svg).replace("<svg ", '<svg class="w2v-drawing" ', 1)


def _font(found):
    """The slope, weight and size of a text; its family is the page's."""
    slope, weight, size = found.groups()
    return "".join(
        [
            f"font-size: {size}px",
            f"; font-style: {slope}" if slope else "",
            f"; font-weight: {weight}" if weight and weight != "400" else "",
        ]
    )
