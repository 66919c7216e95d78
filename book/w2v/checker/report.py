"""The report: the legend first, then one verdict for each step, as JSON, text and HTML."""

import html
import json
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from .verdict.result import STATUSES, LegendLine, Verdict

__all__ = ["STATUSES", "LegendLine", "NoMathematics", "Report", "Verdict", "as_expected", "slip"]

GOOD, WRONG, OPEN = ("proved", "definition"), ("refuted", "ill-typed", "transposed"), ("unreadable", "unsettled")
FINE, FAULTY, NOTHING, UNSETTLED = 0, 1, 2, 3
MARKS = {"proved": "✓", "definition": "≔", "transposed": "ᵀ", "refuted": "✗", "ill-typed": "⚠", "unreadable": "?", "unsettled": "…"}
COLOURS = dict.fromkeys(GOOD, "32") | dict.fromkeys(WRONG, "31") | dict.fromkeys(OPEN, "33")
MOST_IGNORED = 3  # sentences that the plain text quotes
_LINES = re.compile(r"\blines? (\d+(?:(?:\s*[-–,]\s*|\s+(?:to|and|until)\s+)\d+)*)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class NoMathematics(Exception):
    r"""The input holds nothing that can be checked; the message says what was looked for.

    >>> try:
    ...     check("No formula here.", name="letter.md")
    ... except NoMathematics as error:
    ...     print(error)
    letter.md: expected mathematics between $$ ... $$, \[ ... \], $ ... $ or in an environment, found none
    """


def as_expected(verdict):
    """Whether a verdict is the declared one or, when nothing was declared, proved or a definition."""
    return verdict.status == verdict.expected if verdict.expected else verdict.status in GOOD


def slip(verdict):
    """The name of the slip behind a wrong line, or its status when none was recognised."""
    return (verdict.suggestion or {}).get("name") or verdict.status


@dataclass
class Report:
    r"""All verdicts of one text in reading order, and how the text was understood.

    conventions: sentences; ignored: sentences of the text that were not used; not_read: files that the text asks for and that were
    not read; places: for a text of several files or cells, where each of its lines stands, with `words` and `at`.

    >>> report = check(r"$$\sigma(-x) = 1 - \sigma(x)$$")
    >>> report.ok, report.counts["proved"], report.first_wrong
    (True, 1, None)
    """

    steps: list
    name: str = "<text>"
    legend: list = field(default_factory=list)
    conventions: list = field(default_factory=list)
    ignored: list = field(default_factory=list)
    not_read: list = field(default_factory=list)
    places: list = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """{status: number of steps}, every status present."""
        found = Counter(v.status for v in self.steps)
        return {s: found.get(s, 0) for s in STATUSES}

    @property
    def exit_code(self) -> int:
        """0 all proved, definitions or as declared; 1 something is wrong; 2 no step; 3 nothing is wrong, but something is open."""
        if not self.steps:
            return NOTHING
        rest = self.unexpected()
        if any(v.status in WRONG or v.expected for v in rest):
            return FAULTY
        return UNSETTLED if rest or self.not_read else FINE

    @property
    def ok(self) -> bool:
        """Whether there are steps and each is proved, a definition, or what its author declared."""
        return self.exit_code == FINE

    @property
    def first_wrong(self) -> Verdict | None:
        """The first step that is refuted, ill-typed or transposed without its author saying so, or None."""
        return next((v for v in self.unexpected() if v.status in WRONG), None)

    def broken_declarations(self) -> list[Verdict]:
        """The steps whose declared verdict did not come true."""
        return [v for v in self.steps if v.expected and v.status != v.expected]

    def unexpected(self) -> list[Verdict]:
        """The steps that are neither proved nor definitions nor what their author declared."""
        return [v for v in self.steps if not as_expected(v)]

    def place(self, line: int) -> str:
        """Where a line stands, in words: 'line 12', 'cell 3, line 5', 'part.tex, line 4'."""
        return self.places[line - 1].words if 0 < line <= len(self.places) else f"line {line}"

    def at(self, line: int) -> str:
        """Where a line stands, as a prefix: 'a.md:12', 'a.ipynb, cell 3, line 5', 'part.tex:4'."""
        return self.places[line - 1].at if 0 < line <= len(self.places) else f"{self.name}:{line}"

    def say(self, text: str) -> str:
        """A sentence for the reader: the lines that it names by the reader's own count, and ≠ for !=."""
        told = _LINES.sub(self._told, str(text)) if self.places else str(text)
        return told.replace("!=", "≠")

    def _told(self, found):
        parts = re.split(r"(\d+)", found[1])
        return "".join(self.place(int(p)) if p.isdigit() else re.sub(r"^\s*[-–]\s*$", " to ", p) for p in parts)

    def summary(self) -> str:
        """'12 steps: 10 proved, 1 definition, 1 refuted'."""
        parts = [f"{n} {s}" for s, n in self.counts.items() if n]
        total = len(self.steps)
        return f"{total} step{'' if total == 1 else 's'}: {', '.join(parts) or 'nothing to check'}"

    def headline(self) -> str:
        """Where to look first: 'The first wrong line is line 9 (sign).', or ''."""
        first = self.first_wrong
        return f"The first wrong line is {self.place(first.line)} ({slip(first)})." if first else ""

    def to_dict(self) -> dict[str, Any]:
        """What to_json writes: steps, counts, legend, conventions, ignored and not_read."""
        return {"steps": [_step(self, v) for v in self.steps], "counts": self.counts, "legend": [_legend_line(self, x) for x in self.legend],
                "conventions": [self.say(c) for c in self.conventions], "ignored": [str(i) for i in self.ignored], "not_read": [*self.not_read]}

    def to_json(self, **options: Any) -> str:
        """The report as JSON text; options are those of json.dumps."""
        return json.dumps(self.to_dict(), ensure_ascii=False, **options)

    def to_text(self, colour: bool = False) -> str:
        """The legend, the steps, and the counts, for a terminal or a file."""
        lines = [*_legend_text(self), *(line for v in self.steps for line in _step_text(self, v, colour))]
        lines += [_clean(f"{self.name}: {words}") for words in (*(f"not read: {n}" for n in self.not_read), self.summary())]
        lines += [_clean(self.headline())] if self.headline() else []
        return "\n".join(lines)

    def __str__(self):
        return self.to_text()

    def _repr_html_(self):
        head = html.escape(f"{self.summary()}. {self.headline()}".strip())
        lost = "".join(f"<p>Not read: {html.escape(n)}</p>" for n in self.not_read)
        return f'<div class="w2v-report">{STYLE}{_legend_html(self)}<p>{head}</p>{lost}{_table_html(self)}</div>'


# -- what is said of a step, in every form -------------------------------------------------------------------------
def _notes(report, v):
    """(lead, words, whether the words are LaTeX) for each thing to say of a step."""
    yield "assumes ", report.say(", ".join(v.hypotheses)), False
    yield "where ", report.say(", ".join(v.domain)), False
    yield "judged under ", "" if v.status in GOOD else report.say(", ".join(v.stated)), False
    yield "", report.say(v.reason), False
    yield "counterexample: ", report.say((v.counterexample or {}).get("text", "")), False
    if v.suggestion:
        yield f"{v.suggestion['name']}: ", v.suggestion["latex"], True
    yield "to settle it: ", report.say(v.question), False
    yield "", v.follows and f"follows from {report.place(v.follows)}", False
    yield "", v.repairs and f"repairs {report.place(v.repairs)}", False
    if v.expected:
        yield "", "as its author declared" if as_expected(v) else f"its author declared: {v.expected}", False


def _told_notes(report, v):
    return [note for note in _notes(report, v) if note[1]]


def _step(report, v):
    """The JSON object of a step: exactly the documented fields."""
    found = {f.name: _plain(getattr(v, f.name)) for f in fields(v) if f.name not in ("inline", "display", "label", "theorem")}
    told = {n: report.say(found[n]) for n in ("reason", "question")}
    return found | told | {"assumptions": found["hypotheses"], "place": report.place(v.line)}


def _plain(value):
    """A value of the checker as JSON knows it; exact numbers as text."""
    if isinstance(value, dict):
        return {str(k): _plain(x) for k, x in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(x) for x in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _legend_line(report, line):
    return {"file": report.name, "name": line.name, "type": line.type, "origin": report.say(line.origin), "lines": _lines(report, line)}


def _lines(report, line):
    """The lines for which a name holds, in words, whether or not they come with the word."""
    bare = re.fullmatch(r"\d+(\D.*)?", str(line.lines))
    word = "" if not bare else "lines " if bare[1] else "line "
    return report.say(word + str(line.lines))


# -- text ----------------------------------------------------------------------------------------------------------
def _clean(text):
    """One line of text that cannot move the cursor of a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(str(text).split("\n")))


def _legend_text(report):
    """The lines of the legend, in columns."""
    rows = [_legend_line(report, x) for x in report.legend]
    wide = [min(most, max((len(r[n]) for r in rows), default=0)) for n, most in (("name", 30), ("type", 50))]
    if rows or report.conventions or report.ignored:
        yield _clean(f"{report.name}: how this text was read")
    for row in rows:
        yield _clean(f"  {row['name']:<{wide[0]}}  {row['type']:<{wide[1]}}  {_held(row)}").rstrip()
    yield from (_clean(f"  {report.say(c)}") for c in report.conventions)
    yield from (_clean(f"  not used: {_short(i)}") for i in report.ignored[:MOST_IGNORED])
    if len(report.ignored) > MOST_IGNORED:
        yield f"  not used: {len(report.ignored) - MOST_IGNORED} more (all of them with --json)"


def _held(row):
    """Where a name comes from and how long it holds: 'line 3; lines 3-20'."""
    return "; ".join(filter(None, (row["origin"], row["lines"])))


def _short(sentence, most=90):
    words = " ".join(str(sentence).split())
    return words if len(words) <= most else words[:most - 1] + "…"


def _step_text(report, v, colour):
    """One line, with what is to be said of it below."""
    status = f"\x1b[{COLOURS[v.status]}m{v.status}\x1b[0m" if colour else v.status
    yield f"{_clean(report.at(v.line))}: {status}: {_clean(f'{v.lhs} = {v.rhs}')}"
    yield from (_clean(f"    {lead}{words}") for lead, words, _ in _told_notes(report, v))


# -- HTML ----------------------------------------------------------------------------------------------------------
STYLE = """<style>
.w2v-report{--w2v-good:#1a7f37;--w2v-bad:#c0392b;--w2v-open:#8a6100;color:inherit;font:inherit}
@media (prefers-color-scheme:dark){.w2v-report{--w2v-good:#56d364;--w2v-bad:#ff7b72;--w2v-open:#e3b341}}
html[data-theme=light] .w2v-report{--w2v-good:#1a7f37;--w2v-bad:#c0392b;--w2v-open:#8a6100}
html[data-theme=dark] .w2v-report,[data-jp-theme-light=false] .w2v-report{--w2v-good:#56d364;--w2v-bad:#ff7b72;--w2v-open:#e3b341}
.w2v-report table{border-collapse:collapse;width:100%;background:transparent}
.w2v-report th,.w2v-report td{padding:.3em .6em;text-align:left;vertical-align:top;border-top:1px solid rgba(128,128,128,.4);white-space:normal}
.w2v-report code{background:rgba(128,128,128,.12);color:inherit;overflow-wrap:anywhere}
.w2v-report .w2v-mark{font-weight:bold;white-space:nowrap;color:var(--w2v-open,#8a6100);background:none}
.w2v-report .w2v-good .w2v-mark{color:var(--w2v-good,#1a7f37)}
.w2v-report .w2v-bad .w2v-mark{color:var(--w2v-bad,#c0392b);text-decoration:underline}
.w2v-report small{display:block;opacity:.85}
.w2v-report summary{cursor:pointer;font-weight:bold}
.w2v-legend>div{max-height:14em;overflow:auto;font-size:.9em}
.w2v-report .w2v-legend th,.w2v-report .w2v-legend td{padding:.1em .6em;border:0;font-weight:normal}
.w2v-legend p,.w2v-legend ul{margin:.2em .6em}
</style>"""


def _legend_html(report):
    """The legend, open and compact; nothing when there is none."""
    if not (report.legend or report.conventions or report.ignored):
        return ""
    rows = "".join(_legend_row(_legend_line(report, x)) for x in report.legend)
    table = (f'<table><thead><tr><th scope="col">name</th><th scope="col">what it is</th><th scope="col">from</th></tr></thead>'
             f"<tbody>{rows}</tbody></table>") if rows else ""
    conventions = "".join(f"<p>{html.escape(report.say(c))}</p>" for c in report.conventions)
    return ('<details class="w2v-legend" open><summary>How this text was read</summary>'
            f'<div tabindex="0" role="region" aria-label="How this text was read">{table}{conventions}{_ignored_html(report)}</div></details>')


def _legend_row(row):
    return (f'<tr><th scope="row"><code>{html.escape(row["name"])}</code></th><td>{html.escape(row["type"])}</td>'
            f"<td>{html.escape(_held(row))}</td></tr>")


def _ignored_html(report):
    """The sentences that were not used, folded."""
    if not report.ignored:
        return ""
    count, rows = len(report.ignored), "".join(f"<li>{html.escape(str(i))}</li>" for i in report.ignored)
    return f"<details><summary>{count} sentence{'' if count == 1 else 's'} not used</summary><ul>{rows}</ul></details>"


def _table_html(report):
    """The steps, one row each."""
    rows = "".join(_html_row(report, v, before) for before, v in zip([None, *report.steps], report.steps))
    return ('<table><thead><tr><th scope="col">line</th><th scope="col">step</th><th scope="col">verdict</th><th scope="col">why</th></tr>'
            f"</thead><tbody>{rows}</tbody></table>") if rows else ""


def _html_row(report, v, before=None):
    """One row; a step that goes on from the right side of the one before shows only `= rhs`."""
    notes = "".join(f"<small>{html.escape(lead)}{_words_html(words, latex)}</small>" for lead, words, latex in _told_notes(report, v))
    kind = "w2v-good" if v.status in GOOD else "w2v-bad" if v.status in WRONG else "w2v-open"
    goes_on = before is not None and v.step > 1 and before.chain == v.chain and before.rhs == v.lhs
    left = "" if goes_on else html.escape(v.lhs) + " "
    place = html.escape(report.place(v.line) if report.places else str(v.line))
    return (f'<tr class="{kind}"><td>{place}</td><td><code>{left}= {html.escape(v.rhs)}</code></td>'
            f'<td class="w2v-mark"><span aria-hidden="true">{MARKS[v.status]}</span> {v.status}</td><td>{notes}</td></tr>')


def _words_html(words, latex):
    return f"<code>{html.escape(words)}</code>" if latex else html.escape(words)
