"""Prose: its markup taken off, cut into sentences."""

import re

from .sources import CODE, DISPLAY, INLINE

PIECE = re.compile(f"[{INLINE}{DISPLAY}{CODE}]")
_END = re.compile(r"[.!?]+[\"')\]*_”’]*(?=\s|$)|[。！？；]")
_ABBREVIATION = re.compile(r"(?:^|[\s(\[])(?:e\.g|i\.e|w\.r\.t|cf|eqs?|figs?|secs?|resp|vs|al|dr|prof|no|nos|approx|def|thm|prop|lem|ch|pp?|vol|ex|z\.b|d\.h|bzw|"
                           r"p\.ex|s\.t|a\.k\.a|incl|viz|ref|refs|st|mr|ms|ed|eds|sect|[A-Z]|\d+)$", re.I)
_CITE = re.compile(r"~?\\(?:cite[tp]?|ref|eqref|cref|Cref|label|autoref|footnotemark|bibliography|bibliographystyle|vspace|hspace|includegraphics|input|pagestyle)\*?"
                   r"(?:\[[^\]]*\])*\{[^{}]*\}")
_WRAP = re.compile(r"\\(?:emph|textit|textbf|textsc|underline|text|textrm|texttt|textsf|mbox|footnote|href\{[^{}]*\}|uline|hl|textsuperscript|textsubscript)\s*\{")
_DROP = re.compile(r"\\(?:noindent|medskip|bigskip|smallskip|newpage|clearpage|maketitle|par|hfill|qquad|quad|centering|newline|linebreak|pagebreak|tableofcontents|"
                   r"appendix|indent|bf|it|rm|em|large|Large|small|normalsize|LaTeX|qed|qedhere|dots|ldots)\b\*?|\\\\(?:\[[^\]]*\])?|\\[,;:!/ @]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|&nbsp;")


def plain(text):
    """text without the markup of Markdown, HTML and LaTeX, its blanks single."""
    if "\\" in text:
        text = _DROP.sub(" ", _CITE.sub("", text))
        text = re.sub(r"[{}]", "", _WRAP.sub("", text)) if _WRAP.search(text) or "{" in text else text
        text = re.sub(r"\\([%&$#_*])", r"\1", text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text or "&" in text:
        text = _TAG.sub(" ", text)
    text = re.sub(r"(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)|(\*\*)", "", text)
    text = re.sub(r"(?<!\w)[*_](?=\w)|(?<=[\w.:,!?])[*_](?!\w)|~~", "", text)
    return re.sub(r"\s+", " ", text.replace("~", " "))


def pieces(text):
    """text cut into strings and private characters."""
    cut, found = 0, []
    for match in PIECE.finditer(text):
        found += [text[cut:match.start()], match[0]]
        cut = match.end()
    return [p for p in [*found, text[cut:]] if p]


def cut(text):
    """(pieces of text, whether a sentence ends behind each) at full stops, not at abbreviations and numbers."""
    start, found = 0, []
    for match in _END.finditer(text):
        if match[0][0] == "." and _ABBREVIATION.search(text[:match.start()][-12:]) and match.end() < len(text):
            continue
        if match[0] == "；" or match[0].startswith(".."):
            continue
        found.append((text[start:match.end()], True))
        start = match.end()
    if text[start:]:
        found.append((text[start:], False))
    return found
