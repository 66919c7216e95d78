"""Prints the book: python book/_ext/print_pdf.py SINGLEHTML_FOLDER BOOK.pdf, or python book/_ext/print_pdf.py --slides SITE FOLDER

The first makes one tagged PDF with outline, the second a PDF of slides for each page, as present mode shows them.
SINGLEHTML_FOLDER is what `jupyter-book build . --builder singlehtml` wrote (_build/singlehtml). Its one page lies in a
folder although its links are written for the top, so a copy at the top is printed, by chromium, without a network.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
    "--virtual-time-budget=30000",
]
SCREEN = ("--kiosk", "--screen-info={1280x720}")


def single_page(folder):
    """Returns the one page of the book, the largest that is neither index nor search; raises FileNotFoundError if there is none."""
    pages = [
        page
        for page in Path(folder).rglob("*.html")
        if page.stem not in ("index", "search", "genindex", "_book_to_print") and "_static" not in page.parts
    ]
    if not pages:
        raise FileNotFoundError(
            f"{folder}: expected the output of `jupyter-book build . --builder singlehtml`, found no page"
        )
    return max(pages, key=lambda page: page.stat().st_size)


def at_top(folder):
    """Writes the page where its links point to, with links into itself shortened to their anchors; returns the copy."""
    folder, page = Path(folder), single_page(folder)
    itself = re.escape(page.relative_to(folder).as_posix())
    copy = folder / "_book_to_print.html"
    copy.write_text(
        re.sub(rf'href="(?:{itself}|{re.escape(page.name)})?(#[^"]*)"', r'href="\1"', page.read_text("utf-8")), "utf-8"
    )
    return copy


def _printed(address, target, *flags):
    """Lets chromium print an address to the file `target`; raises RuntimeError with chromium's words if it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise RuntimeError(f"the PDF is printed by a browser: none of {', '.join(BROWSERS)} is installed")
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            *FLAGS,
            *flags,
            f"--user-data-dir={profile}",
            f"--print-to-pdf={Path(target).resolve()}",
            address,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode or not Path(target).exists():
        raise RuntimeError(f"{browser} did not print {address}: {done.stderr[-2000:]}")


def print_pdf(folder, target):
    """Prints the book in `folder` to the file `target`."""
    page = at_top(folder)
    try:
        _printed(page.resolve().as_uri(), target)
    finally:
        page.unlink()


def print_slides(site, folder):
    """Prints each page of the built site to a PDF in `folder`, a slide a page; raises FileNotFoundError if there is no page."""
    pages = sorted(page for page in Path(site).glob("book/*.html") if "present.js" in page.read_text("utf-8"))
    if not pages:
        raise FileNotFoundError(f"{site}: expected the site that `make book` builds, found no page to present")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for page in pages:
        _printed(f"{page.resolve().as_uri()}#?present", Path(folder) / f"{page.stem}.pdf", *SCREEN)
    return pages


def main(arguments=None):
    """Returns 0 after printing, 1 with a message otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slides", action="store_true", help="print every page of a site as slides")
    parser.add_argument("folder", help="the output of the singlehtml builder; with --slides, the built site")
    parser.add_argument("target", help="the PDF to write; with --slides, the folder for the PDFs")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.slides:
            print(f"{chosen.target}: slides of {len(print_slides(chosen.folder, chosen.target))} pages")
        else:
            print_pdf(chosen.folder, chosen.target)
            print(f"{chosen.target}: {Path(chosen.target).stat().st_size // 1024} KB")
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
