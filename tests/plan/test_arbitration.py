"""Decisions between objectives in tension: what is lacking is named, what is not reviewed comes back."""

from dataclasses import replace
from datetime import date

import pytest

from terreau.plan.arbitration import Decision, Effect, Option, Reviewed, check_decision, overdue, state_of
from tests.plan.promises import codes, speaks

TRAIN = Option(key="train", title="Le train", effects=(Effect(criterion="environment", brings="12 fois moins de CO2"),
                                                       Effect(criterion="use", costs="une nuit de plus")))  # fmt: skip
PLANE = Option(
    key="plane", title="L’avion", effects=(Effect(criterion="cost", brings="moins cher", costs="du climat"),)
)
TRAVEL = Decision(
    key="travel", question="Train ou avion sous six heures ?", tensions=("environment", "use"), options=(TRAIN, PLANE),
    took_part=("élus", "agents"), decided="train", why="Moins de six heures", decided_on=date(2025, 3, 1),
    review_on=date(2026, 3, 1),
)  # fmt: skip


def test_a_sound_decision_has_no_fault():
    assert check_decision(TRAVEL) == ()


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("plan.decision_no_question", {"question": ""}),
        ("plan.too_few_options", {"options": (TRAIN,)}),
        ("plan.option_twice", {"options": (TRAIN, PLANE, PLANE)}),
        ("plan.option_without_cost", {"options": (TRAIN, PLANE, Option(key="stay", title="Rester"))}),
        ("plan.no_tension", {"tensions": ("use",)}),
        ("plan.decided_without_reason", {"why": " "}),
        ("plan.decided_unknown_option", {"decided": "boat"}),
        ("plan.decided_without_day", {"decided_on": None}),
        ("plan.review_before_decision", {"review_on": date(2025, 2, 1)}),
        ("plan.decision_never_reviewed", {"review_on": None}),
        ("plan.nobody_took_part", {"took_part": ()}),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_named_alone(code, facts):
    found = check_decision(replace(TRAVEL, **facts))
    assert codes(found) == [code]
    assert speaks(found[0])


def test_an_open_question_is_not_asked_for_its_reason():
    assert check_decision(replace(TRAVEL, decided="", why="", decided_on=None, review_on=None, took_part=())) == ()


def test_its_state_follows_the_days():
    assert state_of(TRAVEL, date(2025, 2, 1)) == "open"
    assert state_of(TRAVEL, date(2026, 3, 1)) == "decided"
    assert state_of(TRAVEL, date(2026, 3, 2)) == "review_due"
    assert state_of(replace(TRAVEL, replaced_by="travel-2"), date(2026, 3, 2)) == "replaced"


def test_an_overdue_review_is_named_until_it_is_held():
    (late,) = overdue([TRAVEL, replace(TRAVEL, key="new", review_on=date(2027, 3, 1))], date(2026, 4, 1))
    assert (late.code, late.subject, late.facts["days"]) == ("plan.review_overdue", "travel", 31)
    assert speaks(late)
    held = replace(TRAVEL, reviews=(Reviewed(on=date(2026, 3, 15), kept=True, comment="Toujours vrai"),))
    assert overdue([held], date(2026, 4, 1)) == ()
    early = replace(TRAVEL, reviews=(Reviewed(on=date(2025, 6, 1), kept=True),))
    assert len(overdue([early], date(2026, 4, 1))) == 1


def test_the_rows_of_the_table_are_the_criteria_the_options_speak_of():
    own = Option(
        key="bus", title="Le car", effects=(Effect(criterion="image", costs="fatigue"), Effect(criterion="use"))
    )
    assert replace(TRAVEL, options=(TRAIN, own)).criteria == ("use", "environment", "image")
