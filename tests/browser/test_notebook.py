"""The explorers in JupyterLab, driven headless: dragging changes the traits, traits move the figure, keys do not leak."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from miniature import center
from oracles import agree, center_vector_explorer, negative_sampling_explorer, sigmoid_explorer

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "explorers"
CELLS = [
    "import ipywidgets\nfrom w2v.explorers import CenterVectorExplorer, NegativeSamplingExplorer, SigmoidExplorer",
    "sigmoid = SigmoidExplorer()\ntwin = SigmoidExplorer(x=-1)\nipywidgets.link((sigmoid, 'x'), (twin, 'x'))\nseen = []\nsigmoid.observe(lambda change: seen.append(change['new']), 'x')\nipywidgets.HBox([sigmoid, twin])",
    "vectors = CenterVectorExplorer()\nvectors",
    "sampling = NegativeSamplingExplorer()\nsampling",
    "import json\nprint('STATE', json.dumps([sigmoid.state(), vectors.state(), sampling.state(), seen]))",
    "sigmoid.x = -3.5\nvectors.v_c = [-1.0, 2.0]\nsampling.negatives = [2, 2, 4]",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server without a password file or news, on a free port; yields the address of the notebook."""
    folder = tmp_path_factory.mktemp("lab")
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        ),
        folder / "explorers.ipynb",
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    homes = {
        name: str(folder / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT / "book")}
    environment.pop("W2V_STATIC", None)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    ]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    try:
        _await(port, server, folder / "log")
        yield f"http://127.0.0.1:{port}/lab/tree/explorers.ipynb?token={TOKEN}&reset"
    finally:
        server.terminate()
        server.wait(20)


def _await(port, server, log):
    for _ in range(600):  # two minutes on a busy machine
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={TOKEN}")
        except OSError:
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start: " + log.read_text("utf-8"))


@pytest.fixture(scope="module")
def notebook(lab, browser):
    """The open notebook, all cells but the last two run."""
    page = browser.new_page(viewport={"width": 1400, "height": 2400})
    page.goto(lab)
    page.locator(".jp-Notebook .jp-Cell").nth(len(CELLS) - 1).wait_for(timeout=60_000)
    page.wait_for_function(
        "() => document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'", timeout=60_000
    )
    for cell in range(4):
        run(page, cell)
    page.locator(".w2v").nth(3).wait_for(timeout=60_000)
    yield page
    page.close()


def run(page, number):
    """Runs one cell in command mode."""
    cell = page.locator(".jp-Notebook .jp-Cell").nth(number)
    cell.locator(".jp-InputPrompt").click()
    before = cell.locator(".jp-InputPrompt").inner_text()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([number, before]) => { const text = document.querySelectorAll('.jp-Notebook .jp-Cell')[number].querySelector('.jp-InputPrompt').innerText; return text !== before && /\\d/.test(text); }",
        arg=[number, before],
        timeout=60_000,
    )


def kernel_state(page):
    run(page, 4)
    output = page.locator(".jp-Notebook .jp-Cell").nth(4).locator(".jp-OutputArea-output").last
    page.wait_for_function("() => document.querySelectorAll('.jp-Notebook .jp-Cell')[4].innerText.includes('STATE [')")
    return json.loads(output.inner_text().partition("STATE ")[2])


def resting_state(page):
    """The state in the kernel once it stays the same from one run to the next: figures send what they have bit by bit."""
    found = kernel_state(page)
    while (now := kernel_state(page)) != found:
        found = now
    return found


def numbers(page, figure):
    return (
        page.locator(".w2v")
        .nth(figure)
        .evaluate("el => [...el.querySelectorAll('[data-n]')].map(n => [n.dataset.n, n.textContent])")
    )


def test_dragging_changes_the_traits_and_linked_widgets_follow(notebook):
    page = notebook
    handles = {figure: page.locator(".w2v").nth(figure).locator(".w2v-handle").last for figure in (0, 2, 3)}
    before = kernel_state(page)
    for handle in handles.values():
        handle.scroll_into_view_if_needed()
        x, y = center(handle)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y - 25)
        page.mouse.up()
    sigmoid, vectors, sampling, seen = resting_state(page)
    assert sigmoid != before[0] and vectors["v_c"] != before[1]["v_c"] and sampling["v_c"] != before[2]["v_c"]
    assert seen and seen[-1] == sigmoid["x"]
    agree(numbers(page, 0), sigmoid_explorer(sigmoid))
    agree(numbers(page, 1), sigmoid_explorer(sigmoid))
    agree(numbers(page, 2), center_vector_explorer(vectors))
    agree(numbers(page, 3), negative_sampling_explorer(sampling))


def test_setting_traits_moves_the_figures(notebook):
    run(notebook, 5)
    notebook.wait_for_function(
        "() => document.querySelectorAll('.w2v')[0].querySelector('[data-n=x]').textContent === '\u22123.50'"
    )
    notebook.wait_for_function(
        "() => document.querySelectorAll('.w2v')[3].querySelector('[data-n=K]').textContent === '3'"
    )
    sigmoid, vectors, sampling, _ = kernel_state(notebook)
    assert sigmoid["x"] == -3.5 and vectors["v_c"] == [-1, 2] and sampling["negatives"] == [2, 2, 4]
    agree(numbers(notebook, 1), sigmoid_explorer(sigmoid))
    agree(numbers(notebook, 2), center_vector_explorer(vectors))
    agree(numbers(notebook, 3), negative_sampling_explorer(sampling))


def test_keys_on_a_figure_are_no_commands_of_the_notebook(notebook):
    cells = notebook.locator(".jp-Notebook .jp-Cell").count()
    for target in (".w2v-handle", "input[type=range]", "button"):
        notebook.locator(".w2v").first.locator(target).first.focus()
        for key in ("a", "b", "x", "d", "d", "ArrowRight", "ArrowDown"):
            notebook.keyboard.press(key)
    assert kernel_state(notebook)[0]["x"] > -3.5
    assert notebook.locator(".jp-Notebook .jp-Cell").count() == cells


def test_there_is_no_second_copy_of_a_figure_and_no_address_to_copy(notebook):
    assert notebook.locator(".w2v-explorer").count() == 0
    assert notebook.locator(".w2v").count() == 4 and notebook.get_by_role("button", name="Copy link").count() == 0
