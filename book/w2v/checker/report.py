"""The report: one typed verdict per step, as JSON, plain text and HTML."""
import html
import json
from collections import Counter
from dataclasses import dataclass, field

STATUSES = ("proved", "definition", "transposed", "refuted", "ill-typed", "unreadable", "unsettled")
FAULTS = ("refuted", "ill-typed", "unreadable")
MARKS = {"proved": "✓", "definition": "≔", "transposed": "ᵀ", "refuted": "✗", "ill-typed": "⚠", "unreadable": "?",
         "unsettled": "…"}


@dataclass
class Verdict:
    """One step. `expected` is the status an author declared beside the display, or ''."""
    file: str
    line: int
    chain: int
    step: int
    lhs: str
    rhs: str
    status: str
    reason: str = ""
    assumptions: list = field(default_factory=list)
    counterexample: object = None
    suggestion: object = None
    inline: bool = False
    display: int = 0
    expected: str = ""

    @property
    def as_expected(self):
        """Whether the verdict is the declared one, or, when nothing was declared, proved or a definition."""
        return self.status == self.expected if self.expected else self.status in ("proved", "definition")

    def to_dict(self):
        """The JSON object of a step: exactly the documented fields."""
        names = ("file", "line", "chain", "step", "lhs", "rhs", "status", "reason", "assumptions", "counterexample",
                 "suggestion")
        return {n: getattr(self, n) for n in names}

    def to_text(self):
        """One line, with the counterexample and the repair below it."""
        text = f"{self.file}:{self.line}: {self.status}: {self.lhs} = {self.rhs}"
        if self.assumptions:
            text += "\n    assumes " + ", ".join(_plain(a) for a in self.assumptions)
        if self.reason:
            text += f"\n    {self.reason}"
        if self.counterexample:
            text += f"\n    counterexample: {self.counterexample['text']}"
        if self.suggestion:
            text += f"\n    {self.suggestion['name']}: {self.suggestion['latex']}"
        return text


@dataclass
class Report:
    """All verdicts of one text, in reading order."""
    steps: list
    name: str = "<text>"

    @property
    def counts(self):
        """{status: number of steps}, every status present."""
        found = Counter(v.status for v in self.steps)
        return {s: found.get(s, 0) for s in STATUSES}

    @property
    def ok(self):
        """Whether no step is refuted, ill-typed or unreadable (a declared verdict that came true counts as fine)."""
        return not any(v.status in FAULTS and not v.expected for v in self.steps) and not self.broken_declarations()

    def broken_declarations(self):
        """The steps whose declared verdict did not come true."""
        return [v for v in self.steps if v.expected and v.status != v.expected]

    def unexpected(self):
        """The steps that are neither proved nor definitions nor what their author declared."""
        return [v for v in self.steps if not v.as_expected]

    def to_dict(self):
        return {"steps": [v.to_dict() for v in self.steps], "counts": self.counts}

    def to_json(self, **options):
        """{"steps": [...], "counts": {...}} as text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, **options)

    def summary(self):
        """'12 steps: 10 proved, 1 definition, 1 refuted'."""
        parts = [f"{n} {s}" for s, n in self.counts.items() if n]
        total = len(self.steps)
        return f"{total} step{'' if total == 1 else 's'}: {', '.join(parts) or 'none'}"

    def __str__(self):
        return "\n".join([v.to_text() for v in self.steps] + [f"{self.name}: {self.summary()}"])

    def _repr_html_(self):
        rows = "".join(_html_row(v, before) for before, v in zip([None, *self.steps], self.steps))
        return (f'<div class="w2v-report">{STYLE}<p>{html.escape(self.summary())}</p><table><thead><tr><th>line</th><th>step</th>'
                f'<th>verdict</th><th>why</th></tr></thead><tbody>{rows}</tbody></table></div>')


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
</style>"""
GOOD, BAD = ("proved", "definition"), ("refuted", "ill-typed", "transposed")


def _html_row(v, before=None):
    """One row; a step that goes on from the right side of the one before shows only `= rhs`."""
    notes = []
    if v.assumptions:
        notes.append("assumes " + html.escape(", ".join(_plain(a) for a in v.assumptions)))
    if v.reason:
        notes.append(html.escape(v.reason))
    if v.counterexample:
        notes.append("counterexample: " + html.escape(v.counterexample["text"]))
    if v.suggestion:
        notes.append(f'{html.escape(v.suggestion["name"])}: <code>{html.escape(v.suggestion["latex"])}</code>')
    kind = "w2v-good" if v.status in GOOD else "w2v-bad" if v.status in BAD else "w2v-open"
    goes_on = before is not None and v.step > 1 and before.chain == v.chain and before.rhs == v.lhs
    left = "" if goes_on else html.escape(v.lhs) + " "
    return (f'<tr class="{kind}"><td>{v.line}</td><td><code>{left}= {html.escape(v.rhs)}</code></td>'
            f'<td class="w2v-mark">{MARKS[v.status]} {v.status}</td><td>{"".join(f"<small>{n}</small>" for n in notes)}</td></tr>')


def _plain(text):
    return text.replace("!=", "\u2260")
