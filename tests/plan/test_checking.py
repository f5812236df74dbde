"""Every fault of a commitment is named, with what to do."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from terreau.plan.aims import Aim, Baseline
from terreau.plan.checking import check, errors
from terreau.plan.commitments import Linked, Origin, Review
from terreau.plan.milestones import Milestone
from tests.plan.promises import LONGER, aim, codes, promise, speaks

UNITS = {"PARC02": "year"}


def test_a_sound_commitment_has_no_fault():
    assert check(LONGER, UNITS, on=date(2025, 7, 1)) == ()


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("plan.due_before_start", {"due": date(2024, 12, 31), "milestones": (), "result": aim(baseline=Baseline(value=4, on=date(2023, 1, 1)))}),
        ("plan.no_statement", {"statement": "  "}),
        ("plan.no_owner", {"owner": ""}),
        ("plan.no_result_indicator", {"result": None}),
        ("plan.serves_nothing", {"theme": "", "criteria": ()}),
        ("plan.negative_budget", {"budget": Decimal("-1")}),
        ("plan.negative_budget", {"budget": Decimal("NaN")}),
        ("plan.negative_person_days", {"person_days": Decimal("-0.5")}),
        ("plan.target_wrong_sign", {"result": aim(target=3)}),
        ("plan.target_wrong_sign", {"result": aim(direction="down")}),
        ("plan.target_without_baseline", {"result": aim(baseline=None)}),
        ("plan.target_changes_nothing", {"result": aim(target=4)}),
        ("plan.aim_without_target", {"result": aim(target=None)}),
        ("plan.aim_without_direction", {"result": aim(direction="none")}),
        ("plan.baseline_after_target", {"result": aim(baseline=Baseline(value=4, on=date(2027, 1, 1)))}),
        ("plan.target_after_due", {"result": aim(target_on=date(2027, 6, 30))}),
        ("plan.unit_differs", {"result": aim(unit="month")}),
        ("plan.indicator_unknown", {"result": aim(indicator="PARC99")}),
        ("plan.figure_unusable", {"result": aim(target=float("nan"))}),
        ("plan.review_without_comment", {"reviews": (Review(on=date(2025, 7, 1), decision="adjust"),)}),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_named_alone(code, facts):
    found = check(promise(**facts), UNITS)
    assert codes(found) == [code]
    assert speaks(found[0])


def test_the_means_indicator_is_checked_as_the_result_is():
    found = check(promise(means=Aim(indicator="FOR01", unit="share", target=1)), {**UNITS, "FOR01": "share"})
    assert codes(found) == ["plan.target_without_baseline"]
    assert "FOR01" in found[0].words("fr").what


def test_a_milestone_outside_the_dates_is_named_with_both():
    late = Milestone(key="late", title="Après coup", due=date(2027, 1, 1))
    found = check(promise(milestones=(*LONGER.milestones, late)), UNITS)
    assert codes(found) == ["plan.milestone_outside"]
    assert "du 01/01/2025 au 31/12/2026" in found[0].words("fr").what
    assert "from 2025-01-01 to 2026-12-31" in found[0].words("en").what


def test_a_year_without_milestone_is_an_advice_and_the_last_one_has_its_due_day():
    found = check(promise(due=date(2028, 6, 30), milestones=LONGER.milestones[:1]), UNITS)
    assert codes(found) == ["plan.year_without_milestone"] * 2
    assert [one.facts["year"] for one in found] == [2026, 2027]
    assert found[0].words("fr").what == "Aucun jalon en 2026."


def test_milestones_with_one_key_or_answering_nobody_are_named():
    twice = (*LONGER.milestones, replace(LONGER.milestones[1], answers="gone"))
    found = check(promise(milestones=twice), UNITS)
    assert set(codes(found)) == {"plan.milestone_twice", "plan.answers_nobody"}
    assert all(speaks(one) for one in found)


def test_what_is_said_done_tomorrow_is_refused():
    (found,) = check(LONGER, UNITS, on=date(2025, 1, 15))
    assert (found.code, speaks(found)) == ("plan.said_done_later", True)


def test_errors_come_first_and_all_at_once():
    found = check(promise(owner="", statement="", budget=Decimal(-1), result=None), UNITS)
    assert codes(found) == ["plan.no_statement", "plan.negative_budget", "plan.no_owner", "plan.no_result_indicator"]
    assert codes(errors(promise(owner="", statement=""))) == ["plan.no_statement"]


def test_units_are_left_alone_when_nobody_knows_them():
    assert check(promise(result=aim(unit="month"))) == ()


def test_a_commitment_as_plain_values():
    told = promise(
        origin=Origin(kind="lever", reference="LV01"), linked=(Linked(title="Marché", owner="Achats"),)
    ).as_json()
    assert told["due"] == "2026-12-31"
    assert told["budget"] == "10000"
    assert told["result"]["baseline"] == {"value": 4, "on": "2024-12-31", "method": ""}
    assert told["milestones"][0]["done_on"] == "2025-06-01"
    assert told["origin"] == {"kind": "lever", "reference": "LV01"}


def test_a_slip_of_a_century_names_five_years_and_not_a_hundred():
    found = check(promise(due=date(2126, 12, 31), milestones=()))
    assert codes(found, "advice").count("plan.year_without_milestone") == 5
