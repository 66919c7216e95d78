"""Scripts and style sheets of the site, bundled and made small by esbuild, which comes from npm as KaTeX does."""

import subprocess
from pathlib import Path

from sphinx.errors import ExtensionError

from katex_math import node_program

ESBUILD = Path(__file__).parent / "katex/node_modules/esbuild/bin/esbuild"


def made_small(path, *, bundle=False):
    """The text of a script or style sheet without what a browser does not need; with `bundle`, its modules in one classic script.

    Raises ExtensionError with esbuild's own words, file and line where the source has a fault.
    """
    together = ["--bundle", "--format=iife"] if bundle else []
    command = [node_program(), str(ESBUILD), str(path), *together, "--minify", "--log-level=warning"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    if done.returncode or done.stderr:
        raise ExtensionError(f"esbuild: {done.stderr.strip()}")
    return done.stdout
