"""The built site: every result with its passing check, notebooks to download, nothing from elsewhere."""

import re
from html.parser import HTMLParser
from io import BytesIO

import nbformat
import pytest
from fontTools.ttLib import TTFont
from test_chapters import NOTEBOOKS

from book import BOOK, build, cell, pages, small_book, source
from katex_math import apart
from test_results import IDS
from text_font import PACKAGE, SHEET, few_letters

LOADING = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}


RAW = ("script", "style", "pre", "code", "textarea", "select", "annotation")


class Page(HTMLParser):
    """What a page loads, what its images say, the order of theorems and cards, and its meta data."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.order, self.meta, self.errors, self.alts = [], [], {}, 0, []
        self.raw_text, self.dollars = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        target = attributes.get(LOADING.get(tag, ""), "")
        if target and attributes.get("rel") not in ("canonical", "next", "prev", "search"):
            self.loads.append(target)
        if tag == "img":
            self.alts.append(attributes.get("alt", ""))
        if "theorem" in attributes.get("class", "").split():
            self.order.append(("stated", attributes["id"]))
        if attributes.get("data-verdict") == "holds":
            self.order += [("verified", id) for id in attributes["data-result"].split()]
        if tag == "meta":
            self.meta[attributes.get("property") or attributes.get("name")] = attributes.get("content")
        self.errors += "katex-error" in attributes.get("class", "")
        self.raw_text += [tag] * (tag in RAW)

    def handle_endtag(self, tag):
        if tag in self.raw_text:
            self.raw_text.remove(tag)

    def handle_data(self, data):
        self.dollars += "$" in data and not self.raw_text


@pytest.fixture(scope="session")
def parsed(site):
    return {page: Page((site / f"book/{page}.html").read_text("utf-8")) for page in pages()}


@pytest.mark.parametrize("id", IDS)
def test_the_result_stands_on_a_page_with_a_passing_check_after_it(parsed, id):
    [page] = [page for page in parsed.values() if ("stated", id) in page.order]
    assert ("verified", id) in page.order[page.order.index(("stated", id)) :], (
        f"{id}: no passing check after its theorem"
    )


def test_no_page_loads_anything_from_another_host(site):
    for path in site.rglob("*.html"):
        for target in Page(path.read_text("utf-8")).loads:
            assert not re.match(r"(https?:)?//", target), f"{path.name} loads {target}"


def test_no_style_sheet_or_script_of_the_site_names_a_network_for_its_assets(site):
    for path in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?https?:|@import\s+['\"]https?:", path.read_text("utf-8")), path.name


def test_the_icon_script_and_thebe_are_gone(site):
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r'src="[^"]*(fontawesome\.js|thebe|mathjax)', text, re.I) and "THEBE" not in text, (
            path.name
        )


def test_every_formula_was_rendered(parsed, site):
    for name, page in parsed.items():
        assert page.errors == 0 and page.dollars == 0, name
    assert (site / "_static/katex/katex.min.css").is_file()
    assert list((site / "_static/katex/fonts").glob("*.woff2"))


def test_the_lines_of_a_derivation_stand_apart_where_one_is_tall():
    assert apart(r"a &= b \\ &= \sum_w c") == r"a &= b \\[0.3em]  &= \sum_w c"
    assert apart(r"a &= b \\ &= \summit") == r"a &= b \\ &= \summit"


BEYOND_LATIN = re.compile("[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff]")


def letters_of(file):
    return set(TTFont(BytesIO(file.read_bytes())).getBestCmap())


def test_the_letters_beyond_the_latin_file_are_in_one_of_two_kilobytes(site):
    wanted = {ord(letter) for path in site.rglob("*.html") for letter in BEYOND_LATIN.findall(path.read_text("utf-8"))}
    assert ord("ŷ") in wanted
    for style in ("normal", "italic"):
        file = site / f"_static/fonts/source-sans-3-few-wght-{style}.woff2"
        assert file.stat().st_size < 4096 and wanted <= letters_of(file)
        assert file.name in SHEET.read_text("utf-8")


def test_a_font_of_few_letters_has_these_and_no_others(tmp_path):
    few_letters(PACKAGE / "files/source-sans-3-latin-ext-wght-normal.woff2", [0x177, 0x16B], tmp_path / "few.woff2")
    assert letters_of(tmp_path / "few.woff2") == {0x177, 0x16B}


@pytest.mark.parametrize("page", pages())
def test_every_image_says_in_words_what_is_seen(parsed, page):
    for alt in parsed[page].alts:
        assert len(alt.split()) >= 5 and not re.search(r"\.(svg|png)|_images", alt), f"alt text {alt!r}"


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_the_notebook_can_be_downloaded(site, page):
    notebook = nbformat.read(site / f"_sources/book/{page}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = re.findall(r"^`{3,}\{code-cell\}.*\n(?!:tags: \[remove-cell\])", source(page), re.M)
    assert len(code) == 1 + len(shown)
    assert "This notebook needs w2v" in code[0].source
    assert not any(cell.outputs for cell in code)
    assert f"_sources/book/{page}.ipynb" in (site / f"book/{page}.html").read_text("utf-8")


@pytest.mark.parametrize("page", pages())
def test_the_page_says_what_it_is_when_it_is_shared(parsed, page):
    assert parsed[page].meta["og:site_name"] == "word2vec, line by line"
    assert parsed[page].meta["og:title"] and parsed[page].meta["og:type"]
    if page != "bibliography":
        assert parsed[page].meta["og:description"]


def test_the_formula_sheet_lists_every_result_in_both_conventions(site):
    text = (site / "book/formula_sheet.html").read_text("utf-8")
    text = text[text.index("w2v-sheet") :]
    for id in IDS:
        assert len(re.findall(rf'href="[^"]*#{id}"[^>]*>{id}<', text)) == 2, id


def test_a_page_without_fault_builds(sound):
    assert 'data-result="T02"' in sound("verified") and 'data-verdict="holds"' in sound("verified")


def test_an_image_without_a_description_fails_the_build(faulty):
    [(_, said)] = faulty("image_without_words")
    assert "an image without a description" in said


def test_a_tex_fault_fails_the_build_and_names_the_line(faulty):
    [(line, said)] = faulty("tex_of_one_half")
    assert line == 8 and said.startswith("unreadable")
    (line, said), _ = faulty("tex_without_a_meaning")
    assert line == 7 and said.startswith("KaTeX parse error")


def test_a_wrong_sign_fails_the_build(tmp_path):
    wrong = (
        "from w2v.checks.symbolic import Case, assert_zero, gradient, naive_softmax\n"
        "case = Case(V=5, D=3, o=2)\n"
        "assert_zero(gradient(naive_softmax(case), case.v_c) - case.U * (case.y - case.y_hat))"
    )
    done = small_book(tmp_path, {"page": cell(wrong)})
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    assert done.returncode != 0 and "NotZero: entry 0 of 3: expected 0" in said


def test_a_changed_package_runs_the_chapters_again(sound):
    """The cache looks at the cells only; ours is tied to a digest of the package."""
    caches = lambda: {path.name for path in (sound.folder / "out/_build").glob(".jupyter_cache*")}
    before = caches()
    (sound.folder / "book/w2v/chapters/toy.py").write_text((BOOK / "w2v/chapters/toy.py").read_text() + "\n# changed\n")
    assert build(sound.folder, sound.folder / "out").returncode == 0
    assert len(before) == len(caches()) == 1 and before != caches()
