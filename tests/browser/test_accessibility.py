"""axe-core on every page of the book and of the miniature book: nothing that keeps a reader out."""

import pytest

from book import pages
from conditions import AWAKE
from miniature import miniature

SERIOUS = {"serious", "critical"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """([root, rules]) => axe.run(root, { runOnly: rules, resultTypes: ['violations'] })
  .then(found => found.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 160)), v.nodes[0].failureSummary]))"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def serious(page, axe, root, rules=RULES):
    page.evaluate(axe + ";0")
    return [violation for violation in page.evaluate(RUN, [root, rules]) if violation[0] in SERIOUS]


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["screen", "dark", "phone"])
@pytest.mark.parametrize("name", ["vectors", "losses"])
def test_no_explorer_keeps_a_reader_out(visit, axe, name, options):
    page = visit(f"{miniature().as_uri()}/{name}.html", **options).page
    if "color_scheme" in options:
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.wait_for_function(AWAKE)  # a colour on its way from light to dark is neither
    assert page.locator(".w2v-explorer[data-live]").count() >= 4
    assert serious(page, axe, ".bd-article") == []


@pytest.mark.parametrize("scheme, rules", [("light", RULES), ("dark", ["color-contrast"])], ids=["light", "dark"])
@pytest.mark.parametrize("name", pages())
def test_no_page_of_the_book_keeps_a_reader_out(visit, addresses, axe, name, scheme, rules):
    page = visit(f"{addresses['file']}/book/{name}.html", color_scheme=scheme).page
    page.wait_for_function(AWAKE)
    assert serious(page, axe, ".bd-article", rules) == []


@pytest.mark.parametrize("section", ["a-derivation", "center-vector"])
def test_present_mode_keeps_no_reader_out(visit, axe, section):
    page = visit(f"{miniature().as_uri()}/vectors.html#{section}?present").page
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert serious(page, axe, "body") == []


def test_a_figure_without_names_and_contrast_is_noticed(visit, axe):
    page = visit(f"{miniature().as_uri()}/vectors.html").page
    page.evaluate("document.querySelector('.w2v-handle').removeAttribute('aria-label')")
    page.add_style_tag(content=".w2v-say { color: #999 !important; background: #fff !important }")
    found = {violation[1] for violation in serious(page, axe, ".bd-article")}
    assert {"color-contrast", "aria-input-field-name"} <= found


FOCUS = """() => {
  const el = document.activeElement, style = getComputedStyle(el), name = (el.getAttribute('aria-label') || el.textContent).trim();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1 || style.boxShadow !== 'none';
  return [name, ring];
}"""


def focused(page):
    """Each thing that Tab reaches, until it comes round again, and whether it shows the focus."""
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if reached and page.evaluate("document.activeElement === document.body"):
            return reached
        reached.append(page.evaluate(FOCUS))
    return reached


def test_whatever_tab_reaches_shows_the_focus(visit, addresses):
    page = visit(f"{addresses['file']}/book/notation.html").page
    reached = focused(page)
    assert {"Download this page", "Toggle primary sidebar", "Present this page (P)"} <= {name for name, _ in reached}
    assert [name for name, ring in reached if not ring] == []
    page.add_style_tag(content=".bd-header-article button:focus-visible { outline: none !important }")
    page.locator("body").click(position={"x": 2, "y": 400})
    assert [name for name, ring in focused(page) if not ring], "a button without a ring is not noticed"
