"""Index conditions and named sets: w != o, k = 1..K, j in V, {o, w_1, ..., w_K}."""
from .tokens import tokenize
from .tree import Relation, Symbol, Unreadable

RELATIONS = {"=": "=", "neq": "!=", "in": "in", "notin": "notin", "<": "<", ">": ">", "leq": "<=", "geq": ">=",
             "triangleq": "=", "not": "!=", "sim": "sim", "to": "=", "subset": "in"}


def closes_at_end(part):
    depth = 0
    for n, t in enumerate(part):
        depth += (t.text == "{") - (t.text == "}")
        if not depth:
            return n == len(part) - 1
    return False


def split(tokens, *separators):
    """The runs of tokens between separators that stand outside all brackets."""
    depth, runs = 0, [[]]
    for t in tokens:
        depth += (t.text in ("(", "[", "{", "\\{")) - (t.text in (")", "]", "}", "\\}"))
        if not depth and t.text in separators and t.kind in ("sign", "command"):
            runs.append([])
        else:
            runs[-1].append(t)
    return [r for r in runs if r]


def conditions(tokens, reader):
    """The Relations in a list such as `w \\in Vocab, w \\neq o`; raises Unreadable."""
    found = []
    for part in split([t for t in tokens if t.text not in ("forall", "quad", "&")], ",", ";", ":", "\\"):
        pieces, signs = [[]], []
        skip_equals = False
        for t in part:
            if t.text == "not" and t.kind == "command":
                skip_equals = True
                signs.append("!=")
                pieces.append([])
            elif t.text in RELATIONS and t.kind in ("command", "sign"):
                if skip_equals:
                    skip_equals = False
                    signs[-1] = "notin" if t.text == "in" else "!="
                    continue
                signs.append(RELATIONS[t.text])
                pieces.append([])
            else:
                pieces[-1].append(t)
        trees = [set_name(p, reader) for p in pieces]
        if not signs:
            found.append(trees[0])
        found += [Relation(s, trees[n], trees[n + 1]) for n, s in enumerate(signs)]
    return found


VOCABULARY = ("vocab", "vocabulary", "words", "allwords", "voc", "corpus", "lexicon", "词表", "词典", "w", "v")
NEGATIVE = ("neg", "negative", "negatives", "ns", "noise", "n", "负", "k", "samples", "sample", "negsamples")


def set_name(tokens, reader):
    """An index expression, or Symbol('set', label=...) for a named set, with `V \\setminus {o}` kept as an exclusion."""
    text = "".join(t.text for t in tokens if t.text not in ("{", "}", "mathcal", "mathbb", "text", "mathrm", "quad", "mathbf", "|"))
    plain = text.lower().strip(" .")
    stem = plain.split("setminus")[0].split("-")[0]
    if "setminus" in plain:
        rest = [t for n, t in enumerate(tokens) if n > next(i for i, t in enumerate(tokens) if t.text == "setminus")]
        inner = reader([t for t in rest if t.text not in ("\\{", "\\}")]).whole_index()
        return Symbol("set", (), inner, "words")
    if any(t.kind == "text" for t in tokens) or len(stem) > 2 and stem.isalpha():
        if any(stem.startswith(word) for word in VOCABULARY if len(word) > 1):
            return Symbol("set", label="words")
        if "neg" in stem or "noise" in stem or "sample" in stem:
            return Symbol("set", label="negatives")
        if stem.startswith(("context", "window", "ctx")):
            return Symbol("set", label="context")
    if text in ("V", "W", "mathcalV") or any(t.text in ("mathcal", "mathbb") for t in tokens) and text[:1] in "VW":
        return Symbol("set", label="words")
    if any(t.text == "mathcal" for t in tokens) and text[:1] in "NSK" or text in ("NEG", "N_{neg}", "Neg", "S", "N"):
        return Symbol("set", label="negatives")
    if any(t.text in ("cup", "cap") for t in tokens):
        return Symbol("set", label="other")
    if tokens and tokens[0].text in ("[", "\\{", "(") and any(t.text in (",", "dots") for t in tokens):
        return range_set(tokens, reader)
    return reader([t for t in tokens]).whole()


def range_set(tokens, reader):
    """{1, ..., K} or [1, K] as Symbol('range', subs=(low, high))."""
    ends = split(tokens[1:-1], ",")
    try:
        if ends[0][0].kind != "number":
            return Symbol("set", (), tuple(i for part in ends for i in reader(part).whole_index()), "listed")
        return Symbol("range", (), (reader(ends[0]).whole(), reader(ends[-1]).whole()), "range")
    except Unreadable:
        return Symbol("set", label="other")


def text_conditions(text, reader):
    """Conditions printed inside a text piece such as 'if $w = o$'; empty when there are none."""
    try:
        tokens = [t for t in tokenize(text.replace("$", "")) if t.kind != "name"]
        return [r for r in conditions(tokens, reader) if isinstance(r, Relation)]
    except Unreadable:
        return []
