"""Every control of every explorer, moved in a real browser; every number on show, compared with NumPy's."""

import pytest

from conditions import AWAKE, TWO_FRAMES
from miniature import Figure, center, miniature, mutated, press
from oracles import WHERE, agree
from serving import serve

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_EFFECT = ("once less",)  # a word that is not drawn cannot be drawn less


def opened(visit, kind, folder=None, prefix=None, **options):
    page, oracle = WHERE[kind]
    seen = visit(f"{prefix or (folder or miniature()).as_uri()}/{page}.html", **options)
    return Figure(seen.page, f"{kind}-explorer"), oracle, seen


def check(figure, oracle):
    agree(figure.numbers(), oracle(figure.state()))


def moved(figure, oracle, act, what):
    """Resets, acts, and demands that the state has changed and that every number follows."""
    figure.reset()
    before = figure.state()
    act()
    after = figure.state()
    assert after != before, f"{figure.id}: {what} changes nothing"
    check(figure, oracle)


def drag(page, handle, dx, dy):
    handle.scroll_into_view_if_needed()
    x, y = center(handle)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


def touch(page, x, y, dx, dy):
    session = page.context.new_cdp_session(page)
    send = lambda kind, points: session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    send("touchStart", [{"x": x, "y": y}])
    for part in (0.5, 1):
        send("touchMove", [{"x": x + dx * part, "y": y + dy * part}])
    send("touchEnd", [])


def by_mouse(figure, oracle):
    for slider in figure.sliders():
        moved(
            figure,
            oracle,
            lambda: slider.click(position={"x": slider.bounding_box()["width"] * 0.8, "y": 14}),
            f"slider {slider.get_attribute('aria-label')}",
        )
    for handle in figure.handles():
        moved(
            figure, oracle, lambda: drag(figure.page, handle, 17, -23), f"handle {handle.get_attribute('aria-label')}"
        )
    for name, button in figure.buttons():
        pressed(figure, oracle, name, lambda: press(button))


def pressed(figure, oracle, name, act):
    figure.reset()
    before = figure.state()
    act()
    assert figure.state() != before or name.endswith(NO_EFFECT), f"{figure.id}: button {name} does nothing"
    check(figure, oracle)


def by_keyboard(figure, oracle):
    for slider in figure.sliders() + figure.handles():
        for key in ("ArrowLeft", "ArrowRight", "Shift+ArrowDown", "ArrowUp"):
            figure.reset()
            before = figure.state()
            slider.focus()
            figure.page.keyboard.press(key)
            check(figure, oracle)
            if figure.state() != before:
                break
        else:
            raise AssertionError(f"{figure.id}: no arrow moves {slider.get_attribute('aria-label')}")
    for name, button in figure.buttons():
        button.focus()
        pressed(figure, oracle, name, lambda: figure.page.keyboard.press("Enter"))


@pytest.mark.parametrize("kind", WHERE)
def test_every_control_moves_the_figure_by_mouse(visit, kind):
    figure, oracle, seen = opened(visit, kind)
    check(figure, oracle)
    by_mouse(figure, oracle)
    assert seen.faults == []


@pytest.mark.parametrize("kind", WHERE)
def test_every_control_moves_the_figure_by_keyboard(visit, kind):
    figure, oracle, _ = opened(visit, kind)
    by_keyboard(figure, oracle)


@pytest.mark.parametrize("kind", WHERE)
def test_every_handle_and_slider_follows_a_finger_and_the_page_stands_still(visit, kind):
    figure, oracle, _ = opened(visit, kind, **PHONE)
    for handle in figure.handles():
        handle.scroll_into_view_if_needed()
        box, top = handle.bounding_box(), figure.page.evaluate("scrollY")
        assert min(box["width"], box["height"]) >= 24, (
            f"{handle.get_attribute('aria-label')}: {box} is too small for a finger"
        )
        moved(
            figure,
            oracle,
            lambda: touch(figure.page, *center(handle), 21, -19),
            f"a finger on {handle.get_attribute('aria-label')}",
        )
        assert figure.page.evaluate("scrollY") == top
    for slider in figure.sliders():
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["height"] >= 24
        moved(
            figure,
            oracle,
            lambda: figure.page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2),
            f"a finger on {slider.get_attribute('aria-label')}",
        )


@pytest.mark.parametrize("kind", WHERE)
def test_every_target_is_large_enough_and_nothing_leaves_a_phone_screen(visit, kind):
    figure, _, _ = opened(visit, kind, **PHONE)
    small = [name for name, el in figure.buttons() if min(el.bounding_box()["width"], el.bounding_box()["height"]) < 24]
    assert not small
    assert figure.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("kind", ["center-vector", "sigmoid"])
def test_it_works_from_a_server_too(visit, kind):
    with serve(miniature()) as address:
        figure, oracle, seen = opened(visit, kind, prefix=address)
        by_mouse(figure, oracle)
        assert seen.faults == []


@pytest.mark.parametrize("scale", [1, 1.37])
def test_a_dragged_vector_stays_under_the_pointer(visit, scale):
    figure, _, _ = opened(visit, "center-vector")
    figure.page.evaluate(
        "scale => Object.assign(document.querySelector('#center-vector-explorer').style, { transform: `scale(${scale})`, transformOrigin: '0 0' })",
        scale,
    )
    handle = figure.handles()[-1]
    handle.scroll_into_view_if_needed()
    x, y = center(handle)
    drag(figure.page, handle, 31, -44)
    assert center(handle) == pytest.approx((x + 31, y - 44), abs=0.6)


def test_three_quick_presses_move_three_times(visit):
    figure, _, _ = opened(visit, "sigmoid")
    figure.sliders()[0].evaluate(
        "el => { for (let i = 0; i < 3; i++) el.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true })); }"
    )
    assert figure.state()["x"] == pytest.approx(figure.start["x"] + 0.3)


def ten_times_as_far_with_shift(figure, control, number):
    """Whether the arrow moves `control` by some way, and with Shift by ten times that; `number` of a state is where it is."""
    ways = []
    for keys in ("ArrowUp", "Shift+ArrowUp"):
        figure.reset()
        before = number(figure.state())
        control.focus()
        figure.page.keyboard.press(keys)
        ways.append(number(figure.state()) - before)
    assert ways[0] > 0 and ways[1] == pytest.approx(10 * ways[0])


SHIFTED = {  # a slider and a handle
    "sigmoid": lambda figure: (figure.sliders()[0], lambda state: state["x"]),
    "center-vector": lambda figure: (figure.handles()[-1], lambda state: state["v_c"][1]),
}


@pytest.mark.parametrize("kind", SHIFTED)
def test_shift_makes_an_arrow_go_ten_times_as_far(visit, kind):
    figure, _, _ = opened(visit, kind)
    ten_times_as_far_with_shift(figure, *SHIFTED[kind](figure))


@pytest.mark.parametrize("kind", SHIFTED)
def test_an_arrow_that_does_not_heed_shift_is_noticed(visit, tmp_path, kind):
    figure, _, _ = opened(visit, kind, folder=mutated(tmp_path, ("event.shiftKey ? 10 : 1", "1")))
    with pytest.raises(AssertionError):
        ten_times_as_far_with_shift(figure, *SHIFTED[kind](figure))


def test_step_goes_down_the_gradient_and_play_arrives_where_the_loss_is_small(visit):
    figure, oracle, _ = opened(visit, "center-vector")
    losses = []
    for _ in range(3):
        losses.append(oracle(figure.state())["loss"])
        before = figure.state()
        figure.root.get_by_role("button", name="Step").click()
        after = figure.state()
        gradient = [oracle(before)[f"gradient.{d}"] for d in range(2)]
        stepped = [v - before["step_size"] * g for v, g in zip(before["v_c"], gradient)]
        assert after["v_c"] == pytest.approx(stepped, abs=2e-4)  # a link carries four decimals
    assert losses == sorted(losses, reverse=True)
    assert dict(figure.numbers())["steps"] == "3"
    figure.root.get_by_role("button", name="Play").click()
    figure.page.wait_for_function(
        "() => Number(document.querySelector('#center-vector-explorer [data-n=steps]').textContent) >= 6"
    )
    figure.root.get_by_role("button", name="Pause").click()
    check(figure, oracle)


def test_play_arrives_at_once_for_a_reader_who_asked_for_less_motion(visit):
    figure, oracle, _ = opened(visit, "training-replay", reduced_motion="reduce")
    figure.sliders()[0].focus()
    for _ in range(4):
        figure.page.keyboard.press("Shift+ArrowLeft")
    figure.root.get_by_role("button", name="Play").click()
    figure.page.wait_for_function(
        "() => document.querySelector('#training-replay-explorer [data-n=step]').textContent === '2,900'", timeout=2000
    )
    check(figure, oracle)


@pytest.mark.parametrize(
    "kind, before, end", [("one-step", {"stage": 5}, {"stage": 5}), ("own-words", {"taken": 100}, {"taken": 4000})]
)
def test_what_is_played_with_less_motion_is_at_its_end_at_once(visit, kind, before, end):
    figure, oracle, _ = opened(visit, kind, reduced_motion="reduce")
    if kind == "one-step":
        figure.root.get_by_role("button", name="update").click()
    assert before.items() <= figure.state().items()
    figure.root.get_by_role("button", name="Play").click()
    figure.root.get_by_role("button", name="Play").wait_for()
    assert end.items() <= figure.state().items()
    check(figure, oracle)


def test_a_text_that_is_typed_is_trained_on_from_the_start(visit):
    figure, oracle, seen = opened(visit, "own-words")
    text = figure.root.get_by_role("textbox", name="your sentences")
    text.fill("Sun, moon and star; MOON and sun!\nA star.")
    assert figure.state()["taken"] == 0
    check(figure, oracle)
    figure.root.get_by_role("button", name="Play").click()
    figure.page.wait_for_function(
        "() => Number(document.querySelector('#own-words-explorer [data-n=taken]').textContent.replace(',', '')) >= 200"
    )
    figure.root.get_by_role("button", name="Pause").click()
    check(figure, oracle)
    assert oracle(figure.state())["loss"] < oracle(figure.state() | {"taken": 0})["loss"]
    text.press("p")
    assert figure.state()["text"].endswith("p") and not figure.page.locator("html.w2v-present").count()
    copy = Figure(visit(figure.page.url).page, figure.id)
    assert copy.state() == figure.state()
    assert seen.faults == []


@pytest.mark.parametrize("written", ["", "alone", "... !"])
def test_a_text_without_pairs_is_asked_about(visit, written):
    figure, _, seen = opened(visit, "own-words")
    figure.root.get_by_role("textbox").fill(written)
    figure.root.get_by_role("button", name="Play").click()
    figure.root.get_by_role("button", name="Play").wait_for()
    assert figure.state()["taken"] == 0 and "No two words" in figure.root.locator(".w2v-say").inner_text()
    assert seen.faults == []


def test_a_link_opens_exactly_this_figure(visit):
    figure, oracle, seen = opened(visit, "center-vector")
    drag(figure.page, figure.handles()[-1], -25, 12)
    state = figure.state()
    again = visit(figure.page.url)
    copy = Figure(again.page, figure.id)
    assert copy.state() == state and state != figure.start
    check(copy, oracle)


@pytest.mark.parametrize("query", ["x=99", "x=%22a%22", "x=null", "y=3", "x=", "x=1e999", "%%%", "x=[1]"])
def test_an_address_cannot_break_a_figure(visit, query):
    seen = visit(f"{miniature().as_uri()}/losses.html#sigmoid-explorer?{query}")
    figure = Figure(seen.page, "sigmoid-explorer")
    assert -8 <= figure.state()["x"] <= 8
    assert seen.faults == []


def test_the_site_wide_choice_of_convention_moves_the_figure_and_back(visit):
    figure, oracle, _ = opened(visit, "outside-vectors")
    figure.page.locator("label[data-sync-id=rows]").click()
    figure.page.wait_for_function("() => document.querySelector('#outside-vectors-explorer [data-n=\"cell.4.1\"]')")
    check(figure, oracle)
    figure.root.get_by_role("button", name="columns").click()
    assert figure.page.locator("label[data-sync-id=columns]").evaluate(
        "el => document.getElementById(el.htmlFor).checked"
    )
    check(figure, oracle)


def test_the_readout_is_announced_once_the_figure_rests(visit):
    figure, _, _ = opened(visit, "sigmoid")
    figure.sliders()[0].focus()
    figure.page.keyboard.press("ArrowRight")
    figure.page.wait_for_function(
        "() => document.querySelector('#sigmoid-explorer [aria-live=polite]').textContent.includes('0.8320')"
    )


@pytest.mark.parametrize("kind", WHERE)
def test_without_javascript_the_page_shows_the_same_numbers(visit, kind):
    page, oracle = WHERE[kind]
    seen = visit(f"{miniature().as_uri()}/{page}.html", java_script_enabled=False)
    root = seen.page.locator(
        f"[data-w2v*='&quot;kind&quot;: &quot;{kind.replace('-', '_')}&quot;'], [data-w2v*='\"kind\": \"{kind.replace('-', '_')}\"']"
    )
    live, _, _ = opened(visit, kind)
    assert root.locator("svg").first.is_visible() and not root.locator(".w2v-controls").is_visible()
    assert [[n.get_attribute("data-n"), n.text_content()] for n in root.locator("[data-n]").all()] == live.numbers()


@pytest.mark.parametrize("page", ["vectors", "losses"])
def test_coming_alive_moves_nothing(visit, page):
    seen = visit("about:blank")
    seen.page.add_init_script(
        "let shift = 0; const add = entries => { for (const entry of entries) shift += entry.value; return shift; };"
        "const watch = new PerformanceObserver(list => add(list.getEntries())); watch.observe({ type: 'layout-shift', buffered: true });"
        "window.shift = () => add(watch.takeRecords());"
    )
    seen.page.goto(f"{miniature().as_uri()}/{page}.html")
    seen.page.wait_for_function(AWAKE)
    seen.page.evaluate(TWO_FRAMES)
    assert seen.page.evaluate("shift()") < 0.05
    seen.page.evaluate("document.querySelector('.bd-article').style.paddingTop = '300px'")
    seen.page.evaluate(TWO_FRAMES)
    assert seen.page.evaluate("shift()") > 0.05


def test_only_pages_with_an_explorer_load_the_script():
    scripts = {
        page: "explorers.js?v=" in (miniature() / f"{page}.html").read_text("utf-8")
        for page in ("vectors", "losses", "plain")
    }
    assert scripts == {"vectors": True, "losses": True, "plain": False}
    assert "application/vnd.jupyter.widget" not in (miniature() / "vectors.html").read_text("utf-8")


OVERLAPS = """el => {
  const boxes = [...el.querySelectorAll('svg')].map(svg => [[...svg.querySelectorAll('.w2v-label, .w2v-dot, .w2v-level')].filter(n => n.textContent || n.localName === 'circle').map(n => [n.textContent || 'point', n.getBoundingClientRect()])]);
  return boxes.flatMap(([all]) => all.flatMap(([a, p], i) => all.slice(i + 1).filter(([b, q]) => !(a === 'point' && b === 'point') && (a === 'point' || b === 'point')
    && Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3 && !/^[0-9.]+$/.test(a + b)).map(([b]) => `${a} / ${b}`)));
}"""


@pytest.mark.parametrize(
    "kind", ["center-vector", "outside-vectors", "negative-sampling", "skip-gram-sum", "sigmoid", "training-replay"]
)
@pytest.mark.parametrize("shift", [(0, 0), (40, -60), (-90, -90)])
def test_no_label_covers_the_point_that_it_names(visit, kind, shift):
    figure, _, _ = opened(visit, kind)
    if figure.handles():
        drag(figure.page, figure.handles()[-1], *shift)
    assert figure.root.evaluate(OVERLAPS) == []


MUTANTS = {
    "frozen slider": ("sigmoid", ("oninput: event => set(", "oninput: event => Boolean(")),
    "frozen handle": ("center-vector", ("move(p.x + el.grip[0], p.y + el.grip[1]);", "")),
    "swapped sign": ("center-vector", ("yHat.map((p, w) => p - (w === o))", "yHat.map((p, w) => (w === o) - p)")),
    "swapped sign in negative sampling": ("negative-sampling", ("i ? -1 : 1", "i ? 1 : -1")),
    "stale readout": ("sigmoid", ("else if (el.data !== node) el.data = node;", "")),
    "stale state": (
        "cross-entropy",
        (
            "for (const [key, value] of Object.entries(part)) model.set(key, value);\nquietly",
            "for (const [key, value] of Object.entries(part)) if (key !== 'o') model.set(key, value);\nquietly",
        ),
    ),
    "a step uphill": ("one-step", ("x - step_size * g[d]", "x + step_size * g[d]")),
    "a center vector that stays": ("own-words", ("x - step_size * m.gradV[d]", "x")),
    "negatives overwritten": ("negative-sampling", ("loss: sum(terms)", "loss: sum([...new Set(terms)])")),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_explorer_is_noticed(visit, tmp_path, name):
    kind, change = MUTANTS[name]
    figure, oracle, _ = opened(visit, kind, folder=mutated(tmp_path, change))
    with pytest.raises(AssertionError):
        check(figure, oracle)
        by_mouse(figure, oracle)
