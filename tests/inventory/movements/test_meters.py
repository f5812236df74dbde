"""The meters of a year: the legal reuse rate and its doubts, the renewal rate, what each leaves out."""

import csv
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from terreau.inventory.movements import METERS, measures, reuse
from terreau.inventory.movements.lifespans import median
from terreau.inventory.movements.records import ExitCount, Flow, LifespanAtExit, Movements
from terreau.inventory.movements.reuse import Part, ReuseCounts, reuse_counts
from terreau.inventory.vocabulary import rows
from terreau.kernel.errors import TerreauError
from terreau.kernel.meter import meter, meters, register


def exits(category, destination, age, quantity, leased=False):
    return ExitCount(category, destination, age, leased, quantity)


YEAR = Movements(
    at_before=date(2025, 9, 30), at_after=date(2026, 9, 30), sources=(),
    flows=(Flow("before", "laptop", 100), Flow("purchased", "laptop", 10), Flow("discovered_undated", "laptop", 5),
           Flow("exit", "laptop", 12), Flow("gone", "laptop", 3), Flow("after", "laptop", 100)),
    exits=(
        exits("laptop", "donated", "under", 3), exits("laptop", "sold", "under", 1), exits("laptop", "recycled", "under", 2),
        exits("laptop", "retired", "under", 4), exits("laptop", "donated", "unknown", 1),
        exits("tower_server", "gone", "under", 1), exits("laptop", "recycled", "over", 5), exits("laptop", "lost", "under", 2),
        exits("laptop", "sold", "under", 7, leased=True), exits("rack_server", "donated", "under", 6),
    ),
    lifespans=(LifespanAtExit(category="laptop", exits=15, dated=3, year_only=1, mean=5.0, median=4.5, shortest=4, longest=7),),
    changes=(), entities=(), retired_before=(), apart={},
    told=dict.fromkeys(("year_only", "still_out", "seen_out", "aged", "age_days", "seen", "unseen"), 0.0),
)  # fmt: skip


def told(key):
    return next(one for one in measures(YEAR) if one.meter == key)


def test_the_legal_reuse_rate_counts_given_and_sold_over_what_is_not_excluded():
    rate = told("fleet.reuse_rate")
    assert (rate.numerator, rate.denominator) == (5, 12)
    assert rate.value == pytest.approx(5 / 12)
    assert rate.low == pytest.approx(3 / 11), "sales proved by nothing, one gift of unknown age left out"
    assert rate.high == pytest.approx(10 / 12), "every unknown destination reused: only two were recycled for certain"
    assert [row.value for row in rate.excluded] == [5, 2, 7, 6, None]


def test_the_told_rate_always_stands_between_its_bounds():
    for counts in product(range(3), repeat=8):
        rate = ReuseCounts(sure=Part(*counts[:4]), unsure=Part(*counts[4:])).rate()
        assert rate is None or 0 <= rate[0] <= rate[1] <= rate[2] <= 1


def test_nothing_retired_gives_no_rate_and_never_zero():
    assert next(one for one in measures(replace(YEAR, exits=())) if one.meter == "fleet.reuse_rate").value is None


@pytest.mark.parametrize(("year", "share"), [(2022, None), (2023, 0.25), (2024, 0.35), (2025, 0.5), (2031, 0.5)])
def test_the_target_is_that_of_its_year(year, share):
    assert reuse.target(year) == share


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.5, 0.9, "reached"), (0.1, 0.49, "missed"), (0.1, 0.9, "undecided")]
)
def test_the_target_is_reached_only_when_every_doubt_is_on_its_side(low, high, said):
    assert reuse.verdict(low, high, 0.5) == said


def test_renewal_goes_from_what_is_dated_to_what_may_have_been_bought():
    rate = told("fleet.renewal_rate")
    assert (rate.value, rate.low, rate.high) == (0.10, 0.10, 0.15)
    assert (told("fleet.exits").low, told("fleet.exits").value) == (12, 15)


def test_a_lifespan_carries_its_number():
    life = told("fleet.lifespan_at_exit")
    assert (life.group, life.value, life.denominator) == ("laptop", 5.0, 3)
    assert [row.value for row in life.excluded] == [12]
    assert median([(4, 1), (10, 2), (6, 1)]) == 8, "two of four were kept at most 6 days, two others 10"


def test_meters_are_known_by_key_and_a_key_is_taken_once():
    assert {one.key for one in METERS} <= {one.key for one in meters()}
    assert meter("fleet.reuse_rate").label("en") == "Legal reuse rate"
    with pytest.raises(TerreauError, match="key_claimed_twice"):
        register(replace(METERS[0], fr="Autre chose"))


def test_every_category_is_read_against_the_decree():
    known = {row["category_key"] for row in rows("category-keys")}
    path = reuse.__file__.replace("reuse.py", "reuse-scope.csv")
    with Path(path).open(encoding="utf-8") as scope:
        assert {row["category"] for row in csv.DictReader(scope)} == known
    assert reuse_counts([exits("", "donated", "under", 1)]).unsure_category == 1
