"""The ledger of the five write-ups: every printed equality with the verdict it must get.

A true step may also be left open. Beyond that, `data/ledger_changes.json` widens what is allowed for single entries, with the reason.
"""
import json
import re
from functools import cache
from pathlib import Path

from w2v.checker import check

DATA = Path(__file__).parent / "data"
ALLOWED = {"true": {"proved", "definition", "unsettled"}, "true-up-to-transpose": {"transposed"},
           "typo": {"refuted", "ill-typed"}, "false": {"refuted", "ill-typed"}, "ill-typed": {"ill-typed"},
           "not-a-claim": {"proved", "definition", "unsettled"}}
CHANGES = json.loads((DATA / "ledger_changes.json").read_text(encoding="utf-8"))


@cache
def report(seed):
    return check((DATA / seed).read_text(encoding="utf-8"), name=seed)


@cache
def entries():
    """The equality entries of the ledger."""
    ledger = json.loads((DATA / "ledger.json").read_text(encoding="utf-8"))
    return tuple(e["id"] for e in ledger["entries"] if e["kind"] == "equality"), {e["id"]: e for e in ledger["entries"]}


def allowed(name):
    """The statuses that are right for an entry."""
    return ALLOWED[entries()[1][name]["verdict"]] | set(CHANGES.get(name, {}).get("also", []))


def plain(latex):
    """LaTeX without spacing, labels, boxes and side conditions, so that both sources print alike."""
    latex = re.sub(r"\(\\text\s*\{[^}]*\}[^)]*\)|,\s*(\\quad\s*)?\\text\s*\{.*|,\s*\\forall.*|,\s*k\\in\[.*", "", latex)
    latex = re.sub(r"^\\text\{\([a-z]\)\}|^\\intertext\{[^}]*\}", "", latex)
    return re.sub(r"\\text\{\([ef]\)\}|\\ |\\quad|\\left(?![a-z])|\\right(?![a-z])|\\therefore|\\boxed|\\\\|[\s{}&]", "", latex).strip(".,")


@cache
def verdicts():
    """{ledger id: Verdict or None}."""
    ids, by_id = entries()
    found, used = {}, set()
    for name in ids:
        entry = by_id[name]
        sides = plain(entry["lhs_latex"]), plain(entry["rhs_latex"])
        steps = report(entry["seed"]).steps
        match = next((v for v in steps if id(v) not in used and (plain(v.lhs), plain(v.rhs)) == sides), None)
        used.add(id(match))
        found[name] = match
    return found
