"""Every page in a real browser: nothing fails, nothing is asked elsewhere, mathematics is visible."""

import gzip
import re
import urllib.parse

import pytest

from book import pages, source
from serving import serve

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OTHERS = ["search", "genindex"]
WITHOUT_FORMULAS = ("bibliography", "class", "own_figures")

FORMULA_OUTSIDE_ITS_BOX = """() => [...document.querySelectorAll('.katex-block')].filter(block => {
    const box = block.getBoundingClientRect();
    return box.width > 0 && box.right > innerWidth + 1;
}).length"""

VISIBLE_FORMULAS = """() => [...document.querySelectorAll('.katex-html')].filter(formula => {
    const box = formula.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(formula).visibility === 'visible';
}).length"""

HAS_FONT = "() => document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))"


@pytest.mark.parametrize("way", ["file", "http"])
@pytest.mark.parametrize("name", [*pages(), *OTHERS])
def test_the_page_opens_without_a_fault(visit, addresses, name, way):
    path = f"{name}.html" if name in OTHERS else f"book/{name}.html"
    assert visit(f"{addresses[way]}/{path}").faults == []


@pytest.mark.parametrize("way", ["file", "http"])
def test_the_first_page_is_found(visit, addresses, way):
    page = visit(f"{addresses[way]}/index.html").page
    page.wait_for_url("**/book/intro.html")
    assert page.locator("h1").first.inner_text().startswith("word2vec, line by line")


@pytest.mark.parametrize("name", pages())
def test_mathematics_and_pictures_are_there_without_javascript(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html", java_script_enabled=False).page
    written = page.locator(".katex-html").count()
    assert (written > 0) == (name not in WITHOUT_FORMULAS)
    assert (page.locator(".katex-html:visible").count() > 0) == (written > 0)
    for drawing in page.locator(".bd-content svg.w2v-drawing").all():
        assert drawing.bounding_box()["width"] > 300


@pytest.mark.parametrize("name", [page for page in pages() if page not in WITHOUT_FORMULAS])
def test_formulas_have_size_and_their_font(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html").page
    assert page.evaluate(VISIBLE_FORMULAS) > 0
    assert page.evaluate(HAS_FONT)


FONTS = "() => document.fonts.ready.then(() => [...document.fonts].filter(font => font.status === 'loaded').map(font => `${font.family} ${font.style}`))"


@pytest.mark.parametrize("way", ["file", "http"])
def test_the_text_is_set_in_the_font_of_the_book(visit, addresses, way):
    opened = visit(f"{addresses[way]}/book/notation.html")
    families = opened.page.locator("body, h1, .bd-article p, nav.bd-links a").evaluate_all(
        "all => all.map(el => getComputedStyle(el).fontFamily.split(',')[0])"
    )
    assert set(families) == {'"Source Sans 3"'}
    loaded = {name.replace('"', "") for name in opened.page.evaluate(FONTS)}
    assert {"Source Sans 3 normal", "Source Sans 3 italic"} <= loaded and opened.faults == []


SHIFTS = """
  window.shifts = [];
  new PerformanceObserver(list => shifts.push(...list.getEntries().filter(one => !one.hadRecentInput).map(one => one.value)))
    .observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("name", ["why_vectors", "formula_sheet"])
def test_what_is_read_on_a_slow_phone_does_not_move_when_the_fonts_arrive(visit, addresses, name):
    page = visit("about:blank", viewport={"width": 390, "height": 844}).page
    page.add_init_script(SHIFTS)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000},
    )
    page.goto(f"{addresses['http']}/book/{name}.html", timeout=90_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    assert sum(page.evaluate("shifts")) < 0.05  # 0.15 if the page waits for its style sheet before it asks for a font


@pytest.mark.parametrize("name", ["why_vectors", "cross_entropy", "softmax_gradients", "one_window_to_cluster"])
def test_a_letter_with_a_hat_or_a_hook_needs_no_large_font(visit, addresses, name):
    page = visit("about:blank").page
    fonts = []
    page.on("requestfinished", lambda request: fonts.append(request.url.rpartition("/")[2]))
    page.goto(f"{addresses['http']}/book/{name}.html")
    page.evaluate("document.fonts.ready")
    assert any("-few-" in font for font in fonts) and not any("latin-ext" in font for font in fonts)


def test_a_wrong_address_leads_back_to_the_book(visit, site):
    with serve(site, below="/a-project/") as address:
        page = visit("about:blank").page
        page.route("**/no/such.html", lambda route: route.fulfill(status=404, path=site / "404.html"))
        page.goto(f"{address}/book/no/such.html")
        page.locator("#search").wait_for()
        assert page.locator("#search").evaluate("link => link.href") == f"{address}/search.html"
        page.locator("#home").click()
        page.wait_for_url(f"{address}/book/intro.html")


@pytest.mark.parametrize("name", pages())
def test_a_phone_needs_no_sideways_scrolling(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html", **PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(FORMULA_OUTSIDE_ITS_BOX) == 0


def test_a_wide_formula_scrolls_inside_its_box(visit, addresses):
    page = visit(f"{addresses['file']}/book/softmax_gradients.html", **PHONE).page
    box = page.locator(".katex-scroll").first
    assert box.evaluate("box => { box.scrollLeft = 40; return box.scrollLeft }") > 0


# The elements of which a part is out of sight, [element, the box that hides it], if no fade says that there is more.
CUT_OFF = """selector => [...document.querySelectorAll('.bd-article :is(' + selector + ')')].flatMap(el => {
    const name = el => `${el.localName}.${el.className} ${el.textContent.trim().slice(0, 40)}`, box = el.getBoundingClientRect();
    for (let outer = el; el.checkVisibility() && box.width && outer !== document.body; outer = outer.parentElement) {
        const style = getComputedStyle(outer), hides = style.overflowX !== 'visible' && style.display !== 'inline';
        const cut = outer === el ? el.scrollWidth > el.clientWidth + 1 : box.right > outer.getBoundingClientRect().right + 1;
        if (hides && cut) return outer.classList.contains('w2v-more-right') && style.maskImage !== 'none' ? [] : [[name(el), name(outer)]];
    }
    return el.checkVisibility() && box.right > innerWidth + 1 ? [[name(el), 'page']] : [];
})"""


WIDE = "img, svg, pre, table, .katex-scroll"
UNFOLD = """() => {
    for (const details of document.querySelectorAll('.bd-content details')) details.open = true;
    return document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
}"""


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", pages())
def test_a_figure_is_whole_and_what_is_wider_than_its_box_says_so(visit, addresses, name, options):
    page = visit(f"{addresses['file']}/book/{name}.html", **options).page
    page.evaluate(UNFOLD)
    assert page.evaluate(CUT_OFF, WIDE) == []


@pytest.mark.parametrize("name", pages())
def test_no_formula_is_wider_than_its_box_on_a_desk(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html").page
    page.evaluate("document.fonts.ready")
    wide = "all => all.filter(el => el.checkVisibility() && el.scrollWidth > el.clientWidth + 1).map(el => el.textContent.slice(0, 60))"
    assert page.locator(".katex-scroll").evaluate_all(wide) == []


CELLS = """all => all.map(el => [el.textContent.trim(), Math.round(el.firstElementChild.getBoundingClientRect().height / parseFloat(getComputedStyle(el.firstElementChild).lineHeight))])"""


def test_a_table_of_measurements_is_read_on_a_phone(visit, addresses):
    cells = visit(f"{addresses['file']}/book/one_window_to_cluster.html", **PHONE).page.locator("td:has(> p)")
    lines = dict(cells.evaluate_all(CELLS))
    assert lines["this book, two shards, processes"] <= 3 and {
        lines[text] for text in lines if "\xa0to\xa0" in text
    } == {1}


def test_what_is_cut_off_is_noticed(visit, addresses):
    page = visit(f"{addresses['file']}/book/intro.html", **PHONE).page
    page.add_style_tag(
        content=".cell_output { overflow-x: auto; mask: none !important } svg.w2v-drawing { min-width: 500px; max-width: none }"
    )
    page.evaluate(UNFOLD)
    assert {name.split(".")[0] for name, _ in page.evaluate(CUT_OFF, WIDE)} == {"svg"}


def test_the_cue_goes_at_the_end_and_with_it_the_tab_stop_of_what_fits(visit, addresses):
    page = visit(f"{addresses['file']}/book/softmax_gradients.html", **PHONE).page
    wide = page.locator(".katex-scroll.w2v-more-right:not(.w2v-more-left)").first.element_handle()
    assert wide.get_attribute("tabindex") == "0"
    wide.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    page.wait_for_function(
        "box => box.classList.contains('w2v-more-left') && !box.classList.contains('w2v-more-right')", arg=wide
    )
    page.locator("#the-long-road > button").click()
    page.wait_for_function(
        "() => !document.querySelector('.katex-scroll[tabindex]:not(.w2v-more-left, .w2v-more-right)')", timeout=5000
    )


LINES = """() => [...document.querySelectorAll('.bd-content .cell_output pre')].filter(pre => pre.checkVisibility()).map(pre => {
    const sentences = [...pre.querySelectorAll('.w2v-sentence')], right = pre.getBoundingClientRect().right;
    const whole = sentences.every(el => el.getBoundingClientRect().right <= right);
    for (const el of sentences) el.textContent = 'sentence';
    const style = getComputedStyle(pre), lines = pre.textContent.replace(/\\n$/, '').split('\\n').length;
    const inside = pre.getBoundingClientRect().height - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom) - 2 * parseFloat(style.borderTopWidth);
    return [lines, inside / parseFloat(style.lineHeight), sentences.length, whole];
})"""


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["softmax_gradients", "real_text", "one_window_to_cluster"])
def test_a_row_of_an_output_is_one_line_on_the_screen_and_a_sentence_is_whole(visit, addresses, name, options):
    found = visit(f"{addresses['file']}/book/{name}.html", **options).page.evaluate(LINES)
    assert len(found) > 3 and any(sentences for _, _, sentences, _ in found)
    for lines, drawn, _, whole in found:
        assert drawn < lines + 0.9 and whole


def test_there_is_one_search_field_and_it_finds(visit, addresses):
    opened = visit(f"{addresses['http']}/book/intro.html")
    page = opened.page
    assert page.locator("input[type=search]:visible").count() <= 1
    assert page.locator("button.search-button__button:visible, button.search-button-field:visible").count() == 1
    page.keyboard.press("Control+k")
    page.keyboard.type("observed")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html**")
    page.locator("ul.search li a").first.wait_for()
    assert page.locator("ul.search li a", has_text="Softmax gradients").count() >= 1
    assert opened.faults == []


def sent(body):
    """The bytes that a host sends, which compresses."""
    return len(gzip.compress(body))


@pytest.mark.parametrize(
    "query, first",
    [
        ("sigmoid", "The sigmoid"),
        ("T07", "T07"),
        ("huffman tree", "Huffman"),
        (r"\hat y - y)", ""),
        ("bare_naive_softmax", "w2v.losses.bare_naive_softmax"),
    ],
)
def test_a_search_finds_titles_results_and_formulas_and_reads_little(visit, addresses, query, first):
    read = []
    opened = visit("about:blank")
    opened.page.on("response", lambda response: read.append((response.url.rpartition("/")[2], sent(response.body()))))
    opened.page.goto(f"{addresses['http']}/search.html?{urllib.parse.urlencode({'q': query})}")
    links = opened.page.locator("ul.search li a")
    links.first.wait_for()
    assert first in links.first.inner_text() and opened.faults == []
    assert [name for name, _ in read if name.endswith(".html")] == []
    assert {name.partition("?")[0]: size for name, size in read}["search_index.js"] < 130_000
    links.first.click()
    opened.page.wait_for_url("**/book/*.html**")
    fragment = opened.page.url.partition("#")[2]
    assert not fragment or opened.page.locator(f"[id='{fragment}']").count() == 1


def test_a_search_tells_no_hint(site):
    index = (site / "_static/search_index.js").read_text("utf-8")
    hint = re.search(r"First hint\n:class: dropdown hint\n+(.*?)\n```", source("exercises_sigmoid"), re.S)[1]
    assert max(re.findall(r"[A-Za-z ,]+", hint), key=len).strip() not in index
    assert '"T07: ' in index


def test_a_search_for_nothing_says_so(visit, addresses):
    page = visit(f"{addresses['file']}/search.html?q=xylophone").page
    assert page.locator("#search-results [role=status]").inner_text() == "Nothing found for “xylophone”."


def test_the_sidebar_button_hides_the_sidebar_on_a_desk(visit, addresses):
    page = visit(f"{addresses['file']}/book/notation.html").page
    links = page.locator(".bd-sidebar-primary nav.bd-links a", has_text="Softmax gradients")
    assert links.first.is_visible()
    page.locator("button.primary-toggle:visible").first.click()
    links.first.wait_for(state="hidden", timeout=3000)


def test_the_sidebar_button_shows_the_chapters_on_a_phone(visit, addresses):
    page = visit(f"{addresses['file']}/book/notation.html", **PHONE).page
    links = page.locator("nav.bd-links a", has_text="Softmax gradients")
    assert not links.first.is_visible()
    page.locator("button.primary-toggle:visible").first.click()
    page.locator("nav.bd-links a:visible", has_text="Softmax gradients").first.wait_for(timeout=3000)


def test_the_theme_switch_changes_the_colours(visit, addresses):
    page = visit(f"{addresses['file']}/book/notation.html", color_scheme="light").page
    background = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    before = background()
    for _ in range(3):
        page.locator("button.theme-switch-button:visible").first.click()
        if background() != before:
            return
    raise AssertionError("three clicks on the theme switch change nothing")


def test_the_long_road_is_folded_until_a_button_or_a_link_opens_it(visit, addresses):
    address = f"{addresses['file']}/book/softmax_gradients.html"
    page = visit(address).page
    shown = lambda: page.locator("#the-normaliser p").first.evaluate("el => el.checkVisibility()")
    button = page.locator("#the-long-road > button")
    seen = [(shown(), button.get_attribute("aria-expanded"))]
    for _ in range(2):
        button.press("Enter")
        seen.append((shown(), button.get_attribute("aria-expanded")))
    assert seen == [(False, "false"), (True, "true"), (False, "false")]
    page.locator("a[href='#T06']").first.click()
    page.wait_for_function("document.getElementById('T06').checkVisibility()")
    assert shown() and 0 <= page.locator("#T06").bounding_box()["y"] < page.viewport_size["height"]
    page = visit(f"{address}#T05").page
    assert shown() and 0 <= page.locator("#T05").bounding_box()["y"] < page.viewport_size["height"]


def test_the_long_road_is_whole_on_paper_on_slides_and_without_javascript(visit, addresses):
    address = f"{addresses['file']}/book/softmax_gradients.html"
    page = visit(address).page
    shown = lambda: page.locator("#the-normaliser h3").first.evaluate("el => el.checkVisibility()")
    assert not shown()
    page.emulate_media(media="print")
    assert shown() and not page.locator("#the-long-road > button").is_visible()
    page.emulate_media(media="screen")
    page.goto(f"{address}#the-normaliser?present")
    page.reload()
    assert page.locator("html.w2v-present").count() == 1 and shown()
    page.keyboard.press("o")  # all slides, in rows whatever section they are of
    assert page.locator("#the-normaliser").evaluate("el => getComputedStyle(el).display") == "contents"
    page.keyboard.press("o")
    page.keyboard.press("Escape")
    assert page.locator("html.w2v-present").count() == 0 and shown()
    page = visit(address, java_script_enabled=False).page
    assert shown() and page.locator("#the-long-road > button").count() == 0


@pytest.mark.parametrize("way", ["file", "http"])
def test_the_choice_of_convention_holds_for_all_tabs_and_pages(visit, addresses, way):
    opened = visit(f"{addresses[way]}/book/softmax_gradients.html")
    page = opened.page
    page.locator("label.sd-tab-label", has_text="rows").first.click()
    chosen = (
        "() => [...document.querySelectorAll('.sd-tab-set')].every(set => set.querySelectorAll('input')[1].checked)"
    )
    assert page.evaluate(chosen)
    page.goto(f"{addresses[way]}/book/notation.html")
    assert page.evaluate(chosen)


def test_the_formula_sheet_prints_on_three_pages(visit, addresses, tmp_path):
    from pypdf import PdfReader

    page = visit(f"{addresses['file']}/book/formula_sheet.html").page
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "sheet.pdf")
    assert len(printed.pages) == 3
    assert "T34" in "".join(sheet.extract_text() for sheet in printed.pages)
