"""The picture of an explorer as it stands in the page before, and without, JavaScript in the browser."""

import json
import sys
from functools import cache

from w2v.explorers.bundle import bundle


def picture(kind, state, limits):
    """Returns the HTML that the drawing module `kind` prints for this state: the same code that draws it alive."""
    return _printer(kind)(json.dumps(state | {"limits": limits}))


@cache
def _printer(kind):
    """The function JSON -> HTML of a drawing module, run by quickjs or, inside a browser, by the browser itself."""
    show = f"function show(json) {{ return print(${kind}.explorer.draw(JSON.parse(json), () => {{}})); }}"
    script = bundle("print", kind) + show
    if sys.platform == "emscripten":
        from pyodide.code import run_js

        return run_js(f"(() => {{ {script}\nreturn show; }})()")
    import quickjs

    return quickjs.Function("show", script)
