"""The font of the text: its files, from the npm package beside KaTeX, and its licence are put into the site, so that the book looks the same everywhere.

The few letters of the book that lie outside the Latin file, the y with a circumflex above all, are taken out of a file of 60 KB into one of 2 KB.
"""

import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "katex/node_modules/@fontsource-variable/source-sans-3"
SHEET = HERE.parent / "_static/text_font.css"
FEW = re.compile(r"url\(fonts/(source-sans-3)-few-(wght-\w+\.woff2)\)[^;]*; unicode-range: ([^;]*);")


def few_letters(source, letters, target):
    """Writes the font in the file `source` with nothing but the letters, given as numbers, into the file `target`."""
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(flavor="woff2", layout_features=["*"], name_IDs=["*"]))
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.save(target)


def _check_installed(app, config):
    if not PACKAGE.is_dir():
        raise ExtensionError("the font of the text is not installed: run 'make book', or 'npm ci' in book/_ext/katex")
    config.html_css_files.append(SHEET.name)


def _copy_files(app, exception):
    """Copies each file that the style sheet names, and makes those of few letters."""
    if exception is not None or app.builder.format != "html":
        return
    folder, sheet = Path(app.outdir) / "_static/fonts", SHEET.read_text("utf-8")
    for name in sorted({*re.findall(r"url\(fonts/([^)]*)\)", FEW.sub("", sheet))}):
        copy_asset(str(PACKAGE / "files" / name), str(folder))
    for family, style, letters in sorted({*FEW.findall(sheet)}):
        target = folder / f"{family}-few-{style}"
        codes = [int(code, 16) for code in re.findall(r"U\+(\w+)", letters)]
        few_letters(PACKAGE / "files" / f"{family}-latin-ext-{style}", codes, target)
    copy_asset(str(PACKAGE / "LICENSE"), str(folder))


def setup(app):
    app.connect("config-inited", _check_installed, priority=100)
    app.connect("build-finished", _copy_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
