"""Whether a run of letters is a word, and which words join or part pieces of mathematics."""

import re

SHORT = set("""neg pos new old max min out avg sum all sub sup opt reg ctx tot cat dev val obs emb vec win row col acc pre post loss cost
    MSE NLL NCE SGD MLE MAP LHS RHS SGNS CBOW GLM inp hid tgt src rel err aux lin fin ref est end dim num den init true pred prev next neu alt
    batch train test curr cur obj naive word""".split())
CONNECTIVES = """and or but so thus hence therefore then also if for when where whenever while with without by from since because as using use via see
    in at on of which that this otherwise else let suppose assume given such provided per each every all any only note recall i.e. e.g. is are denotes
    denote means we it here the a an after before because using apply applying chain-rule chain both case cases unless except not to times. w.r.t.
    et ou donc alors si pour où car avec par sinon soit avec quand tout
    und oder also wenn für wobei mit da denn sonst falls weil
    y o si para donde con porque entonces pues cuando por sino cada
    因为 所以 因此 则 故 于是 又 即 得 其中 令 设 记 当 对于 由 若 如果 否则 其他 且 或""".split()
_FIRST = re.compile(r"[A-Za-zÀ-ÿ.\-']+|[一-鿿]+")


def looks_like_a_word(run):
    """Whether letters set without spaces are a word (neg, total, Vocab) and no product (ijk, abc)."""
    if run in SHORT or run.lower() in SHORT:
        return True
    if len(run) < 3 or not (run[1:].islower() or run.isupper() and len(run) > 2):
        return False
    if all(ord(b) - ord(a) == 1 for a, b in zip(run, run[1:])):
        return False
    if run.isupper():
        return len(run) > 2
    vowels = len(re.findall(r"[aeiouy]", run.lower()))
    return len(run) > 3 and 0 < vowels < len(run) and not re.search(r"[^aeiouy]{5}|(.)\1\1", run.lower())


def connects(text):
    """Whether words go on with a sentence around the mathematics (`for`, `where`, `and so`), rather than stand in a formula."""
    first = _FIRST.search(text)
    if first is None:
        return True                     # punctuation, numbers
    word = first[0].lower().strip(".'-")
    return word in CONNECTIVES or first[0].lower() in CONNECTIVES or any(first[0].startswith(w) for w in CONNECTIVES if not w.isascii())
