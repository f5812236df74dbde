"""A rule of arbitration is checked against a case: kept, broken, or open with what is missing."""

from __future__ import annotations

import pytest

from terreau import levers
from terreau.kernel.errors import TerreauError
from terreau.levers.conditions import holds


def test_five_hours_by_plane_break_the_rule_of_six_hours_by_train():
    said = levers.check("train-6h", {"hours": "5,5", "by_train": "non"})
    assert said.holds is False
    assert said.why.fr == "Le train met 5,5 h : la règle le demande en dessous de six heures."
    assert "5.5 h" in said.why.en


def test_by_train_the_hours_do_not_matter():
    assert levers.check("train-6h", {"by_train": "oui"}).holds is True


def test_from_six_hours_on_the_way_does_not_matter():
    assert levers.check("train-6h", {"hours": 7}).holds is True
    assert levers.check("train-6h", {"hours": 6, "by_train": False}).holds is True, "six hours are not below six hours"


def test_a_missing_fact_leaves_it_open_and_is_named():
    said = levers.check("train-6h", {"hours": 3, "by_train": ""})
    assert said.holds is None
    assert said.missing == ("by_train",)
    assert "« Le trajet est-il prévu en train ? »" in said.why.fr


@pytest.mark.parametrize(("age", "kept"), [(7.9, False), (8, True), ("8,0", True), (None, None)])
def test_no_new_monitor_before_eight_years(age, kept):
    assert levers.check("screen-8y", {"age": age, "broken_down": False, "health_need": False}).holds is kept


def test_a_health_need_comes_before_the_age():
    assert levers.check("screen-8y", {"age": 1, "health_need": True}).holds is True


def test_repair_is_asked_up_to_half_the_price():
    case = {"repair_cost": 200, "new_cost": 400, "repaired": False}
    assert levers.check("repair-half", case).holds is False
    assert levers.check("repair-half", {**case, "repair_cost": 201}).holds is True


def test_an_unknown_rule_or_fact_names_the_nearest():
    with pytest.raises(TerreauError) as caught:
        levers.check("train-5h", {})
    assert caught.value.facts["near"] == "train-6h"
    with pytest.raises(TerreauError) as caught:
        levers.check("train-6h", {"hour": 3})
    assert caught.value.code == "levers.fact_unknown" and caught.value.facts["near"] == "hours"


@pytest.mark.parametrize("facts", [{"hours": "beaucoup"}, {"by_train": "peut-être"}, {"hours": True}, {"by_train": 7}])
def test_a_fact_that_cannot_be_read_says_what_is_expected(facts):
    with pytest.raises(TerreauError) as caught:
        levers.check("train-6h", facts)
    assert caught.value.code == "levers.fact_unreadable"
    assert "oui ou non" in str(caught.value.words("fr")) or "7,5" in str(caught.value.words("fr"))


@pytest.mark.parametrize(
    ("condition", "facts", "answer"),
    [
        ("a and b", {"a": False}, False),
        ("a and b", {"a": True}, None),
        ("a or b", {"a": True}, True),
        ("a or b", {"a": False}, None),
        ("not a", {}, None),
        ("a / b > 1", {"a": 1, "b": 0}, None),
        ("-a < 0 and a + 1 != 3", {"a": 1}, True),
        ("(a - 1) * 2 <= 4", {"a": 3}, True),
        ("a == 2", {"a": 2}, True),
        ("True", {}, True),
    ],
)
def test_a_condition_stays_open_only_when_the_missing_fact_matters(condition, facts, answer):
    assert holds(condition, facts) is answer


@pytest.mark.parametrize(
    "condition",
    ["", "a b", "__import__('os')", "a.b", "a[0]", "lambda: 1", "a if b else c", "'x' == a", "1 < a < 3", "a ** 9 > 1",
     "f(a)", "(" * 500, "a or " * 100 + "a", "x := 3", "[a]", "None", "1j > a", "a % 2"],
)  # fmt: skip
def test_nothing_but_plain_conditions_is_read(condition):
    with pytest.raises(TerreauError) as caught:
        holds(condition, {"a": 1})
    assert caught.value.code == "levers.condition_unreadable"
