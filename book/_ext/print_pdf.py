"""Prints the whole book to one tagged PDF with outline: python book/_ext/print_pdf.py SINGLEHTML_FOLDER BOOK.pdf

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


def print_pdf(folder, target):
    """Prints the book in `folder` to the file `target`; raises RuntimeError with chromium's words if it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise RuntimeError(f"the PDF is printed by a browser: none of {', '.join(BROWSERS)} is installed")
    page = at_top(folder)
    try:
        with tempfile.TemporaryDirectory() as profile:
            command = [
                browser,
                *FLAGS,
                f"--user-data-dir={profile}",
                f"--print-to-pdf={Path(target).resolve()}",
                page.resolve().as_uri(),
            ]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    finally:
        page.unlink()
    if done.returncode or not Path(target).exists():
        raise RuntimeError(f"{browser} did not print the book: {done.stderr[-2000:]}")


def main(arguments=None):
    """Returns 0 after printing, 1 with a message otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="the output of the singlehtml builder")
    parser.add_argument("target", help="the PDF to write")
    chosen = parser.parse_args(arguments)
    try:
        print_pdf(chosen.folder, chosen.target)
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{chosen.target}: {Path(chosen.target).stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
