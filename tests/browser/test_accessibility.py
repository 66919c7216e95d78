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


# What has the focus, a tab by its label, a fold in the list of pages by its arrow: its name, whether it shows it (a point of a figure by its ring, a mark to be pressed by its frame), whether the screen holds it and nothing
# covers it once all is at rest (the skip link slides in and out), and its place among the controls.
FOCUS = """async controls => {
  const focused = document.activeElement, el = focused.type === 'radio' && focused.labels[0] || focused.querySelector(':scope > .toctree-toggle') || focused, style = getComputedStyle(el), ring = el.querySelector(':scope > .w2v-ring'), hit = el.querySelector('.w2v-hit');
  const name = (el.getAttribute('aria-label') || focused.getAttribute('aria-label') || el.getAttribute('title') || el.labels?.[0]?.textContent || el.textContent).trim().replace(/\\s+/g, ' ');
  const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1 || style.boxShadow !== 'none'
    || ring !== null && getComputedStyle(ring).strokeWidth === '2.4px' || hit !== null && getComputedStyle(hit).strokeWidth === '2px';
  const seen = () => {
    const box = el.getClientRects()[0], y = Math.min(box.y + Math.min(box.height / 2, 12), innerHeight - 1);
    const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), y);
    return box.bottom > 0 && box.top < innerHeight && top !== null && (el.contains(top) || top.contains(el) || el.ownerSVGElement?.contains(top));
  };
  if (!seen()) await Promise.allSettled(document.getAnimations().map(one => one.finished));
  return [name, shown, seen(), [...document.querySelectorAll(controls)].indexOf(focused)];
}"""
CONTROLS = ".bd-article :is(a[href], button, summary, input, textarea, select, [tabindex='0'])"
# The controls of the article that a reader sees, those of a radio group by the one that Tab stops at.
TO_REACH = """controls => [...document.querySelectorAll(controls)].map((el, place) => [el, place])
  .filter(([el]) => el.checkVisibility({ visibilityProperty: true }) && !el.disabled && el.tabIndex >= 0 && !(el.type === 'radio' && !el.checked))
  .map(([, place]) => place)"""


def walked(page, most=700):
    """Each thing that Tab reaches, until it comes round again: [name, whether it shows the focus, whether it is seen, its place]."""
    reached = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if reached and page.evaluate("document.activeElement === document.body"):
            return reached
        reached.append(page.evaluate(FOCUS, CONTROLS))
    raise AssertionError(f"after {most} times Tab the page is not at its end")


@pytest.mark.parametrize("name", pages())
def test_every_page_is_walked_by_keyboard(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html").page
    page.wait_for_function(AWAKE)
    wanted = page.evaluate(TO_REACH, CONTROLS)
    reached = walked(page)
    assert "Toggle primary sidebar" in {name for name, *_ in reached}
    assert [name for name, shown, *_ in reached if not shown] == []
    assert [name for name, _, seen, _ in reached if not seen] == []
    assert [name for name, *_ in reached if not name] == []
    assert [place for *_, place in reached if place >= 0] == wanted


def test_keys_alone_move_a_point(visit, addresses):
    page = visit(f"{addresses['file']}/book/sigmoid.html").page
    page.wait_for_function(AWAKE)
    point = page.get_by_role("slider", name="x, on the curve")
    before = point.get_attribute("aria-valuetext")
    point.focus()
    page.keyboard.press("ArrowRight")
    assert point.get_attribute("aria-valuetext") != before


def test_keys_alone_open_a_hint(visit, addresses):
    page = visit(f"{addresses['file']}/book/exercises_sigmoid.html").page
    button = page.get_by_role("button", name="First hint, Exercise 4.1", exact=True)
    hint = page.locator(".admonition.hint").first.locator("p:not(.admonition-title)").first
    button.focus()
    assert not hint.is_visible() and button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert hint.is_visible() and button.get_attribute("aria-expanded") == "true"


def test_a_button_that_hides_its_focus_and_one_out_of_order_are_noticed(visit, addresses):
    page = visit(f"{addresses['file']}/book/notation.html").page
    page.add_style_tag(content=".bd-header-article button:focus-visible { outline: none !important }")
    page.evaluate("controls => (document.querySelectorAll(controls)[10].tabIndex = 1)", CONTROLS)
    reached = walked(page)
    assert [name for name, shown, *_ in reached if not shown]
    assert [place for *_, place in reached if place >= 0] != page.evaluate(TO_REACH, CONTROLS)
