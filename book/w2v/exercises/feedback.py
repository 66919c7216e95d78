"""What the grader says about an answer: as text, and as HTML that also keeps the reader's private record."""

import os
from dataclasses import dataclass
from html import escape

WORDS = {True: "✓ passed", False: "✗ not yet", None: "… not answered yet"}
STATES = {True: "true", False: "false", None: "unanswered"}


@dataclass(frozen=True)
class Feedback:
    """The verdict on one answer: `passed` is True, False or, while there is no answer, None; `messages` are sentences.

    `printed` is what the answer printed while it ran, shortened.

    >>> print(Feedback("an-id", "A question", passed=None, messages=("Write your answer.",)))
    … not answered yet: A question
      Write your answer.
    """

    exercise: str
    title: str
    passed: bool | None
    messages: tuple
    printed: str = ""

    def __str__(self):
        lines = [f"{WORDS[self.passed]}: {self.title}", *(f"  {message}" for message in self.messages)]
        if self.printed:
            lines += ["  your function printed:", *(f"    {line}" for line in self.printed.splitlines())]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self):
        """The root element carries the exercise and the verdict as data; a live kernel adds the script of the record."""
        mark, words = WORDS[self.passed].split(" ", 1)
        items = "".join(f"<li>{escape(message)}</li>" for message in self.messages)
        printed = f"<p>Your function printed:</p><pre>{escape(self.printed)}</pre>" if self.printed else ""
        return (
            f'<div class="w2v-feedback" data-w2v-exercise="{escape(self.exercise)}" data-w2v-passed="{STATES[self.passed]}">'
            f'{STYLE}<p><b><span aria-hidden="true">{mark} </span>{words}</b>: {escape(self.title)}</p>'
            f"<ul>{items}</ul>{printed}{self._record()}</div>"
        )

    def _record(self):
        """The script that notes a passed exercise in this browser; '' in the pages of the site and for other verdicts."""
        if self.passed is not True or os.environ.get("W2V_STATIC"):
            return ""
        return "<script>" + RECORD.replace("ID", self.exercise) + "</script>"


RECORD = """(function () { try {
  var key = "w2v-progress", text = localStorage.getItem(key);
  var record = text === null ? { version: 1, passed: {} } : JSON.parse(text);
  if (record.version !== 1 || record.passed["ID"]) { return; }
  record.passed["ID"] = new Date().toISOString();
  localStorage.setItem(key, JSON.stringify(record));
} catch (error) { console.warn("w2v: the progress record was not written", error); } })();"""

STYLE = """<style>
.w2v-feedback{--w2v-edge:#8a6100;color:inherit;font:inherit;border-left:4px solid var(--w2v-edge);padding:.2em .8em;margin:.4em 0}
.w2v-feedback[data-w2v-passed=true]{--w2v-edge:#1a7f37;border-left-style:double;border-left-width:8px}
.w2v-feedback[data-w2v-passed=false]{--w2v-edge:#c0392b;border-left-style:dashed}
.w2v-feedback p,.w2v-feedback ul{margin:.2em 0;color:inherit}
.w2v-feedback li{overflow-wrap:anywhere;white-space:pre-line}
.w2v-feedback pre{color:inherit;background:rgba(128,128,128,.12);padding:.4em;overflow-x:auto;white-space:pre-wrap}
</style>"""
