"""What holds for a whole document: which letters are tables, what 0 means, layouts, definitions."""
import re
from collections import Counter
from dataclasses import dataclass, field

from .paths import path_letters

CENTER_INDEX = r"(?:c|w_\{?c\}?|w_\{?I\}?|w_\{?t\}?|t|I|\\text\s*\{\s*c\w*\s*\}|w_i|center)"
OUTSIDE_INDEX = r"(?:o|w_\{?o\}?|w_\{?O\}?|O|0)"


@dataclass(frozen=True)
class Facts:
    """Document-wide facts. Letters carry a prime when the prime tells the two tables apart."""
    center: str = "v"
    outside: frozenset = frozenset({"u"})
    shared: bool = False            # one letter for both tables
    hidden: str = ""                # a letter such as h for the center vector
    target_is_center: bool = False  # CBOW: the predicted word is c
    zero_is_o: bool = False
    layout: str = "columns"
    center_layout: str = ""         # of the table of center vectors; '' when it is the same
    input_letter: str = ""          # the one-hot vector of the center word
    true_letter: str = ""           # the k of a text that says y_k = 1
    plain_y_is_prediction: bool = False
    sample_letters: frozenset = frozenset({"k", "s", "i", "j", "n", "l", "m"})
    theta_is_outside: bool = False
    matrix_is_outside: frozenset = frozenset({"U"})
    matrix_is_center: frozenset = frozenset({"V"})
    word_letters: frozenset = frozenset()   # letters with one entry per word because a softmax is taken of them
    score_letter: str = ""                  # the one of them that stands for the scores
    row_vectors: bool = False      # every vector is a row
    numerator: bool = False        # a derivative of a scalar by a column is a row
    counts: bool = False                    # m is the vector of counts of the negatives
    sign_letter: str = ""                   # s in a text that says s_j \in \{-1, 1\}: it has paths in a tree
    inner_letter: str = ""                  # the vectors on a path
    definitions: dict = field(default_factory=dict, compare=False)


def plain(text):
    r"""LaTeX without styles, so that \mathbf{v}_c, \vec v_c and v_{c} look alike."""
    text = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec|pmb|mathsf|mathrm|mathit|operatorname|left|right|vb|symbf)\s*(?![a-zA-Z])", "", text)
    text = text.replace(r"^{\prime}", "'").replace(r"^\prime", "'").replace("^{'}", "'")
    for _ in range(3):
        text = re.sub(r"\{\s*(\\?[A-Za-z0-9]+'*)\s*\}", r" \1", text)
    return re.sub(r"\s+", "", re.sub(r"_ ", "_", text))


def gather(texts):
    """Facts read off all displays and inline mathematics of a document."""
    text = plain(" ; ".join(texts))
    seen = Counter(re.findall(r"(?<![a-zA-Z\\])(u'?|v'?|h|\\theta'?)_\{?" + CENTER_INDEX, text))
    out = Counter(re.findall(r"(?<![a-zA-Z\\])(u'?|v'?|w'?|\\theta'?)_\{?" + OUTSIDE_INDEX + r"(?![a-zA-Z])", text))
    out.update(dict.fromkeys(re.findall(r"\\exp\(?\{?(?:\(|\{)?(u'?|v'?|w'|\\theta)_", text), 1))
    center = seen.most_common(1)[0][0] if seen else "v"
    if center not in ("u", "v") or center == "u" and not out.get("v"):
        center = "v"
    outside = {letter for letter in out if letter not in (center, "w")} | {"u" if center != "u" else "v"} | {"u'", "v'"} - {center}
    shared = bool(re.search(r"exp\(?\{?" + re.escape(center) + r"_\{?[wjkix]\}?(?:'|\^)", text)) and not re.search(
        r"exp\(?\{?(?:u'?|v'|\\theta)_", text)
    sign, inner = path_letters(text)
    hidden = hidden_vector(text)
    hidden = "" if hidden and hidden == inner else hidden
    hat = "hat" in text
    words = set(re.findall(r"\\sum_[^e\\]{0,14}?(?:e\^|\\?exp)[({]*([a-zA-Z]|\\theta)_", text)) | set(
        re.findall(r"softmax\}?[({]*([a-z]|\\theta)[)}]", text))
    words -= {center, "u", "v"} | outside
    score = re.findall(r"\\haty=\\?[a-z{]*softmax\}?\(?\{?([a-z]|\\theta)[)}]", text)
    true = re.search(r"(?<![a-z\\])y_\{?([a-z])\}?=1(?![0-9])", text)
    return Facts(true_letter=true[1] if true and true[1] not in "oc" else "", word_letters=frozenset(words), score_letter=score[0] if score else "",
                 sign_letter=sign, inner_letter=inner,
                 counts=bool(re.search(r"y\+m(?![a-z])|\+m_w|m_w=|y\+\\?m\)", text)), center=center, outside=frozenset(outside), shared=shared, hidden=hidden,
                 target_is_center=bool(hidden) and bool(re.search(r"u_\{?c\}?(?:\^|')[^u]{0,12}" + re.escape(HIDDEN[hidden]) + r"|[pP]\(w_\{?c\}?\|", text)),
                 zero_is_o=zero_means_o(text), plain_y_is_prediction=not hat and bool(re.search(r"y_\w=\\frac\{\\?exp", text)),
                 theta_is_outside=bool(re.search(r"\\theta_?\{?[a-z]\}?(?:\^|')", text)) and "exp" in text,
                 matrix_is_outside=frozenset({"U", "W'"} | ({"V"} if shared or center == "u" else set()) - ({"U"} if center == "u" else set())),
                 matrix_is_center=frozenset({"W"} | ({"U"} if center == "u" else set() if shared else {"V"})))


HIDDEN = {"h": "h", "v^hat": r"\hatv", "v^bar": r"\barv", "v~": r"\tildev"}


def hidden_vector(text):
    """The letter that stands for the center vector in the scores, such as h or v with a hat; '' when v_c does."""
    for name, printed in HIDDEN.items():
        if name == "h" and re.search(r"(?<![a-zA-Z\\])h(?![a-zA-Z(])", text) or name != "h" and re.search(
                r"(?:\^T|\^\\top|U|\^\{T\})" + re.escape(printed) + r"(?!_)", text.replace("^{\\top}", "^\\top")):
            return name
    return ""


def zero_means_o(text):
    """Whether the outside word is written 0 throughout: y_0 or u_0 occur, and o as a subscript of y does not."""
    zero = len(re.findall(r"(?:\\haty|y|u|v)_0(?!\d)", text))
    letter = len(re.findall(r"(?:\\haty|y|v)_o(?![a-z])", text))
    return zero >= 2 and not letter
