"""Written-out matrices and cases."""
from .conditions import RELATIONS, conditions, text_conditions
from .tree import Cases, Dots, Grid, Unreadable

MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array", "psmallmatrix",
            "bsmallmatrix"}


class MatrixReader:
    """Methods that read environments; mixed into the Reader."""

    def environment(self, name):
        start, depth = self.i + 1, 0
        while True:
            if self.peek().kind == "end":
                self.fail(f"\\end{{{name}}}")
            depth += self.peek().text.startswith("begin:") - self.peek().text.startswith("end:")
            self.i += 1
            if not depth:
                break
        rows = [self.cells(row) for row in split_rows(self.tokens[start:self.i - 1])]
        if name in ("cases", "dcases", "rcases"):
            return Cases(tuple(self.branch(row) for row in rows if row))
        if name in MATRICES:
            return Grid(tuple(tuple(self.cell(c) for c in row) for row in rows if row))
        return self.sub([t for row in split_rows(self.tokens[start:self.i - 1]) for t in row if t.text != "&"])

    @staticmethod
    def cells(row):
        cells, depth = [[]], 0
        for t in row:
            depth += (t.text == "{") - (t.text == "}")
            if t.text == "&" and not depth:
                cells.append([])
            else:
                cells[-1].append(t)
        return cells if any(cells) else []

    def cell(self, tokens):
        tokens = [t for t in tokens if t.text != "quad"]
        if not tokens:
            return Dots()
        return self.sub(tokens)

    def branch(self, cells):
        value = [t for t in cells[0] if t.text != "quad"]
        condition = [t for c in cells[1:] for t in c]
        if not condition:
            cut = next((n for n, t in enumerate(value) if t.kind == "text" or t.text == ","), len(value))
            value, condition = value[:cut], value[cut:]
        while value and value[-1].text in (",", ";", "."):
            value = value[:-1]
        texts = " ".join(t.text for t in condition if t.kind == "text")
        rules = [r for t in condition if t.kind == "text" for r in text_conditions(t.text, type(self))]
        rest = [t for t in condition if t.kind != "text" and t.text not in (".", ",", "quad")]
        if rest and any(t.text in RELATIONS for t in rest):
            rules += conditions(rest, type(self))
        if not rules and not any(w in texts.lower() for w in ("else", "otherwise", "other", "ow", "其他", "否则", "其它", "elsewhere")):
            raise Unreadable("a condition in the cases", texts, None)
        return self.sub(value), rules[0] if rules else None


def split_rows(tokens):
    rows, depth = [[]], 0
    for t in tokens:
        depth += t.text.startswith("begin:") - t.text.startswith("end:")
        depth += (t.text == "{") - (t.text == "}")
        if t.text == "\\" and not depth:
            rows.append([])
        else:
            rows[-1].append(t)
    return rows
