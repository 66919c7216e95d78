"""Faults in the proved steps of the book's pages: hardly any of them may be called proved.

Survivors that are listed in mutation_survivors.md are equivalent to the line they came from.
"""
import random
from collections import Counter
from functools import cache
from pathlib import Path

from mutations import mutants
from w2v.checker.document import Document
from w2v.checker.judge import Judge

BOOK = Path(__file__).parents[2] / "book"
PAGES = ("cross_entropy", "sigmoid", "negative_sampling", "softmax_gradients", "skip_gram")
PER_PAGE = 90
SURVIVORS = (Path(__file__).parent / "mutation_survivors.md").read_text(encoding="utf-8")


def steps(page):
    """(item, judge) of every proved step of a page, with the definitions that hold there."""
    document, found = Document((BOOK / f"{page}.md").read_text(encoding="utf-8"), page), []
    settle = document.settle

    def watched(item, judge, facts, made, quick):
        verdict = settle(item, judge, facts, made, quick)
        if verdict is not None and verdict.status == "proved" and not quick:
            definitions = {name: list(entries) for name, entries in facts.definitions.items()}
            found.append((item, Judge(type(judge.facts)(**{**vars(judge.facts), "definitions": definitions}))))
        return verdict
    document.settle = watched
    document.report()
    return found


@cache
def outcomes(page):
    """[(kind, line, status, printed side)] of a fixed sample of the mutants of a page."""
    chances = [(item, judge, kind, new) for item, judge in steps(page) for kind, new in mutants(item.right) if new != item.right]
    sample = random.Random(page).sample(chances, min(PER_PAGE, len(chances)))
    return [(kind, item.link.line, judge.decide(item.left, new, item.conditions, item.context)[0].status, item.link.right.text)
            for item, judge, kind, new in sample]


def listed(page, kind, text):
    """Whether a survivor is explained: its page, its kind and its printed side stand in one row of the list."""
    return any(page in row and kind in row and text in row for row in SURVIVORS.splitlines())


def test_mutants_are_not_called_proved():
    tried = [(page, *o) for page in PAGES for o in outcomes(page)]
    survivors = [o for o in tried if o[3] == "holds" and not listed(o[0], o[1], o[4])]
    assert len(survivors) <= 0.01 * len(tried), survivors


def test_nearly_all_mutants_are_rejected_and_not_only_left_open():
    tried = [(page, *o) for page in PAGES for o in outcomes(page)]
    real = [o for o in tried if not (o[3] == "holds" and listed(o[0], o[1], o[4]))]
    rejected = [o for o in real if o[3] in ("differs", "ill-typed", "transposed")]
    assert len(rejected) >= 0.99 * len(real), Counter(o[3] for o in real)


def test_every_kind_of_fault_was_tried():
    tried = Counter(kind for page in PAGES for kind, *_ in outcomes(page))
    assert set(tried) >= {"sign", "factor dropped", "transpose dropped", "range", "u and v", "o and w", "index dropped"}
