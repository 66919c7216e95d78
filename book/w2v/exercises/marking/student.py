"""The process in which a student's functions run. A script, started by its path: the package is not to be imported here.

It gets the cells and then, call by call, the arguments, and answers with numbers. Of the package there are the sigmoid, the
softmax and their logarithms at most; an audit hook, which Python cannot take out again, refuses the rest, as it does
files to write, other processes and the network. That stops shortcuts. It is no prison: for people who break out of
those, run w2v-grade inside a container.
"""

import ast
import base64
import contextlib
import copy
import ctypes
import importlib.util
import io
import json
import linecache
import os
import pickle
import struct
import sys
import types
from pathlib import Path

import numpy as np

LENT = ("softmax", "log_softmax", "sigmoid", "log_sigmoid")
REFUSED = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.kill",
    "socket.",
    "ctypes.",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
MEMORY = 4 << 30  # bytes
SIZE = struct.Struct(">Q")


def by_path(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def lend(package, names):
    """A package w2v that has `losses` with these names, and nothing else."""
    support = types.ModuleType("w2v.support")
    sys.modules |= {"w2v": types.ModuleType("w2v"), "w2v.support": support}
    support.validate = by_path("w2v.support.validate", package / "support" / "validate.py")
    own = by_path("w2v.losses.functions", package / "losses" / "functions.py")
    losses = types.ModuleType("w2v.losses")
    losses.__dict__.update({name: getattr(own, name) for name in names})
    for name in ("w2v.support", "w2v.support.validate", "w2v.losses.functions"):
        del sys.modules[name]
    sys.modules["w2v.losses"] = losses


def guard(package):
    """From here on the package, files to write, processes and sockets are refused."""
    _ = ctypes.pythonapi.PyThreadState_SetAsyncExc  # the time limit needs it

    def look(event, arguments):
        if event == "import" and str(arguments[0]).split(".")[0] == "w2v":
            raise ImportError("an answer for marks stands alone: this part of w2v is not there")
        if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path.startswith(str(package) + os.sep) or isinstance(arguments[2], int) and arguments[2] & WRITING:
                raise PermissionError("an answer for marks may not open this file")
        if event.startswith(REFUSED):
            raise PermissionError(f"an answer for marks may not use {event}")

    sys.addaudithook(look)


def limit_memory():
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def encoded(value, depth=0):
    """A result as JSON knows it; what is no number and no array comes out as the name of its type."""
    if value is None or value is Ellipsis:
        return {"plain": "None" if value is None else "..."}
    if type(value) in (int, float):
        return {"python": repr(value)[:400]}
    if isinstance(value, (tuple, list)) and depth < 1 and len(value) < 10:
        return {type(value).__name__: [encoded(part, depth + 1) for part in value]}
    if type(value) is np.ndarray or isinstance(value, np.generic):
        with contextlib.suppress(ValueError):
            out = io.BytesIO()
            np.save(out, value, allow_pickle=False)
            return {"scalar" if isinstance(value, np.generic) else "array": base64.b64encode(out.getvalue()).decode()}
    return {"other": type(value).__name__[:100]}


class Answers:
    """The cells as they were run, and the function that is asked for."""

    def __init__(self, running, request):
        self.running, self.scope, self.failures = running, {"__name__": "__main__"}, []
        for name, source, chosen in request["cells"]:
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
            body = ast.parse(source, name).body
            for place in chosen:
                self.execute(body[place], name)
        self.function = self.scope.get(request["name"])

    def execute(self, statement, name):
        code = compile(ast.Module([statement], []), name, "exec")
        outcome = self.running.run(exec, (code, self.scope))
        if outcome.slip:
            self.failures.append(f"Line {statement.lineno} of {name} failed: {outcome.explanation.splitlines()[0]}")

    def call(self, request):
        arguments, given = request["arguments"], copy.deepcopy(request["arguments"])
        outcome = self.running.run(self.function, given, measured=request["measured"])
        told = outcome.explanation
        if outcome.slip and self.failures:
            told = "\n".join([told, *self.failures])
        changed = [place for place, (a, b) in enumerate(zip(given, arguments)) if not np.array_equal(a, b)]
        reply = {name: getattr(outcome, name) for name in ("slip", "printed", "warned", "held")}
        return reply | {"explanation": told, "changed": changed, "value": encoded(outcome.value)}


def main(package):
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    sys.dont_write_bytecode = True
    running = by_path("running", package / "exercises" / "running.py")
    first, answers = True, None
    while header := requests.read(SIZE.size):
        request = pickle.loads(requests.read(SIZE.unpack(header)[0]))  # from the grader
        if first:
            lend(package, LENT if request["lent"] else ())
            limit_memory()
            guard(package)
            answers, first = Answers(running, request), False
            reply = {"failures": answers.failures, "there": callable(answers.function)}
        else:
            reply = answers.call(request)
        data = json.dumps(reply).encode()
        replies.write(SIZE.pack(len(data)) + data)
        replies.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
