"""What the worker of the page runs in Pyodide: a derivation is checked, a cell is run; every answer is JSON.

The build puts this text into worker.js. A fault of what the student wrote is an answer, {"error": ...}, not an exception.
"""

import ast
import contextlib
import json
import linecache
import time
import traceback

CELL = "<cell>"
MOST_PRINTED = 20_000  # characters
SECONDS_BETWEEN_REPORTS = 0.1


def answer(kind, payload, say=lambda message: None):
    """The result of a run as JSON text; `payload` is JSON text, and `say` gets the progress of a long check."""
    return json.dumps({"check": checked, "cell": ran}[kind](json.loads(payload), say))


def checked(payload, say):
    """{steps, counts, summary, html} of a derivation, or {error: {type, message}}."""
    from w2v.checker import NoMathematics, check

    text = payload["text"]
    try:
        with _progress(say, text.count("\n") + 1):
            report = check(text, name=payload.get("name") or "<text>", layout=payload.get("layout") or "")
    except (NoMathematics, TypeError, ValueError) as error:
        return {"error": {"type": type(error).__name__, "message": str(error)}}
    except (RecursionError, MemoryError) as error:
        return {
            "error": {
                "type": type(error).__name__,
                "message": "this text is nested too deeply, or too long, to be checked here",
            }
        }
    except Exception as error:
        return {
            "error": {"type": type(error).__name__, "message": f"fault of the checker: {type(error).__name__}: {error}"}
        }
    return report.to_dict() | {"summary": report.summary(), "html": report._repr_html_()}


@contextlib.contextmanager
def _progress(say, lines):
    """Says at which line the checker is, ten times a second."""
    from w2v.checker.document import Document

    plain, last = Document.verdict, time.monotonic()

    def verdict(document, item, *rest, quick=False):
        nonlocal last
        if time.monotonic() - last > SECONDS_BETWEEN_REPORTS:
            last = time.monotonic()
            say("comparing the two conventions" if quick else f"line {item.link.line} of {lines}")
        return plain(document, item, *rest, quick=quick)

    Document.verdict = verdict
    try:
        yield
    finally:
        Document.verdict = plain


class Capped:
    """Takes what is printed and keeps the first MOST_PRINTED characters."""

    encoding, errors = "utf-8", "strict"

    def __init__(self):
        self.kept, self.dropped = "", 0

    def write(self, text):
        room = MOST_PRINTED - len(self.kept)
        self.kept += text[:room]
        self.dropped += max(0, len(text) - room)
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False

    def text(self):
        return self.kept + (f"\n... and {self.dropped} characters more" if self.dropped else "")


def ran(payload, say):
    """{stdout, html, text, error} of a cell run in a fresh namespace; html and text show its last expression."""
    source, printed = payload["source"], Capped()
    result = {"stdout": "", "html": None, "text": None, "error": None}
    linecache.cache[CELL] = (len(source), None, source.splitlines(keepends=True), CELL)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            value = _execute(source)
            result["html"], result["text"] = _shown(value)
        except BaseException as error:  # a student's sys.exit() or KeyboardInterrupt is explained as well
            result["error"] = _explained(error)
    result["stdout"] = printed.text()
    return result


def _execute(source):
    """Runs the statements; the value of the last expression, or None."""
    tree = ast.parse(source, CELL)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    namespace = {"__name__": "__main__"}
    exec(compile(tree, CELL, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), CELL, "eval"), namespace) if last else None


def _shown(value):
    if value is None:
        return None, None
    html = getattr(value, "_repr_html_", None)
    return (html() if callable(html) else None), repr(value)[:MOST_PRINTED]


def _explained(error):
    """{type, message, line, missing}: the last line of the cell that was running, and the module that was not found."""
    if isinstance(error, SyntaxError) and error.filename == CELL:
        line = error.lineno
    else:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == CELL]
        line = lines[-1] if lines else None
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return {"type": type(error).__name__, "message": message[:MOST_PRINTED], "line": line, "missing": missing}


def imported(source):
    """The top-level modules that a cell imports, as JSON; none if it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return "[]"
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    of = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return json.dumps(sorted({name.split(".")[0] for name in plain + of}))
