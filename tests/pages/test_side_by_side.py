"""The cells of a page are run by a kernel of its own; a cell that fails is named with its line."""

import nbformat

from side_by_side import run_cells


def run(tmp_path, source):
    """(cell outputs, what failed) of a page with one cell, in its line 7."""
    about = {"source_map": [7], "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=about)
    _, _, notebook, fault = run_cells(str(tmp_path / "page.md"), notebook, 60)
    return notebook.cells[0].outputs, fault


def test_kernels_that_start_together_share_no_port(tmp_path):
    """One that finds its port taken dies, and whoever waits for it waits for ever."""
    outputs, fault = run(tmp_path, "import ipykernel; ipykernel.get_connection_info(unpack=True)['transport']")
    assert fault is None and outputs[0]["data"]["text/plain"] == "'ipc'"


def test_a_cell_that_fails_is_named(tmp_path):
    fault = run(tmp_path, "1 / 0")[1]
    assert "page.md:7: this cell failed" in fault and "ZeroDivisionError" in fault
