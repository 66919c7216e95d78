"""The console script: w2v-check FILE... [--json]."""
import argparse
import json
import sys
from pathlib import Path

from . import check
from .report import STATUSES
from .sources import NoMathematics, load

FINE, FAULTY, USAGE = 0, 1, 2


def parser():
    made = argparse.ArgumentParser(prog="w2v-check", description="Check every equality of written word2vec derivations.")
    made.add_argument("files", nargs="+", metavar="FILE", help="Markdown, LaTeX, notebook or plain text")
    made.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    made.add_argument("--rows", dest="layout", action="store_const", const="rows", default="",
                      help="one word per row in U and V (found out from the text by default)")
    made.add_argument("--columns", dest="layout", action="store_const", const="columns", help="one word per column")
    return made


def main(arguments=None):
    """Checks the files; returns 0 when all is fine, 1 when a step is faulty, 2 when a file cannot be checked."""
    options = parser().parse_args(arguments)
    reports, problems = [], []
    for name in options.files:
        try:
            path = Path(name)
            reports.append(check(load(path), name=name, layout=options.layout))
        except NoMathematics as error:
            problems.append(str(error) if name in str(error) else f"{name}: {error}")
        except OSError as error:
            problems.append(f"{name}: expected a readable file, found {error.strerror or error}")
        except ValueError as error:
            problems.append(f"{name}: {error}")
    print(as_json(reports) if options.json else "\n\n".join(str(r) for r in reports))
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return USAGE
    return FINE if all(r.ok for r in reports) else FAULTY


def as_json(reports):
    """{"steps": [...], "counts": {...}} over all files."""
    steps = [v.to_dict() for r in reports for v in r.steps]
    counts = {s: sum(r.counts[s] for r in reports) for s in STATUSES}
    return json.dumps({"steps": steps, "counts": counts}, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
