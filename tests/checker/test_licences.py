"""What is lent must be licensed: what a sentence may deny, and is not understood, is not taken for granted.

`OPEN` holds sentences of many kinds that speak of a hypothesis, a case or a name of the course; with each the line that rests on it is
not proved. `PLAIN` holds sentences that change nothing.
"""
import re

import pytest

from judging import GOOD, steps
from w2v.checker.meaning.doubts import QUESTIONS
from w2v.checker.meaning.plain_talk import unknown

NS = r"$$ J = -\log\sigma(u_o^\top v_c) - \sum_{k=1}^K\log\sigma(-u_{w_k}^\top v_c). $$"
CE = r"$$ J = -\sum_w y_w\log\hat y_w $$"
LINES = {
    "repeats": NS + r" $$ \frac{\partial J}{\partial u_{w_k}} = \sigma(u_{w_k}^\top v_c) v_c $$",
    "o drawn": NS + r" $$ \frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c)-1) v_c $$",
    "soft": CE + r" $$ \frac{\partial J}{\partial v_c} = -u_o + \sum_w\hat y_w u_w $$",
    "name": r"$J=-\log\hat y_o$. $$ \frac{\partial J}{\partial v_c} = U(\hat y - y) $$",
}
LINES["gradient"] = LINES["name"]
CASE = "$J=-\\log\\hat y_o$.\n\nFor $w\\ne o$\n\n$$ \\frac{\\partial J}{\\partial u_w} = P(w\\mid c)\\,v_c $$\n\n%s\n\n$$ \\frac{\\partial J}{\\partial u_w} = \\hat y_w v_c $$"
OPEN = {
    "repeats": ["The $w_k$ are independent draws from the noise distribution.", "Collisions between the negatives are possible.", "Let $K > V$.",
                "Some negatives may be identical.", r"We allow $w_j = w_k$ for $j \ne k$.", "With a small vocabulary the same negative comes up again and again.",
                "The negatives form a list, not a set.", "We cannot assume that the negative samples are distinct.", "What about draws that coincide?"],
    "o drawn": ["The positive word can show up as a negative.", "We sample negatives from all words, including $o$.", "The negatives are drawn from the whole vocabulary.",
                "The sampler does not check whether it hits the true word.", "$o$ may equal some $w_k$.", "In this implementation the outside word is not filtered out."],
    "soft": ["$y$ is the histogram of the window, divided by $2m$.", "The labels are probabilities between 0 and 1.", "$y$ comes from a teacher network.",
             "We relax $y$ to the simplex.", "Several entries of $y$ are non-zero.", "Mixup makes $y$ a convex combination of two one-hot vectors.",
             "The target puts mass $0.9$ on $o$ and $0.1$ elsewhere."],
    "name": ["This time the scores are multiplied by 2.", "The scores get a bias $b_w$ each.", "The softmax has temperature 2.", "Dropout is applied to $v_c$.",
             r"$\log$ is taken to base 10 in this section.", "We clip the scores to $[-5,5]$.", r"Let $\hat y$ be normalised over the negatives only.",
             r"Our $J$ has an additional factor $\frac12$.", "$J$ is summed over the batch.", "We use the squared loss.", "Every loss is divided by $V$.",
             "Here $o$ depends on $v_c$.", "The outside word $o$ is chosen as a function of $v_c$.", "Here $o = o(v_c)$.", "The vectors $u_w$ depend on $v_c$.", "$U$ is a function of $v_c$.",
             "The label $y$ depends on $v_c$."],
    "gradient": ["The gradient is clipped to norm 1.", r"All gradients are scaled by $\frac{1}{2}$.", "We normalise gradients to unit length.", "The gradient is passed through a straight-through estimator.",
                 "Noise is added to the gradient.", "We flip the sign of the gradient and reverse the gradient."],
}
PLAIN = {
    "repeats": ["We draw $K$ negative samples $w_1, \\dots, w_K$ from the noise distribution.", "The gradient with respect to a negative sample follows from the chain rule."],
    "o drawn": ["The first term is the only one with the outside word $o$.", "No negative sample equals $o$.", "Now consider the loss of negative sampling."],
    "soft": ["Here $y$ is the one-hot vector of the outside word.", "We differentiate the cross-entropy between the label $y$ and the prediction."],
    "name": ["The scores are products of the vectors of two words.", "The softmax turns the scores into probabilities.", "The loss depends on $v_c$ only through the scores.",
             "The outside word $o$ does not depend on $v_c$.", "The score $z_w$ depends on $v_c$ linearly.", "How does the score of word $o$ depend on $v_c$?",
             r"The sigmoid is $\sigma(x) = \frac{1}{1+e^{-x}}$, and $\sigma(v)$ is its value."],
    "gradient": ["The gradient with respect to $v_c$ is a vector.", "The gradient is scaled by the learning rate in the update.", "The gradient is then passed on to the context vectors."],
}
LEAKS = ["All columns of the gradient look like this:", "We drop the proviso.", "For each of the $V$ words:", "Universally,", "The reader may check that nothing changes:"]


@pytest.mark.parametrize("kind, sentence", [(k, s) for k, found in OPEN.items() for s in found])
def test_what_a_sentence_may_deny_is_not_taken_for_granted(kind, sentence):
    assert steps(f"{sentence}\n\n{LINES[kind]}")[-1].status not in GOOD


@pytest.mark.parametrize("kind, sentence", [(k, s) for k, found in PLAIN.items() for s in found])
def test_plain_talk_changes_nothing(kind, sentence):
    assert steps(f"{sentence}\n\n{LINES[kind]}")[-1].status == "proved"


@pytest.mark.parametrize("sentence", LEAKS)
def test_a_case_does_not_hold_behind_words_that_are_not_understood(sentence):
    assert steps(CASE % sentence)[-1].status != "proved"


def test_a_case_holds_behind_words_that_lead_on():
    assert steps(CASE % "so that we get")[-1].status == "proved"


@pytest.mark.parametrize("kind, number", [(k, n) for k in QUESTIONS for n in (0, 1)])
def test_the_sentence_that_a_question_advises_settles_the_line(kind, number):
    doubt = {"soft": "What about the label $y$ of a smoothed target?"}.get(kind, "What about draws that coincide with each other or hit the outside word?")
    before = steps(f"{doubt}\n\n{LINES[kind]}")[-1]
    assert before.status == "unsettled" and QUESTIONS[kind] in before.reason
    advised = " ".join(f"{a[0].upper()}{a[1:]}." for a in re.findall(r"'([^']*)'", before.reason.split("): ")[-1])[number::2])
    assert steps(f"{doubt} {advised}\n\n{LINES[kind]}")[-1].status == ("proved", "refuted")[number]


def test_cross_entropy_with_any_label_is_the_loss_with_soft_labels():
    line = r"$$ \frac{\partial CE}{\partial \hat y_w} = -\frac{y_w}{\hat y_w} $$"
    (step,) = steps(f"Let $y$ be any vector of probabilities. {line}")
    assert step.status == "proved" and step.hypotheses == ()


def test_a_function_that_the_text_defines_does_not_depend_on_what_it_is_applied_to():
    text = r"The sigmoid is $\sigma(x) = \frac{1}{1+e^{-x}}$, and $\sigma(x)$ is its value. $$ \frac{d}{dx}\log\sigma(x) = 1 - \sigma(x) $$"
    assert steps(text)[-1].status == "proved"


def test_words_that_alter_something_else_leave_a_name_alone():
    text = r"$U_{ki}$ is entry $i$ of the vector of word $k$, and repeated indices are not summed. $$ z_k = \sum_i U_{ki} x_i $$ $$ \frac{\partial z_k}{\partial x_i} = U_{ki} $$"
    assert steps(text)[-1].status == "proved"


def test_unknown_words_are_found_whatever_their_ending():
    assert unknown("The gradients follow by differentiating and simplifying.") == []
    assert unknown("Collisions of the negatives occur twice.") == ["Collisions", "twice"]
