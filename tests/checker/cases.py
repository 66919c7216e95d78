"""(lines, verdicts): one row for each construction, true and false."""
P, R, I, T, D, U = "proved", "refuted", "ill-typed", "transposed", "definition", "unsettled"
NS, NEG = r"J_{\text{naive-softmax}}", r"J_{\text{neg-sample}}"
VC, UW, UO, UK = (rf"\frac{{\partial J_{{X}}}}{{\partial {v}}}" for v in ("v_c", "u_w", "u_o", "u_k"))


def of(loss, variable):
    return rf"\frac{{\partial {loss}}}{{\partial {variable}}}"


WINDOW = r"\sum_{-m \le j \le m,\, j \ne 0}"
CBOW = (rf"$$ n_w = {WINDOW} \mathbf{{1}}[w_{{t+j}}=w], \quad \bar v = \frac{{1}}{{2m}} {WINDOW} v_{{w_{{t+j}}}} $$" + "\n" +
        r"$$ J = -u_c^\top \bar v + \log \sum_w \exp(u_w^\top \bar v) $$" + "\n\n")
CELLS = r"$$ n_w = \sum_x n_{wx} $$ $$ L = -\sum_w \sum_x \left(n_{wx} \log\sigma(z_{wx}) + K n_w q_x \log\sigma(-z_{wx})\right) $$" + "\n\n"


CASES = [
    # environments and layout
    (r"\begin{align*} 1-\sigma(x) &= \sigma(-x) \\ &= \frac{1}{1+e^{x}} \end{align*}", [P, P]),
    (r"\[ \begin{split} \sigma(x) &= \frac{e^x}{1+e^x} \end{split} \]", [P]),
    (r"\begin{eqnarray} \sigma'(x) &=& \sigma(x)\sigma(-x) \\ &=& \sigma(x)(1-\sigma(x)) \end{eqnarray}", [P, P]),
    (r"\begin{gather} \sigma(-x) = 1-\sigma(x) \\ 1-\sigma(-x) = \sigma(x) \end{gather}", [P, P]),
    (r"$$\begin{array}{rcl} \sigma(-x) &=& 1-\sigma(x) \\ &=& 1 - \frac{1}{1+e^{-x}} \end{array}$$", [P, P]),
    ("$$\\sigma(-x)$$\n\n$$= 1-\\sigma(x)$$\n\nand so\n\n$$= \\frac{1}{1+e^{x}}$$", [P, P]),
    (r"$$ \sigma(x) = \frac{1}{1+e^{-x}} \tag{3} \label{eq:s} $$", [P]),
    (r"$$ \therefore \sigma(-x) = \boxed{1-\sigma(x)} \quad (7) $$", [P]),
    (r"$$ \begin{aligned} \sigma(-x) + \sigma(x) &= 1 - \sigma(x) \\ &\quad + \sigma(x) \\ &= 1 \end{aligned} $$", [P, P]),
    (r"$$ 1 - \sigma(x) = \sigma(-x), \qquad 1 - \sigma(-x) = \sigma(x) $$", [P, P]),
    ("```{math}\n:label: eq\n\\sigma(-x) = 1 - \\sigma(x)\n```", [P]),
    (":::{prf:theorem} T\n$$\n\\sigma(-x) = 1 + \\sigma(x)\n$$ (eq-x)\n:::", [R]),
    (r"Inline: $1-\sigma(x) = \sigma(-x)$ holds.", [P]),
    # macros
    (r"\newcommand{\s}[1]{\sigma\left(#1\right)} \[ \s{-x} = 1-\s{x} \]", [P]),
    (r"\def\vc{\mathbf{v}_c} \newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \[ \pd{\mathbf{u}_o^\top\vc}{\vc} = \mathbf{u}_o \]", [P]),
    (r"\DeclareMathOperator{\sm}{softmax} \[ \hat{y} = \sm(U^\top v_c) \]", [P]),
    # styles and accents
    (r"$$ \frac{\partial \boldsymbol{u}_o^{\intercal}\bm{v}_c}{\partial \vec{v}_c} = \pmb u_o $$", [P]),
    (r"$$ \hat{y_w} = \widehat{y}_w = \hat{\mathbf{y}}_w = P(O=w \mid C=c) $$", [P, P, P]),
    (r"$$ \frac{\partial \mathbf{u}^{\mathsf T}_o \mathbf{v}_c}{\partial \mathbf{v}_c} = \mathbf{u}_o, \quad \frac{\partial u_o^{\mathrm{T}} v_c}{\partial u_o} = v_c$$", [P, P]),
    # functions
    (r"$$ log exp(u_o^T v_c) = u_o^T v_c $$", [P]),
    (r"$$ \exp \mathbf{u}_x^\top \mathbf{v}_c = e^{\mathbf{u}_x^\top \mathbf{v}_c} = \exp{(u_x^\top v_c)} = \exp{u_x^\top v_c} $$", [P, P, P]),
    (r"$$ \ln \sigma(x) = -\ln(1+\exp\{-x\}) $$", [P]),
    (r"$$ \operatorname{sigmoid}(x) = \mathrm{sigmoid}(x) = {1 \over 1 + e^{-x}} $$", [P, P]),
    (r"$$ \frac{\partial \sigma x}{\partial x} = \frac{\sigma x (1 - \sigma x)}{1} $$", [P]),
    (r"$$ \sigma'(x) = \frac{d\sigma(x)}{dx} = \frac{\mathrm{d}\sigma}{\mathrm{d}x} = \sigma^{\prime}(x) $$", [P, P, P]),
    (r"$$ \frac{d}{dx}\left(1+e^{-x}\right)^{-1} = -(1+e^{-x})^{-2} \cdot e^{-x} \cdot -1 $$", [P]),
    (r"$$ \tanh(x) = 2\sigma(2x) - 1, \quad \frac{d}{dx}\tanh x = 1 - \tanh^2 x $$", [P, P]),
    (r"$$ \frac{d}{dx}\mathrm{ReLU}(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases} $$", [P]),
    (r"$$ \frac{d}{dx}\mathrm{ReLU}(x) = 1 $$", [R]),
    (r"$$ \text{ReLU}(x) = \max(0, x) $$", [P]),
    (r"$$ \mathrm{softmax}(x + c) = \mathrm{softmax}(x) $$", [P]),
    (r"$$ \mathrm{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}} $$", [P]),
    (r"$$ \mathrm{softmax}(2x) = \mathrm{softmax}(x) $$", [R]),
    # sums
    (r"$$ \sum_{w \in \text{Vocab}} \hat y_w = \sum_{j=1}^{|V|} \hat{y}_j = \sum_{x} \hat y_x = 1 $$", [P, P, P]),
    (r"$$ \sum_{\substack{w \in \text{Vocab} \\ w \neq o}} \hat y_w = 1 - \hat y_o = \sum_{w \in \mathcal{V} \setminus \{o\}} \hat y_w $$", [P, P]),
    (r"$$ \sum \exp(u_w^T v_c) = \sum_{w=1}^W \exp(u_w^T v_c) $$", [P]),
    (r"$$ \sum_{w \in V, w \neq o} \hat y_w u_w + \hat y_o u_o = \sum_{w} \hat{y}_w u_w $$", [P]),
    (r"$$ \mathbb{E}_{w \sim \hat y}[u_w] = \sum_w P(w|c) u_w = U \hat y $$", [P, P]),
    # probabilities, labels, indicators
    (r"$$ P(O=o\mid C=c) = p(o|c) = \hat{y}_o = \frac{\exp(u_o^\top v_c)}{\sum_{w}\exp(u_w^\top v_c)} $$", [P, P, P]),
    (r"$$ P(w_O \mid w_I) = \frac{\exp({v'_{w_O}}^\top v_{w_I})}{\sum_{w=1}^{W}\exp({v'_w}^\top v_{w_I})} $$", [P]),
    (r"$$ \hat y_o = \frac{\exp(u_o^\top v_c)}{\sum_{w}\exp(u_o^\top v_c)} $$", [R]),
    (r"$$ y_w = \mathbb{1}\{w = o\} = \mathbf{1}[w=o] = \delta_{wo} $$", [P, P, P]),
    (r"$$ y_w = \begin{cases} 1 & \text{if } w = o \\ 0 & \text{otherwise} \end{cases} $$", [P]),
    (r"$$ y_w = \begin{cases} 0 & \text{if } w = o \\ 1 & \text{otherwise} \end{cases} $$", [R]),
    (r"$$ -\sum_w y_w \log \hat y_w = -\log\hat y_o = - y^\top \log \hat{y} = CE(y, \hat y) $$", [P, P, P]),
    # the gradients of the naive softmax
    (rf"$$ {of(NS, 'v_c')} = -u_o + \sum_w \hat y_w u_w = U(\hat y - y) $$", [P, P]),
    (rf"$$ {of(NS, 'v_c')} = U(y - \hat y) $$", [R]),
    (rf"$$ {of(NS, 'v_c')} = (\hat y - y)^\top U^\top $$", [T]),
    (rf"<!-- check: columns -->" + "\n" + rf"$$ {of(NS, 'v_c')} = U^\top(\hat y - y) $$", [T]),
    (rf"<!-- check: rows -->" + "\n" + rf"$$ {of(NS, 'v_c')} = U^\top(\hat y - y), \quad {of(NS, 'U')} = (\hat y - y)v_c^\top $$", [P, P]),
    (rf"<!-- check: rows -->" + "\n" + rf"$$ {of(NS, 'U')} = v_c (\hat y - y)^\top $$", [T]),
    (rf"$$ {of(NS, 'U')} = v_c (\hat y - y)^\top $$", [P]),
    (rf"$$ {of(NS, 'U')} = \sum_w (\hat y_w - y_w) v_c $$", [I]),
    (rf"$$ {of(NS, 'u_w')} = (\hat y_w - y_w) v_c $$", [P]),
    (rf"$$ {of(NS, 'u_w')} = \hat y_w v_c $$", [R]),
    (rf"When $w \neq o$:" + "\n" + rf"$$ {of(NS, 'u_w')} = \hat y_w v_c $$", [P]),
    (rf"When $w = o$:" + "\n" + rf"$$ {of(NS, 'u_w')} = \hat y_w v_c $$", [R]),
    (rf"<!-- check: w = o -->" + "\n" + rf"$$ {of(NS, 'u_w')} = (\hat y_w - 1) v_c $$", [P]),
    (rf"$$ {of(NS, 'u_w')} = \hat y_w v_c, \quad \forall w \neq o $$", [P]),
    (rf"$$ {of(NS, 'u_w')} = \begin{{cases}} (\hat y_w - 1) v_c & w = o \\ \hat y_w v_c & \text{{otherwise}} \end{{cases}} $$", [P]),
    (rf"$$ \nabla_{{v_c}} {NS} = U(\hat y - y) $$", [P]),
    (rf"$$ \partial {NS} / \partial v_c = U(\hat y - y) $$", [P]),
    (rf"$$ {of(NS, 'v_{c,i}')} = \sum_{{w}} (\hat y_w - y_w) u_{{w,i}} $$", [P]),
    (rf"$$ \frac{{\partial {NS}}}{{\partial \hat y_o}} = -\frac{{1}}{{\hat y_o}} $$", [P]),
    (rf"$$ {of(NS, 'z')} = \hat y - y, \quad z = U^\top v_c $$", [P, D]),
    (rf"$$ z = U^\top v_c $$" + "\n" + rf"$$ {of(NS, 'v_c')} = \frac{{\partial {NS}}}{{\partial z}} \frac{{\partial z}}{{\partial v_c}} = U (\hat y - y) $$", [D, P, P]),
    (r"$$ \frac{\partial \hat y_i}{\partial z_j} = \hat y_i (\delta_{ij} - \hat y_j) $$", [P]),
    (r"$$ \frac{\partial \hat y_i}{\partial z_j} = \hat y_i (1 - \hat y_j) $$", [R]),
    (r"$$ \frac{\partial \hat y}{\partial z} = \mathrm{diag}(\hat y) - \hat y \hat y^\top $$", [P]),
    # negative sampling
    (rf"$$ {of(NEG, 'v_c')} = (\sigma(u_o^\top v_c) - 1) u_o + \sum_{{k=1}}^K \sigma(u_k^\top v_c) u_k $$", [P]),
    (rf"$$ {of(NEG, 'v_c')} = (\sigma(u_o^\top v_c) - 1) u_o + \sum_{{k=1}}^K \sigma(-u_k^\top v_c) u_k $$", [R]),
    (rf"$$ {of(NEG, 'u_{w_s}')} = (1 - \sigma(-u_{{w_s}}^\top v_c)) v_c $$", [P]),
    (rf"$$ {of(NEG, 'u_k')} = \sum_{{k=1}}^K \sigma(u_k^\top v_c) v_c $$", [R]),
    (rf"$$ {of(NEG, 'u_o')} = (\sigma(u_o^\top v_c) - 1) v_c $$", [P]),
    (rf"$$ {of(NEG, 'u_{w_s}')} = \sum_{{i: w_i = w_s}} \sigma(u_{{w_s}}^\top v_c) v_c $$", [P]),
    (r"$$ s = \sigma(U^\top v_c) $$ $$ m_w = \sum_{k=1}^K \mathbb{1}\{w_k = w\} $$" + "\n" +
     rf"$$ {of(NEG, 'U')} = v_c (s \odot (y + m) - y)^\top, \quad {of(NEG, 'v_c')} = U(s \odot (y+m) - y) $$", [D, D, P, P]),
    # skip-gram
    (r"$$ \frac{\partial J_{\text{skip-gram}}(v_c, w_{t-m}, \dots, w_{t+m}, U)}{\partial U} = \sum_{-m \leq j \leq m, j \neq 0} \frac{\partial J(v_c, w_{t+j}, U)}{\partial U} $$", [P]),
    (r"$$ \frac{\partial J_{sg}}{\partial v_{w, w \neq c}} = 0, \quad \frac{\partial J_{sg}}{\partial v_w} = 0 (\text{ when } w \neq c) $$", [P, P]),
    # CBOW: the mean of the window's vectors predicts c
    (CBOW + r"$$ \frac{\partial J}{\partial \bar v} = -u_c + \sum_w \hat y_w u_w = U(\hat y - y) $$", [D, D, D, P, P]),
    (CBOW + r"$$ \frac{\partial J}{\partial V} = \frac{1}{2m} U(\hat y - y) n^\top, \quad \frac{\partial J}{\partial v_w} = \frac{n_w}{2m} U(\hat y - y) $$", [D, D, D, P, P]),
    (CBOW + r"$$ \frac{\partial J}{\partial v_w} = n_w U(\hat y - y) $$", [D, D, D, R]),
    (CBOW + r"$$ \frac{\partial J}{\partial v_w} = \frac{1}{2m} U(\hat y - y) $$", [D, D, D, R]),
    (CBOW + r"$$ \frac{\partial J}{\partial U} = v_c(\hat y - y)^\top $$", [D, D, D, R]),
    (CBOW + r"$$ \frac{\partial J}{\partial v_{w_{t+j}}} = \frac{1}{2m} U(\hat y - y) $$", [D, D, D, P]),
    # numbers with two subscripts, one for every two words
    (CELLS + r"$$ \frac{\partial L}{\partial z_{wx}} = (n_{wx} + K n_w q_x) \sigma(z_{wx}) - n_{wx} $$", [D, D, P]),
    (CELLS + r"$$ \frac{\partial L}{\partial z_{wx}} = (n_{wx} + K n_x q_w) \sigma(z_{wx}) - n_{wx} $$", [D, D, R]),
    (CELLS + r"$$ \frac{\partial L}{\partial z_{wx}} = (n_{xw} + K n_w q_x) \sigma(z_{wx}) - n_{xw} $$", [D, D, R]),
    (r"$$ a_{wxy} = b_{wxy} $$", [D]),
    (r"$$ 2 a_{wxy} = a_{wxy} + a_{wxy} $$", [U]),
    # steps that look wrong and are true
    (r"$$ \frac{\partial}{\partial u_w} \log \sum_w \exp(u_w^\top v_c) = \hat y_w v_c $$", [P]),
    (r"$$ \frac{\partial}{\partial v_c} - \log \hat y_o = U(\hat y - y) $$", [P]),
    (rf"$$ \sum_w {of(NS, 'u_w')} = 0 $$", [P]),
    (r"$$ x = x $$", [P]),
    # steps that look right and are false
    (r"$$ \frac{\partial}{\partial u_w} \log \sum_w \exp(u_w^\top v_c) = \frac{1}{Z} \sum_w \frac{\partial}{\partial u_w} \exp(u_w^\top v_c) $$", [R]),
    (r"$$ \sum_x \hat y_w u_x = \sum_x \hat y_x u_x $$", [R]),
    (r"$$ \log \hat y_o = u_o^\top v_c - \sum_w \exp(u_w^\top v_c) $$", [R]),
    (r"$$ \frac{\partial \log \sigma(u_o^\top v_c)}{\partial v_c} = (1-\sigma(u_o^\top v_c)) \frac{\partial \sigma(u_o^\top v_c)}{\partial v_c} $$", [R]),
    # relations that are no equalities, and words that are not defined
    (r"$$ \hat y_o \approx \exp(u_o^\top v_c) $$", [U]),
    (r"$$ a + q = b $$", [U]),
    # one text, one loss: a second J is compared with the first, unless a heading stands between
    (r"$$ J=-\log\hat y_o $$ $$ J=-u_o^\top v_c+\log\exp(\sum_w u_w^\top v_c) $$", [D, R]),
    (r"$$ J=-\log\hat y_o $$ $$ J=-u_o^\top v_c+\log\sum_w\exp(u_w^\top v_c) $$", [D, P]),
    ("# One\n\n$$ J=-\\log\\hat y_o $$\n\n# Two\n\n$$ J=-2\\log\\hat y_o $$", [D, D]),
    # a derivative that is said to vanish, by what means nothing or may be part of a mean
    (r"$$ \frac{\partial J}{\partial q} = 0 $$", [U]),
    (r"Let $\bar v = \frac{1}{C}\sum_{i=1}^{C} v_{c_i}$. $$ J = -u_o^\top\bar v + \log\sum_w e^{u_w^\top\bar v} $$ $$ \frac{\partial J}{\partial v_{c_i}} = 0 $$", [D, D, R]),
    # what ends a case
    *((rf"When $w \neq o$: $$ {of('J', 'u_w')} = \hat y_w v_c $$ {words} $$ {of('J', 'u_w')} = \hat y_w v_c $$", [P, R])
      for words in ("In general,", "Putting the two together,", "Combining both cases:", "Hence, for any word $w \\in V$,", "Therefore for all $w$:")),
    (rf"When $w = o$: $$ {of('J', 'u_w')} = (\hat y_w - 1) v_c $$ For all $w \neq o$: $$ {of('J', 'u_w')} = \hat y_w v_c $$", [P, P]),
    # a condition behind its display, and one with dollars inside \text
    (rf"$$ {of('J', 'u_w')} = \hat y_w v_c $$ for $w \neq o$. $$ {of('J', 'u_w')} = \hat y_w v_c $$", [P, R]),
    (rf"$$ {of('J', 'u_w')} = (\hat y_w - y_w) v_c $$ for $w \neq o$: $$ {of('J', 'u_w')} = \hat y_w v_c $$", [P, P]),
    (rf"$$ {of('J', 'u_w')} = (\hat y_w - 1) v_c \qquad \text{{if $w=o$}} $$", [P]),
    # a value that is supposed for a while is no claim, and what follows from it is open; what ends the sentence ends it
    *((rf"{words} $$ \sum_w \exp(u_w^\top v_c) = V $$" + "\n\n" + rf"Now $$ {of('J', 'v_c')} = U\hat y $$", [U, R]) for words in (
        "Let $v_c = 0$. Then", "Suppose that $v_c = 0$. In this case", "Setting $v_c = 0$ gives", "For $v_c = 0$,")),
    (rf"Assume $y_o = 1$. Then $$ {of('J', 'v_c')} = U\hat y $$", [R]),
    # comments of LaTeX
    ("% $\\sigma(-x) = \\sigma(x)$\n\\[ \\sigma(-x) = 1-\\sigma(x) % = \\sigma(x)\n\\]\n%\\[ \\sigma(-x) = \\sigma(x) \\]", [P]),
]
