"""The picture of an explorer as it stands in the page before, and without, JavaScript in the browser."""

import json
from functools import cache

import quickjs

from w2v.explorers.bundle import bundle


def picture(kind, state, limits):
    """Returns the HTML that the drawing module `kind` prints for this state: the same code that draws it alive."""
    return _printer(kind)(json.dumps(state | {"limits": limits}))


@cache
def _printer(kind):
    show = f"function show(json) {{ return print(${kind}.explorer.draw(JSON.parse(json), () => {{}})); }}"
    return quickjs.Function("show", bundle("print", kind) + show)
