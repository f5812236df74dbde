"""The days to come: of a plan, of a label, of evidence, of the law."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from terreau.evidence.records import EvidenceRecord
from terreau.kernel.errors import TerreauError
from terreau.plan.arbitration import Reviewed
from terreau.plan.calendar import (
    DUE,
    Expected,
    Label,
    between,
    of_commitments,
    of_decisions,
    of_evidence,
    of_indicators,
    of_labels,
)
from terreau.plan.commitments import Review
from terreau.plan.duties import MissionCompany, of_budget_debates, of_edition, of_mission
from terreau.plan.replanning import milestone_put_off
from terreau.referentials.library import edition
from tests.plan.promises import LONGER, promise
from tests.plan.test_arbitration import TRAVEL

ON = date(2026, 1, 1)


def days(events):
    return [(one.key, one.on) for one in events]


def test_a_commitment_gives_what_is_left_to_do_its_due_day_and_its_review():
    found = list(of_commitments([promise(next_review=date(2026, 6, 1))], ON, url="https://nr.example/plan/{key}"))
    assert days(found) == [
        ("milestone:longer/parts", date(2026, 3, 31)),
        ("due:longer", date(2026, 12, 31)),
        ("review:longer", date(2026, 6, 1)),
    ]
    assert found[0].url == "https://nr.example/plan/longer"
    assert (found[0].title("fr"), found[0].title("en")) == (
        "Jalon : Des pièces en stock",
        "Milestone: Des pièces en stock",
    )


def test_a_date_put_off_moves_its_event_under_the_same_key():
    moved = milestone_put_off(LONGER, "parts", date(2026, 9, 30), on=date(2025, 12, 1), why="Rupture")
    assert days(of_commitments([moved], ON))[0] == ("milestone:longer/parts", date(2026, 9, 30))


def test_drafts_and_ended_commitments_give_no_day():
    closed = promise(reviews=(Review(on=date(2025, 12, 1), decision="close", comment="Fini"),))
    assert list(of_commitments([promise(adopted_on=None), closed], ON)) == []


def test_nobody_waits_for_the_due_day_of_what_is_kept_but_for_what_it_left_undone():
    one = promise(next_review=date(2026, 6, 1))
    kinds = [found.kind for found in of_commitments([one], ON)]
    settled = [found.kind for found in of_commitments([one], ON, settled={one.key})]
    assert DUE in kinds and settled == [kind for kind in kinds if kind != DUE]


def test_a_decision_comes_back_until_it_is_reviewed():
    assert days(of_decisions([TRAVEL], ON)) == [("decision:travel", date(2026, 3, 1))]
    held = replace(TRAVEL, reviews=(Reviewed(on=date(2026, 3, 2), kept=True),))
    assert list(of_decisions([held], date(2026, 3, 3))) == []
    early = replace(TRAVEL, reviews=(Reviewed(on=date(2025, 9, 1), kept=True),))
    assert days(of_decisions([early], ON)) == [("decision:travel", date(2026, 3, 1))]
    assert list(of_decisions([replace(TRAVEL, replaced_by="other"), replace(TRAVEL, decided="")], ON)) == []


def test_evidence_with_a_last_day_expires_and_withdrawn_evidence_does_not():
    piece = EvidenceRecord(key="e1", kind="document", title="Charte", received_on=datetime(2025, 1, 1, tzinfo=UTC),
                           valid_until=date(2026, 5, 31))  # fmt: skip
    without = replace(piece, key="e2", valid_until=None)
    assert days(of_evidence([piece, without, replace(piece, key="e3", withdrawn=True)])) == [
        ("evidence:e1", date(2026, 5, 31))
    ]


def test_a_label_lasts_three_years_and_its_renewal_is_prepared_six_months_before():
    assert days(of_labels([Label(key="nr", name="Label NR niveau 1", granted_on=date(2024, 8, 31))])) == [
        ("label:nr/prepare", date(2027, 2, 28)),
        ("label:nr", date(2027, 8, 31)),
    ]
    said = Label(key="nr", name="Label", granted_on=date(2024, 1, 10), ends_on=date(2027, 3, 1), prepare_months=3)
    assert [one.on for one in of_labels([said])] == [date(2026, 12, 1), date(2027, 3, 1)]


@pytest.mark.parametrize(
    ("frequency", "last", "due"),
    [
        ("weekly", date(2026, 1, 1), date(2026, 1, 8)),
        ("monthly", date(2026, 1, 31), date(2026, 2, 28)),
        ("monthly", date(2026, 2, 28), date(2026, 3, 31)),
        ("quarterly", date(2026, 9, 30), date(2026, 12, 31)),
        ("quarterly", date(2025, 11, 30), date(2026, 2, 28)),
        ("half-yearly", date(2025, 12, 31), date(2026, 6, 30)),
        ("yearly", date(2024, 2, 29), date(2025, 2, 28)),
        ("yearly", None, date(2025, 9, 1)),
    ],
)
def test_an_indicator_is_due_one_period_after_its_last_value(frequency, last, due):
    one = Expected(
        key="PARC02", name_fr="Durée", name_en="Lifespan", frequency=frequency, since=date(2025, 9, 1), last_on=last
    )
    assert days(of_indicators([one])) == [("indicator:PARC02", due)]


def test_an_indicator_followed_at_each_event_has_no_day():
    one = Expected(key="X", name_fr="", name_en="", frequency="per_event", since=ON)
    assert list(of_indicators([one])) == []


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, date(2026, 9, 30)),
        ({"permanent_staff": 50}, date(2026, 9, 30)),
        ({"permanent_staff": 49}, date(2027, 3, 31)),
        ({"permanent_staff": 49, "checks": (date(2027, 2, 1),)}, date(2029, 2, 1)),
        ({"permanent_staff": 49, "checks": (date(2027, 2, 1),), "waits_three_years": True}, date(2030, 2, 1)),
        (
            {"permanent_staff": 80, "checks": (date(2026, 6, 1), date(2028, 5, 1)), "waits_three_years": True},
            date(2030, 5, 1),
        ),
    ],
)
def test_the_check_of_a_mission_comes_after_eighteen_months_or_twenty_four_then_two_years_or_three(facts, due):
    assert MissionCompany(published_on=date(2025, 3, 31), **facts).next_check == due


def test_the_committee_reports_six_months_after_each_closing_since_the_publication():
    company = MissionCompany(published_on=date(2025, 3, 31), accounts_end=(12, 31))
    found = between(of_mission(company, ON, date(2027, 12, 31)), ON, date(2027, 12, 31))
    assert days(found) == [
        ("mission:report/2025-12-31", date(2026, 6, 30)),
        ("mission:check/1", date(2026, 9, 30)),
        ("mission:report/2026-12-31", date(2027, 6, 30)),
    ]
    assert found[1].basis == "C. com., art. R. 210-21, II"
    earlier = of_mission(company, date(2025, 1, 1), date(2025, 12, 31))
    assert [one.key for one in earlier] == ["mission:check/1", "mission:report/2025-12-31"]


def test_an_accounting_year_that_ends_nowhere_is_refused_and_a_29_february_is_the_last_day():
    with pytest.raises(TerreauError) as refusal:
        MissionCompany(published_on=ON, accounts_end=(13, 1))
    assert refusal.value.code == "plan.accounts_end_unusable"
    leap = MissionCompany(published_on=date(2024, 1, 1), accounts_end=(2, 29))
    assert [one.key for one in of_mission(leap, date(2025, 1, 1), date(2025, 12, 31))][1:] == [
        "mission:report/2024-02-29", "mission:report/2025-02-28",
    ]  # fmt: skip


def test_over_fifty_thousand_inhabitants_the_review_is_shown_before_the_budget_debate():
    (day,) = of_budget_debates(50_001, [date(2026, 2, 12)])
    assert (day.key, day.on, day.basis) == ("reen:review/2026", date(2026, 2, 12), "CGCT, art. L. 2311-1-1")
    assert list(of_budget_debates(50_000, [date(2026, 2, 12)])) == []


def test_the_days_of_a_law_come_from_its_referential_gathered_by_theme():
    reen = edition("reen-35")
    found = between(of_edition(reen, date(2026, 1, 1), date(2027, 12, 31)), date(2026, 1, 1), date(2027, 12, 31))
    yearly = [one for one in found if one.key.startswith("reen-35:3/")]
    assert [one.on for one in yearly] == [date(2026, 12, 31), date(2027, 12, 31)]
    assert "Le bilan de chaque année" in yearly[0].title("fr")
    assert "The review of each year" in yearly[0].title("en")
    assert all(one.on.year in (2026, 2027) for one in found)


def test_a_day_on_the_first_day_asked_is_there_and_what_is_left_out_is_not():
    reen = edition("reen-35")
    day = date(2025, 12, 31)
    again = date(2026, 12, 31)
    assert [one.on for one in of_edition(reen, again, again) if one.key.startswith("reen-35:3/")] == [again]
    third = [one.key for one in reen.criteria if one.theme == "3"]
    assert [one.on for one in of_edition(reen, day, day) if one.key.startswith("reen-35:3/")] == [day]
    assert [one for one in of_edition(reen, day, day, left_out=third) if one.key.startswith("reen-35:3/")] == []
    assert [one.on for one in of_edition(reen, date(2022, 1, 1), date(2023, 1, 1))] == [date(2023, 1, 1)] * 2


def test_events_are_asked_between_two_days_both_included():
    found = between(of_commitments([promise(next_review=ON)], ON), ON, date(2026, 3, 31))
    assert days(found) == [("review:longer", ON), ("milestone:longer/parts", date(2026, 3, 31))]
