"""w2v-check: exit codes, files and folders, pipes, notebooks, \\input, limits of time, a class; and w2v.checker.files."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from w2v.checker import command, files
from w2v.checker.report import STATUSES, LegendLine, NoMathematics, Report, Verdict

CODES = {"proved": 0, "definition": 0, "refuted": 1, "ill-typed": 1, "transposed": 1, "unsettled": 3, "unreadable": 3}


def fake(text, name, prelude, layout, on_step):
    """A checker for tests: a line `refuted sign` is such a step; hang, crash, fault, bad and nothing do what they say."""
    steps = []
    for number, line in enumerate(text.split("\n"), 1):
        status, _, rest = line.strip("$ #").partition(" ")
        if status in STATUSES:
            suggestion = {"name": rest, "side": "right", "latex": "z"} if rest else None
            steps.append(Verdict(name, number, 1, len(steps) + 1, "x", "y", status, suggestion=suggestion, theorem=lambda: 0))
            on_step(steps[-1])
        misbehave(status, name)
    if not text.strip():
        raise NoMathematics(f"{name}: expected mathematics, found none")
    return Report(steps, name, [LegendLine("x", "a number", f"{prelude}; {layout or 'no layout'}")])


def misbehave(word, name):
    if word == "hang":
        while True:
            time.sleep(0.01)
    if word == "crash":
        os._exit(7)
    if word in ("fault", "bad", "deep", "nothing"):
        raise {"fault": KeyError("q"), "bad": ValueError("expected 1, found 2"), "deep": RecursionError(),
               "nothing": NoMathematics(f"{name}: expected mathematics, found none")}[word]


class Here(command.Worker):
    """A worker without a process, for what has nothing to do with processes."""

    def run(self, text, name, tick=None):
        kind, value = command._answer(command.judge, (text, name, *self.rest), lambda verdict: None)
        found = value if kind == "report" else None
        return command.Outcome(name, found, "" if found else value, 0.0, kind == "nothing")


@pytest.fixture(autouse=True)
def checker(monkeypatch):
    monkeypatch.setattr(command, "judge", fake)
    monkeypatch.setattr(command, "Worker", Here)


@pytest.fixture
def process(checker, monkeypatch):
    """The worker that is a process of its own, as the command has it."""
    monkeypatch.setattr(command, "Worker", Here.__base__)


@pytest.fixture
def write(tmp_path):
    def made(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return made


# -- exit codes and options ----------------------------------------------------------------------------------------
def test_exit_codes_of_single_files(process, write):
    """One worker checks them all, as it does for the command; each keeps its own code."""
    names = {status: write(f"{status}.md", f"proved\n{status}") for status in CODES}
    options = command.options_of([*names.values(), write("none.md", "words"), write("empty.md", "")])
    found = list(command.outcomes(command.targets(options.files), options))
    assert [o.exit_code for o in found] == [*CODES.values(), 2, 2]


@pytest.mark.parametrize("codes, code", [((0,), 0), ((0, 3), 3), ((3, 2, 0), 2), ((0, 1, 2, 3), 1), ((None, 0), 0), ((None,), 2), ((), 2)])
def test_exit_code_of_several_files(codes, code):
    assert command.worst(codes) == code


def test_main_returns_the_exit_code(write, capsys):
    assert command.main([write("a.md", "proved\nunsettled")]) == 3


@pytest.mark.parametrize("arguments, words", [
    ([], "expected at least one file"), (["--rows", "--columns", "a.md"], "not allowed with"), (["--seconds", "0", "a.md"], "seconds above 0"),
    (["--seconds", "nan", "a.md"], "seconds above 0"), (["--seconds", "soon", "a.md"], "'soon'"),
    (["--prelude", "none such", "a.md"], "expected a file or one of: "), (["--csv", "a.csv", "a.md"], "--class"),
    (["--class", "f", "a.md"], "found also a.md"), (["--class", "f", "--json"], "--json")])
def test_wrong_options_end_with_2_and_say_what_was_expected(capsys, arguments, words):
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_help_prints_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(["--help"])
    told = capsys.readouterr().out
    assert stopped.value.code == 0
    assert [c for c in "0123" if re.search(rf"^  {c}  \w", told, re.M)] == list("0123")


def test_version(capsys):
    with pytest.raises(SystemExit):
        command.main(["--version"])
    assert re.fullmatch(r"w2v-check \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_prelude_and_layout_reach_the_checker(process, write, capsys):
    own = write("own.md", "My course.")
    assert command.main([write("a.md", "proved"), "--prelude", own, "--rows"]) == 0
    assert f"x  a number  {Path(own).resolve()}; rows" in capsys.readouterr().out
    assert command.options_of(["a.md"]).prelude == "word2vec" and command.options_of(["a.md", "--prelude", "none"]).prelude == ""


# -- output --------------------------------------------------------------------------------------------------------
def test_text_names_file_and_line(write, capsys):
    name = write("a.md", "words\n\nrefuted sign")
    command.main([name])
    out = capsys.readouterr().out
    assert f"{name}:3: refuted: x = y" in out and "sign: z" in out and out.index("how this text was read") < out.index("refuted")


def test_json_keeps_its_keys_and_names_failed_files(process, write, capsys, tmp_path):
    a, b, c = write("a.md", "proved"), write("b.tex", "text\nrefuted sign"), write("c.bin", b"\0\1\2" * 50)
    assert command.main([a, b, c, "--json"]) == 1
    streams = capsys.readouterr()
    found = json.loads(streams.out)
    assert set(found) == {"steps", "counts", "legend", "conventions", "files", "failed"}
    assert [(s["file"], s["line"], s["status"]) for s in found["steps"]] == [(a, 1, "proved"), (b, 2, "refuted")]
    assert found["counts"]["proved"] == found["counts"]["refuted"] == 1 and set(found["counts"]) == set(STATUSES)
    assert [x["file"] for x in found["failed"]] == [c] and "binary" in found["failed"][0]["reason"]
    assert [(f["file"], f["exit_code"]) for f in found["files"]] == [(a, 0), (b, 1), (c, 2)]
    assert {x["file"] for x in found["legend"]} == {a, b}
    assert c in streams.err


def test_missing_binary_and_broken_files_are_named_and_stop_nothing(write, capsys, tmp_path):
    names = [str(tmp_path / "absent.md"), write("b.bin", b"\0\1\2" * 50), write("n.ipynb", "{"), write("p.pdf", b"%PDF-1.7 x"), write("a.md", "proved")]
    assert command.main(names) == 2
    streams = capsys.readouterr()
    assert [streams.err.count(n) for n in names] == [1, 1, 1, 1, 0]
    assert "a PDF" in streams.err and "Traceback" not in streams.err and "1 proved" in streams.out


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("terminal, environment, coloured", [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False),
                                                             (True, {"NO_COLOR": ""}, True), (True, {"TERM": "dumb"}, False)])
def test_colour(write, monkeypatch, terminal, environment, coloured):
    for name, value in ({"TERM": "xterm", "WT_SESSION": "1", "NO_COLOR": ""} | environment).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal() if terminal else io.StringIO())
    assert command.has_colour(sys.stdout) == coloured


def test_main_colours_a_terminal(write, monkeypatch):
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setattr(command, "has_colour", lambda stream: stream.isatty())
    command.main([write("a.md", "refuted")])
    assert "\x1b[31mrefuted" in sys.stdout.getvalue()


def test_reports_are_flushed_one_by_one(write, monkeypatch):
    """When the second file is checked, the first one's report is out."""
    seen, run = [], command.Worker.run
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(command.Worker, "run", lambda *a: (seen.append(sys.stdout.getvalue()), run(*a))[1])
    command.main([write("a.md", "proved"), write("b.md", "proved")])
    assert seen[0] == "" and "1 proved" in seen[1]


class Closed(io.StringIO):
    def write(self, text):
        raise BrokenPipeError


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_closed_pipe_ends_quietly(write, monkeypatch, capsys, option):
    monkeypatch.setattr(sys, "stdout", Closed())
    assert command.main([write("a.md", "proved"), *option]) == 141
    assert capsys.readouterr().err == ""


def run(*arguments, **options):
    script = "import sys; from w2v.checker.command import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, timeout=120, **options)


def test_a_real_pipe_that_closes_leaves_no_traceback(write):
    names = [write(f"{n}.bin", b"\0" * 9) for n in range(3)]
    reader, writer = os.pipe()
    os.close(reader)
    script = "import sys; from w2v.checker.command import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", script, *names, "--json"], stdout=writer, stderr=subprocess.PIPE, timeout=120)
    os.close(writer)
    assert done.returncode == 141 and done.stderr == b""


# -- limits of time and faults -------------------------------------------------------------------------------------
def test_a_text_that_hangs_is_stopped_and_the_next_goes_on(process, write, capsys):
    names = [write("a.md", "proved\nhang"), write("b.md", "proved")]
    assert command.main([*names, "--seconds", "1", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["failed"] == [{"file": names[0], "reason": "stopped after 1 s, after 1 step, the last in line 1"}]
    assert [s["file"] for s in found["steps"]] == names
    assert 1 <= found["files"][0]["seconds"] < 3


def test_what_is_wrong_before_a_text_hangs_counts(process, write, capsys):
    assert command.main([write("a.md", "refuted\nhang"), "--seconds", "0.5"]) == 1


@pytest.mark.parametrize("word, reason", [("crash", r"ended unexpectedly \(exit code 7\), after 1 step"), ("deep", "nested too deeply"),
                                          ("fault", r"a fault of the checker, not of the text: KeyError: 'q' \(test_command.py:\d+\)"),
                                          ("bad", "expected 1, found 2"), ("nothing", "expected mathematics, found none")])
def test_a_fault_is_named_and_the_next_file_goes_on(process, write, capsys, word, reason):
    assert command.main([write("a.md", f"proved\n{word}"), write("b.md", "proved")]) == 2
    streams = capsys.readouterr()
    assert re.search(reason, streams.err) and "b.md: 1 step: 1 proved" in streams.out


def test_progress_is_shown_on_a_terminal_only(monkeypatch):
    steps = [Verdict("a.md", 12, 1, 1, "x", "y", "proved")]
    for terminal, seconds, shown in ((True, 3, True), (True, 1, False), (False, 3, False)):
        monkeypatch.setattr(sys, "stderr", Terminal() if terminal else io.StringIO())
        progress = command.Progress("a.md")
        progress(seconds, steps)
        assert ("a.md: 3 s, 1 step, line 12" in sys.stderr.getvalue()) == shown
        progress.clear()
        assert sys.stderr.getvalue().split("\r")[-2:] in ([""], [" " * 26, ""])


def test_no_worker_is_left_behind(process, write):
    options = command.options_of([write("a.md", "proved")])
    with command.Worker(options) as worker:
        worker.run("proved", "a.md")
        process = worker.process
        assert process.is_alive()
    assert worker.process is None
    with pytest.raises(ValueError):
        os.kill(process.pid, 0) if process.is_alive() else int("gone")


# -- folders and standard input ------------------------------------------------------------------------------------
def test_a_folder_is_searched(write, tmp_path, capsys):
    for name in ("f/b.md", "f/a.tex", "f/deep/c.txt", "f/N.MD"):
        write(name, "proved")
    for name in ("f/.hidden/x.md", "f/__pycache__/x.md", "f/.x.md", "f/x.py"):
        write(name, "refuted")
    write("f/readme.md", "")
    assert command.main([str(tmp_path / "f"), str(tmp_path / "f" / "b.md"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [Path(f["file"]).name for f in found["files"]] == ["N.MD", "a.tex", "b.md", "readme.md", "c.txt"]
    assert [Path(f["file"]).name for f in found["failed"]] == ["readme.md"]


def test_a_folder_without_mathematics_or_without_files_ends_with_2(write, tmp_path, capsys):
    write("f/readme.md", "")
    (tmp_path / "g").mkdir()
    assert command.main([str(tmp_path / "f")]) == command.main([str(tmp_path / "g")]) == 2
    assert "expected a folder with files .md, .tex, .ipynb, .txt, found none of them" in capsys.readouterr().err


class Stream(io.StringIO):
    def __init__(self, raw):
        super().__init__()
        self.buffer = io.BytesIO(raw)


@pytest.mark.parametrize("raw", [b"proved\n", "proved\n".encode("utf-16"), json.dumps({"nbformat": 4, "cells": [
    {"cell_type": "markdown", "source": "proved"}]}).encode()])
def test_standard_input(monkeypatch, capsys, raw):
    monkeypatch.setattr(sys, "stdin", Stream(raw))
    assert command.main(["-"]) == 0
    assert "<stdin>: 1 step: 1 proved" in capsys.readouterr().out


def test_input_from_a_pipe_is_named_as_not_read(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", Stream(b"\\begin{document}\n\\input{b}\nproved"))
    assert command.main(["-"]) == 3
    assert r"not read: \input{b} (line 2): expected a file" in capsys.readouterr().out


# -- encodings -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(write, coding):
    text = "Let us show é:\n$$ x = \\hat y $$\n"
    assert files.load(write("a.md", text.encode(coding))) == text


def test_latin_1_is_the_last_resort_and_newlines_are_plain(write):
    assert files.load(write("a.md", b"caf\xe9\r\nx\ry")) == "café\nx\ny"


@pytest.mark.parametrize("raw, found", [(b"%PDF-1.5 x = y", "a PDF"), (b"PK\x03\x04abc", "a Word file"), (b"\x89PNGx", "an image"), (b"ab\0c" * 9, "binary data"),
                                        (bytes(range(1, 9)) * 20, "binary data"), (b"\xff\xfea", "binary data")])
def test_binary_files_are_refused_by_kind(write, raw, found):
    with pytest.raises(NoMathematics, match=f"a.md: expected a text file .*, found {found}"):
        files.load(write("a.md", raw))


# -- notebooks -----------------------------------------------------------------------------------------------------
CELLS = [{"cell_type": "code", "input": "x", "source": "refuted"}, {"cell_type": "markdown", "source": ["words\n", "proved\n"]},
         {"cell_type": "markdown", "source": "words\n\nrefuted"}]


@pytest.mark.parametrize("data", [{"nbformat": 4, "cells": CELLS}, {"nbformat": 3, "worksheets": [{"cells": CELLS[:2]}, {"cells": CELLS[2:]}]}])
def test_notebooks_report_cell_and_line(write, capsys, data):
    name = write("n.ipynb", json.dumps(data))
    assert command.main([name]) == 1
    out = capsys.readouterr().out
    assert f"{name}, cell 2, line 2: proved" in out and f"{name}, cell 3, line 3: refuted" in out


def test_markdown_cells_are_joined_by_blank_lines_and_every_line_has_a_place(write):
    loaded = files.read(Path(write("n.ipynb", json.dumps({"cells": CELLS}))))
    assert loaded.text == files.notebook_text(json.dumps({"cells": CELLS}), "n") == "words\nproved\n\n\nwords\n\nrefuted"
    assert [(p.cell, p.line) for p in loaded.places] == [(2, 1), (2, 2), (2, 3), (2, 3), (3, 1), (3, 2), (3, 3)]


def test_headings_of_format_3_are_headings():
    data = {"worksheets": [{"cells": [{"cell_type": "heading", "level": 2, "source": ["Losses"]}, {"cell_type": "heading", "source": "Top"}]}]}
    assert files.notebook_text(json.dumps(data), "n") == "## Losses\n\n# Top"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', '{"cells": [[]]}', '{"worksheets": [{}]}', '{"cells": [{"cell_type": "markdown", "source": 3}]}', "[" * 9999])
def test_broken_notebooks_are_refused(text):
    with pytest.raises(NoMathematics, match="n.ipynb: expected a Jupyter notebook"):
        files.notebook_text(text, "n.ipynb")


# -- \input --------------------------------------------------------------------------------------------------------
def test_input_and_include_are_followed_with_their_own_lines(write, tmp_path, capsys):
    name = write("main.tex", "proved\n\\input{parts/one}\nproved\nwords \\include{two.tex} refuted\n")
    write("parts/one.tex", "words\nproved\n\\input parts/three\n")
    write("parts/three.tex", "ill-typed")
    write("two.tex", "unsettled\n")
    assert command.main([name]) == 1
    told = re.findall(r"^(\S+): (\S+): x = y$", capsys.readouterr().out, re.M)
    assert [(str(Path(at).relative_to(tmp_path)), status) for at, status in told] == [
        ("main.tex:1", "proved"), ("parts/one.tex:2", "proved"), ("parts/three.tex:1", "ill-typed"), ("main.tex:3", "proved"),
        ("two.tex:1", "unsettled"), ("main.tex:4", "refuted")]


def test_an_inclusion_adds_no_blank_line(write):
    write("b.tex", "inner\n\n")
    assert files.load(write("a.tex", "one\n\\input{b}\ntwo \\input{b} three\n")) == "one\ninner\ntwo \ninner\n three\n"


@pytest.mark.parametrize("text", ["% \\input{b}", "\\begin{verbatim}\n\\input{b}\n\\end{verbatim}", "\\verb|\\input{b}|", "\\inputencoding{b} \\includegraphics{b}"])
def test_comments_and_verbatim_include_nothing(write, text):
    write("b.tex", "inner")
    loaded = files.read(Path(write("a.tex", text)))
    assert (loaded.text, loaded.not_read, loaded.places) == (text, [], [])


def test_an_escaped_percent_is_no_comment(write):
    write("b.tex", "inner")
    assert "inner" in files.load(write("a.tex", "50\\% \\input{b}"))


def test_a_loop_ends_and_is_named(write):
    write("b.tex", "inner\n\\input{a}")
    loaded = files.read(Path(write("a.tex", "\\input{b}")), "a.tex")
    assert loaded.text == "inner\n\\input{a}"
    assert loaded.not_read == [r"\input{a} (line 2) in b.tex: expected another file, found one that includes itself"]


def test_nothing_outside_the_folder_is_read(write, tmp_path):
    secret = write("secret.tex", "secret")
    write("f/sub/x.tex", "")
    (tmp_path / "f" / "link.tex").symlink_to(secret)
    text = f"\\input{{../secret}} \\input{{{secret}}} \\input{{link}} \\input{{sub/../../secret.tex}}"
    loaded = files.read(Path(write("f/a.tex", text)))
    assert loaded.text == text
    assert [r.split(": ")[1] for r in loaded.not_read] == ["expected a file inside the folder of the text, found one outside it"] * 4


@pytest.mark.parametrize("wanted", ["none", "", "\0", "x" * 5000, "sub", "pic.tex"])
def test_what_cannot_be_included_is_named(write, tmp_path, wanted):
    (tmp_path / "sub").mkdir()
    write("pic.tex", b"%PDF-1")
    loaded = files.read(Path(write("a.tex", f"{'words ' * 2000}\\input{{{wanted}}}")))
    assert len(loaded.not_read) == 1 and "expected a" in loaded.not_read[0]


def test_inclusions_cannot_multiply_without_end(write):
    for n in range(12):
        write(f"f{n}.tex", f"\\input{{f{n + 1}}}" * 3)
    write("f12.tex", "end")
    loaded = files.read(Path(write("a.tex", "\\input{f0}")))
    assert len(loaded.text) < 20_000 and "expected at most 100 files" in loaded.not_read[0]


def test_an_input_that_is_not_read_leaves_the_text_open(write, capsys):
    assert command.main([write("a.tex", "proved\n\\input{none}")]) == 3
    assert r"not read: \input{none} (line 2) in" in capsys.readouterr().out


def test_a_folder_checks_included_files_only_where_they_are_included(write, tmp_path):
    write("f/main.tex", "\\input{part}")
    write("f/part.tex", "\\input{inner}")
    write("f/inner.tex", "proved")
    write("f/loop1.tex", "\\input{loop2}")
    write("f/loop2.tex", "\\input{loop1}")
    assert [p.name for p in files.search(tmp_path / "f")] == ["loop1.tex", "loop2.tex", "main.tex"]


# -- a class -------------------------------------------------------------------------------------------------------
def test_a_class_gets_a_row_for_each_file_and_a_summary(process, write, tmp_path, capsys):
    write("c/ann.md", "proved\ndefinition\nrefuted sign\nunsettled")
    write("c/bob/work.tex", "refuted sign\nill-typed")
    write("c/cem.md", "proved\nhang")
    write("c/dan.md", b"\0" * 50)
    write("c/eve.ipynb", json.dumps({"cells": CELLS}))
    write("c/fay.md", "proved")
    write("c/gil.md", "nothing")
    write("c/hal.md", "words")
    table = tmp_path / "grades.csv"
    assert command.main(["--class", str(tmp_path / "c"), "--csv", str(table), "--seconds", "1"]) == 1
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert rows[0] == list(command.COLUMNS)
    found = {r[0]: r[1:8] for r in rows[1:]}
    assert found["ann.md"] == ["4", "1", "1", "1", "1", "3", "sign"]
    assert found["bob/work.tex"] == ["2", "0", "0", "2", "0", "1", "sign"]
    assert found["cem.md"] == ["1", "1", "0", "0", "0", "", ""]
    assert found["eve.ipynb"][5:] == ["cell 3, line 3", "refuted"]
    failures = {r[0]: r[9] for r in rows[1:]}
    assert [n for n in failures if failures[n]] == ["cem.md", "dan.md", "gil.md", "hal.md"]
    assert failures["hal.md"] == "nothing to check"
    assert failures["cem.md"].startswith("stopped after 1 s")
    out = capsys.readouterr().out
    assert "[1/8] " in out and "8 files: 1 without a wrong or open line, 3 with wrong lines, 0 with open lines only, 4 not checked to the end" in out
    assert out.index("2 x sign") < out.index("1 x ill-typed") and f"{tmp_path / 'c' / 'ann.md'}:3: x = y" in out


def test_the_text_of_a_student_does_not_grade_itself():
    steps = [Verdict("a.md", 1, 1, 1, "x", "y", "refuted", expected="refuted")]
    made = command.row(command.Outcome("a.md", Report(steps, "a.md")), ".")
    assert made[4] == 1 and made[6:8] == [1, "refuted"]


def test_lines_that_follow_from_a_wrong_one_are_no_slips_of_their_own():
    everyone = command.Class()
    steps = [Verdict("a.md", n, 1, n, "x", "y", "refuted", follows=n - 1) for n in (1, 2, 3)]
    everyone.add(command.Outcome("a.md", Report(steps, "a.md")))
    assert everyone.slips == {"refuted": ["a.md:1: x = y"]}


@pytest.mark.parametrize("cell, written", [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "' =1"), (" =1", "' =1"),
                                           ("\n-x", "' -x"), ("＝1", "'＝1"), ("a=b", "a=b"), ("", ""), (-3, -3)])
def test_no_cell_is_a_formula(cell, written):
    assert command.safe(cell) == written


def test_names_that_look_like_formulas_are_quoted_in_the_table(write, tmp_path):
    write("c/=cmd.md", "refuted @slip")
    table = tmp_path / "g.csv"
    command.main(["--class", str(tmp_path / "c"), "--csv", str(table)])
    assert [r[0] for r in csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")))][1] == "'=cmd.md"
    assert "'@slip" in table.read_text(encoding="utf-8-sig")


def test_a_class_without_folder_or_table_is_refused(tmp_path, write, capsys):
    assert command.main(["--class", str(tmp_path / "none")]) == 2
    write("c/a.md", "proved")
    assert command.main(["--class", str(tmp_path / "c"), "--csv", str(tmp_path)]) == 2
    assert "expected a folder" in (told := capsys.readouterr().err) and "expected a file that can be written" in told


# -- with the checker itself ---------------------------------------------------------------------------------------
def test_there_is_one_exception_for_texts_without_mathematics():
    import w2v.checker

    assert w2v.checker.NoMathematics is NoMathematics


def test_the_command_with_the_checker(write):
    done = run(write("a.md", "$$ \\sigma(-x) = 1 - \\sigma(x) $$"), write("b.md", "$$ \\sigma(-x) = 1 + \\sigma(x) $$"), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, b"")
    assert [s["status"] for s in found["steps"]] == ["proved", "refuted"]
    assert found["steps"][1]["counterexample"]["left"] != found["steps"][1]["counterexample"]["right"]
