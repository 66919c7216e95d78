"""Sum signs with their ranges, sets and conditions, and probabilities P(O = o | C = c)."""
from .brackets import OPENING
from .conditions import conditions, split
from .tree import Apply, Grid, Minus, Power, Probability, Relation, Size, Sum, Symbol, Unreadable


class SumReader:
    """Methods that read sums and probabilities; mixed into the Reader."""

    def sum(self, kind):
        self.i += 1
        below, above = [], []
        while self.at("_", "^"):
            below, above = self.sum_script(below, above)
        letters, domain, rules = self.sum_domain(below, above)
        self.skip()
        body = Minus(self.product()) if self.accept("-") else self.product()
        return Sum(letters, domain, rules, body, kind)

    def sum_script(self, below, above):
        script = self.peek().text
        self.i += 1
        group = list(self.group_tokens())
        if group and group[0].text == "substack" and len(group) == 1:
            group = list(self.group_tokens())
        group = [t for t in group if t.text != "substack"]
        while len(group) > 1 and group[0].text == "{" and group[-1].text == "}":
            group = group[1:-1]
        return (group, above) if script == "_" else (below, group)

    def sum_domain(self, below, above):
        """(letters, domain, conditions) from what stands under and over the sum sign."""
        if not below:
            return (), ("all",), ()
        text = "".join(t.text for t in below)
        rules = [r for r in conditions(below, type(self)) if r is not None]
        relations = [r for r in rules if isinstance(r, Relation)]
        if not relations:
            return tuple(index_name(r) for r in rules), ("all",), ()
        first = relations[0]
        if isinstance(rules[0], Symbol) and ":" in text:
            return (index_name(rules[0]),), ("all",), tuple(relations)
        if first.sign == "=" and isinstance(first.left, (Symbol, Apply)):
            high = self.sub(above) if above else None
            rest = tuple(relations[1:])
            return (index_name(first.left),), ("range", first.right, high), rest
        if first.sign in ("<", "<=") and len(relations) > 1 and relations[1].sign in ("<", "<="):
            absolute = isinstance(first.right, Size)
            letter = index_name(first.right.arg if absolute else first.right)
            bounds = (first.left, first.sign, relations[1].right, relations[1].sign, absolute)
            return (letter,), ("window",) + bounds, tuple(relations[2:])
        if not isinstance(first.left, (Symbol, Power, Apply)):
            return ("?",), ("set", Symbol("set", label="pairs")), ()
        names = [r for r in rules if isinstance(r, Symbol)]
        letter = index_name(first.left)
        for r in relations:
            if r.sign == "in" and index_name(r.left) == letter and isinstance(r.right, Symbol):
                extra = tuple(Relation("!=", r.left, s) for s in r.right.subs) if r.right.base == "set" else ()
                return self.set_domain(letter, r.right) + (tuple(q for q in relations if q is not r) + extra,)
        if names and index_name(names[0]) != letter:
            raise Unreadable("one summation index", text, below[0].position)
        return (letter,), ("all",), tuple(relations)

    @staticmethod
    def set_domain(letter, name):
        if name.base == "range":
            return (letter,), ("range",) + name.subs
        if name.base == "set":
            return (letter,), ({"words": "words", "negatives": "negatives"}.get(name.label, name.label),)
        return (letter,), ("set", name)

    def looks_like_probability(self, ahead):
        """Whether ( ... | ... ) follows, perhaps after a subscript."""
        n = ahead
        if self.peek(n).text == "_":
            n += 1
            depth = 0
            while True:
                depth += (self.peek(n).text == "{") - (self.peek(n).text == "}")
                n += 1
                if depth <= 0 or self.peek(n).kind == "end":
                    break
        if self.peek(n).text not in ("(", "["):
            return False
        depth = 0
        while self.peek(n).kind != "end":
            text = self.peek(n).text
            depth += (text in ("(", "[")) - (text in (")", "]"))
            if not depth:
                return False
            if text == "|":
                return True
            n += 1
        return False

    def probability(self):
        if self.at("_"):
            self.i += 1
            self.group_tokens()
        self.skip()
        opening = self.peek().text
        inside = self.group_tokens_between(opening, OPENING.get(opening, ")"))
        parts = split(inside, "|")
        outcomes = [self.event(p) for p in split(parts[0], ",")] if parts else self.fail("an outcome")
        outcome = outcomes[0] if len(outcomes) == 1 else Grid((tuple(outcomes),))
        given = parts[1:] and split(parts[1], ";")[0]
        words = [self.event(p) for p in split(given, ",")] if given else [None]
        return Probability(outcome, words[0] if len(words) == 1 else Grid((tuple(words),)))

    def event(self, tokens):
        """The word in `O = o`, `o` or `w_{t+j}`."""
        sides = split(tokens, "=")
        tree = self.sub([t for t in sides[-1] if t.kind != "text"])
        return tree


def index_name(tree):
    """The printed name of an index: 'w', "w'", 'w_k'; raises Unreadable for anything else."""
    if isinstance(tree, Apply) and isinstance(tree.function, Symbol):
        tree = tree.function
    if isinstance(tree, Power) and isinstance(tree.base, Symbol):
        tree = tree.base
    if not isinstance(tree, Symbol):
        raise Unreadable("an index letter", type(tree).__name__.lower())
    name = tree.base + "'" * tree.accents.count("prime") + "~" * tree.accents.count("tilde") + "^" * tree.accents.count("hat")
    return name + "".join("_" + index_name(s) for s in tree.subs if isinstance(s, (Symbol, Power)))
