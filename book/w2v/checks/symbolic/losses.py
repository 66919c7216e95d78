"""The losses of `w2v.losses`, stated once more, entry by entry, in SymPy."""

from typing import TYPE_CHECKING, Any

import sympy as sp

if TYPE_CHECKING:
    from w2v.checks.symbolic.case import Case


def sigma(x: Any) -> sp.Expr:
    """1 / (1 + exp(-x)).

    >>> import sympy
    >>> sigma(sympy.Symbol("x"))
    1/(1 + exp(-x))
    """
    return 1 / (1 + sp.exp(-x))


def naive_softmax(case: "Case") -> sp.Expr:
    """-u_o.v_c + log sum_w exp(u_w.v_c).

    >>> naive_softmax(Case(V=2, D=1, o=0))
    -u1_1*v1 + log(exp(u1_1*v1) + exp(u2_1*v1))
    """
    return -case.scores[case.o] + sp.log(case.Z)


def soft_label(case: "Case") -> sp.Expr:
    """-sum_w y_w log y_hat_w, written out: sum_w y_w (log Z - u_w.v_c).

    >>> case = Case(V=2, D=1, o=0)
    >>> soft_label(case).subs(case.soft_y[0], 1)  # with y = (1, 0) the naive softmax loss
    -u1_1*v1 + log(exp(u1_1*v1) + exp(u2_1*v1))
    """
    return sum(y * (sp.log(case.Z) - z) for y, z in zip(case.soft_y, case.scores))


def negative_sampling(case: "Case") -> sp.Expr:
    """-log sigma(u_o.v_c) - sum_k log sigma(-u_{w_k}.v_c).

    >>> negative_sampling(Case(V=2, D=1, o=0, negatives=(1,)))
    -log(1/(1 + exp(-u1_1*v1))) - log(1/(exp(u2_1*v1) + 1))
    """
    negative_terms = sum(sp.log(sigma(-case.scores[w])) for w in case.negatives)
    return -sp.log(sigma(case.scores[case.o])) - negative_terms
