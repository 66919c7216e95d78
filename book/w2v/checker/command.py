"""The console script w2v-check: files, folders or a pipe to verdicts; a folder of a class to a table of grades."""

import argparse
import contextlib
import csv
import json
import math
import multiprocessing
import os
import shutil
import signal
import sys
import time
import traceback
from collections import defaultdict
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from . import files
from .report import FAULTY, FINE, NOTHING, OPEN, STATUSES, UNSETTLED, WRONG, NoMathematics, Report, slip

USAGE, INTERRUPTED, CLOSED = 2, 130, 141
START = 120  # seconds that a worker may take to start
PATIENCE = 2  # seconds before progress is shown
COLUMNS = ("name", "steps", "proved", "definitions", "wrong", "open", "first wrong line", "slip", "seconds", "failure")
MOST_SLIPS, MOST_LINES = 10, 5  # in the summary of a class
PRELUDE, PRELUDES = "word2vec", Path(__file__).parent / "meaning" / "preludes"
EXIT_CODES = """exit codes:
  0  every step is proved, a definition, or what its author declared
  1  a step is refuted, ill-typed or transposed, or is not what its author declared
  2  nothing to check, a file that cannot be read or takes too long, or a wrong option
  3  nothing wrong was found, but something is unreadable or unsettled
With several files: 1 if any has it, else 2, else 3. Files of a folder without mathematics do not count, except with --class.
"""


# -- options -------------------------------------------------------------------------------------------------------
def parser():
    made = argparse.ArgumentParser(prog="w2v-check", description="Check every equality of written mathematical derivations.",
                                   epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("files", nargs="*", metavar="FILE", help="Markdown, LaTeX, a notebook or plain text; a folder; - for standard input")
    made.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    made.add_argument("--prelude", default=PRELUDE, type=_prelude, metavar="NAME",
                      help=f"the course whose names a text may use: a name, a file in Markdown, or none (default: {PRELUDE})")
    layout = made.add_mutually_exclusive_group()
    layout.add_argument("--rows", dest="layout", action="store_const", const="rows", default="",
                        help="one word per row in U and V (found out from the text by default)")
    layout.add_argument("--columns", dest="layout", action="store_const", const="columns", help="one word per column")
    made.add_argument("--seconds", type=seconds, default=60, metavar="N", help="stop a file after so many seconds (default: 60)")
    made.add_argument("--class", dest="folder", metavar="FOLDER", help="check a class: one row a file, and the commonest slips")
    made.add_argument("--csv", metavar="FILE", help="with --class: where to write the rows")
    made.add_argument("--version", action="version", version=f"w2v-check {metadata.version('w2v')}")
    return made


def seconds(text):
    """A number of seconds given as an option; w2v-grade takes it, too."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"expected a number of seconds above 0, found {text!r}")
    return number


def _prelude(text):
    """The name of a prelude, the path of a file, or '' for none."""
    if text in ("", "none"):
        return ""
    if text == PRELUDE or os.sep not in text and (PRELUDES / f"{text}.md").is_file():
        return text
    if Path(text).is_file():
        return str(Path(text).resolve())
    known = ", ".join(sorted(p.stem for p in PRELUDES.glob("*.md")))
    raise argparse.ArgumentTypeError(f"expected a file or one of: {known}, none; found {text!r}")


def options_of(arguments):
    made = parser()
    options = made.parse_args(arguments)
    if options.folder is not None and options.files:
        made.error(f"--class: expected only its folder, found also {options.files[0]}")
    if options.folder is not None and options.json:
        made.error("--class: expected --csv for the rows, found --json")
    if options.folder is None and not options.files:
        made.error("expected at least one file, a folder, or - for standard input; found none")
    if options.csv is not None and options.folder is None:
        made.error("--csv: expected it together with --class FOLDER")
    return options


# -- the worker: a process of its own, so that a text that does not end can be stopped ----------------------------
def judge(text, name, prelude, layout, on_step):
    """The Report on a text; the worker calls it."""
    from w2v.checker import check

    return check(text, name=name, prelude=prelude, layout=layout, on_step=on_step)


def serve(pipe, judge):
    """The worker: takes (text, name, prelude, layout), gives ('step', verdict) ... and then one ('report' or a failure, value)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(("ready", None))
        while True:
            pipe.send(_answer(judge, pipe.recv(), lambda verdict: pipe.send(("step", _bare(verdict)))))


def _answer(judge, job, on_step):
    try:
        report = judge(*job, on_step)
    except NoMathematics as error:
        return "nothing", str(error)
    except ValueError as error:
        return "failed", str(error)
    except (RecursionError, MemoryError):
        return "failed", "expected a text of ordinary size and depth, found one that is nested too deeply or too long"
    except Exception as error:  # named as what it is, and the other files go on
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return "failed", f"a fault of the checker, not of the text: {type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
    return "report", replace(report, steps=[_bare(v) for v in report.steps])


def _bare(verdict):
    """A verdict without the kernel's object, which stays with its process."""
    return replace(verdict, theorem=None)


@dataclass
class Outcome:
    """What became of one file: its report, perhaps in part, or the failure; `found`: in a folder, not named by the user."""

    name: str
    report: Report | None = None
    failure: str = ""
    seconds: float = 0.0
    nothing: bool = False
    found: bool = False

    @property
    def exit_code(self):
        """That of the report, or 2 for a failure; None for a file of a folder that holds no mathematics."""
        if self.report and self.report.exit_code == FAULTY:
            return FAULTY
        if self.found and (self.nothing or not self.failure and self.report.exit_code == NOTHING):
            return None
        return NOTHING if self.failure else self.report.exit_code


class Worker:
    """Checks one text after the other in a process of its own, which is started again when it had to be stopped."""

    def __init__(self, options):
        self.seconds, self.rest = options.seconds, (options.prelude, options.layout)
        self.process = self.pipe = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, judge), daemon=True)
        self.process.start()
        other.close()
        return self.pipe.poll(START) and self.pipe.recv()[0] == "ready"

    def stop(self):
        """Ends the process; returns what is to be said of an end that nobody asked for."""
        if self.process is None:
            return ""
        self.pipe.close()
        self.process.join(0.1)
        words = "" if self.process.exitcode is None else f" (exit code {self.process.exitcode})"
        self.process.kill()
        self.process.join()
        self.process = self.pipe = None
        return words

    def run(self, text, name, tick=lambda seconds, steps: None):
        """The Outcome of a text; tick(seconds, steps) is called again and again."""
        begun, steps = time.monotonic(), []
        try:
            if self.process is None and not self.start():
                raise EOFError
            begun = time.monotonic()
            self.pipe.send((text, name, *self.rest))
            kind, value = self.answer(begun, steps, tick)
        except (EOFError, OSError):
            kind, value = "failed", f"the checker ended unexpectedly{self.stop()}, after {_so_many(steps)}"
        seconds = time.monotonic() - begun
        report = value if kind == "report" else Report(steps, name) if steps else None
        return Outcome(name, report, "" if kind == "report" else value, seconds, kind == "nothing")

    def answer(self, begun, steps, tick):
        """The last message about a text; the verdicts that fall before it go to steps."""
        while (left := begun + self.seconds - time.monotonic()) > 0:
            tick(time.monotonic() - begun, steps)
            if self.pipe.poll(min(left, 0.2)):
                kind, value = self.pipe.recv()
                if kind != "step":
                    return kind, value
                steps.append(value)
        self.stop()
        return "failed", f"stopped after {self.seconds:g} s, after {_so_many(steps)}"


def _so_many(steps):
    if not steps:
        return "no step"
    return f"{len(steps)} step{'' if len(steps) == 1 else 's'}, the last in line {steps[-1].line}"


class Progress:
    """A line on stderr, if it is a terminal, for a file that takes long."""

    def __init__(self, name):
        self.name, self.shown = name, ""

    def __call__(self, seconds, steps):
        if seconds < PATIENCE or not sys.stderr.isatty():
            return
        where = f", line {steps[-1].line}" if steps else ""
        self.show(f"{self.name}: {seconds:.0f} s, {len(steps)} step{'' if len(steps) == 1 else 's'}{where}")

    def show(self, words):
        words = words[-(shutil.get_terminal_size().columns - 1):]
        if words != self.shown:
            print("\r" + words.ljust(len(self.shown)), end="\r", file=sys.stderr, flush=True)
        self.shown = words

    def clear(self):
        if self.shown:
            self.show("")


# -- from names to outcomes ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Target:
    """A file to check: its name as shown, its path (None for a pipe), whether it was found in a folder, or why it is none."""

    name: str
    path: Path | None = None
    found: bool = False
    failure: str = ""


def targets(names):
    """The files behind the given names, each once."""
    seen = set()
    for target in (t for name in names for t in _targets(name)):
        key = target.path.resolve() if target.path else target.name
        if key not in seen:
            yield target
        seen.add(key)


def _targets(name):
    if name == "-":
        return [Target("<stdin>")]
    path = Path(name)
    if not path.is_dir():
        return [Target(name, path)]
    found = [Target(str(p), p, True) for p in files.search(path)]
    return found or [Target(name, failure=f"expected a folder with files {', '.join(files.SUFFIXES)}, found none of them")]


def outcomes(found, options):
    """The Outcome of each target, one after the other."""
    with Worker(options) as worker:
        for target in found:
            yield replace(outcome(target, worker), found=target.found)


def outcome(target, worker):
    """The Outcome of one target; whatever is wrong with it is its failure."""
    if target.failure:
        return Outcome(target.name, failure=target.failure)
    try:
        loaded = files.read_stream(sys.stdin.buffer.read()) if target.path is None else files.read(target.path, target.name)
    except NoMathematics as error:
        return Outcome(target.name, failure=str(error))
    except OSError as error:
        return Outcome(target.name, failure=f"expected a readable file, found {error.strerror or error}")
    progress = Progress(target.name)
    done = worker.run(loaded.text, target.name, progress)
    progress.clear()
    if done.report:
        done.report.places, done.report.not_read = loaded.places, [*done.report.not_read, *loaded.not_read]
    return done


def worst(codes):
    """The exit code of several files."""
    return next((c for c in (FAULTY, NOTHING, UNSETTLED, FINE) if c in codes), NOTHING)


# -- output --------------------------------------------------------------------------------------------------------
def has_colour(stream):
    """Whether to colour what goes to a stream: a terminal, and nothing in the environment speaks against it."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and (
        os.name != "nt" or bool(os.environ.get("WT_SESSION")))


def complain(outcome):
    """Names a failed file on stderr, once."""
    if outcome.failure:
        words = outcome.failure if outcome.name in outcome.failure else f"{outcome.name}: {outcome.failure}"
        print(words, file=sys.stderr, flush=True)


def print_texts(found):
    """Each report as soon as it is there; the exit code."""
    codes, colour = set(), has_colour(sys.stdout)
    for number, outcome in enumerate(found):
        if outcome.report:
            print(("\n" if number else "") + outcome.report.to_text(colour), flush=True)
        complain(outcome)
        codes.add(outcome.exit_code)
    return worst(codes)


def print_json(found):
    """One JSON object on all files; the exit code."""
    found = list(found)
    reports = [o.report for o in found if o.report]
    data = [r.to_dict() for r in reports]
    joined = {key: [x for d in data for x in d[key]] for key in ("steps", "legend")}
    whole = {"steps": joined["steps"], "counts": {s: sum(r.counts[s] for r in reports) for s in STATUSES}, "legend": joined["legend"],
             "conventions": list(dict.fromkeys(c for d in data for c in d["conventions"])), "files": [_file(o) for o in found],
             "failed": [{"file": o.name, "reason": o.failure} for o in found if o.failure]}
    print(json.dumps(whole, ensure_ascii=False, indent=2), flush=True)
    for outcome in found:
        complain(outcome)
    return worst({o.exit_code for o in found})


def _file(outcome):
    told = outcome.report.to_dict() if outcome.report else Report([]).to_dict()
    rest = {key: told[key] for key in ("counts", "conventions", "ignored", "not_read")}
    return {"file": outcome.name, "exit_code": outcome.exit_code, "seconds": round(outcome.seconds, 3)} | rest


# -- a class -------------------------------------------------------------------------------------------------------
@dataclass
class Class:
    """What a class has handed in so far: the slips with their places, and how many files went how."""

    slips: dict = field(default_factory=lambda: defaultdict(list))
    failed: list = field(default_factory=list)
    counts: dict = field(default_factory=lambda: dict.fromkeys((FINE, FAULTY, UNSETTLED), 0))

    def add(self, outcome):
        report = outcome.report or Report([])
        if failure(outcome):
            self.failed.append(outcome)
        else:
            self.counts[standing(report)] += 1
        for v in wrong(report):
            if not v.follows:
                self.slips[slip(v)].append(f"{report.at(v.line)}: {v.lhs} = {v.rhs}")

    def lines(self):
        """The summary, line by line."""
        total = sum(self.counts.values()) + len(self.failed)
        yield (f"{total} file{'' if total == 1 else 's'}: {self.counts[FINE]} without a wrong or open line, {self.counts[FAULTY]} with wrong lines, "
               f"{self.counts[UNSETTLED]} with open lines only, {len(self.failed)} not checked to the end")
        ranked = sorted(self.slips.items(), key=lambda item: -len(item[1]))[:MOST_SLIPS]
        if ranked:
            yield "the commonest slips:"
        for name, places in ranked:
            yield f"  {len(places)} x {name}"
            yield from (f"      {place}" for place in places[:MOST_LINES])
            if len(places) > MOST_LINES:
                yield f"      and {len(places) - MOST_LINES} more"


def failure(outcome):
    """Why a file of a class was not checked to the end, or ''."""
    return outcome.failure or ("" if outcome.report and outcome.report.steps else "nothing to check")


def wrong(report):
    """The wrong steps, whatever the text declares: the text of a student does not grade itself."""
    return [v for v in report.steps if v.status in WRONG]


def standing(report):
    """Whether a file of a class has wrong lines, only open ones, or neither."""
    if wrong(report):
        return FAULTY
    return UNSETTLED if any(v.status in OPEN for v in report.steps) or report.not_read else FINE


def row(outcome, folder):
    """The row of a file, its name as seen from the folder of the class."""
    report = outcome.report or Report([])
    counts, faults = report.counts, wrong(report)
    first = faults[0] if faults else None
    name = Path(outcome.name).relative_to(folder).as_posix() if Path(outcome.name).is_relative_to(folder) else outcome.name
    line = "" if first is None else report.place(first.line) if report.places else first.line
    return [name, len(report.steps), counts["proved"], counts["definition"], len(faults), sum(counts[s] for s in OPEN), line,
            slip(first) if first else "", round(outcome.seconds, 2), failure(outcome)]


def safe(cell):
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(cell, str):
        return cell
    plain = " ".join("".join(c if c.isprintable() else " " for c in cell).split(" "))
    return "'" + plain if plain.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else plain


def grade(options):
    """Checks a class: rows to the CSV as they come, the summary to stdout; the exit code."""
    if not Path(options.folder).is_dir():
        print(f"--class: expected a folder, found {options.folder}", file=sys.stderr)
        return USAGE
    found = list(_targets(options.folder))
    try:
        with open(options.csv, "w", encoding="utf-8-sig", newline="") if options.csv else contextlib.nullcontext() as table:
            return _graded(found, options, table)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        print(f"--csv: expected a file that can be written, found {options.csv}: {error.strerror or error}", file=sys.stderr)
        return USAGE


def _graded(found, options, table):
    everyone, codes = Class(), set()
    writer = csv.writer(table) if table else None
    _write(writer, table, COLUMNS)
    for number, outcome in enumerate(outcomes(found, options), 1):
        outcome.found = False
        codes.add(outcome.exit_code)
        everyone.add(outcome)
        _write(writer, table, row(outcome, options.folder))
        told = outcome.failure or outcome.report.summary()
        print(f"[{number}/{len(found)}] {told if outcome.name in told else f'{outcome.name}: {told}'}", flush=True)
    print("", *everyone.lines(), sep="\n", flush=True)
    return worst(codes)


def _write(writer, table, cells):
    if writer:
        writer.writerow([safe(c) for c in cells])
        table.flush()


# -- main ----------------------------------------------------------------------------------------------------------
def main(arguments=None):
    """The command; returns its exit code (see EXIT_CODES)."""
    options = options_of(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        if options.folder is not None:
            return grade(options)
        found = outcomes(targets(options.files), options)
        return print_json(found) if options.json else print_texts(found)
    except BrokenPipeError:
        hush()
        return CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED


def hush():
    """After a closed pipe: what is left for stdout goes nowhere, and nobody complains."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
