"""Relations at bracket depth 0: the sides of a chain, and conditions on indices."""
RELATIONS = {"=", "triangleq", "approx", "propto", "sim", "simeq", "leq", "geq", "neq", "<", ">", "in", "to", "rightarrow",
             "leftarrow", "mapsto", "ll", "gg", "notin", "gets", "subset", "subseteq", "cong", "not"}
CHAINING = {"=", "triangleq", "approx", "propto", "simeq", "cong", "leq", "geq", "<", ">", "to", "rightarrow", "ll", "gg"}
SEPARATORS = {",", ";", "quad", "Rightarrow", ":", "forall"}
LAYOUT = {"equation", "align", "gather", "eqnarray", "multline", "displaymath", "flalign", "alignat", "math", "dmath",
          "split", "aligned", "gathered", "alignedat", "subequations", "subarray"}
OPEN, CLOSE = {"(", "[", "{", "\\{"}, {")", "]", "}", "\\}"}
GOES_ON = ("and", "so", "thus", "hence", "therefore", "then", "also", "or", "所以", "因此", "则", "故", "于是", "又", "即", "得")
INDEX_LETTERS = set("wokijcstnmlOxWCb")


def has_equals(tokens):
    return len(split_relations(tokens)[0]) > 1


def short_definition(tokens):
    sides, signs = split_relations(tokens)
    return len(signs) == 1 and signs[0] in ("=", "triangleq") and 0 < len(sides[0]) < 5 and all(t.kind == "letter" or t.text in GREEKISH for t in sides[0])


GREEKISH = {"theta", "hat", "delta", "mathbf", "boldsymbol", "_", "^"}


def is_condition(tokens):
    """Whether the tokens only restrict indices: w != o, k = 1, ..., K, j in V, -m <= j <= m."""
    sides, signs = split_relations(tokens, RELATIONS)
    if not signs:
        return False
    if any(s in ("in", "notin", "ll", "gg", "subset", "subseteq", "not") for s in signs):
        return True
    flat = [t for side in sides for t in side]
    if any(t.text in ("frac", "sum", "partial", "hat", "exp", "log", "sigma") or t.kind == "name" for t in flat):
        return False
    if set(signs) <= {"neq", "leq", "geq", "<", ">"}:
        return True
    if set(signs) <= {"=", "neq", "leq", "geq", "<", ">"}:
        heads = [t for t in flat if t.kind == "letter"]
        return bool(sides[0]) and bool(heads) and all(t.text in INDEX_LETTERS or t.text in "KVDNMT" for t in heads) and \
            heads[0].text in INDEX_LETTERS and len(flat) < 16 and not (heads[0].text == "x" and not any(
                t.text in "ow" for t in heads[1:])) and all(t.kind in ("letter", "number") or t.text in
                                                          ("_", "{", "}", "'", "dots", "+", "-", ",", "'") for t in flat)
    return False


def split_relations(tokens, signs=CHAINING):
    """(sides, relation signs) at depth 0."""
    sides, found, level = [[]], [], 0
    for t in tokens:
        if t.kind == "sign":
            level += (t.text in OPEN) - (t.text in CLOSE)
        elif t.kind == "command":
            level += t.text.startswith("begin:") - t.text.startswith("end:")
        if not level and t.text in signs and t.kind in ("sign", "command") and not scripted(sides[-1]):
            sides.append([])
            found.append(t.text)
        elif t.text != "&" or level:
            sides[-1].append(t)
    sides = [strip_spaces(s) for s in sides]
    for n in range(len(found) - 1, -1, -1):     # "= \; =" and a relation repeated over a line break
        if n and not sides[n]:
            del sides[n], found[n]
    if found and not sides[-1]:
        sides.pop()
        found.pop()
    return sides, found


def strip_spaces(tokens):
    while tokens and tokens[0].text in ("quad", "&"):
        tokens = tokens[1:]
    while tokens and tokens[-1].text in ("quad", "&", ".", ",", ";"):
        tokens = tokens[:-1]
    return tokens
def scripted(current):
    return bool(current) and current[-1].text in ("_", "^")
