"""What is written into the box "Check my derivation" is kept, and what comes from a file is read or refused clearly."""

import json

import pytest

from check_box import GALLERY, RIGHT, WRONG, Box
from w2v.checker.files import notebook_text

# ---- what was typed is kept ----


def test_the_text_survives_a_reload(open_box):
    box = open_box()
    box.write("my own $x = x$ text")
    box.page.locator("#w2v-layout").select_option("rows")
    box.page.reload()
    assert Box(box.page).text() == "my own $x = x$ text" and box.page.locator("#w2v-layout").input_value() == "rows"
    assert box.faults == []


def test_an_example_never_costs_the_own_text(open_box):
    box = open_box()
    take, earlier, later = (box.page.locator(f"#w2v-{name}") for name in ("take", "earlier", "later"))
    assert not earlier.is_visible()
    box.write("mine")
    for index in (3, 5):
        box.page.locator("#w2v-example").select_option(str(index))
        take.click()
        assert box.text() == GALLERY[index]["text"]
    box.page.reload()
    box = Box(box.page)
    earlier.click()
    assert box.text() == "mine"
    later.click()
    assert box.text() == GALLERY[5]["text"]
    earlier.click()
    assert box.text() == "mine"


def test_full_storage_is_said_and_the_text_stays(open_box):
    box = open_box()
    box.page.evaluate("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; 0")
    box.write("mine")
    box.page.locator("#w2v-warning:not(:empty)").wait_for()
    assert "cannot keep the text" in box.page.locator("#w2v-warning").inner_text() and box.text() == "mine"
    assert box.check(RIGHT) == "1 step: 1 proved."


@pytest.mark.parametrize("record", ["{broken", "null", "7", '{"text": 3, "past": [], "future": []}', '{"text": "x"}'])
def test_a_record_that_is_not_ours_is_put_aside(open_box, record):
    box = open_box()
    box.page.evaluate(
        "record => { addEventListener('pagehide', () => localStorage.setItem('w2v-derivation', record)); }", record
    )
    box.page.reload()
    box = Box(box.page)
    assert "could not be read" in box.page.locator("#w2v-warning").inner_text()
    assert box.page.evaluate("localStorage['w2v-derivation-unreadable']") == record and box.text() == GALLERY[0]["text"]


def test_two_tabs_do_not_cost_a_text(open_box):
    first = open_box()
    second = first.page.context.new_page()
    second.goto(first.page.url)
    other = Box(second)
    first.write("from the first tab")
    first.kept("from the first tab")
    other.write("from the second tab")
    other.kept("from the second tab")
    second.reload()
    other = Box(second)
    assert other.text() == "from the second tab"
    second.locator("#w2v-earlier").click()
    assert other.text() == "from the first tab"


def test_the_text_can_be_saved_as_a_file(ready, tmp_path):
    ready.write(WRONG)
    with ready.page.expect_download() as caught:
        ready.page.locator("#w2v-export").click()
    caught.value.save_as(tmp_path / "derivation.md")
    assert (
        caught.value.suggested_filename == "derivation.md" and (tmp_path / "derivation.md").read_text("utf-8") == WRONG
    )


# ---- files ----

OLD = {
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["A"]},
                {"cell_type": "code", "input": "1"},
                {"cell_type": "markdown", "source": "$x = x$"},
            ]
        }
    ],
    "nbformat": 3,
}
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["# A\n", "$x = x$"]},
        {"cell_type": "code", "source": "1"},
        {"cell_type": "markdown", "source": "b"},
    ]
}
DROP = """([name, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], name));
  for (const kind of ['dragover', 'drop']) document.querySelector('#w2v-text').dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize(
    "name, content, expected",
    [
        ("solution.md", WRONG.encode(), WRONG),
        ("solution.tex", b"\\[ a = b \\]\r\n\r\n", "\\[ a = b \\]\n\n"),
        ("notes.txt", "naïve".encode("latin-1"), "naïve"),
        ("bom.md", b"\xef\xbb\xbfx = x", "x = x"),
        ("homework.ipynb", json.dumps(NOTEBOOK).encode(), notebook_text(json.dumps(NOTEBOOK), "homework.ipynb")),
        ("old.ipynb", json.dumps(OLD).encode(), notebook_text(json.dumps(OLD), "old.ipynb")),
        ("wide.md", "é $x = x$".encode("utf-16"), "é $x = x$"),
    ],
)
@pytest.mark.parametrize("way", ["drop", "choose"])
def test_a_file_comes_into_the_editor(ready, name, content, expected, way):
    ready.write("before")
    if way == "drop":
        ready.page.evaluate(DROP, [name, list(content)])
    else:
        ready.page.locator("#w2v-file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    ready.page.wait_for_function(
        "name => document.querySelector('#w2v-summary').textContent === `${name} is in the editor.`", arg=name
    )
    assert ready.text() == expected
    ready.page.locator("#w2v-earlier").click()
    assert ready.text() == "before"


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("photo.png", b"x", "photo.png: expected a file that ends in .md, .tex, .txt or .ipynb."),
        ("a.md", b"\x89PNG\0\0", "a.md: expected a text file, found binary data."),
        ("big.tex", b"x" * 1_200_000, "big.tex: 1.2 MB is too large; the largest file is 1 MB."),
        ("empty.md", b"", "empty.md: the file is empty."),
        ("a.ipynb", b"{}", "a.ipynb: expected a Jupyter notebook"),
        ("b.ipynb", b"not json", "b.ipynb: expected a Jupyter notebook"),
        (
            "c.ipynb",
            b'{"cells": [{"cell_type": "code", "source": "1"}]}',
            "c.ipynb: the file is empty, or a notebook without Markdown cells.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_costs_nothing(ready, name, content, said):
    ready.write("before")
    ready.page.locator("#w2v-file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    ready.page.wait_for_function(
        "said => document.querySelector('#w2v-summary').textContent.startsWith(said)", arg=said
    )
    assert ready.text() == "before"


def test_several_files_wait_for_their_turn(ready):
    ready.write("before")
    files = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in FILES]
    ready.page.locator("#w2v-file").set_input_files(files)
    ready.page.wait_for_function("document.querySelector('#w2v-summary').textContent.startsWith('a.md is')")
    assert ready.page.locator("#w2v-summary").inner_text() == (
        'a.md is in the editor, and under "Later text" b.tex, c.md. '
        "d.png: expected a file that ends in .md, .tex, .txt or .ipynb."
    )
    later = ready.page.locator("#w2v-later")
    seen = [ready.text()]
    while later.is_visible():
        later.click()
        seen.append(ready.text())
    assert seen == ["first", "second", "third"]


FILES = [("a.md", "first"), ("b.tex", "second"), ("d.png", "x"), ("c.md", "third")]


# ---- links ----


def test_a_text_travels_in_a_link_and_nothing_is_sent(open_box):
    box = open_box()
    asked = []
    box.page.on("request", lambda request: asked.append(request.url))
    text = "Größe: " + WRONG * 20
    box.write(text)
    box.page.locator("#w2v-share").click()
    box.page.wait_for_function("location.hash.startsWith('#text=')")
    link = box.page.evaluate("location.href")
    assert [url for url in asked if not url.endswith("favicon.svg")] == [] and len(link) < len(text)
    other = open_box(link.partition("/book/")[0])
    other.write("mine")
    other.page.evaluate("link => { location.hash = new URL(link).hash; }", link)
    other.page.wait_for_function(
        "document.querySelector('#w2v-summary').textContent.startsWith('The text of the link')"
    )
    assert other.text() == text
    other.page.locator("#w2v-earlier").click()
    assert other.text() == "mine" and other.faults == []
    third = other.page.context.new_page()
    third.goto(link)
    third.wait_for_function("text => document.querySelector('#w2v-text').value === text", arg=text)


def test_a_damaged_link_costs_nothing(open_box):
    box = open_box()
    box.write("mine")
    for fragment in ("#text=abc", "#text=%00", "#text="):
        box.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        box.page.locator("#w2v-summary", has_text="could not be read").wait_for()
        assert box.text() == "mine"
        box.page.evaluate("document.querySelector('#w2v-summary').textContent = ''")


def test_a_text_that_is_too_long_for_a_link_is_said(ready):
    import random

    ready.write("".join(random.Random(0).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=120_000)))
    ready.page.locator("#w2v-share").click()
    ready.page.locator("#w2v-summary", has_text="too long for a link").wait_for()
