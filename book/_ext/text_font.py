"""The font of the text: its files, from the npm package beside KaTeX, and its licence are put into the site, so that the book looks the same everywhere."""

import re
from pathlib import Path

from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "katex/node_modules/@fontsource-variable/source-sans-3"
SHEET = HERE.parent / "_static/text_font.css"


def _check_installed(app, config):
    if not PACKAGE.is_dir():
        raise ExtensionError("the font of the text is not installed: run 'make book', or 'npm ci' in book/_ext/katex")
    config.html_css_files.append(SHEET.name)


def _copy_files(app, exception):
    """Copies each file that the style sheet names."""
    if exception is None and app.builder.format == "html":
        folder = str(Path(app.outdir) / "_static/fonts")
        for name in re.findall(r"url\(fonts/([^)]*)\)", SHEET.read_text("utf-8")):
            copy_asset(str(PACKAGE / "files" / name), folder)
        copy_asset(str(PACKAGE / "LICENSE"), folder)


def setup(app):
    app.connect("config-inited", _check_installed, priority=100)
    app.connect("build-finished", _copy_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
