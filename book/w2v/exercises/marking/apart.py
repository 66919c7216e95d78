"""The grader's side of the process that runs a student's functions: arguments go in, numbers come out."""

import ast
import base64
import inspect
import io
import json
import pickle
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import CodeType

import numpy as np

from w2v.exercises.marking.student import SIZE
from w2v.exercises.running import GRACE, SECONDS, Ended, Outcome

PACKAGE = Path(__file__).resolve().parents[2]
START = 60.0  # seconds that a process may take to start
MOST = 100_000_000  # bytes of one reply


class Apart:
    """A function of a submission, as something that `judge_function` can judge: its code is read here, and run elsewhere.

    `cells` are (name, source, numbers of the statements to run), `name` is what the function is called there.
    """

    def __init__(self, cells, name, lent):
        self.first = {"cells": cells, "name": name, "lent": lent}
        self.process, self.replies = None, None
        functions = _functions(cells)
        node, self.__code__ = functions[name]
        self.helpers = [code for _, code in functions.values()]
        self.__doc__ = ast.get_docstring(node)
        self.__signature__ = _signature(node)

    def __call__(self, *arguments):
        raise TypeError("a student's function is run by `run`, in a process of its own")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def run(self, function, arguments, measured=False):
        """The Outcome of a call; `function` is this object itself. Raises Ended if there is no function."""
        try:
            if self.process is None:
                self.start()
            return outcome_of(self.ask({"arguments": arguments, "measured": measured}, SECONDS + GRACE))
        except Ended as ended:
            self.end()
            slip = "leaves Python" if "itself" in str(ended) else "time limit"
            return Outcome(slip=slip, explanation=str(ended))

    def start(self):
        command = [sys.executable, "-I", str(Path(__file__).with_name("student.py")), str(PACKAGE)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.replies = queue.Queue()
        threading.Thread(target=_read, args=(self.process.stdout, self.replies), daemon=True).start()
        reply = self.ask(self.first, START)
        if not reply.get("there"):
            told = "\n".join(map(str, reply.get("failures", ()))) or "It is no function once the cells have run."
            raise Missing(told)

    def ask(self, request, seconds):
        data = pickle.dumps(request)
        try:
            self.process.stdin.write(SIZE.pack(len(data)) + data)
            self.process.stdin.flush()
            raw = self.replies.get(timeout=seconds)
        except queue.Empty:
            raise Ended(
                f"The function was stopped after {seconds:g} seconds, inside a call that Python cannot interrupt."
            ) from None
        except OSError:
            raw = b""
        try:
            return dict(json.loads(raw))
        except (ValueError, TypeError):
            raise Ended("The function ended Python itself.") from None

    def end(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                stream.close()
        self.process = None


class Missing(Exception):
    """There is no function to call; the message says why."""


def _read(stream, replies):
    """Puts every reply into the queue, and b'' at the end."""
    try:
        while (header := stream.read(SIZE.size)) and len(header) == SIZE.size and SIZE.unpack(header)[0] < MOST:
            replies.put(stream.read(SIZE.unpack(header)[0]))
    except (OSError, ValueError):
        pass
    replies.put(b"")


def _functions(cells):
    """{name: (node, code)} of the functions that the chosen statements define; the last of a name counts."""
    found = {}
    for name, source, chosen in cells:
        body = ast.parse(source, name).body
        for node in (body[place] for place in chosen):
            if isinstance(node, ast.FunctionDef):
                made = compile(ast.Module([node], []), name, "exec").co_consts
                found[node.name] = node, next(c for c in made if isinstance(c, CodeType) and c.co_name == node.name)
    return found


def _signature(node):
    """The signature of a function, its defaults aside, without running anything of it."""
    names = node.args
    free = len(names.posonlyargs + names.args) - len(names.defaults)
    kinds = [(a, inspect.Parameter.POSITIONAL_OR_KEYWORD) for a in names.posonlyargs + names.args]
    found = [
        inspect.Parameter(a.arg, kind, default=inspect.Parameter.empty if place < free else None)
        for place, (a, kind) in enumerate(kinds)
    ]
    if names.vararg:
        found.append(inspect.Parameter(names.vararg.arg, inspect.Parameter.VAR_POSITIONAL))
    for a, default in zip(names.kwonlyargs, names.kw_defaults):
        value = inspect.Parameter.empty if default is None else None
        found.append(inspect.Parameter(a.arg, inspect.Parameter.KEYWORD_ONLY, default=value))
    if names.kwarg:
        found.append(inspect.Parameter(names.kwarg.arg, inspect.Parameter.VAR_KEYWORD))
    return inspect.Signature(found)


def outcome_of(reply):
    """The Outcome in a reply; whatever is not as it should be ends as Ended."""
    try:
        texts = {name: str(reply[name])[:2000] for name in ("slip", "explanation", "printed")}
        warned = tuple(str(w)[:300] for w in reply["warned"][:5])
        changed = tuple(int(place) for place in reply["changed"][:20])
        return Outcome(decoded(reply["value"]), **texts, warned=warned, changed=changed, held=int(reply["held"]))
    except (KeyError, TypeError, ValueError, OverflowError, EOFError):
        raise Ended("The function ended Python itself.") from None


def decoded(value):
    """What `encoded` of the other side stands for; a stranger comes back as an object whose type has his name."""
    ((kind, content),) = value.items()
    if kind == "plain":
        return None if content == "None" else Ellipsis
    if kind == "python":
        return float(content) if set(content) & set(".nife") else int(content)
    if kind in ("tuple", "list"):
        return {"tuple": tuple, "list": list}[kind](decoded(part) for part in content)
    if kind in ("array", "scalar"):
        array = np.load(io.BytesIO(base64.b64decode(content)), allow_pickle=False)
        return array[()] if kind == "scalar" else array
    return type(str(content), (), {})()
