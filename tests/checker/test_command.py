"""w2v-check: exit codes, JSON, messages."""
import json

import pytest

from w2v.checker.command import main

GOOD, BAD = "$$ 1 - \\sigma(x) = \\sigma(-x) $$", "$$ 1 - \\sigma(x) = \\sigma(x) $$"


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("text, code", [(GOOD, 0), (BAD, 1), ("$$ x + = 3 $$", 1), ("<!-- check: expect refuted -->\n" + BAD, 0),
                                        ("<!-- check: expect refuted -->\n" + GOOD, 1), ("no mathematics", 2), ("", 2)])
def test_exit_code(tmp_path, capsys, text, code):
    assert main([write(tmp_path, "a.md", text)]) == code


def test_missing_binary_and_broken_files_are_named(tmp_path, capsys):
    binary = tmp_path / "b.bin"
    binary.write_bytes(b"\0\1\2" * 50)
    assert main([str(tmp_path / "absent.md"), str(binary), write(tmp_path, "n.ipynb", "{"), str(tmp_path)]) == 2
    message = capsys.readouterr().err
    for name in ("absent.md", "b.bin", "n.ipynb", tmp_path.name):
        assert name in message
    assert "Traceback" not in message


def test_no_file_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2


def test_json_has_the_documented_shape(tmp_path, capsys):
    assert main([write(tmp_path, "a.md", GOOD), write(tmp_path, "b.tex", "text\n" + BAD), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"steps", "counts"}
    assert [set(s) for s in found["steps"]] == [{"file", "line", "chain", "step", "lhs", "rhs", "status", "reason", "assumptions",
                                                 "counterexample", "suggestion"}] * 2
    assert found["counts"]["proved"] == 1 and found["counts"]["refuted"] == 1
    wrong = found["steps"][1]
    assert (wrong["file"].endswith("b.tex"), wrong["line"], wrong["status"]) == (True, 2, "refuted")
    assert wrong["counterexample"]["left"] != wrong["counterexample"]["right"]
    assert wrong["suggestion"]["name"] == "sign"


def test_notebooks_are_read_cell_by_cell(tmp_path, capsys):
    cells = [{"cell_type": "markdown", "source": ["# T\n", "$$ \\sigma(-x)\n"]}, {"cell_type": "code", "source": "x = 1"},
             {"cell_type": "markdown", "source": GOOD}]
    cells[0]["source"].append("= 1 - \\sigma(x) $$")
    assert main([write(tmp_path, "n.ipynb", json.dumps({"cells": cells, "nbformat": 4})), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["proved"] == 2


def test_text_output_names_file_and_line(tmp_path, capsys):
    name = write(tmp_path, "a.md", "line one\n\n" + BAD)
    main([name])
    assert f"{name}:3: refuted" in capsys.readouterr().out


def test_a_macro_after_a_control_word_is_kept_apart_from_it(tmp_path):
    from w2v.checker import check

    text = r"\newcommand{\Jns}{J_{\text{naive-softmax}}} $$ \frac{\partial\Jns}{\partial u_o} = (\hat y_o - 1) v_c $$"
    assert [step.status for step in check(text).steps] == ["proved"]
