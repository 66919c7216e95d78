"""Names of symbols, index letters and losses as they are printed; shared by everything that looks symbols up."""
from .tree import Number, Plus, Power, Relation, Symbol, walk

CENTER_NAMES = {"c", "w_c", "w_I", "w_t", "I", "t", "C", "center", "w_{c}", "centre"}
OUTSIDE_NAMES = {"o", "w_o", "w_O", "O", "out", "outside", "j^star", "w_{out}", "j*"}
NEGATIVE_BASES = {"n", "w", "neg"}
LOSS_BASES = {"J", "L", "\\ell", "E", "C", "l", "F"}


class NeedIndex(Exception):
    """A free index was met: the driver must give it every value of its kind."""

    def __init__(self, name, kind):
        super().__init__(name, kind)
        self.name, self.kind = name, kind


def key_of(tree):
    """A printed key such as 'y^hat_w' for symbols; other trees print as themselves."""
    if isinstance(tree, Symbol):
        known = tree.__dict__.get("key")
        if known is not None:
            return known
        marks = "".join("^" + a for a in tree.accents if a != "upper").replace("^prime", "'").replace("^tilde", "~")
        subs = "".join("_" + key_of(i) for i in tree.subs if not isinstance(i, Relation))
        key = tree.base + marks + (":" + tree.label if tree.label and tree.label != "text" else "") + subs
        tree.__dict__["key"] = key      # a frozen tree prints the same way for ever
        return key
    if isinstance(tree, Number):
        return str(tree.value)
    if isinstance(tree, Power) and isinstance(tree.base, Symbol) and isinstance(tree.exponent, Symbol):
        return key_of(tree.base)
    return repr(tree)


def family_of(symbol):
    """The symbol without subscripts: 'y^hat'."""
    family = symbol.__dict__.get("family")
    if family is None:
        family = symbol.__dict__["family"] = key_of(Symbol(symbol.base, symbol.accents))
    return family


def positions(args):
    """The words w_{t+j} among the arguments of a loss."""
    return [n for a in args for n in walk(a) if isinstance(n, Symbol) and n.base == "w" and any(isinstance(i, Plus) for i in n.subs)]


def loss_category(label):
    """'negative', 'skip-gram', 'hierarchical', 'softmax' or '' for a loss label as printed."""
    if not label:
        return ""
    if "hier" in label or label == "hs":
        return "hierarchical"
    if label.startswith(("neg", "ns-", "sgns")) or "neg" in label or label in ("ng", "nce"):
        return "negative"
    if "cbow" in label:
        return "cbow"
    if "skip" in label or label in ("sg", "skipgram"):
        return "skip-gram"
    if any(w in label for w in ("soft", "naive", "ce", "cross", "ns", "nll", "sm")):
        return "softmax"
    return ""
