"""A plan adds up, to the cent; what others do is listed and never counted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.plan.commitments import Linked, Review
from terreau.plan.totals import coverage, shown, spread, totals
from tests.plan.promises import promise

ON = date(2026, 1, 1)


def test_money_follows_the_days_of_each_year():
    assert spread(Decimal(7310), date(2025, 1, 1), date(2026, 12, 31)) == {2025: Decimal(3655), 2026: Decimal(3655)}
    assert spread(Decimal(100), date(2025, 12, 31), date(2026, 1, 1)) == {2025: Decimal(50), 2026: Decimal(50)}
    assert spread(Decimal(100), date(2026, 1, 2), date(2026, 1, 1)) == {}


def test_the_cent_that_is_left_goes_to_the_year_that_lost_most():
    thirds = spread(Decimal("1.00"), date(2025, 1, 1), date(2027, 12, 31))
    assert thirds == {2025: Decimal("0.34"), 2026: Decimal("0.33"), 2027: Decimal("0.33")}
    mostly_later = spread(Decimal("0.01"), date(2025, 12, 31), date(2026, 12, 31))
    assert mostly_later == {2025: Decimal(0), 2026: Decimal("0.01")}


@settings(max_examples=50)
@given(
    st.decimals(0, 10_000_000, places=2),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 3000),
)
def test_years_add_up_to_the_cent(amount, start, days):
    years = spread(amount, start, date.fromordinal(start.toordinal() + days))
    assert sum(years.values()) == amount
    assert all(part >= 0 for part in years.values())


def test_parts_shown_add_up_to_their_sum_shown():
    """268 000 € told as 268 002 € by years rounded one by one."""
    parts = [Decimal(one) for one in ("7687.67", "102510.51", "86565.61", "40401.61", "30834.60")]
    assert shown(parts, Decimal(1)) == (7688, 102510, 86566, 40402, 30834)
    assert shown([Decimal("0.5")], Decimal(1)) == (1,) and shown([], Decimal(1)) == ()


@given(st.lists(st.decimals(0, 10000, places=2), max_size=6), st.sampled_from([Decimal(1), Decimal("0.1")]))
def test_parts_shown_are_never_a_step_away_from_what_they_are(parts, step):
    found = shown(parts, step)
    assert abs(sum(found, Decimal(0)) - sum(parts, Decimal(0))) <= step / 2
    assert all(abs(one - part) < step for one, part in zip(found, parts, strict=True))


def test_a_plan_adds_adopted_commitments_and_tells_the_rest_apart():
    half = promise(key="half", budget=Decimal("10000"), reviews=(Review(on=date(2025, 12, 31), decision="stop"),))
    unknown = promise(key="unknown", budget=None, person_days=None)
    draft = promise(key="draft", adopted_on=None, budget=Decimal("500"))
    found = totals([promise(), half, unknown, draft], ON)
    assert [(year.year, year.budget) for year in found.years] == [(2025, Decimal(10000)), (2026, Decimal(5000))]
    assert (found.budget, found.person_days) == (Decimal(15000), Decimal(45))
    assert found.released == (Decimal(5000), Decimal(15))
    assert found.drafts == (Decimal(500), Decimal(30))
    assert (found.without_budget, found.without_days) == (("unknown",), ("unknown",))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-5"])
def test_what_is_no_amount_is_in_no_total_and_is_said_lacking(amount):
    found = totals([promise(), promise(key="odd", budget=Decimal(amount), person_days=Decimal(amount))], ON)
    assert (found.budget, found.person_days) == (Decimal(10000), Decimal(30))
    assert (found.without_budget, found.without_days) == (("odd",), ("odd",))


def test_actions_of_other_teams_are_listed_and_never_counted():
    marked = promise(linked=(Linked(title="Clause dans le marché", owner="Achats", url="https://example.org/clause"),))
    found = totals([marked], ON)
    assert [(key, action.title) for key, action in found.linked] == [("longer", "Clause dans le marché")]
    assert found.budget == totals([promise()], ON).budget


def test_holes_of_a_plan_are_the_themes_and_criteria_nobody_serves():
    stopped = promise(key="stopped", theme="achats", reviews=(Review(on=date(2025, 6, 1), decision="stop"),))
    themes, criteria = coverage([promise(), stopped], ["parc", "achats"], ["nr-terreau:4.1", "nr-terreau:1.1"], ON)
    assert [(one.key, one.commitments) for one in themes] == [("parc", ("longer",)), ("achats", ())]
    assert [one.commitments for one in criteria] == [("longer",), ()]
