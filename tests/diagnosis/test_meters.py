"""The meters of the diagnosis, counted by hand, with their papers; and the calendar of duties."""

from dataclasses import replace
from datetime import date

import pytest

from terreau.diagnosis.duties import around, calendar_of
from terreau.diagnosis.meters import METERS, measures
from terreau.kernel.meter import meter
from terreau.referentials.edition import Duty
from tests.diagnosis.grids import answer, assessment, criterion, edition, level, single
from tests.diagnosis.test_readiness import DAY, HELD, METER, PAPER, solid

ASK = {"socle": {"documents": "partial"}, "avance": {"results": "yes"}}
GRID = edition([criterion(f"1.1.{n}", thresholds=ASK) for n in (1, 2, 3, 4)], levels=[level("socle"), level("avance")])
OTHERS = {
    "old": replace(PAPER, key="old", valid_until=date(2026, 1, 1)),
    "gone": replace(METER, key="gone", withdrawn=True),
}
RECORD = assessment(
    solid("1.1.1"), answer("1.1.2", "partial", "none", None), answer("1.1.3", na="sans objet"),
    replace(solid("1.1.4"), links=tuple(replace(one, evidence="old") for one in solid("1.1.4").links)),
    evidence=HELD | OTHERS, organisation="Atelier",
)  # fmt: skip


def test_the_four_meters_by_hand():
    told = {one.meter: one for one in measures(RECORD, GRID, DAY)}
    assert set(told) == {one.key for one in METERS} - {"diagnosis.conformity"} and all(meter(key) for key in told)
    assert (told["diagnosis.answered"].numerator, told["diagnosis.answered"].denominator) == (2, 3)
    assert told["diagnosis.answered"].excluded[0].value == 1
    assert (told["diagnosis.proven"].numerator, told["diagnosis.proven"].denominator) == (1, 2)
    reached = told["diagnosis.level"]
    assert (reached.value, reached.low, reached.high, reached.denominator) == (1, 1, 2, 2)
    fresh = told["diagnosis.evidence_fresh"]
    assert (fresh.numerator, fresh.denominator) == (2, 3), "the paper and the meter hold, the old one expired"
    assert [row.value for row in fresh.excluded] == [0, 2], "the statement and the withdrawn one are tied to nothing"


def test_a_grid_of_single_answers_has_a_rate_between_what_is_met_and_what_may_still_be():
    grid = single(4, scoring=("rgaa-rate-1",))
    record = assessment(answer("1.1.1", "passed"), answer("1.1.2", "failed"), answer("1.1.3", na="sans objet"))
    told = {one.meter: one for one in measures(record, grid, DAY)}
    rate = told["diagnosis.conformity"]
    assert (rate.numerator, rate.denominator) == (1, 3), "one met, one not, one open; the fourth does not apply"
    assert (rate.low, rate.value, rate.high) == pytest.approx((1 / 3, 1 / 3, 2 / 3))


def test_a_meter_says_its_perimeter_and_its_papers_in_both_languages():
    for one in measures(RECORD, GRID, DAY):
        assert one.perimeter == ("Atelier", "organisation") and one.group == "g"
        assert all(row["what"] for language in ("fr", "en") for row in one.as_json(language)["papers"])


def test_nothing_to_count_gives_no_value_rather_than_a_perfect_one():
    empty = assessment(*(answer(f"1.1.{n}", na="sans objet") for n in (1, 2, 3, 4)))
    assert [one.value for one in measures(empty, GRID, DAY)] == [None, None, None, None]


@pytest.mark.parametrize(
    ("every", "day", "expected"),
    [
        ("", date(2022, 12, 31), (None, date(2023, 1, 1))),
        ("", date(2023, 1, 1), (date(2023, 1, 1), None)),
        ("P1Y", date(2026, 3, 1), (date(2026, 1, 1), date(2027, 1, 1))),
        ("P6M", date(2023, 7, 1), (date(2023, 7, 1), date(2024, 1, 1))),
        ("P0D", date(2026, 3, 1), (date(2023, 1, 1), None)),
    ],
)
def test_the_days_around_a_duty(every, day, expected):
    assert around(date(2023, 1, 1), every, day) == expected


def test_a_duty_of_the_end_of_a_month_keeps_to_the_end_of_shorter_months():
    assert around(date(2024, 1, 31), "P1M", date(2024, 3, 15)) == (date(2024, 2, 29), date(2024, 3, 31))


def test_a_duty_is_late_when_its_day_is_past_and_it_is_not_met_in_full():
    duties = {"1.1.1": Duty(due=date(2023, 1, 1)), "1.1.2": Duty(due=date(2025, 1, 1), every="P1Y"), "1.1.3": Duty(due=date(2027, 1, 1)),
              "1.1.4": Duty(due=date(2023, 1, 1)), "1.1.5": None}  # fmt: skip
    grid = edition([criterion(key, ("verdict",), duty=duty) for key, duty in duties.items()], scoring=("duties-1",))
    record = assessment(
        answer("1.1.1", "partial"), answer("1.1.2", "yes"), answer("1.1.4", na="moins de 50 000 habitants")
    )
    told = calendar_of(record, grid, DAY)
    assert [(one.criterion, one.late, one.next_due) for one in told] == [
        ("g:1.1.2", False, date(2027, 1, 1)), ("g:1.1.3", False, date(2027, 1, 1)),
        ("g:1.1.1", True, None), ("g:1.1.4", False, None),
    ]  # fmt: skip
