r"""Tables of LaTeX: which command is spacing, which is a relation, which is another way to write a sign."""

SPACING = set("""displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hfill hline noindent centering
    allowbreak mathstrut strut normalsize small large Large footnotesize relax ensuremath medspace thinspace thickspace
    negthinspace negmedspace negthickspace smallskip medskip bigskip par break nobreak qty mathop mathord mathbin mathrel
    mathopen mathclose mathpunct mathinner smash mathclap llap rlap clap bbox protect hskip space eqnarray penalty goodbreak
    toprule midrule bottomrule displaylimits selectfont normalfont unboldmath rm it sf tt mathnormal mathsurround""".split())
SIZES = {f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")} | {"left", "right", "middle"}
DROPPED = set("""hspace hspace* vspace vspace* phantom vphantom hphantom color require class cssId htmlId footnote setlength rule
    cref eqref ref Cref autoref cite citep citet kern mkern mskip pagebreak pagecolor definecolor usepackage""".split())
SECOND = {"textcolor", "colorbox", "href", "htmlClass", "htmlStyle", "htmlData", "fcolorbox", "resizebox", "raisebox", "mathchoice"}
TEXT = set("text textrm textit textnormal textsf texttt mbox hbox textsc textup textmd intertext shortintertext textsl fbox".split())
UPRIGHT = set("mathrm mathsf mathit mathtt operatorname operatorname* up mathup symup".split())

RELATIONS = {
    "=": "=", "eq": "=", "triangleq": ":=", "coloneqq": ":=", "coloneq": ":=", "doteq": ":=", "eqdef": ":=", "vcentcolon": ":",
    "eqqcolon": "=:", "colonequals": ":=", "equiv": "equiv", "approx": "approx", "simeq": "approx", "approxeq": "approx", "propto": "propto",
    "varpropto": "propto", "<": "<", "lt": "<", ">": ">", "gt": ">", "le": "<=", "leq": "<=", "leqslant": "<=", "leqq": "<=", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "geqq": ">=", "ne": "!=", "neq": "!=", "in": "in", "isin": "in", "notin": "notin", "ni": "ni", "sim": "sim",
    "to": "to", "rightarrow": "to", "longrightarrow": "to", "mapsto": "to", "longmapsto": "to", "gets": "gets", "leftarrow": "gets",
    "longleftarrow": "gets", "subset": "subset", "subseteq": "subset", "cong": "cong", "ll": "ll", "gg": "gg",
    "Rightarrow": "=>", "implies": "=>", "Longrightarrow": "=>", "leadsto": "=>", "rightsquigarrow": "=>", "Rarr": "=>",
    "iff": "<=>", "Leftrightarrow": "<=>", "Longleftrightarrow": "<=>", "leftrightarrow": "<=>", "hArr": "<=>",
}
NEGATED = {"=": "!=", "in": "notin", "equiv": "!=", "subset": "notsubset", "ni": "notni", "approx": "notapprox", "sim": "notsim"}

SYNONYMS = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "nicefrac": "frac", "sfrac": "frac", "part": "partial",
    "ldots": "dots", "dotsc": "dots", "dotsb": "dots", "dotsm": "dots", "dotso": "dots", "dotsi": "dots", "hdots": "dots", "cdots": "dots",
    "vdots": "dots", "ddots": "dots", "mathellipsis": "dots", "lg": "log", "cdotp": "cdot", "bullet": "cdot", "centerdot": "cdot", "sdot": "cdot",
    "hadamard": "odot", "circ": "odot", "bigodot": "odot", "bigotimes": "otimes", "intercal": "top", "widehat": "hat", "Hat": "hat",
    "widetilde": "tilde", "Tilde": "tilde", "overline": "bar", "Bar": "bar", "varnothing": "emptyset", "empty": "emptyset",
    "smallsetminus": "setminus", "backslash": "setminus", "differentialD": "dd", "tbinom": "binom", "dbinom": "binom", "bigcup": "cup",
    "bigcap": "cap", "land": "wedge", "hbar": "hslash", "plusmn": "pm", "Sigma": "Sigma", "bm": "boldsymbol", "pmb": "boldsymbol",
    "symbf": "mathbf", "vb": "mathbf", "va": "vec", "mathbfit": "mathbf", "bold": "mathbf", "textbf": "mathbf", "symbfit": "mathbf",
    "overrightarrow": "vec", "mathscr": "mathcal", "cal": "mathcal", "mathbbm": "mathbb", "Bbb": "mathbb", "mathds": "mathbb",
    "boldmath": "bf", "bfseries": "bf", "upsigma": "sigma", "grad": "nabla", "intop": "int", "infin": "infty", "alef": "aleph", "reals": "R",
    "Reals": "R", "derivative": "dv", "partialderivative": "pdv", "pderivative": "pdv", "because": "therefore", "hence": "therefore",
    "d": "dd", "differential": "dd", "enspace": "quad", "qquad": "quad", "enskip": "quad", "hdotsfor": "dots", "dag": "dagger", "lang": "langle",
    "rang": "rangle", "sum*": "sum", "cancel": "cancel", "bcancel": "cancel", "xcancel": "cancel", "sout": "cancel",
}
SIGNS = {"ast": "*", "star": "*", "prime": "'", "colon": ":", "comma": ",", "plus": "+", "minus": "-", "slash": "/", "mid": "|", "given": "|", "vert": "|",
         "Vert": "\\|", "parallel": "\\|", "div": "/", "dprime": "''"}
OPENING = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle", "\\lfloor": "\\rfloor", "\\lceil": "\\rceil"}
CLOSING = {close: opening for opening, close in OPENING.items()}
DELIMITERS = {"lgroup": "(", "rgroup": ")", "lparen": "(", "rparen": ")", "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]",
              "llbracket": "[", "rrbracket": "]", "langle": "\\langle", "rangle": "\\rangle", "lfloor": "\\lfloor", "rfloor": "\\rfloor",
              "lceil": "\\lceil", "rceil": "\\rceil", "lbrack*": "["}
BARS = {"lvert": ("|", "left"), "rvert": ("|", "right"), "lVert": ("\\|", "left"), "rVert": ("\\|", "right")}

# command -> the name of the function it prints
FUNCTION_COMMANDS = {n: n for n in """log exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min sup inf lim det dim ker
    deg gcd argmax argmin softmax sigmoid diag relu logsigmoid tr rank sgn sign erf""".split()}
FUNCTION_COMMANDS |= {"ln": "log", "ReLU": "relu", "Softmax": "softmax", "Sigmoid": "sigmoid", "Diag": "diag", "trace": "tr", "Tr": "tr",
                      "limsup": "lim", "liminf": "lim"}
# words, upright or bare, that are written for the same function
FUNCTION_WORDS = FUNCTION_COMMANDS | {
    "sig": "sigmoid", "CE": "CE", "XE": "CE", "BCE": "BCE", "crossentropy": "CE", "cross-entropy": "CE", "CrossEntropy": "CE", "Cross-Entropy": "CE",
    "cross entropy": "CE", "Cross Entropy": "CE", "KL": "KL", "D_KL": "KL", "D_{KL}": "KL", "LogSigmoid": "logsigmoid", "H": "H", "entropy": "H", "Entropy": "H",
    "arg max": "argmax", "arg min": "argmin", "leakyrelu": "leakyrelu", "LeakyReLU": "leakyrelu", "Leaky ReLU": "leakyrelu", "lrelu": "leakyrelu", "Var": "Var", "Cov": "Cov",
    "vec": "vec", "E": "E", "onehot": "onehot", "one-hot": "onehot", "Pr": "Pr"}
BARE_FUNCTIONS = ("logsigmoid", "LogSigmoid", "softmax", "Softmax", "sigmoid", "Sigmoid", "ReLU", "relu", "tanh", "diag", "Diag", "argmax", "argmin",
                  "exp", "log", "ln", "sin", "cos", "max", "min", "BCE", "CrossEntropy", "CE", "KL")

GREEK = set("""alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell imath jmath hslash aleph infty emptyset
    Re Im wp top bot R""".split())
ACCENTS = {"hat": "hat", "tilde": "tilde", "bar": "bar", "dot": "dot", "ddot": "dot", "check": "check", "breve": "breve", "acute": "acute",
           "grave": "grave", "mathring": "ring"}
FONTS = {"mathbf": "bold", "boldsymbol": "bold", "vec": "bold", "underline": "bold", "mathcal": "cal", "mathbb": "bb", "mathfrak": "frak"}

UNICODE = {
    "−": "-", "–": "-", "×": r"\times ", "·": r"\cdot ", "⋅": r"\cdot ", "∙": r"\cdot ", "•": r"\cdot ", "∂": r"\partial ", "∑": r"\sum ", "∏": r"\prod ",
    "≠": r"\neq ", "∈": r"\in ", "∉": r"\notin ", "≤": r"\leq ", "≥": r"\geq ", "⊙": r"\odot ", "∘": r"\odot ", "⊗": r"\otimes ", "⊘": r"\oslash ",
    "ŷ": r"\hat{y}", "û": r"\hat{u}", "ŵ": r"\hat{w}", "ŝ": r"\hat{s}", "ĉ": r"\hat{c}", "ẑ": r"\hat{z}", "ñ": r"\tilde{n}", "ũ": r"\tilde{u}", "ṽ": r"\tilde{v}",
    "ē": r"\bar{e}", "ū": r"\bar{u}", "ȳ": r"\bar{y}", "⊤": r"\top ", "′": "'", "’": "'", "‘": "'", "″": "''", "（": "(", "）": ")", "，": ",", "；": ";", "。": ".", "＝": "=",
    "：": ":", "∇": r"\nabla ", "…": r"\dots ", "⋯": r"\dots ", "∣": "|", "∥": r"\|", "‖": r"\|", "∀": r"\forall ", "⇒": r"\Rightarrow ", "⇔": r"\iff ",
    "→": r"\to ", "←": r"\gets ", "↦": r"\mapsto ", "∴": r"\therefore ", "∵": r"\therefore ", "ᵀ": r"^\top ", "²": "^2 ", "³": "^3 ", "¹": "^1 ", "⁻¹": "^{-1}",
    "∗": "*", "≈": r"\approx ", "≡": r"\equiv ", "∝": r"\propto ", "∼": r"\sim ", "∞": r"\infty ", "√": r"\sqrt ", "±": r"\pm ", "∖": r"\setminus ",
    "∪": r"\cup ", "∩": r"\cap ", "⊂": r"\subset ", "⊆": r"\subset ", "∅": r"\emptyset ", "ℝ": r"\mathbb{R}", "ℓ": r"\ell ", "≔": ":=", "≜": ":=",
    "⟨": r"\langle ", "⟩": r"\rangle ", "⌊": r"\lfloor ", "⌋": r"\rfloor ", "⌈": r"\lceil ", "⌉": r"\rceil ", "⟦": "[", "⟧": "]", "½": r"\frac{1}{2}", "𝟙": r"\mathbb{1}",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "\u2061": "", "\u2062": " ", "\u0302": None, "\u0303": None, "\u0304": None,
    **dict(zip("₀₁₂₃₄₅₆₇₈₉", ("_%d " % n for n in range(10)))), "ᵢ": "_i ", "ⱼ": "_j ", "ₖ": "_k ", "ₙ": "_n ", "ₘ": "_m ", "ₜ": "_t ", "ₒ": "_o ",
    **dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕϵ", ("\\" + n + " " for n in (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
        "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega phi epsilon").split()))),
}
COMBINING = {"\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar"}
