"""Sentences that mean something to a checker: patterns over the words, with the mathematics as numbered places."""

import re

PLACE = "\x00{}\x00"
P = r"\x00(\d+)\x00"

_KINDS = r"(?:words?|tokens?|class(?:es)?|labels?|categor(?:y|ies)|entr(?:y|ies)|components?|outputs?|logits?|ind(?:ex|ices))"
_WRONG = rf"(?:wrong|incorrect|false) (?:words?|tokens?|class(?:es)?|labels?|categor(?:y|ies))"
CASE = re.compile(rf"\b(?:pour|si|quand|lorsque|für|wenn|falls|para|cuando|when(?:ever)?|if|for|case|where|suppose|assume|assuming|since|let|take|consider|with|provided|unless|because)\b[^.]*?{P}|^[^A-Za-z]*{P}\s*(?:\([^()]*\))?\s*[:.]?\s*$"
                  rf"|[当若如对令设][^。]*?{P}|^\W*(?:\(?[ivx\d]+[.)])?\W*{P}\W*$", re.I)
OTHERWISE = re.compile(rf"\b(?:otherwise|for (?:all )?(?:of )?(?:the )?(?:\x00\d+\x00 )?other {_KINDS}|(?:all|every|any)(?: of)?(?: the)? other (?:words?|class(?:es)?|labels?)|(?:the )?remaining {_KINDS}|for (?:all )?(?:the )?others|(?:for|of) (?:all |any |every |each |an? )?(?:the )?{_WRONG}|else)\b|其他词|否则|其它", re.I)
OTHER_WORDS = re.compile(rf"\b(?:other|remaining) {_KINDS}\b|\bfor (?:all )?(?:the )?others\b|\b{_WRONG}\b", re.I)
CLOSES = re.compile(r"\b(?:in general|generally|altogether|together|overall|whichever|combin\w+ (?:the|these|both|the two) (?:two )?cases|"
                    r"(?:in|for|of) (?:all|both|either|any|every|each) (?:two )?cases?|both (?:cases|formulas|results)|cases? (?:in|into) one|"
                    r"(?:for|of) (?:all|any|every|each|an arbitrary|arbitrary)(?: the)?(?: outside)? (?:word|token|index|indices|vector|class|row|column|entry|k|w|i|j)\w*|"
                    r"every word|each word|all words|any word|conclude|summari[sz]\w*|to sum up|summing up|in one (?:formula|line|expression)|"
                    r"both indices|may be anything|unified|merg\w+|compactly|no matter)\b", re.I)
ALL_CASES = re.compile(r"\b(?:in general|generally|whichever|no matter|(?:in|for|of) (?:all|both|either|any|every|each) (?:two )?cases?|both cases)\b", re.I)
OTHER = re.compile(r"\b(?:other|remaining|else|rest|otherwise)\b", re.I)
FOR_ALL = re.compile(rf"\b(?:for|of) (?:all|any|every|each|an arbitrary|arbitrary)\b[^.,;:]*?{P}", re.I)
ZERO = re.compile(r"\b(?:set(?:ting)?|put(?:ting)?|equat\w+|requir\w+|solv\w+|impos\w+|demand\w*)\b.*\b(?:zero|0|vanish\w*)|\bat (?:the|a) (?:minimum|optimum|maximum|stationary point)\b"
                  r"|\b(?:vanish(?:es)?|is zero|minim(?:al|ised|ized))\s+(?:when|if|where|exactly|precisely|only)\b|\bmust (?:vanish|be zero|satisfy)\b", re.I)
SET_TO_ZERO = re.compile(r"\b(?:set|setting|put|putting|equat\w+)\b(?:(?!\bterms?\b)[^.;])*\b(?:zero|0)\b", re.I)
HYPOTHESIS = re.compile(rf"\b(?:if|suppose|assume|assuming|provided|given that|imagine)\b[^.]*?{P}", re.I)
VERBAL = re.compile(r"\b(?:if|when|whenever|suppos(?:e|ing)|assum(?:e|ing)|provided|in case|as long as)\b([^.;:,\x00]+)(?:[,:.]|$)", re.I)  # a condition in words alone
CHOSEN = re.compile(r"\b(?:let|for|with|set|setting|put|putting|taking)\s*$", re.I)
UNDER_IT = re.compile(r"\W*(?:then|in (?:this|that|such a) case)\b", re.I)

SOFT = re.compile(r"\b(?:soft labels?|label smoothing|labels are smoothed|smoothed labels?|(?:arbitrary|any) (?:(?:probability )?distribution|vector of probabilities|probability vector)|not (?:necessarily )?one-hot|no longer one-hot|need not be one-hot)\b", re.I)
REPEATS = re.compile(r"\b(?:several times|more than once|may (?:be )?repeat\w*|can (?:be )?repeat\w*|with replacement|repeated(?:ly)? draw\w*|drawn (?:twice|again)|(?:draws|samples|negatives) (?:are|may be|can be) (?:repeated|equal)|"
                     r"not (?:necessarily |all )?distinct|need not be (?:distinct|different)|duplicates?)\b", re.I)
O_DRAWN = re.compile(r"\b(?:if|when|suppose|assume|say)\b[^.;,]*(?:outside word|true word|target|\x00\d+\x00) (?:is|was|equals) (?:itself |also |now )?(?:one of|among|drawn)\b|"
                     r"\b(?:outside word|true word|target|positive(?: word)?|\x00\d+\x00) (?:itself )?(?:may|can|might|could) (?:itself )?(?:also )?(?:be|occur|appear)(?: also)? (?:among|drawn|one of|sampled|in)|"
                     r"among the (?:negatives?|draws|negative samples|samples)\b(?<!not among the negatives)", re.I)
NOT_AMONG = re.compile(r"\b(?:not|never|nor|isn't|cannot be) (?:\w+ ){0,2}among\b", re.I)
REPEATED_WINDOW = re.compile(r"\b(?:words? (?:of|in) (?:the|a) (?:window|context) may (?:repeat|occur)|same word (?:may|can) (?:occur|stand|appear)[^.]*window|(?:window|context) (?:may|can|might|could) (?:\w+ )?(?:contain|hold|have|include)s? (?:\w+ ){0,3}words? (?:twice|again|more than once|several times|repeatedly)|words (?:of|in) (?:the|a) (?:window|context) (?:need not be|are not (?:all )?|are not necessarily) (?:distinct|different))\b", re.I)

ONE_HOT = re.compile(rf"{P}(?:(?!\b(?:and|let|where|with|while|whereas)\b)[^.;\x00]){{0,25}}?(?:\b(?:is|are|be|denotes?)\b|[是为])[^.;\x00]{{0,25}}?(?<![a-z])one-?\s?hot\b(?:(?:[^.;]*?\b(?:at|with(?: a)?(?: 1| one)?(?: (?:at|in|for))?)\b|(?: (?:vector|row|column|label|target|encoding))? (?:of|for)\b(?: the)?(?: (?:outside|true|target))?(?: word| class| token)?\s*(?=\x00))[^.;\x00]*?{P}(?! (?:entries|components|elements|coordinates|dimensions|classes|words|rows|columns)\b))?|{P} one-?\s?hot (?:at|with) {P}|{P} one-?\s?hot(?= (?:at|for|of) the \w+ word\b)", re.I)
SHAPE_IS = re.compile(rf"{P}\s*(?:\([^.;()\x00]{{0,12}}|(?:,? (?:now|here|also|which|again))?\s*(?:is|are|be|has|have|of|with)\b(?: an?| the)?(?: (?:matrix|table|row|column|vector|one-?hot|real|weight|constant|fixed|given|square|symmetric|invertible|diagonal|shape|size|dimensions?)\b)*(?: of| with)?(?: shape| size| dimensions?)?\s*){P}", re.I)
ONE_HOT_BEFORE = re.compile(rf"\bone-?\s?hot (?:vector|row|column|label|target|encoding|distribution)?s?\s*(?:of \w+ )?(?:is |called |named |written )?{P}", re.I)
ONLY_ENTRY = re.compile(rf"\bonly (?:the )?{P}(?:-?\s?(?:th|st|nd|rd))? (?:entry|element|component) of {P} (?:is|equals) (?:1|one|{P})", re.I)
ONLY = re.compile(rf"(?:only|只有)\s*{P}\s*(?:is|equals|为|是)?\s*(?:1|one|nonzero|non-zero)", re.I)
LINES = "(?:one-?\\s?hot|(?:probability )?distributions?|(?:sums?|add|adds) (?:up )?to (?:1|one|\x00))"
LINES_ARE = re.compile(rf"\b(rows?|columns?) of {P}[^.;\x00]{{0,60}}?\b{LINES}|{P}[^.;\x00]{{0,40}}?\b(?:one-?\s?hot|distributions?) (?:\w+ ){{0,3}}?(rows|columns)\b"
                       rf"|{P}[^.;\x00]{{0,40}}?\b(?:whose|with|has|its) (?:all |every |each )?(rows?|columns?) [^.;\x00]{{0,20}}?{LINES}", re.I)
ONE_PER = re.compile(rf"{P} (?:is|are|has|holds|contains) (?:the )?one-?\s?hot (?:labels?|targets?|vectors?|rows|columns|encodings?),? (?:with )?(?:one|each|a word|one label|one example)? ?(?:per|in each|for each|in every|as a) (row|column)\b", re.I)
DIAGONAL = re.compile(rf"{P} (?:is|be|denotes?|for) (?:here )?(?:the|a) (?:\x00\d+\x00 )?diagonal matrix (?:with|whose|having|of) (?:the |all )?(?:diagonal )?(?:entries |elements )?(?:are )?{P}", re.I)
_SQUARE = r"(?:real|square|constant|fixed|given|known|positive|(?:semi-?)?definite|invertible|\x00\d+\x00)"
SYMMETRIC = re.compile(rf"{P}(?: itself)? (?:is|are|be|being)(?: an?| the| both| all)?(?: {_SQUARE})* symmetric\b(?! about| around|ally)|\b(?<!not )(?<!non-)symmetric(?: {_SQUARE})* (?:weight |real |square )?(?:matrix|matrices|table) {P}|{P} (?:an? |is )?symmetric\b", re.I)
LABELS_ARE = re.compile(rf"\bone-?\s?hot (?:labels?|targets?|vectors?|rows|columns|encodings?)\b(?:[^.;\x00]|\x00\d+\x00 (?!is\b)){{0,30}}?\b(?:as|form|are|into|fill|make up) (?:the )?(rows|columns) of (?:the )?(?:matrix )?{P}", re.I)
DISTRIBUTION = re.compile(rf"{P}(?:(?:,| and|, and) {P})*[^.;\x00]{{0,25}}?\b(?:is|are|be|denotes?) (?:an? |any |the |some |two |both |arbitrary |fixed |given |target |label |positive |finite )*(?:true |empirical |predicted )?(?:probability |discrete )?distributions?\b", re.I)
PROBABILITIES = re.compile(rf"{P}[^.;\x00]{{0,40}}?\b(?:is|are|be|denotes?|lies?|lie) (?:an? |any |the |some |arbitrary |fixed |given |point |element |vector )*(?:(?:probability|stochastic) (?:row |column )?vectors?|vectors? of probabilities|(?:(?:on|in|of) )?the (?:probability |unit |standard )?simplex)\b"
                           rf"|\b(?:(?:target|label|true|teacher|reference|empirical|data|arbitrary|any|an?|probability) )+distributions? {P}(?! (?:over|of|on) \x00)", re.I)
_TO_ONE = r"(?:sum|add|total)(?:s|ming|ing)? (?:up )?to (?:1\b|one\b|unity\b|\x00(?P<one>\d+)\x00)"
_ENTRIES = r"(?:entries|components|elements|coordinates|probabilities|weights|masses|values)"
SUMS_TO_ONE = re.compile(rf"\b{_ENTRIES} of (?:the (?:\w+ ){{0,2}})?{P}[^.;:\x00]{{0,60}}?\b{_TO_ONE}|{P}[^.;:\x00]{{0,60}}?\b{_TO_ONE.replace('<one>', '<one2>')}", re.I)
SUM_SAID = re.compile(r"\bnormali[sz]ed\b|\bsimplex\b|\bstochastic\b|\b(?:sums?|summing|adds?|adding|totals?) (?:up )?to\b|\btotal mass\b|\bmass (?:is )?(?:1|one)\b|\bprobabilit(?:y|ies)\b|\bdistributions?\b", re.I)
NOT_SO = re.compile(r"\b(?:not|never|neither|nor|no longer|fails?|instead|would|may|might|can|cannot|could)\b|n't\b", re.I)
ONLY_IF = re.compile(r"\b(?:if|when|whenever|unless|whether|only|without|except)\b[^.;]*$", re.I)
VECTORS = re.compile(r"\b(?:(column|row)[- ])?vectors?\b", re.I)
IS_A = re.compile(rf"(?:(?:{P})(?:\s*(?:,|and|or)\s*(?={P}))?)+\s*(?:is|are|be|denotes?|denote|stands? for|:)\s+(?:an?|the|any|some|two|all|our|one)?\s*([^.;,:\x00]*)", re.I)
DONE_WITH = re.compile(r"\w+(?:ed|en|wn) (?:\w+ ){0,2}?(?:by|with|from|to|into|through|via|using|at|on|in)\b", re.I)  # the word t is predicted with vectors
INPUTS = r" (?:\w+ )?(?:inputs|examples|samples|points|data|sentences|pairs|words|images|observations|labels|targets)\b"
FOR_VECTORS = re.compile(rf"\b(?:for|with|given|consider|let)\b[^.;\x00]*?\b((?:column|row)? ?vectors?|scalars?|numbers?|matri(?:x|ces)|reals?)\b\s*(?:{P}(?:\s*(?:,|and)\s*{P})*)", re.I)
ROWS_OF = re.compile(rf"\b(rows|columns)(?: of {P})?[^.;\x00]*?\bare\b[^.;\x00]*?{P}|{P}[^.;\x00]*?\b(?:whose|with|has|its|as)\b[^.;\x00]*?\b(rows|columns)\b[^.;\x00]*?(?:{P})?", re.I)
ALL_ROWS = re.compile(r"\b(?:all )?(?:our )?(?:the )?vectors (?:are|as|is) (?:treated as |written as |taken as |understood as )?(?:all )?(row|column)s?\b|\b(row|column) vectors throughout\b|\bvectors are (rows|columns)\b|\b(?:every|each|any) vector (?:here |below )?(?:is|means) an? (row|column)\b", re.I)
WORDS_ARE = re.compile(r"\b(?:words?|word vectors?|outside vectors?|the vectors|embeddings?) (?:are|is|stand|as|form|in) (?:the |its |their |a |one )?(column|row)s?\b|\bone word (?:per|a|in each) (row|column)\b"
                       r"|\b(columns|rows) (?:of \x00\d+\x00 )?(?:are|hold|contain) (?:the |all )?(?:outside |word |center )*(?:words|vectors|embeddings)\b"
                       r"|\b(?:the )?(?:outside |word )?vectors as (?:its )?(columns|rows)\b|\bits (columns|rows) are (?:the )?(?:outside |word )?vectors\b", re.I)
_STORED = r"(?:stor(?:e|es|ed|ing)|stack(?:s|ed|ing)?|collect(?:s|ed|ing)?|arrang(?:e|es|ed|ing)|gather(?:s|ed|ing)?|organi[sz](?:e|es|ed|ing)|pack(?:s|ed|ing)?|keep(?:s|ing)?|kept|held|plac(?:e|es|ed|ing)|put(?:s|ting)?|sav(?:e|es|ed|ing))"
VECTORS_AS = re.compile(rf"\b(?:(?P<which>outside|center|centre|context|word|input|output) (?:word )?)?(?:vectors?|embeddings?)(?P<between>\b(?:[^.;:,\x00]|, \w+,){{0,40}}?) (?:as|in|into|form|forms|make up|fill|become|are|is|be|being)"
                        rf" (?:all )?(?:the |its |their |one |a )?(?P<side>row|column)s?\b(?! (?:vectors?|layout|convention|form)\b)(?P<of> of (?:the |an? )?(?:matrix|table|array|{P}))?", re.I)
TABLE_HAS = re.compile(rf"\b{_STORED}\b[^.;:\x00]*$|\x00\d+\x00 (?:[\w-]+ ){{0,3}}?(?:has|have|having|with|holds?|holding|contains?|containing)\b[^.;:\x00]*$", re.I)
LAYOUT_ROWS = re.compile(r"\bderivative of (?:a|the) (?:number|scalar)s? by (?:a |the )?(?:column )?vectors? is an? row\b", re.I)
GRADIENT_SHAPE = re.compile(r"\bgradients?\b[^.;]*\b(?:shape|same shape|shaped like)\b", re.I)
GRADIENT_ROWS = re.compile(r"\bgradients? (?:of (?:a )?(?:numbers?|scalars?) )?(?:are|is) (?:written |taken |understood )?(?:as |a )?(?:row vectors?|rows?)\b|\bgradients? as rows?\b", re.I)
COLUMNWISE = re.compile(r"\bcolumn[- ]?wise\b|\bcolumn by column\b|\bof each column\b", re.I)
ROWWISE = re.compile(r"\brow[- ]?wise\b|\brow by row\b|\b(?:of|to|over|along|on) (?:each|every|the|its)? ?rows?\b|\b(?:softmax|normali[sz]\w+)\b[^.;]*\b(?:(?:in|for|within) (?:each|every) row|by (?:the )?rows?)\b", re.I)
EINSTEIN = re.compile(r"\b(?:summation over repeated|repeated indices|einstein)\b", re.I)
EVERY_REAL = re.compile(rf"\b(?:for )?(?:every|any|all) real\b[^.;]*?{P}", re.I)
EXCEPT = re.compile(r"\b(?:unless|except(?: for| when| if)?|other than|excluding|but not|apart from|save for)\b[^.;\x00]*\x00", re.I)
CONDITIONAL = re.compile(r"\b(?:setting|if|in case|(?:the|special) case|experiments?|in practice|for (?:example|instance)|say|when|unless|even if|only|try|take|typically|usually)\b[^.;:]*$", re.I)
SPECIAL = re.compile(r"^\W*for\b[^,.;:\x00]*$", re.I)
GIVEN = re.compile(r"\b(?:let|since|because|with|where|given|if|when|whenever|for|such that|assum\w+|suppos\w+|satisf\w+|provided)\b[^.;:\x00]{0,20}$", re.I)
DENIED = re.compile(r"\b(?:nobody|none|hardly|should|contradiction|unlike|instead|without|too|not|never|false|wrong|untrue|no longer|fails?|only if|iff|unless|cannot|nor|whether)\b|n't\b", re.I)  # of an equation that a sentence prints
NORMALISED = re.compile(r"\b(?:let|since|because|with|where|given|such that|so that|assum\w+|suppos\w+|satisf\w+|fulfil\w*|obeys?|provided|normali[sz]ed)\b[^.;:]*$|\x00,? *(?:and )?$|\b(?:positive|non-?negative) (?:and|with) *$", re.I)  # what the sum of p is, said of a p that nothing defines
GIVEN_TOO = re.compile(r"\b(?:let|with|where|given|for|assum\w+|suppos\w+)\b[^.;]*(?:\band|,) *$", re.I)  # let x be ..., and lambda > 0
SO_MANY = re.compile(rf"{P} (?:\w+ )?(?:classes|examples|samples|data points|points|features|inputs|outputs|hidden units|units|dimensions|words|labels|categories|rows|columns|tokens|keys|queries)\b", re.I)
VOCABULARY_OF = re.compile(rf"{P} (?:\w+ )?(?:words|tokens|types|terms|entries) (?:in|of) (?:the|our|a|this) vocabulary\b|\bvocabulary (?:of|with|has|have|contains|containing|consists of|holds) (?:\w+ ){{0,2}}?{P}(?! (?:dimensions|entries per))"
                           rf"|\b(?:vocabulary size|size of the vocabulary|vocabulary has (?:the )?size|number of words(?: in the vocabulary)?) (?:is |equals |be |by )?{P}|{P} (?:is|for|denotes|be) the (?:vocabulary size|size of the vocabulary|number of words(?: in the vocabulary)?)\b", re.I)
SIGMOID_SAID = re.compile(r"^(?!.*\b(?:instead|replac\w+|in place|rather|other|not|unlike|like|scaled|shifted|modif\w+|generali[sz]\w+|with)\b).*\b(?:the|a|our) (?:(?:usual|standard|logistic) ){0,2}(?:sigmoid|logistic)\b(?!-)", re.I | re.S)
SIGMOID_CALLED = re.compile(rf"(?<!scaled )(?<!hard )\b(?:the|a|our) (?:(?:usual|standard|logistic) ){{0,2}}(sigmoid|logistic)(?: function)? {P}", re.I)
SIGMOID_IS = re.compile(rf"{P} (?:is|denotes?|be|stands for|=) (?:here )?(?:the |a )?(?:logistic )?(sigmoid|logistic|softmax|tanh)\b", re.I)
KRONECKER = re.compile(rf"{P} (?:is|denotes|being|be|stands for|for) (?:here )?(?:the |a )?Kronecker(?:'s)?\b", re.I)
LET = re.compile(r"\b(?:let|define|denote|write|put|set|call|where|with|introduce|abbreviate|here|as|using|and|记|令|设|其中|recall that|is)\s*(?:by|that|us write|the \w+)?\W*$", re.I)
CLAIMS = re.compile(r"\b(?:simplif\w+|becomes?|therefore|hence|thus|so|equals?|we (?:get|find|obtain|have|see)|follows|gives?|yields?|then|as)\b", re.I)
CONSTANT = re.compile(r"\bconstant\b", re.I)
VOCABULARY = re.compile(r"\b(?:vocabulary|classes|words in all|different words)\b", re.I)
TRUE_WORD = re.compile(r"\b(?:true|outside|correct|target) (?:word|class|label)\b", re.I)
TIED = re.compile(r"\b(?:(?:every|each|a) (?:word|token) has (?:only )?(?:one|a single|the same|just one) vector|(?:one|single|same) vector \S* ?(?:for|in) both|(?:tie|tied|tying) (?:the |together )?(?:two )?(?:tables|vectors|weights|embeddings|matrices)|share (?:their|one) (?:table|vectors?)|(?:tables|vectors|weights|embeddings|matrices) (?:are|were|have been) tied)\b", re.I)
_TYPE_ONLY = r"(?:an? )?(?:(?:fixed|given|constant|known|column|row|real|label|target) )*(?:vector|constant|number|label|target|columns?|rows?|fixed|constant|given|known|one-?\s?hot|distribution)\b(?! of (?!length|size|dimension))"
ONES = re.compile(rf"{P}[^.;\x00]{{0,12}}?\b(?:is|be|are|denotes?|stands? for|means|for)\b(?: an?| the)? (?:(?:column |row )?vector (?:of (?:all )?(?:ones\b|1s\b|1's)|(?:whose|with) (?:all )?(?:its |the )?(?:entries|components)(?: are| being)? (?:all )?(?:equal to )?(?:one\b|ones\b|1\b))|all-?\s?ones?(?: column| row)? vector\b)"
                  rf"|\b(?:all-?\s?ones? vector|vector of (?:all )?ones) {P}", re.I)
KIND_ANEW = re.compile(rf"(?:\b(?:every|any|each|all|arbitrary|general|non-?negative)\b[^.;,\x00]*|\b(?:entries|values|components|weights) (?:of )?){P}|{P}(?:,? which)?(?: now| here| instead| itself| again| also)*"
                       rf" (?:is|be|are|has|have|need|may|can)\b(?! (?:the\b|{_TYPE_ONLY}))", re.I)
OF_SUM_ONE = re.compile(r"^(?!.*\b(?:not|never) (?:\w+ ){0,2}(?:sum|add)).*\b(?:distributions?|probabilit\w+)\b", re.I | re.S)
ANY = re.compile(r"\b(?:any|arbitrary)\b", re.I)
SET_ANEW = re.compile(rf"\b(?:if|when|for|suppose|assume|take|let|case)\b[^.;,\x00]*{P}", re.I)
WIDER = re.compile(r"^\W*(?:in general\b|generally\b|otherwise\b|if not\b|if (?:it|they|this|that|the sum|the condition) (?:is|are|does|do) not\b|without (?:this|that|the) (?:assumption|hypothesis|condition|restriction))", re.I)
DROPPED = re.compile(r"\b(?:drop|lift|relax|remove|abandon|waive|withdraw|give up|no longer (?:need|use|make|assume)|without assuming|do not assume)\w*\b(?P<rest>(?:[^.;]*\b(?:assum\w+|hypothes[ie]s|conditions?|restrictions?|constraints?|requirements?|normali[sz]ation))?[^.;]*)", re.I)
NAMES_A_DERIVATIVE = re.compile(rf"\b(?:(?:gradient|derivative|jacobian|hessian)(?: matrix)? (?:of|with respect to|w\.r\.t\.) [^.;]*?\b(?:is|equals)(?: then| thus| therefore)?\s*:?\s*$"
                                rf"|(?:denote|call|write)\b[^.;]*{P}[^.;]*\b(?:gradient|derivative|jacobian|hessian)\b[^.;]*$)", re.I)
LETTING = re.compile(r"\b(?:let|define|redefine)(?: us define)?(?: the (?:\w+ )?(?:loss|objective|cost)(?: function)?)?(?: (?:as|by|to be))?\s*:?\s*$|\b(?:except (?:that|for)?|only (?:that)?|but|this time|here) ?now\s*$", re.I)
BECOMES = re.compile(r"\b(?:loss|objective|cost)(?: function)? (?:now |then )?(?:becomes|is now|reads now|now is|now reads)\s*:?\s*$|\bkeep the (?:name|letter|symbol)\b[^.;\x00]*$", re.I)
ANEW = re.compile(r"\b(?:now|from (?:now|here|this point) on(?:wards)?|henceforth|in (?:this|the next|the following|the present) (?:part|section|paragraph|question|exercise|problem|subsection|case)|in (?:what follows|the following)"
                  r"|for the rest|this time|redefine|anew|from this point)\b", re.I)
PART = re.compile(r"^\W*(?:(?:part|question|exercise|problem|task|case)\s+)?(?:\((?:[a-z]|[ivx]+|\d+)\)|(?:[a-z]|[ivx]+|\d+)\))", re.I)
NAMES_A_LOSS = re.compile(rf"{P}(?: now| here| again)? (?:is|denotes|means|stands for|be)(?: now| here| again)? the ((?:naive )?softmax|negative[- ]sampling|hierarchical[- ]softmax|skip-?gram|cross[- ]entropy)(?: loss| objective)?\b", re.I)
_NTH = r"(?:\x00\d+\x00-?\s?(?:th|st|nd|rd) |each |every )"
NTH_LINE = re.compile(rf"{P}(?:[^.;\x00]|\x00\d+\x00 (?:[\w-]+ )?matrix\b)*?\b(?:whose|with|has|having|its) (?:the )?({_NTH})(row|column) (?:is |being |equal to |equals )?(?:the (?:vector )?)?{P}|\b(?:the )?{_NTH}(row|column) of (?:the matrix )?{P} (?:is|equals) (?:the (?:vector )?)?{P}", re.I)
HAS_LINES = re.compile(rf"{P} (?:has|have|with|having) (?:the |as )?(?:its )?(rows?|columns?)\s*{P}", re.I)
FOR_EVERY = re.compile(r"\b(?:for|at) (?:all|every|each|any)\b|\b(?:all|every|each)\b[^.;]*\b(?:equal|same)\b", re.I)
OUTSIDE_WORD = re.compile(r"\b(?:for )?the (?:outside|true|target|correct|positive) (?:word|class)\b", re.I)
BUT_ONE = re.compile(r"\b(?:other than|different from|distinct from|except(?: for)?|but not|apart from) the (outside|true|correct|center|centre) (?:word|class)\b", re.I)
EXCEPT_FOR = re.compile(rf"{P},? (?:other than|different from|distinct from|except(?: for)?|but not|apart from|not equal to|unequal to) {P}", re.I)
IS_OUTSIDE = re.compile(rf"\b(?P<how>unless|except (?:when|if)|if|when|whenever|for|suppose|assume) {P} (?:is|being|equals) (?P<no>not )?the (?P<which>outside|true|target|correct|positive|center|centre) word\b", re.I)
IT_IS = re.compile(rf"\b(?:if|when|whenever|for) {P} (?:is|equals|equal to|is equal to) (?P<no>not )?(?:equal to )?{P}(?! [a-z]+ing\b)", re.I)  # if i is k
UNIT = re.compile(r"\bone-?\s?hot\b|\b(?:unit|basis|indicator) vectors?\b|\bstandard basis\b", re.I)
IF_IT_IS = re.compile(r"^\W*(?:and |but )?(?:if|when) (?:it (?:is|does)|so)(?P<no> not|n't)?\b(?! \w)|^\W*(?:and |but )?if (?P<not>not)\b(?! \w)", re.I)
NEITHER = re.compile(r"\bneither outside word nor center word\b|\b(?:different|distinct) from both\b|\bother than both\b", re.I)
POSITIVE = re.compile(rf"{P} (?:is|be)(?: an?| the)?(?: (?:real|fixed|small|strictly|given|constant))* positive(?: (?:number|constant|scalar|real))?(?=[.,;:]|$| and\b)", re.I)
NOT_SYMMETRIC = re.compile(r"\bwithout (?:the |this )?symmetry\b|\b(?:non-?|not |un|a)symmetric\b|\btriangular\b", re.I)
UNSURE = re.compile(r"\b(?:not|never|no longer|nor|neither|hardly|only|unless|would|cannot|up to|almost|nearly|without|except|whether|if|unlike|instead)\b|n't\b|\?|^\W*is\b", re.I)
OTHER_MODEL = re.compile(r"\b(?:other|another|different|replac\w+|instead|with (?:a |the )?(?:temperature|sigmoids?|other|another)|without|contradiction|isn't|is not|cannot|second|new)\b", re.I)
START_ANEW = re.compile(r"\b(?:warm|general|other|another|different|non-?zero|arbitrary|new) (?:start|beginning|initial\w*)|\b(?:start|begin)(?:s|ed|ing)?\b[^.;]*\binstead\b|\binstead\b", re.I)
SCOPE_TALK = re.compile(r"\b(?:any|every|all|both|either|other|another|second|negative|non-?positive|sign|signs|assumption|condition|restriction|real|general|arbitrary|drop\w*|lift\w*|contradiction|instead|otherwise|else|not|no longer|constraint\w*|normali[sz]\w+)\b|n't\b", re.I)
ZERO_START = re.compile(rf"{P},? (?:is |are )?(?:starting|started|initiali[sz]ed|beginning)(?: it)?(?: at| from| with| to)? (?:zero\b|the zero vector\b|\x00(\d+)\x00)", re.I)


_QUANTITY = r"(?:sum|product|quantity|expression|number|value|vector|ratio|quotient|norm|score|difference|term|total|average|mean|function|normali[sz]er|partition function|normali[sz]ation constant|(?:dot|inner|scalar) product)"
_NAMED = rf"(?:(?:the|its|their) (?:\w+ )?{_QUANTITY} )?"
NAMES = (  # a name, then what it is a name of
    re.compile(rf"\b(?:denote|write|call|abbreviate)s? (?:by |with )?{P}(?: for)? {_NAMED}{P}", re.I),
    re.compile(rf"\blet {P} (?:be|denote|stand for|mean) (?:the |its )(?:\w+ )?{_QUANTITY} {P}", re.I),
    re.compile(rf"\b{P} (?:denotes|stands for) (?:the |its )(?:\w+ )?{_QUANTITY} {P}", re.I),
)
_OCCURS = r"(?:(?:is|was|are|were|has been|gets|got) (?:drawn|sampled|picked|chosen|among (?=the))|occurs?|appears?|comes up)"
COUNTS = re.compile(rf"{P} (?:be|is|denotes?|counts?|stands for|for) (?:the )?(?:number of )?(?:{P} (?:with|such that|for which|where) {P}|(?:times|how often|how many times)(?: that)?(?: the)?(?: word| token)? {P} {_OCCURS}"
                    rf"|(?:draws|negatives|negative samples|samples|noise words)(?: that| which)?(?: are| equal| is| hit)? (?:equal to )?(?:the word )?{P})", re.I)  # n_w is the number of k with w_k = w
NAMED_BY = (  # the same the other way round
    re.compile(rf"\b(?:denote|write|call|abbreviate)s? {_NAMED}{P} (?:by|as|simply as) {P}", re.I),
    re.compile(rf"\b(?:call|name)s? {P} (?:the |its |an? )?(?:(?!(?:of|to|by|with|at|in|on|for|from|and|respect|which|where|then|as)\b)[\w-]+ ){{0,4}}{P}", re.I),
    re.compile(rf"{P} (?:is|will be|be) (?:called|named|denoted|written|abbreviated)(?: by| as| simply)? {P}", re.I),
)
ALTERS = re.compile(r"\W*(?:(?:and|but|only|then|both sides|all) )?(?:transposed?|squared|negated|inverted|halved|doubled|tripled|reversed|half of it|twice|up to (?:an? |the |some )?(?:\w+ )*?(?:sign|factors?|constants?|scale|scaling"
                    r"|transpos\w+|terms?|orders?)(?: of \x00\d+\x00)?|(?:(?:in|to|with) (?:the )?)?base[- ](?:2|two|10|ten)|in bits|with (?:the )?(?:opposite|reversed|other|wrong) sign|(?:times|divided by|multiplied by|plus|minus) (?:\w+|\x00\d+\x00)(?: \w+)?)\W*$", re.I)


MODELS = {"negative sampling": r"negative[- ]sampl|\bSGNS\b|负采样", "hierarchical softmax": r"hierarchical[- ]softmax", "skip-gram": r"\bskip-?gram\b", "CBOW": r"\bCBOW\b|continuous bag",
          "naive softmax": r"naive[- ]softmax|(?<!hierarchical )(?<!hierarchical-)softmax|cross[- ]?entropy|交叉熵|朴素", "GloVe": r"\bglove\b", "NCE": r"\bNCE\b|noise[- ]contrastive",
          "regularised": r"regulari[sz]|weight decay|\bridge\b|penal", "smoothed": r"smooth|soft labels?", "temperature": r"temperature", "logistic": r"logistic|binary"}
ALTERED = {"regularised", "smoothed", "temperature"}  # of these each is a change of another model: `with weight decay the loss becomes`


def models(words):
    """The models that words name."""
    return [name for name, pattern in MODELS.items() if re.search(pattern, words, re.I)]


def sentence_text(parts, is_math):
    """(text with places, [the formulas]) of a sentence."""
    text, formulas = "", []
    for part in parts:
        if is_math(part):
            text += PLACE.format(len(formulas))
            formulas.append(part)
        else:
            text += part
    return re.sub(r"\s+", " ", re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text)), formulas
