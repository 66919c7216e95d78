"""Makes pages light: icons as drawings instead of a webfont, one style sheet of the rules in use, one script of the theme, fonts asked for at once.

The theme's own files stay where they are, except those of its icon font.
"""

import hashlib
import json
import re
import shutil
from functools import cache
from html import unescape
from pathlib import Path

import pydata_sphinx_theme
from sphinx.errors import ExtensionError

ICONS = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static/scripts/fontawesome.js"
UNUSED = ("vendor/fontawesome", "scripts/fontawesome.js")

ICON = re.compile(r'<(i|span) class="([^"]*\bfa-[^"]*)"([^>]*)></\1>')
SHEET = re.compile(r'\s*<link(?=[^>]*rel="stylesheet")[^>]*href="((?:\.\./)*)(_static/[^"?]+)[^"]*"[^>]*/?>')
# The scripts of Sphinx and of the theme; those of the book stay apart, for a page loads only what it shows.
SCRIPT = re.compile(
    r'\s*<script(?: defer)? src="((?:\.\./)*)(_static/(?:doctools|sphinx_highlight|clipboard\.min'
    r'|copybutton|togglebutton|scripts/[\w-]+)\.js)[^"]*"></script>'
)
PRELOAD = re.compile(r'\s*<link rel="preload" as="script"[^>]*>|\s*<script>if \(location\.protocol[^\n]*</script>')
# The search page has an index of its own (search.py).
SEARCHING = re.compile(
    r'\s*<script src="(?:\.\./)*(?:_static/searchtools|_static/language_data|searchindex)\.js[^"]*"></script>'
)

# The fonts that a page shows first; where it has no formula, the first alone. Pages from a file cannot ask for them so.
FONTS = (
    "fonts/source-sans-3-latin-wght-normal.woff2",
    "katex/fonts/KaTeX_Main-Regular.woff2",
    "katex/fonts/KaTeX_Math-Italic.woff2",
)
FONTS_AT_ONCE = (
    '\n<script>if (location.protocol !== "file:") for (const href of %s) document.head.append('
    'Object.assign(document.createElement("link"), {rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href}));</script>'
)

BLOCK = re.compile(r"\s*([^{};]*)([{};])")
NAMED = re.compile(r"[.#]((?:[\w-]|\\.)+)")
WORD = re.compile(r"[\w-]+")
FONT = re.compile(r"@font-face\{[^}]*Font Awesome[^}]*\}")
URL = re.compile(r"""url\((['"]?)(?!data:|https?:|#|/)([^)'"]+)\1\)""")
LEFT_OUT = re.compile(r'/\*.*?\*/|@charset "[^"]*";', re.S)
IMPORT = re.compile(r"""@import\s*(?:url\()?["']([^"']+)["']\)?;""")


def drawn_icon(found):
    """The icon that the theme names by its classes, as the theme's own script would draw it."""
    names = [name[3:] for name in found[2].split() if name.startswith("fa-") and name not in ("fa-solid", "fa-lg")]
    width, height, path = icon(names[0])
    return (
        f'<svg class="svg-inline--fa {" ".join(found[2].split())}"{found[3]} aria-hidden="true" viewBox="0 0 {width} {height}" '
        f'fill="currentColor"><path d="{path}"/></svg>'
    )


@cache
def icon(name):
    """(width, height, outline) of the solid icon of this name; raises ExtensionError if the theme has none."""
    drawings = re.findall(
        rf'[{{,]"?{re.escape(name)}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]', ICONS.read_text("utf-8")
    )
    if not drawings:
        raise ExtensionError(f"the theme has no icon {name!r}")
    return drawings[-1]


def used_rules(css, words):
    """The style sheet, which has no comments, without the selectors that name a class or an id that is none of `words`, and without the icon font."""
    css, kept, at = FONT.sub("", css), [], 0
    while at < len(css):
        rule = BLOCK.match(css, at)
        if rule is None:
            return "".join(kept) + css[at:]
        head, sign = rule.groups()
        if sign != "{":  # the end of a block of rules, or a statement
            kept.append(css[at : rule.end()])
            at = rule.end()
        elif head.startswith("@") and not head.startswith(("@font-face", "@page", "@property", "@keyframes", "@-")):
            inside = css[rule.end() : _end(css, rule.end())]
            left = used_rules(inside, words)
            kept.append(f"{head}{{{left}}}" if left.strip() else "")
            at = rule.end() + len(inside) + 1
        else:
            end = _end(css, rule.end())
            selectors = [each for each in _list(head) if head.startswith("@") or _is_used(each, words)]
            kept.append(f"{','.join(selectors)}{css[rule.end() - 1 : end + 1]}" if selectors else "")
            at = end + 1
    return "".join(kept)


def _end(css, at):
    """The place of the brace that closes the block whose inside begins at `at`; braces in strings do not count."""
    depth = 1
    for found in re.compile(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[{}]""").finditer(css, at):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise ExtensionError("a style sheet with a block that does not end")


def _list(head):
    """The selectors of a list, split at the commas outside brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)


def _is_used(selector, words):
    """Whether all that a selector asks for is there; what it excludes, or names as one of several, does not count."""
    plain = re.sub(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]", "", selector)
    return all(re.sub(r"\\(.)", r"\1", name) in words for name in NAMED.findall(plain))


def sheet(static, name):
    """The text of a style sheet with those that it imports, its addresses seen from the folder of static files."""
    file = (static / name).resolve()
    css = LEFT_OUT.sub("", file.read_text("utf-8"))

    def rebased(found):
        address = (file.parent / found[2].partition("?")[0].partition("#")[0]).resolve()
        return f"url({address.relative_to(static.resolve()).as_posix()})"

    css = URL.sub(rebased, css)  # before what is imported, whose addresses are seen from there already
    return IMPORT.sub(
        lambda found: sheet(static, (file.parent / found[1]).resolve().relative_to(static.resolve())), css
    )


class Bundles:
    """Files joined into one, named by its content; each list of files is joined once."""

    def __init__(self, static, pages):
        self.static, self.names = static, {}
        scripts = (file.read_text("utf-8") for file in static.rglob("*.js"))
        self.words = {word for text in (*pages, *scripts) for word in WORD.findall(text)}

    def name(self, files, kind):
        if files not in self.names:
            if kind == "css":
                text = used_rules("".join(sheet(self.static, file) for file in files), self.words)
            else:
                # The semicolon before the first keeps its "use strict" from holding for all.
                text = "".join(f";\n{(self.static / file).read_text('utf-8')}\n" for file in files)
            name = f"page-{hashlib.sha256(text.encode()).hexdigest()[:10]}.{kind}"
            (self.static / name).write_text(text, "utf-8")
            self.names[files] = name
        return self.names[files]


def lighten(page, bundles):
    """The page with one style sheet and one script of the theme."""
    page = SEARCHING.sub("", PRELOAD.sub("", page))
    page = _joined(
        page,
        SHEET,
        lambda root, files: (
            FONTS_AT_ONCE % json.dumps([f"{root}_static/{font}" for font in fonts(page)])
            + f'\n<link rel="stylesheet" href="{root}_static/{bundles.name(files, "css")}" />'
        ),
    )
    return _joined(
        page, SCRIPT, lambda root, files: f'\n<script defer src="{root}_static/{bundles.name(files, "js")}"></script>'
    )


def fonts(page):
    """The font files that a page asks for before its style sheet has come."""
    return FONTS if 'class="katex' in page else FONTS[:1]


def _joined(page, pattern, tag):
    """The page with one tag in the place of the first of those that match, and without the others."""
    found = list(pattern.finditer(page))
    if not found:
        return page
    files = tuple(dict.fromkeys(unescape(match[2]).removeprefix("_static/") for match in found))
    start = found[0].start()
    rest = pattern.sub("", page[start:])
    return page[:start] + tag(found[0][1], files) + rest


def _finish(app, exception):
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    for name in UNUSED:
        unused = static / name
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink(missing_ok=True)
    files = [*static.parent.glob("*.html"), *(static.parent / "book").glob("*.html")]
    pages = {file: ICON.sub(drawn_icon, file.read_text("utf-8")) for file in files}
    bundles = Bundles(static, pages.values())
    for file, page in pages.items():
        file.write_text(lighten(page, bundles), "utf-8")


def setup(app):
    app.connect("build-finished", _finish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
