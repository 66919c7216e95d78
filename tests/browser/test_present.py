"""Present mode in a real browser: keys, line by line, the address, the code, and what it must not do."""

import re

import pytest

from book import BOOK, pages
from miniature import Figure, miniature

HIDDEN = "() => [...document.querySelectorAll('.katex-display .mtable > .col-align-r > .vlist-t > .vlist-r:first-child > .vlist > span')].map(el => getComputedStyle(el).visibility)"
SHOWN = "() => [...document.querySelectorAll('.bd-article :is(h1, h2)')].filter(el => el.getBoundingClientRect().height > 0).map(el => el.firstChild.textContent)"
SCREEN = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def talk(visit):
    return lambda name="vectors", fragment="": visit(f"{miniature().as_uri()}/{name}.html{fragment}", **SCREEN).page


def place(page):
    return page.evaluate("location.hash")


def test_p_shows_one_section_and_p_ends_it(talk):
    page = talk()
    assert len(page.evaluate(SHOWN)) == 6
    page.keyboard.press("p")
    assert page.evaluate(SHOWN) == ["Vectors"] and place(page) == "#vectors?present"
    page.keyboard.press("p")
    assert len(page.evaluate(SHOWN)) == 6 and place(page) == "#vectors"


def test_a_derivation_is_revealed_line_by_line_and_taken_back(talk):
    page = talk()
    page.keyboard.press("p")
    seen = []
    for key in ("ArrowRight", "PageDown", " "):
        page.keyboard.press(key)
        seen.append((place(page), page.evaluate(HIDDEN)))
    assert seen == [
        ("#a-derivation?present", ["visible", "hidden", "hidden"]),
        ("#a-derivation?present=1", ["visible", "visible", "hidden"]),
        ("#a-derivation?present=2", ["visible"] * 3),
    ]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == ["Center vector"]
    page.keyboard.press("ArrowLeft")
    assert place(page) == "#a-derivation?present=2"
    page.keyboard.press("PageUp")
    assert page.evaluate(HIDDEN) == ["visible", "visible", "hidden"]
    page.keyboard.press("Escape")
    assert page.evaluate(HIDDEN) == ["visible"] * 3


def test_the_address_brings_back_the_place(talk):
    page = talk(fragment="#a-derivation?present=1")
    assert page.evaluate(SHOWN) == ["A derivation"] and page.evaluate(HIDDEN) == ["visible", "visible", "hidden"]


def test_a_link_to_a_figure_presents_exactly_this_figure(talk):
    page = talk(fragment="#center-vector-explorer?v_c=%5B1%2C1%5D&present")
    assert page.evaluate(SHOWN) == ["Center vector"]
    assert Figure(page, "center-vector-explorer").state()["v_c"] == [1, 1]


def test_code_is_hidden_unless_asked_for(talk):
    page = talk(fragment="#center-vector?present")
    code = page.locator("#center-vector .cell_input")
    assert not code.is_visible()
    page.keyboard.press("c")
    assert code.is_visible()


@pytest.mark.parametrize("name, count", [("vectors", 6), ("losses", 10)])
def test_every_section_fits_the_screen_with_its_figure(talk, name, count):
    page = talk(name)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("p")
    for number in range(1, count + 1):
        assert page.locator(".w2v-present-bar output").inner_text() == f"{number} / {count}"
        for svg in page.locator("section.w2v-now .w2v svg").all():
            box = svg.bounding_box()
            assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= 1920 and box["height"] <= 1080)
        sizes = page.locator("section.w2v-now .w2v svg text").evaluate_all(
            "all => all.map(el => el.getBoundingClientRect().height).filter(h => h > 0)"
        )
        assert all(size >= 14 for size in sizes), "too small for the back row"
        while number < count and page.locator(".w2v-present-bar output").inner_text() == f"{number} / {count}":
            page.keyboard.press("PageDown")


def test_arrows_on_a_figure_move_the_figure_and_a_clicker_moves_on(talk):
    page = talk(fragment="#center-vector?present")
    figure = Figure(page, "center-vector-explorer")
    figure.handles()[-1].focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SHOWN) == ["Center vector"]
    assert dict(figure.numbers())["v_c.0"] == "0.95"
    for _ in range(4):
        page.keyboard.press("PageDown")
    assert page.evaluate(SHOWN) != ["Center vector"]


def test_dragging_stays_exact_on_the_screen_of_the_hall(talk):
    page = talk(fragment="#center-vector?present")
    handle = Figure(page, "center-vector-explorer").handles()[-1]
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y - 140)
    page.mouse.up()
    box = handle.bounding_box()
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((x + 90, y - 140), abs=0.8)


def test_keys_in_a_field_do_not_start_it(talk):
    page = talk("plain")
    page.evaluate(
        "document.querySelector('.bd-article section').append(Object.assign(document.createElement('input'), { id: 'field' }))"
    )
    page.locator("#field").press("p")
    assert (
        page.evaluate("document.querySelector('#field').value") == "p" and not page.locator("html.w2v-present").count()
    )


def test_the_button_in_the_header_starts_it_on_every_page(talk):
    for name in ("vectors", "losses", "plain"):
        page = talk(name)
        page.get_by_role("button", name="Present this page").click()
        assert page.locator("html.w2v-present").count() == 1
        page.get_by_role("button", name="end presentation").click()
        assert page.locator("html.w2v-present").count() == 0


# What was to be seen before, and what each slide shows, at the present size of the screen.
WALK = """() => {
  const seen = el => el.checkVisibility() && el.getBoundingClientRect().height > 0;
  const article = document.querySelector('.bd-article'), press = key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  const now = () => document.querySelector('.w2v-now'), state = () => now().dataset.number + location.hash + now().scrollTop;
  const parts = [...article.querySelectorAll('p, li, td, pre, .w2v-drawing, .katex-display, .w2v-explorer, summary')]
    .filter(el => seen(el) && !el.closest('.cell_input, .admonition-title, .w2v-count, .w2v-page-legend, details.above-input'));
  const missing = new Set(parts), slides = [];
  const skeleton = () => [...article.querySelectorAll('*')].map(el => el.localName + el.id).join() + article.textContent, before = skeleton();
  scrollTo(0, 0);
  press('p');
  for (let last = ''; last !== state(); press('PageDown')) {
    last = state();
    if (slides.at(-1)?.number === now().dataset.number) continue;
    const all = [...now().querySelectorAll('p, li, td, pre, .w2v-drawing, .katex-display, .w2v-explorer, summary')].filter(seen);
    for (const el of all) missing.delete(el);
    const clipped = [now(), ...now().querySelectorAll('.katex-scroll, pre, .text_html, table, .pst-scrollable-table-container')].filter(el =>
      el.scrollWidth > el.clientWidth + 1 && seen(el) || el === now() && el.scrollHeight > el.clientHeight + 1);
    slides.push({ number: now().dataset.number, address: location.hash.replace(/present=\\d+/, 'present'), empty: !all.length,
      clipped: clipped.map(el => el.className), top: now().getBoundingClientRect().top, zoom: Math.min(...all.map(el => el.currentCSSZoom)) });
  }
  const total = document.querySelector('.w2v-present-bar output').textContent;
  press('p');
  const same = skeleton() === before && !article.querySelector('[style*=zoom]');
  return { slides, total, same, missing: [...missing].map(el => el.closest('[id]').id + ': ' + el.textContent.slice(0, 60)) };
}"""


def faults(talked):
    """What is wrong with the slides of a page: empty, clipped or tiny ones, addresses given twice, what no slide shows."""
    slides = talked["slides"]
    addresses = [slide["address"] for slide in slides]
    assert talked["total"] == f"{len(slides)} / {len(slides)}", "the walk ended before the last slide"
    return [
        *(f"empty: {slide['address']}" for slide in slides if slide["empty"]),
        *(f"clipped: {slide['address']} {slide['clipped']}" for slide in slides if slide["clipped"]),
        *(f"beside the screen: {slide['address']} {slide['top']}" for slide in slides if slide["top"]),
        *(f"tiny: {slide['address']} {slide['zoom']}" for slide in slides if slide["zoom"] < 0.5),
        *(f"twice: {address}" for address in set(addresses) if addresses.count(address) > 1),
        *(f"never shown: {part}" for part in talked["missing"]),
    ]


@pytest.mark.parametrize("name", pages())
def test_the_slides_show_all_of_the_page_whole_and_leave_it_as_it_was(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html", viewport={"width": 1280, "height": 720}).page
    for width, height in (1280, 720), (1920, 1080):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(0)
        talked = page.evaluate(WALK)
        assert faults(talked) == [] and talked["same"], (width, height)


@pytest.mark.parametrize(
    "name, right, wrong, kinds",
    [
        (
            "softmax_gradients",
            "const SECTION = 'section:not(.admonition section)'",
            "const SECTION = 'section'",
            {"empty", "never shown"},
        ),
        (
            "softmax_gradients",
            "if (full > 1 / SMALLEST && j > i) return Infinity",
            "if (full > 1 / SMALLEST && j > i) return 0",
            {"clipped", "tiny"},
        ),
        ("softmax_gradients", "for (let zoom = 1; over()", "for (let zoom = 1; false", {"clipped"}),
        ("class", "else el.style.zoom = share", "else el.style.zoom = 1", {"clipped"}),
    ],
)
def test_slides_that_lose_or_clip_something_are_noticed(visit, addresses, name, right, wrong, kinds):
    page = visit(f"{addresses['http']}/book/{name}.html", viewport={"width": 1280, "height": 720}).page
    script = (BOOK / "_static/slides.js").read_text("utf-8")
    assert script.count(right) == 1
    page.route(
        re.compile(r"slides\.js"),
        lambda route: route.fulfill(body=script.replace(right, wrong), content_type="text/javascript"),
    )
    page.reload()
    assert {fault.split(":")[0] for fault in faults(page.evaluate(WALK))} & kinds


def test_a_long_section_keeps_its_heading_and_its_parts_have_addresses(visit, addresses):
    page = visit(
        f"{addresses['file']}/book/exercises_sigmoid.html#sigmoid-solution-bell?present",
        viewport={"width": 1280, "height": 720},
    ).page
    page.evaluate("location.hash = ''")
    page.goto(f"{addresses['file']}/book/exercises_sigmoid.html#the-exercises?present&part=2")
    page.reload()
    assert re.match(r"[\d.]+ The exercises", page.locator(".w2v-now h2").inner_text())
    assert place(page) == "#the-exercises?present&part=2"
    assert page.locator(".w2v-now .solution p:not(.admonition-title)").first.is_visible(), (
        "a solution is shown, not folded"
    )


def test_all_slides_at_a_glance_and_a_jump_by_number(talk):
    page = talk()
    page.keyboard.press("p")
    page.keyboard.press("o")
    small = page.locator(".w2v-slide:visible")
    assert small.count() == 6
    boxes = [slide.bounding_box() for slide in small.all()]
    assert all(box["width"] < 500 for box in boxes) and len({box["x"] for box in boxes}) == 4
    small.nth(2).click()
    assert page.evaluate(SHOWN) == ["Center vector"]
    page.keyboard.press("o")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate(SHOWN) == ["A derivation"]
    page.keyboard.press("o")
    page.keyboard.press("Escape")
    assert page.locator("html.w2v-present:not(.w2v-overview)").count() == 1
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    assert page.locator(".w2v-present-bar output").inner_text() == "4 / 6"


def test_printed_each_slide_is_a_page_of_the_screens_shape(talk, tmp_path):
    from pypdf import PdfReader

    page = talk("losses", "#?present")
    page.pdf(path=tmp_path / "slides.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "slides.pdf").pages
    assert f"1 / {len(printed)}" == page.locator(".w2v-present-bar output").inner_text()
    assert {
        (round(float(sheet.mediabox.width) / 0.75), round(float(sheet.mediabox.height) / 0.75)) for sheet in printed
    } == {(1920, 1080)}
    assert all(len(sheet.extract_text().strip()) > 10 for sheet in printed)


SIZES = (
    "() => [...document.querySelectorAll('.w2v-now :is(h1, h2, p, pre, td)')].map(el => getComputedStyle(el).fontSize)"
)
FOLDED = "() => document.querySelectorAll('.w2v-fold').length && [...document.querySelectorAll('.w2v-fold > :not(summary)')].filter(el => el.checkVisibility({ contentVisibilityAuto: true })).length"


def test_printed_a_slide_has_the_letters_that_it_has_on_the_screen_and_tells_no_verdict(visit, addresses):
    page = visit(f"{addresses['file']}/book/cross_entropy.html#soft-labels?present", **SCREEN).page
    on_screen = page.evaluate(SIZES)
    page.emulate_media(media="print")
    assert len(on_screen) > 2 and page.evaluate(SIZES) == on_screen
    assert page.evaluate(FOLDED) == 0
