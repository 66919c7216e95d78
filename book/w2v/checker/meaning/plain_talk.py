"""Sentences that only lead on: all their words belong to the talk of a derivation and change nothing that it stands on."""

import re

LEADING = frozenset("""a an the this that these those it its their our we us you one i and or as of in on to from by with for at is are be been being was has have had
 will shall then than thus so hence therefore now here there where which who whose when if while since because also let s th up out into
 put puts introduce abbreviate get gets obtain find found give gives given yield follow arrive see say write written read reads rewrite call denote define use apply take recall
 note express calculate compute derive show know observe simplify expand split separate collect combine substitute plug insert cancel differentiate evaluate solve
 continue finish begin start do does did done consider look turn need want remain leave left only first second third fourth last next again both
 following above below before finally similarly analogously likewise immediately directly simply just clearly namely i.e e.g
 chain rule product quotient linearity definition identity property formula equation line result step expression sum term part side derivative gradient
 partial differential differentiation respect loss objective cost function sigmoid logarithm exponential log softmax inner outer sign""".split())

PLAIN = LEADING | frozenset("""each every all two three four five such like between over per through about via inside under
 word vector column row matrix table entry component element index letter sample sampling negative negatives noise draw drew drawn pick picked choose chosen sampled
 positive center centre central context outside target true correct actual observed label predicted prediction probability distribution entropy cross score logit
 vocabulary window skip skipgram gram word2vec embedding pair position model parameter variable quantity number size dimension dimensional length real scalar value
 data corpus text example training train learn problem question exercise task answer solution proof section case assignment notes note remark
 contribute contribution appear occur depend vanish disappear predict estimate describe measure belong contain involve enter hold stand run range go come
 minimise minimize update push pull move assign denote refer treat work keep think mean want try check require total full single own
 notation convention order form fact way point kind time course reader lecture homework handout paper
 naive cbow sgns large small high low big cheap efficient expensive less more much many few fewer easy faster million
 right wrong ready please answer complete main corresponding respective usual standard known unknown fixed""".split())

IDIOMS = re.compile(r"\b(?:do(?:es)? not|doesn't|don't) (?:depend on|contain|involve|appear|occur|enter|contribute)\b|\bindependent of\b|\bcan(?:not)? (?:now |also |then )?be (?:written|rewritten|simplified|expressed|seen|computed|calculated|factored|negative)\b"
                    r"|\bwe can\b|\brepeat (?:the )?(?:parts?|steps?|derivation|computation|argument)\b|\bin other words\b|\bon the other hand\b|\bin the same way\b|\bthe same (?:way|shape|argument|steps?)\b", re.I)
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+")
ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "ies", "ied", "ting", "ning", "ging", "ling", "ted", "ned", "led")


def unknown(words, known=PLAIN):
    """The words of a sentence that are not plain talk."""
    words = IDIOMS.sub(" ", re.sub(r"\x00\d+\x00(?:-?(?:th|st|nd|rd)\b)?|\(\d+\)", " ", words))
    return [w for w in WORD.findall(words) if not all(is_known(p, known) for p in ([w] if w.lower() in known else w.split("-")))]


def is_known(word, known):
    word = word.lower().removesuffix("'s")
    if word in known or len(word) == 1:
        return not word.isdigit()
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and (stem in known or stem + "e" in known or stem + "y" in known):
            return True
    return False


def foreign(words):
    """Whether most words of a sentence are in no English derivation: another language, or no sentence."""
    found = WORD.findall(words)
    return len(found) > 3 and 3 * len(unknown(words)) > 2 * len(found)
