"""The whole book on paper: one tagged PDF with an outline, formulas and figures."""

import shutil

import pytest
from pypdf import PdfReader

from book import ROOT, build, pages
from browser_path import installed_browser
from miniature import miniature
from print_pdf import main


@pytest.fixture(scope="module")
def printed(site, tmp_path_factory):
    """The PDF of the book, read back; `site` has executed the chapters already."""
    installed_browser()
    done = build(ROOT, site.parents[1], "--builder", "singlehtml")
    assert done.returncode == 0, done.stderr[-3000:]
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    assert main([str(site.parent / "singlehtml"), str(target)]) == 0
    return PdfReader(target)


def titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


def test_the_book_is_tagged_and_has_an_outline_with_every_chapter(printed):
    assert bool(printed.trailer["/Root"]["/MarkInfo"]["/Marked"])
    found = list(titles(printed.outline))
    for name in ("Softmax gradients", "Negative sampling", "Training", "Formula sheet"):
        assert any(name in title for title in found), name
    assert len(found) > 5 * len(pages())


def test_formulas_are_printed_and_not_their_source(printed):
    text = "\n".join(page.extract_text() for page in printed.pages)
    derivation = text[text.index("Written derivation") :][:1500]
    assert "T25 holds" in text and "\\frac" not in derivation


def test_a_folder_without_a_book_is_refused(tmp_path, capsys):
    assert main([str(tmp_path), str(tmp_path / "book.pdf")]) == 1
    assert (
        "expected the output of `jupyter-book build . --builder singlehtml`, found no page" in capsys.readouterr().err
    )


def test_slides_are_printed_for_every_page_on_sheets_of_the_screens_shape(tmp_path, capsys):
    shutil.copytree(miniature(), tmp_path / "site/book")
    assert main(["--slides", str(tmp_path / "site"), str(tmp_path / "slides")]) == 0, capsys.readouterr().err
    assert {pdf.stem for pdf in (tmp_path / "slides").iterdir()} == {"vectors", "losses", "plain"}
    sheets = PdfReader(tmp_path / "slides/vectors.pdf").pages
    assert len(sheets) == 6 and "line by line" in sheets[1].extract_text()
    assert {(float(sheet.mediabox.width), float(sheet.mediabox.height)) for sheet in sheets} == {
        (960, 540)
    }  # points: 1280 x 720 px


def test_a_site_without_pages_is_refused(tmp_path, capsys):
    assert main(["--slides", str(tmp_path), str(tmp_path / "slides")]) == 1
    assert "expected the site that `make book` builds" in capsys.readouterr().err
