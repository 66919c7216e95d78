"""Brackets of all kinds: groups, written-out rows, families of entries, absolute values."""
from .tokens import Token
from .tree import Entry, Family, Grid, Size, Symbol

OPENING = {"(": ")", "[": "]", "\\{": "\\}"}


class BracketReader:
    """Methods that read a bracket and what it holds; mixed into the Reader."""

    def bracketed(self):
        opening = self.peek().text
        closing = OPENING.get(opening, "}")
        start = self.i
        self.i += 1
        saved, self.bars = self.bars, 0
        tree = self.expression()
        self.skip()
        if opening == "[" and self.peek().text != "]" and self.starts_factor_or_dots():
            self.i = start + 1
            tree = self.block_row(closing)
        elif opening in "[(" and self.at(","):
            tree = self.block_row(closing, tree)
        while self.at("."):
            self.i += 1
        self.bars = saved
        if self.peek().text not in (closing, {"]": ")", ")": "]"}.get(closing)):
            self.fail(f"'{closing}'")
        self.i += 1
        if opening == "[" and self.at("_"):
            return self.family(tree)
        if opening == "[" and self.row_of_blocks(tree, start):
            return Grid((self.blocks,))
        return tree

    def starts_factor_or_dots(self):
        return self.at("dots") or self.starts_factor()

    def row_of_blocks(self, tree, start):
        r"""[a \quad b \quad c]: spaces that separate entries were skipped as blanks; look for them again."""
        tokens = self.tokens[start + 1:self.i - 1]
        depth, wide = 0, False
        for t in tokens:
            depth += self.opens(t)
            wide |= not depth and t.text in ("quad", "&")
        self.blocks = tuple(self.split_entries(tokens, ("quad", "&", ","))) if wide else ()
        return len(self.blocks) > 1

    @staticmethod
    def opens(t):
        """+1 for an opening bracket or environment, -1 for a closing one."""
        return (t.text in ("(", "[", "{", "\\{") or t.text.startswith("begin:")) - (
            t.text in (")", "]", "}", "\\}") or t.text.startswith("end:"))

    def split_entries(self, tokens, separators):
        part, depth, parts = [], 0, []
        for t in tokens + [Token("sign", separators[0], -1)]:
            depth += self.opens(t)
            if t.text in separators and not depth:
                if part:
                    parts.append(type(self)(part, self.long_operand).whole())
                part = []
            else:
                part.append(t)
        return parts

    def block_row(self, closing, first=None):
        end, depth = self.i, 1
        start = self.i
        while depth:
            if end >= len(self.tokens):
                self.fail(f"'{closing}'")
            depth += self.opens(self.tokens[end])
            end += 1
        entries = self.split_entries(self.tokens[start:end - 1], (",", "quad", "&"))
        self.i = end - 1
        return Grid((tuple(([first] if first else []) + entries),))

    def family(self, tree):
        """[ entry ]_{d x d} is a matrix of entries; a plain [ vector ]_i is an entry."""
        self.i += 1
        start = self.i
        inside = self.group_tokens()
        if any(t.text in ("times", "*") for t in inside):
            return Family(tree, ())
        self.i = start
        return Entry(tree, self.indices())

    def bar_factor(self, bar):
        self.i += 1
        if self.peek().kind == "text" or self.at("mathcal", "mathbb") or self.peek().text in "VWN" and self.peek(1).text == bar:
            while self.peek().text != bar:
                if self.peek().kind == "end":
                    self.fail(f"'{bar}'")
                self.i += 1
            self.i += 1
            return self.suffixes(Symbol("|V|"))
        saved, self.bars = self.bars, 1
        tree = self.expression()
        self.bars = saved
        self.take(bar)
        return self.suffixes(Size(tree, norm=bar == "\\|"))
