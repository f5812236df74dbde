"""Applicability rules: a tiny language, never run as code, that only proposes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.kernel.errors import TerreauError
from terreau.referentials.applying import applies, names, propose
from terreau.referentials.loading import edition_from
from tests.referentials.small import document


def test_a_sure_no_proposes_a_reason_and_a_silence_proposes_nothing():
    edition = edition_from(document(), "jardin.yaml")
    assert propose(edition, {}) == {}
    assert propose(edition, {"has_trees": False})["jardin:1.1.10"].en == "No tree."
    assert propose(edition, {"has_trees": True}) == {}, "the pond may still be absent"
    assert set(propose(edition, {"has_trees": True, "has_pond": True})) == {"jardin:1.1.10"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", True),
        ("not a", False),
        ("a and b", False),
        ("a or b", True),
        ("b or a and b", False),
        ("(b or a) and not b", True),
        ("not not a", True),
        (" not(b) ", True),
    ],
)
def test_not_binds_more_than_and_which_binds_more_than_or(expression, expected):
    assert applies(expression, {"a": True, "b": False}) is expected


@pytest.mark.parametrize(
    "expression",
    ["", "and", "a and", "a b", "(a", "a)", "not", "a == 1", "__import__('os')", "a.b", "a; b", "A", "a " * 400,
     "(" * 5000, "not " * 120 + "!"],
)  # fmt: skip
def test_anything_else_is_refused_with_its_place(expression):
    with pytest.raises(TerreauError) as caught:
        names(expression)
    assert caught.value.code == "referentials.expression"
    assert str(caught.value.facts["place"]).isdigit()


@st.composite
def expressions(draw, depth=3):
    kind = draw(st.sampled_from(["name", "not", "and", "or"] if depth else ["name"]))
    if kind == "name":
        return draw(st.sampled_from(["a", "b", "c"]))
    if kind == "not":
        return f"not ({draw(expressions(depth=depth - 1))})"
    return f"({draw(expressions(depth=depth - 1))}) {kind} ({draw(expressions(depth=depth - 1))})"


@settings(max_examples=40)
@given(expressions(), st.booleans(), st.booleans(), st.booleans())
def test_the_language_means_what_python_means(expression, a, b, c):
    profile = {"a": a, "b": b, "c": c}
    assert applies(expression, profile) is bool(eval(expression, {}, profile))
