"""Every text in every drawing can be read: 11 pixels on a phone, a contrast of 4.5 in the light and in the dark; what no rule of axe sees."""

import pytest

from book import pages, source
from conditions import AWAKE
from miniature import miniature

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALLEST, LEAST = 10.9, 4.5

# [text, height of its letters in pixels, contrast with the ground it stands on] of every text in a drawing that is on show.
TEXTS = """() => {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [[r, g, b], a / 255];
  };
  const over = ([top, alpha], under) => top.map((x, i) => alpha * x + (1 - alpha) * under[i]);
  const light = rgb => rgb.map(x => x / 255).map(x => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)).reduce((t, x, i) => t + x * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = el => {
    for (let at = el; at; at = at.parentElement) {
      const [colour, alpha] = rgba(getComputedStyle(at).backgroundColor);
      if (alpha > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const seen = [...document.querySelectorAll('.bd-content svg text')].filter(text => text.textContent.trim() && text.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  return seen.map(text => {
    const style = getComputedStyle(text), under = ground(text);
    let opacity = style.fillOpacity;
    for (let at = text; at.localName !== 'svg'; at = at.parentElement) opacity *= getComputedStyle(at).opacity;
    const [colour, alpha] = rgba(style.fill), [a, b] = [over([colour, alpha * opacity], under), under].map(light).sort((x, y) => y - x);
    return [text.textContent, parseFloat(style.fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b), (a + 0.05) / (b + 0.05)];
  });
}"""


def texts(page, theme):
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.wait_for_function(AWAKE)
    return page.evaluate(TEXTS)


def unreadable(found):
    return [text for text in found if text[1] < SMALLEST or text[2] < LEAST]


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in pages()
        if "```{code-cell}" in source(name)
        and "Explorer(" in source(name)
        or "sweep(" in source(name)
        or "plt." in source(name)
    ],
)
def test_every_text_of_a_drawing_can_be_read_on_a_phone_and_in_the_dark(visit, addresses, name):
    page = visit(f"{addresses['file']}/book/{name}.html", **PHONE).page
    for theme in ("light", "dark"):
        found = texts(page, theme)
        assert len(found) > 3 and unreadable(found) == []


def test_a_text_that_is_small_or_pale_is_noticed(visit):
    page = visit(f"{miniature().as_uri()}/losses.html", **PHONE).page
    assert unreadable(texts(page, "dark")) == []
    page.add_style_tag(content=".w2v-sweep text { fill: #1858b8 !important } .w2v-dim { font-size: 8px !important }")
    found = unreadable(texts(page, "dark"))
    assert any(size < SMALLEST for _, size, _ in found) and any(contrast < LEAST for _, _, contrast in found)
