"""Runs the cells of all chapters and checks the lines of all pages side by side, over the cores, before the first page is read.

What came out is kept beside the site and taken again as long as nothing it came from has changed: the cells or the
text, the package, its pinned dependencies, the fetched texts, and Python (`made_from`). A cell that fails stops the build.
"""

import hashlib
import os
import pickle
import shutil
import socket
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from time import perf_counter

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellTimeoutError, DeadKernelError
from sphinx.errors import ExtensionError
from sphinx.util import logging
from traitlets.config import Config

from _live.distribution import digest, package_digest
from w2v.checker import NoMathematics, check

BOOK = Path(__file__).resolve().parent.parent
PINS = ("constraints.txt", "w2v/text/english/package-lock.json")
logger = logging.getLogger(__name__)


class SideBySide:
    """The outcomes of one state of the package, in a folder named after it; those of other states are removed."""

    def __init__(self, folder, made_from):
        self.notebooks, self.reports = folder / f".jupyter_cache-{made_from}", folder / f".checked-{made_from}"
        for old in {*folder.glob(".jupyter_cache*"), *folder.glob(".checked*")} - {self.notebooks, self.reports}:
            shutil.rmtree(old)

    def fill(self, app, docnames):
        """Makes what is missing for these pages; raises ExtensionError, with file and line, if a cell fails."""
        texts = {name: Path(app.env.doc2path(name)).read_text("utf-8") for name in docnames}
        texts = {name: text for name, text in texts.items() if app.env.doc2path(name).endswith(".md")}
        cache = get_cache(self.notebooks)
        notebooks = (
            [_notebook(app, name, text) for name, text in texts.items()]
            if app.env.mystnb_config.execution_mode == "cache"
            else []
        )
        runs = [run for run in notebooks if run and not _is_kept(cache, run[1])]
        checks = [
            page for page in texts.items() if "checked_lines" in app.extensions and not self._report(*page).is_file()
        ]
        if not runs + checks:
            return
        faults, start = [], perf_counter()
        with ProcessPoolExecutor(_cores()) as pool:
            jobs = [
                pool.submit(run_cells, path, notebook, app.env.mystnb_config.execution_timeout)
                for path, notebook in reversed(runs)
            ]
            jobs += [pool.submit(self.checked, name, text) for name, text in checks]
            for done in as_completed(jobs):
                name, seconds, notebook, fault = done.result()
                logger.info("%s in %.1f s: %s", "checked" if notebook is None else "ran", seconds, name)
                if fault:
                    faults.append(fault)
                elif notebook is not None:
                    cache.cache_notebook_bundle(
                        CacheBundleIn(notebook, name, data={"execution_seconds": seconds}),
                        check_validity=False,
                        overwrite=True,
                    )
        logger.info("%d chapters run, %d pages checked in %.0f s", len(runs), len(checks), perf_counter() - start)
        if faults:
            raise ExtensionError("\n\n".join(sorted(faults)))

    def checked(self, name, text):
        """Keeps the report of a page, None if there is no mathematics on it."""
        start = perf_counter()
        try:
            report = check(text, name=f"{name}.md")
        except NoMathematics:
            report = None
        path = self._report(name, text)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}")
        scratch.write_bytes(pickle.dumps(report))
        scratch.replace(path)
        return name, perf_counter() - start, None, None

    def report(self, name, text):
        """The report of a page, kept or made now."""
        path = self._report(name, text)
        if not path.is_file():
            self.checked(name, text)
        return pickle.loads(path.read_bytes())

    def _report(self, name, text):
        return self.reports / hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()


def made_from():
    """A digest of all that outcomes depend on, apart from the pages themselves."""
    pins = digest((BOOK / name for name in PINS if (BOOK / name).is_file()), BOOK)
    return hashlib.sha256(f"{package_digest(BOOK)} {pins} {sys.version}".encode()).hexdigest()[:12]


def run_cells(path, notebook, timeout):
    """Runs the cells of a notebook in the folder of its page; returns (path, seconds, the notebook, what failed or None)."""
    start, cells = perf_counter(), []
    where = {"metadata": {"path": str(Path(path).parent)}}
    with tempfile.TemporaryDirectory(prefix="w2v-") as folder:
        client = NotebookClient(
            notebook, timeout=timeout, resources=where, record_timing=False, config=spoken_to_in(folder)
        )  # a cell with times is another cell to the cache
        client.on_cell_start = lambda cell, cell_index: cells.append(cell_index)
        try:
            client.execute()
        except (CellControlSignal, CellTimeoutError, DeadKernelError) as error:
            line = notebook.metadata["source_map"][cells[-1]] if cells else 1
            return path, perf_counter() - start, notebook, f"{path}:{line}: this cell failed\n{error}"
    return path, perf_counter() - start, notebook, None


def spoken_to_in(folder):
    """The settings of a kernel that is spoken to through files of a folder: of two that start together both may find the same port free."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        return Config()
    return Config(ConnectionFileMixin={"transport": "ipc", "ip": str(Path(folder) / "kernel")})


def _notebook(app, name, text):
    """(path, notebook without outputs) of a page as MyST-NB will read it, None if it is no notebook."""
    path = app.env.doc2path(name)
    reader = create_nb_reader(path, app.env.myst_config, app.env.mystnb_config, text)
    return reader and (path, reader.read(text))


def _is_kept(cache, notebook):
    try:
        return bool(cache.match_cache_notebook(notebook))
    except KeyError:
        return False


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
