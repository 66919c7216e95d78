"""The console script w2v-grade: a folder of submissions to a table of marks, one submission to results.json, ids to a template."""

import argparse
import contextlib
import csv
import json
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from w2v.checker.command import seconds
from w2v.exercises.feedback import WORDS, Feedback
from w2v.exercises.grading import feedback
from w2v.exercises.marking.submissions import SUFFIXES, Answer, Unreadable, read
from w2v.exercises.registry import exercises, find

USAGE, INTERRUPTED = 2, 130
CELLS = {True: 1, False: 0, None: ""}  # in the CSV
STATUS = {True: "passed", False: "failed", None: "failed"}  # Gradescope knows these two
EXIT_CODES = """exit codes:
  0  every file was graded to the end (whatever its marks)
  1  some file was not: it cannot be read, has no answer, or took too long
  2  a wrong option, or no file
"""


def parser():
    made = argparse.ArgumentParser(
        prog="w2v-grade",
        description="Grade answers to the exercises of the book, each function in a process of its own.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("files", nargs="*", metavar="FILE", help="a notebook or Markdown with answers; a folder of them")
    made.add_argument(
        "--csv", metavar="FILE", help="write one row a file: name, passed, of, and 1 or 0 for each exercise"
    )
    made.add_argument("--results", metavar="FILE", help="write results.json, as Gradescope wants it, for one file")
    made.add_argument("--feedback", metavar="FOLDER", help="write what is said of each file into a text file there")
    made.add_argument(
        "--exercises", type=_ids, metavar="ID,ID", help="the ids that count (default: all that any file has)"
    )
    made.add_argument(
        "--seconds", type=seconds, default=300, metavar="N", help="stop a file after so many seconds (default: 300)"
    )
    made.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="so many files at once (default: one a core)"
    )
    made.add_argument(
        "--template", type=_ids, metavar="ID,ID", help="print the notebook of an assignment with these exercises"
    )
    made.add_argument("--title", default="Assignment", help="with --template: its title")
    made.add_argument("--nbgrader", action="store_true", help="with --template: with the test cells of nbgrader")
    made.add_argument(
        "--chapters",
        metavar="FOLDER",
        help="with --template: where the pages of the book are, if not beside the package",
    )
    made.add_argument("--version", action="version", version=f"w2v-grade {metadata.version('w2v')}")
    return made


def _ids(text):
    found = [id for id in text.replace(",", " ").split() if id]
    try:
        for id in found:
            find(id)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if not found:
        raise argparse.ArgumentTypeError("expected ids of exercises with commas between, found none")
    return found


def options_of(arguments):
    made = parser()
    options = made.parse_args(arguments)
    if options.template and options.files:
        made.error(f"--template: expected no file to grade, found {options.files[0]}")
    if not options.template and not options.files:
        made.error("expected at least one file or folder, or --template; found none")
    if not options.template and (options.nbgrader or options.chapters):
        made.error("--nbgrader and --chapters: expected them together with --template")
    if options.jobs < 1:
        made.error(f"--jobs: expected at least 1, found {options.jobs}")
    return options


# ---- one file ----


@dataclass
class Graded:
    """What became of one file: a Feedback for each id it answers, and why it was not graded to the end, or ''."""

    name: str
    feedback: dict = field(default_factory=dict)
    failure: str = ""
    seconds: float = 0.0

    def passed(self, ids):
        return sum(1 for id in ids if id in self.feedback and self.feedback[id].passed)


def said_of(id, answer):
    """The Feedback on an Answer; a function runs in a process of its own."""
    exercise = find(id)
    if answer.fault:
        return feedback(exercise, (False, (answer.fault,), ""))
    if answer == Answer():
        return feedback(exercise, None)
    if exercise.kind != "in NumPy":
        from w2v.exercises.grading import grade

        return grade(id, answer.value)
    return feedback(exercise, _judged_apart(exercise, answer))


def _judged_apart(exercise, answer):
    from importlib import import_module

    from w2v.exercises.in_numpy import is_starter, judge_function
    from w2v.exercises.marking.apart import Apart, Missing

    lent = exercise.chapter not in ("sigmoid", "cross_entropy")
    task = import_module(exercise.task).TASKS[exercise.id]
    with Apart(answer.cells, answer.name, lent) as function:
        if is_starter(function):
            return None
        try:
            return judge_function(task, function, run=function.run)
        except Missing as missing:
            return False, (f"There is no function to run. {missing}",), ""


def work(pipe, path, ids):
    """The process of one file: sends each (id, Feedback) as it falls, and at the end (None, failure)."""
    with contextlib.suppress(AttributeError, OSError):
        os.setsid()  # so that the processes of its functions end with it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answers = read(Path(path)).answers()
        for id in ids or answers:
            if id in answers:
                pipe.send((id, said_of(id, answers[id])))
        pipe.send((None, "" if answers else "no answer to an exercise of the book"))
    except Unreadable as error:
        pipe.send((None, str(error)))
    except OSError as error:
        pipe.send((None, f"expected a readable file, found {error.strerror or error}"))


def graded(path, name, options):
    """The Graded of one file, within its time."""
    context, begun = multiprocessing.get_context("spawn"), time.monotonic()
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(mouth, str(path), options.exercises))
    process.start()
    mouth.close()
    found = Graded(name, failure=f"stopped after {options.seconds:g} s")
    try:
        while ear.poll(max(0.0, begun + options.seconds - time.monotonic())):
            id, said = ear.recv()
            if id is None:
                found.failure = said
                break
            found.feedback[id] = said
    except EOFError:
        found.failure = "the grader ended unexpectedly"
    finally:
        _end(process)
    found.seconds = time.monotonic() - begun
    return found


def _end(process):
    process.join(1 if hasattr(os, "killpg") else 5)
    if process.is_alive() and hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


# ---- many files ----


def targets(names):
    """[(path, name as shown)] of the files behind the given names; ValueError if one is not there."""
    found = []
    for name in map(Path, names):
        if name.is_dir():
            inside = sorted(
                p for p in name.rglob("*") if p.suffix.lower() in SUFFIXES and ".ipynb_checkpoints" not in p.parts
            )
            if not inside:
                raise ValueError(f"{name}: expected a folder with files {', '.join(SUFFIXES)}, found none of them")
            found += [(path, path.relative_to(name).as_posix()) for path in inside]
        elif name.is_file():
            found.append((name, str(name)))
        else:
            raise ValueError(f"{name}: expected a file or a folder, found nothing there")
    return found


def grade_all(options):
    """Grades, prints and writes; the exit code."""
    found = targets(options.files)
    if options.results and len(found) != 1:
        raise ValueError(f"--results: expected one file, found {len(found)}")
    if options.feedback:
        Path(options.feedback).mkdir(parents=True, exist_ok=True)
    every = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for one in pool.map(lambda target: graded(*target, options), found):
            every.append(one)
            _tell(one, options, len(found))
    ids = options.exercises or [entry.id for entry in exercises() if any(entry.id in one.feedback for one in every)]
    if options.csv:
        _write_csv(options.csv, every, ids)
    if options.results:
        Path(options.results).write_text(json.dumps(results(every[0], ids), indent=2, ensure_ascii=False), "utf-8")
    if len(found) > 1:
        print("\n".join(summary(every, ids)))
    return 1 if any(one.failure for one in every) else 0


def _tell(one, options, number):
    """What is said of a file: a line in a class, everything for a single file or in a file of its own."""
    text = "\n".join([str(said) for said in one.feedback.values()] + [one.failure] * bool(one.failure))
    passed = one.passed(one.feedback)
    print(
        f"{one.name}: {passed} of {len(one.feedback)} passed" + (f"; {one.failure}" if one.failure else ""), flush=True
    )
    if number == 1 and text:
        print(text)
    if options.feedback:
        Path(options.feedback, one.name.replace("/", "_").replace(os.sep, "_") + ".txt").write_text(
            text + "\n", "utf-8"
        )


def _write_csv(path, every, ids):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "passed", "of", *ids, "seconds", "failure"])
        for one in every:
            marks = [CELLS[one.feedback[id].passed] if id in one.feedback else "" for id in ids]
            rows.writerow(
                [_safe(one.name), one.passed(ids), len(ids), *marks, round(one.seconds, 1), _safe(one.failure)]
            )


def _safe(text):
    """A cell that no spreadsheet takes for a formula."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return "'" + plain if plain.lstrip().startswith(("=", "+", "-", "@")) else plain


def results(one, ids):
    """results.json of Gradescope: one test for each exercise, a point for each that passed."""
    tests = []
    for id in ids:
        said = one.feedback.get(id) or Feedback(id, find(id).title, None, ("There is no answer to it in this file.",))
        score = 1 if said.passed else 0
        tests.append(
            {
                "name": said.title,
                "number": id,
                "score": score,
                "max_score": 1,
                "status": STATUS[said.passed],
                "output": str(said),
                "visibility": "visible",
            }
        )
    output = one.failure or f"{one.passed(ids)} of {len(ids)} passed"
    return {"score": one.passed(ids), "output": output, "execution_time": round(one.seconds), "tests": tests}


def summary(every, ids):
    """The class, exercise by exercise, with what is wrong most often."""
    yield f"{len(every)} files, {sum(bool(one.failure) for one in every)} not graded to the end"
    for id in ids:
        said = [one.feedback[id] for one in every if id in one.feedback]
        yield f"  {id}: {sum(f.passed is True for f in said)} of {len(every)} {WORDS[True].split()[1]}"
        slips = Counter(_slip(f) for f in said if f.passed is False)
        yield from (f"      {number} x {slip}" for slip, number in slips.most_common(3))


def _slip(said):
    """The name of the slip, or the first sentence on what is missing."""
    named = [line for message in said.messages for line in message.splitlines() if line.startswith("Likely slip: ")]
    line = (
        named[0].removeprefix("Likely slip: ").split(". ")[0]
        if named
        else said.messages[0].splitlines()[0].split(". ")[0]
    )
    return line.rstrip(".")


def print_template(options):
    from w2v.exercises.marking.template import CHAPTERS, template

    made = template(options.template, options.title, options.chapters or CHAPTERS, options.nbgrader)
    print(json.dumps(made, indent=1, ensure_ascii=False))
    return 0


def main(arguments=None):
    """The command; returns its exit code (see EXIT_CODES)."""
    options = options_of(arguments)
    try:
        return print_template(options) if options.template else grade_all(options)
    except ValueError as error:
        print(f"w2v-grade: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
