"""One small suite in three engines: pages, mathematics, figures by mouse, key and finger, tabs, search, present mode."""

import pytest

from engines import ENGINES, heard, started
from miniature import miniature
from serving import serve

HANDLE = "document.querySelector('.w2v-explorer[data-live] .w2v-handle')"
MIDDLE = f"""const handle = {HANDLE}; handle.scrollIntoView({{ block: 'center' }});
const box = handle.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2];"""
VALUE = f"return {HANDLE}.getAttribute('aria-valuetext');"
SLIDE = """[...document.querySelectorAll('.bd-article :is(h1, h2)')].filter(el => el.getBoundingClientRect().height > 0)
  .map(el => el.firstChild.textContent)"""

# Formulas: how many, how many without extent, how many without MathML, and whether the font of formulas is there.
FORMULAS = """const formulas = [...document.querySelectorAll('.bd-article .katex')].filter(el => !el.closest('details:not([open]), .sd-tab-content'));
return [
  formulas.length,
  formulas.filter(el => el.checkVisibility() && el.querySelector('.katex-html').getBoundingClientRect().width === 0).length,
  formulas.filter(el => !el.querySelector('math')).length,
  document.fonts.check('16px KaTeX_Main') && document.fonts.check('16px KaTeX_Math'),
];"""


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    with started(request.param) as engine:
        yield engine


@pytest.fixture(scope="module")
def book(site):
    """The address of the site, whose pages tell what goes wrong on them."""
    with serve(site, zipped=heard) as address:
        yield address


@pytest.fixture(scope="module")
def figures():
    """The address of the miniature book with every explorer."""
    with serve(miniature(), zipped=heard) as address:
        yield address


@pytest.mark.parametrize("name", ["intro", "softmax_gradients", "hierarchical_softmax"])
def test_a_page_and_its_mathematics_are_there(engine, book, name):
    engine.open(f"{book}/book/{name}.html")
    engine.run("document.fonts.load('16px KaTeX_Main'); document.fonts.load('16px KaTeX_Math');")
    engine.wait("document.fonts.status === 'loaded'")
    engine.wait("[...document.querySelectorAll('.w2v-explorer')].every(el => el.dataset.live !== undefined)")
    count, empty, without, font = engine.run(FORMULAS)
    assert count > 10 and (empty, without, font) == (0, 0, True)
    assert engine.faults() == []


def test_a_figure_follows_mouse_key_and_finger(engine, book):
    engine.open(f"{book}/book/intro.html")
    engine.wait(f"{HANDLE} !== null")
    seen = [engine.run(VALUE)]
    for finger in (False, True):
        x, y = engine.run(MIDDLE)
        engine.drag([x, y], [x + 30, y - 24], finger)
        seen.append(engine.run(VALUE))
    engine.run(f"{HANDLE}.focus();")
    engine.press("ArrowRight")
    seen.append(engine.run(VALUE))
    assert len(set(seen)) == 4, seen
    assert engine.faults() == []


@pytest.mark.parametrize("page", ["vectors", "losses"])
def test_every_figure_follows_a_key(engine, figures, page):
    engine.open(f"{figures}/{page}.html")
    engine.wait("[...document.querySelectorAll('.w2v-explorer')].every(el => el.dataset.live !== undefined)")
    moving = "'.w2v-handle, input[type=range]'"
    ids = engine.run(
        f"return [...document.querySelectorAll('.w2v-explorer')].filter(el => el.querySelector({moving})).map(el => el.id);"
    )
    assert len(ids) >= 4
    for id in ids:
        numbers = "return [...document.getElementById(given).querySelectorAll('[data-n]')].map(el => el.textContent);"
        before = engine.run(numbers, id)
        engine.run(f"document.getElementById(given).querySelector({moving}).focus();", id)
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            engine.press(key)
            if engine.run(numbers, id) != before:
                break
        else:
            raise AssertionError(f"{engine.name}: no arrow moves {id}")
    assert engine.faults() == []


def test_a_choice_of_convention_is_followed_by_every_tab(engine, book):
    engine.open(f"{book}/book/softmax_gradients.html")
    choose = "[...document.querySelectorAll('label.sd-tab-label')].find(el => el.textContent.includes(given)).click();"
    chosen = "[...document.querySelectorAll('.sd-tab-set')].every(set => set.querySelectorAll('input')[given].checked)"
    for place, words in [(1, "rows"), (0, "columns")]:
        engine.run(choose, words)
        engine.wait(chosen, place)
    assert engine.faults() == []


def test_the_long_road_is_folded_and_opens(engine, book):
    engine.open(f"{book}/book/softmax_gradients.html")
    engine.wait("document.querySelector('#the-long-road > button') !== null")
    height = "return document.getElementById('the-long-road').offsetHeight;"
    folded = engine.run(height)
    engine.run("document.querySelector('#the-long-road > button').click();")
    assert engine.run(height) > 5 * folded
    # Many boxes change size at once, and Firefox says that it tells the rest of them in the next frame.
    assert [fault for fault in engine.faults() if not fault.startswith("ResizeObserver loop")] == []


def test_a_search_finds(engine, book):
    engine.open(f"{book}/search.html?q=huffman%20tree")
    assert "Huffman" in engine.wait("document.querySelector('ul.search li a')?.textContent")
    assert engine.faults() == []


def test_a_page_is_presented_and_comes_back(engine, figures):
    engine.open(f"{figures}/vectors.html")
    shown = f"JSON.stringify({SLIDE}) === JSON.stringify(given)"
    every = engine.run(f"return {SLIDE};")
    for key, slides in [("p", ["Vectors"]), ("ArrowRight", ["A derivation"]), ("Escape", every)]:
        engine.press(key)
        engine.wait(shown, slides)
    assert len(every) > 2 and engine.faults() == []


def test_what_goes_wrong_is_heard(engine, book):
    engine.open(f"{book}/book/intro.html")
    add = "document.head.append(Object.assign(document.createElement('script'), given));"
    engine.run(add, {"textContent": "console.error('one'); setTimeout(() => nowhere.two); Promise.reject('three');"})
    engine.run(add, {"src": "/four.js"})
    for word in ("one", "nowhere", "three", "four.js"):
        engine.wait("w2vFaults.join(' ').includes(given)", word)
