"""Pages are light: rules that nothing uses are left out and no others, icons are drawn, scripts and sheets are few."""

import json
import re

import pytest
from sphinx.errors import ExtensionError

from book import pages
from light_pages import FONTS, ICON, Bundles, drawn_icon, icon, lighten, used_rules


@pytest.mark.parametrize(
    "css, left",
    [
        (".used{a:b}.gone{a:b}p{c:d}", ".used{a:b}p{c:d}"),
        (".used,.gone{a:b}", ".used{a:b}"),
        (".used .gone{a:b}", ""),
        (".used:not(.gone){a:b}", ".used:not(.gone){a:b}"),
        (":is(.used,.gone) p{a:b}", ":is(.used,.gone) p{a:b}"),
        ('.used::after{content:"}.gone{"}p{a:b}', '.used::after{content:"}.gone{"}p{a:b}'),
        ("@media print{.gone{a:b}.used{a:b}}@media all{.gone{a:b}}", "@media print{.used{a:b}}"),
        ("@keyframes gone{from{a:b}}", "@keyframes gone{from{a:b}}"),
        (r".us\:ed{a:b}.g\:one{a:b}", ""),
        ("@font-face{font-family:Font Awesome 6;src:x}#used{a:b}", "#used{a:b}"),
    ],
)
def test_only_rules_that_nothing_uses_are_left_out(css, left):
    assert used_rules(css, {"used"}) == left


def test_a_block_that_does_not_end_is_named():
    with pytest.raises(ExtensionError, match="does not end"):
        used_rules(".used{a:b", {"used"})


def test_icons_are_drawn_and_one_that_the_theme_lacks_is_named():
    drawn = ICON.sub(drawn_icon, '<i class="theme-switch fa-solid fa-sun  fa-lg" data-mode="light"></i>')
    assert re.match(
        r'<svg class="svg-inline--fa theme-switch fa-solid fa-sun fa-lg" data-mode="light" aria-hidden="true" viewBox="0 0 512 512"',
        drawn,
    )
    with pytest.raises(ExtensionError, match="no icon 'nonsense'"):
        icon("nonsense")


def test_sheets_become_one_with_addresses_that_still_lead_to_their_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.css").write_text('@import "../y.css";.one{background:url(pic.svg)}.two{src:url("data:z")}')
    (tmp_path / "y.css").write_text("/* , { */.one{mask:url(z.svg)}")
    page = '<head>\n<link rel="stylesheet" href="../_static/a/x.css?v=1" />\n<p class="one">'
    light = lighten(page, Bundles(tmp_path, [page]))
    name = re.search(r'href="\.\./_static/(page-\w+\.css)"', light)[1]
    assert (tmp_path / name).read_text() == ".one{mask:url(z.svg)}.one{background:url(a/pic.svg)}"
    assert lighten(light, Bundles(tmp_path, [light])) == light, "a page that is light already stays as it is"


@pytest.mark.parametrize("body, count", [("<p>no formula", 1), ('<p><span class="katex-html">', 3)])
def test_a_page_asks_for_the_fonts_that_it_shows_before_its_style_sheet(tmp_path, body, count):
    (tmp_path / "x.css").write_text("p{a:b}")
    page = f'<head>\n<link rel="stylesheet" href="../_static/x.css" />\n{body}'
    light = lighten(page, Bundles(tmp_path, [page]))
    asked = re.search(r"of (\[.*?\])\)", light)
    assert json.loads(asked[1]) == [f"../_static/{font}" for font in FONTS[:count]]
    assert asked.start() < light.index("stylesheet") and 'protocol !== "file:"' in light
    assert lighten(light, Bundles(tmp_path, [light])) == light


def test_the_fonts_that_are_asked_for_are_files_of_the_site(site):
    assert all((site / "_static" / font).is_file() for font in FONTS)
    assert f'"../_static/{FONTS[1]}"' in (site / "book/cross_entropy.html").read_text("utf-8")


def test_every_page_of_the_book_has_one_sheet_and_no_icon_font(site):
    for name in pages():
        text = (site / f"book/{name}.html").read_text("utf-8")
        sheets = re.findall(r'<link[^>]*rel="stylesheet"[^>]*>', text)
        assert len(sheets) == 1 and not ICON.search(text) and "searchindex.js" not in text
        css = (site / "book" / re.search(r'href="([^"]*)"', sheets[0])[1]).read_text("utf-8")
        assert not re.search(r"@font-face\{[^}]*Font Awesome", css)
        addresses = re.findall(r"""url\((?!data:|#|["'])([^)]*)\)""", css)
        lost = [address for address in addresses if not (site / "_static" / address).is_file()]
        assert addresses and all(address.endswith((".woff", ".ttf")) for address in lost), lost  # woff2 is enough
