"""w2v-grade: what was handed in is found without being run, marks are right, cheats are refused, and one bad file stops nobody."""

import csv
import json
import re

import nbformat
import pytest

from book import BOOK
from w2v.exercises.marking.command import Graded, main, results, said_of
from w2v.exercises.marking.submissions import Answer, read
from w2v.exercises.marking.template import template

DERIVATION = r"""$$
\frac{\partial J}{\partial v_c} = \frac{\partial}{\partial v_c}\left(-u_o^\top v_c + \log\sum_x \exp(u_x^\top v_c)\right) = -u_o + \sum_w \hat y_w u_w
$$"""
TABLE = """import numpy as np
from w2v.exercises import grade
from w2v.losses import softmax


def outer(a, b):
    return np.outer(a, b)


def answer(v_c, o, U):
    print("hello")
    delta = softmax(U @ v_c)
    delta[o] -= 1
    return outer(delta, v_c)


grade("softmax-table-gradient", answer)
"""


def cell(source, tags=""):
    return f"```{{code-cell}} ipython3\n{tags}{source}\n```\n\n"


def answers_of(tmp_path, text, name="one.md"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read(path).answers()


def notebook(*sources):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]))


def test_answers_are_found_in_every_form(tmp_path):
    written = (
        f"## softmax-center-vector\n\n{DERIVATION}\n\n## The exercise `sigmoid-steepest`\n\n0,25\n\n# Other\n\ntext\n"
    )
    found = answers_of(tmp_path, written + cell(TABLE))
    assert DERIVATION in found["softmax-center-vector"].value and found["sigmoid-steepest"] == Answer("0,25")
    assert found["softmax-table-gradient"].name == "answer" and len(found) == 3
    text = notebook(
        f'd = r"""{DERIVATION}"""',
        'grade("softmax-center-vector", d)\n',
        TABLE,
        'p = np.log(5) / 2\ngrade("sigmoid-steepest", p)',
    )
    found = answers_of(tmp_path, text, "one.ipynb")
    assert found["softmax-center-vector"].value == DERIVATION and found["sigmoid-steepest"] == Answer("np.log(5) / 2")
    assert found["softmax-table-gradient"].name == "answer"


def test_only_what_a_function_needs_is_run(tmp_path):
    more = "import matplotlib.pyplot as plt\nplot = 3\n\n\ndef unused():\n    return plot\n"
    (found,) = answers_of(tmp_path, cell(more) + cell(TABLE)).values()
    assert [name for name, _, _ in found.cells] == ["the cell at line 11"]
    assert len(found.cells[0][2]) == 4  # two imports and two functions; the grader is not imported


def test_a_page_as_it_is_has_no_answer_yet():
    found = read(BOOK / "exercises_sigmoid.md").answers()
    assert len(found) == 8
    assert all(said_of(id, answer).passed is None for id, answer in found.items())


def test_an_answer_by_the_last_tagged_cell_and_not_by_the_solution(tmp_path):
    tag, solution = ":tags: [exercise]\n\n", 'grade("sigmoid-steepest", 0.25)'
    assert answers_of(tmp_path, cell('grade("sigmoid-steepest", 0.5)', tag) + cell(solution))[
        "sigmoid-steepest"
    ] == Answer(0.5)
    assert answers_of(tmp_path, cell('grade("sigmoid-steepest", 0.5)') + cell(solution))["sigmoid-steepest"] == Answer(
        0.25
    )


@pytest.mark.parametrize(
    "source, words",
    [
        ('def f(:\n    pass\ngrade("sigmoid-any-score", f)', "is not Python: invalid syntax in line 1"),
        ('grade("sigmoid-any-score", np.vectorize(f))', "must be a function that is defined with `def`"),
        ('d = f"{x}"\ngrade("sigmoid-slope", d)', "written out as one text"),
    ],
)
def test_what_cannot_be_marked_is_said(tmp_path, source, words):
    ((id, answer),) = answers_of(tmp_path, cell(source)).items()
    said = said_of(id, answer)
    assert said.passed is False and words in str(said)


def test_a_right_function_passes_in_its_process(tmp_path):
    ((id, answer),) = answers_of(tmp_path, cell(TABLE)).items()
    said = said_of(id, answer)
    assert said.passed is True and said.printed == "hello", said


HEAD = "import numpy as np\nimport sys\n"
CHEATS = {
    "import of the gradients": "def f(v_c, o, U):\n    from w2v.losses import naive_softmax_gradients\n    return naive_softmax_gradients(v_c, o, U)[0]",
    "import from inside": "def f(v_c, o, U):\n    from w2v.losses.pair import naive_softmax_gradients\n    return naive_softmax_gradients(v_c, o, U)[0]",
    "import after a clearing": "def f(v_c, o, U):\n    for name in [n for n in sys.modules if n.startswith('w2v')]:\n        del sys.modules[name]\n"
    "    import w2v.losses\n    return w2v.losses.naive_softmax_gradients(v_c, o, U)[0]",
    "reading of the source": "def f(v_c, o, U):\n    source = open(FILE).read()\n    scope = {}\n    exec(source, scope)\n    return scope['naive_softmax_gradients'](v_c, o, U)[0]",
    "another Python": "def f(v_c, o, U):\n    import subprocess\n    return np.array(eval(subprocess.check_output([sys.executable, '-c', 'print(1)'])))",
    "a patched comparison": "np.array_equal = np.allclose = lambda *a, **k: True\n\n\ndef f(v_c, o, U):\n    np.all = np.any = lambda *a, **k: False\n    return v_c",
    "a patched grader": "import w2v.exercises.in_numpy as g\ng.compare = lambda *a: None\n\n\ndef f(v_c, o, U):\n    return v_c",
    "an object that is equal to all": "class Equal(float):\n    __eq__ = __le__ = __sub__ = lambda a, b: True\n\n\ndef f(v_c, o, U):\n    return Equal()",
    "an answer down the pipe": "import os\n\n\ndef f(v_c, o, U):\n    for n in range(3, 10):\n        try:\n            os.write(n, b'x' * 100)\n        except OSError:\n            pass\n    return v_c",
    "an end": "import os\n\n\ndef f(v_c, o, U):\n    os._exit(0)",
    "a written file": "def f(v_c, o, U):\n    open('/tmp/w2v-was-here', 'w')\n    return v_c",
}


@pytest.mark.parametrize("name", CHEATS)
def test_cheats_are_refused(tmp_path, name):
    source = HEAD + CHEATS[name].replace("FILE", repr(str(BOOK / "w2v" / "losses" / "pair.py")))
    last = '\n\n\ngrade("softmax-center-gradient", f)\nFeedback("softmax-center-gradient", "", True, ())'
    ((id, answer),) = answers_of(tmp_path, cell(source + last)).items()
    said = said_of(id, answer)
    assert said.passed is False and said.title == "The center vector's gradient in code", said


def test_sigmoid_is_not_lent_to_those_who_are_to_write_it(tmp_path):
    source = "from w2v.losses import sigmoid\n\n\ndef f(x):\n    return sigmoid(x)\n\n\ngrade({!r}, f)"
    for id, passed in (("sigmoid-any-score", False), ("softmax-center-gradient", None)):
        ((id, answer),) = answers_of(tmp_path, cell(source.format(id))).items()
        assert passed is None or said_of(id, answer).passed is passed


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A class of five, two of whom make trouble; the folder with what w2v-grade left, and its exit code."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "in" / "sub").mkdir(parents=True)
    (folder / "in" / "anna.md").write_text(f"## softmax-center-vector\n\n{DERIVATION}\n\n" + cell(TABLE), "utf-8")
    (folder / "in" / "bert.ipynb").write_text(
        notebook(TABLE.replace("-= 1", "-= 0"), 'grade("sigmoid-steepest", "25 %")'), "utf-8"
    )
    (folder / "in" / "sub" / "=carl.md").write_text("nothing", "utf-8")
    (folder / "in" / "dora.ipynb").write_bytes(b"{}")
    endless = "def f(v_c, o, U):\n    return sorted(range(10**9), key=abs)\n\n\ngrade('softmax-center-gradient', f)"
    (folder / "in" / "emil.md").write_text(cell('grade("sigmoid-steepest", 0.25)') + cell(endless), "utf-8")
    code = main(
        [str(folder / "in"), "--csv", str(folder / "marks.csv"), "--feedback", str(folder / "said"), "--seconds", "200"]
    )
    return folder, code


def test_a_class_becomes_a_table(handed_in):
    folder, code = handed_in
    rows = list(csv.DictReader((folder / "marks.csv").open(encoding="utf-8")))
    marks = {row["name"]: row for row in rows}
    assert code == 1 and len(rows) == 5 and marks["emil.md"]["failure"] == ""
    assert marks["anna.md"]["passed"] == "2" and marks["anna.md"]["failure"] == ""
    bert = marks["bert.ipynb"]
    assert (bert["softmax-table-gradient"], bert["sigmoid-steepest"], bert["of"]) == ("0", "1", "4")
    assert marks["sub/=carl.md"]["failure"] == "no answer to an exercise of the book"
    assert "expected a notebook" in marks["dora.ipynb"]["failure"]
    assert marks["emil.md"]["sigmoid-steepest"] == "1" and marks["emil.md"]["softmax-center-gradient"] == "0"
    assert "forgotten y" in (folder / "said" / "bert.ipynb.txt").read_text("utf-8")


def test_a_file_that_takes_too_long_is_stopped(tmp_path, capsys):
    (tmp_path / "one.md").write_text("## sigmoid-steepest\n\n0,25\n", "utf-8")
    assert main([str(tmp_path / "one.md"), "--seconds", "0.01"]) == 1
    assert "one.md: 0 of 0 passed; stopped after 0.01 s" in capsys.readouterr().out


def test_a_single_file_becomes_results_json(tmp_path, capsys):
    path = tmp_path / "one.md"
    path.write_text(cell('grade("sigmoid-steepest", 0.25)'), "utf-8")
    wanted = "sigmoid-steepest,sigmoid-four-to-one"
    assert main([str(path), "--results", str(tmp_path / "results.json"), "--exercises", wanted]) == 0
    made = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert made["score"] == 1 and [test["status"] for test in made["tests"]] == ["passed", "failed"]
    assert {"name", "number", "score", "max_score", "status", "output", "visibility"} == set(made["tests"][0])
    assert "1 of 1 passed" in capsys.readouterr().out


def test_a_file_without_an_answer_has_results_too():
    made = results(Graded("x", failure="no answer"), ["sigmoid-steepest"])
    assert made["score"] == 0 and made["output"] == "no answer" and made["tests"][0]["score"] == 0


@pytest.mark.parametrize("nbgrader", [False, True])
def test_a_template_is_a_notebook_whose_answers_are_found(tmp_path, nbgrader):
    ids = ["softmax-center-vector", "softmax-table-gradient", "sigmoid-steepest", "hierarchical-softmax-mean-length"]
    made = nbformat.from_dict(template(ids, "Week 3", nbgrader=nbgrader))
    nbformat.validate(made)
    texts = [c.source for c in made.cells if c.cell_type == "markdown"]
    assert texts[0].startswith("# Week 3") and "without a loop over the words" in texts[2]
    assert not any("{eq}" in text or "exercise-start" in text or "solution" in text for text in texts)
    found = answers_of(tmp_path, nbformat.writes(made), "t.ipynb")
    assert list(found) == ids and all(said_of(id, found[id]).passed is None for id in ids)
    tests = [c for c in made.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert len(tests) == 4 * nbgrader and all(c.metadata.nbgrader.locked and "assert grade(" in c.source for c in tests)


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--template", "sigmoid-steepst"], "the nearest are sigmoid-steepest"),
        (
            ["--template", "sigmoid-steepest", "--chapters", "/nowhere"],
            "expected the page exercises_sigmoid.md in /nowhere",
        ),
        ([], "expected at least one file or folder"),
        (["no-such-folder"], "expected a file or a folder, found nothing there"),
        (["--seconds", "-1", "x"], "expected a number of seconds above 0"),
        (["--nbgrader", "x"], "expected them together with --template"),
        (["x", "--template", "sigmoid-steepest"], "expected no file to grade"),
    ],
)
def test_bad_options_are_named(arguments, words, capsys):
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code
    assert code == 2 and words in capsys.readouterr().err


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0 and re.fullmatch(r"w2v-grade \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_template_is_printed(capsys):
    assert main(["--template", "sigmoid-steepest"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"][2]["metadata"]["tags"] == ["exercise"]
