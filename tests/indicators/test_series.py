"""The values of an indicator in time: nothing rewritten, the last correction wins, a change of method shows."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators.series import series
from terreau.indicators.trend import freshness, stale_remark, trend
from terreau.indicators.values import Value, correction, recomputed
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.indicators.small_board import START, a_value, later

Y2023, Y2024, Y2025 = date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)


def corrected(of, value, **more):
    told = {"id": f"{of.id}c", "recorded_at": later(of), "signed_by": "référente", "explained": "virgule déplacée"}
    return correction(of, **(told | more), value=value)


def told_again(of, value, method="v2", **more):
    return recomputed(of, value, **({"id": f"{of.id}r", "recorded_at": later(of), "method": method} | more))


def codes(found):
    return [one.code.partition(".")[2] for one in found]


def test_a_correction_wins_and_what_it_corrects_stays():
    first = a_value(45.0)
    second = corrected(first, 4.5)
    told = series("KEPT", [second, first])
    assert [point.used.value for point in told.points] == [4.5]
    assert told.kept == (first, second)
    assert told.history(second.id) == told.history(first.id) == (first, second)
    assert told.history("nobody") == ()


def test_what_a_person_corrects_is_no_longer_what_a_meter_said_nor_its_range():
    measured = a_value(45.0, origin="meter", method="run", low=40.0, high=50.0, numerator=9.0, denominator=2.0)
    by_hand = corrected(measured, 44.0)
    assert (by_hand.origin, by_hand.low, by_hand.high, by_hand.numerator, by_hand.denominator) == (
        "form",
        None,
        None,
        None,
        None,
    )
    assert (by_hand.method, by_hand.corrects) == ("run", measured.id)


def test_a_correction_of_a_correction_is_followed_to_the_end_whatever_the_order_of_the_rows():
    first = a_value(45.0)
    second = corrected(first, 4.5)
    third = corrected(second, 4.6)
    for rows in permutations([first, second, third]):
        told = series("KEPT", rows)
        assert told.points[0].used == third
        assert told.history(second.id) == (first, second, third)


def test_of_two_corrections_of_one_value_the_last_that_came_in_holds():
    first = a_value(45.0)
    early, late = corrected(first, 4.5, id="early"), corrected(first, 4.7, id="late", recorded_at=later(first, 90))
    assert series("KEPT", [late, first, early]).points[0].used == late


def test_a_value_taken_away_leaves_no_point_and_stays_in_the_history():
    first = a_value(4.5)
    gone = corrected(first, None)
    told = series("KEPT", [first, gone])
    assert told.points == ()
    assert told.history(first.id) == (first, gone)


def test_a_correction_may_move_the_date():
    first = a_value(4.5, Y2025)
    moved = correction(first, id="m", recorded_at=later(first), signed_by="moi", explained="mauvaise année", on=Y2024)
    assert [point.on for point in series("KEPT", [first, moved]).points] == [Y2024]
    assert moved.value == 4.5


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"explained": " "}, "correction_unexplained"),
        ({"signed_by": ""}, "correction_unsigned"),
        ({"indicator": "OTHER"}, "correction_elsewhere"),
        ({"group": "it"}, "correction_elsewhere"),
    ],
)
def test_a_correction_says_why_and_who_and_stays_in_its_series(changed, code):
    first = a_value(4.5)
    told = {"id": "c", "recorded_at": later(first), "signed_by": "moi", "explained": "faute", "value": 4.0} | changed
    with pytest.raises(TerreauError) as refused:
        correction(first, **told)
    assert refused.value.code == f"indicators.{code}"


def test_links_that_lead_nowhere_or_go_round_are_told_and_lose_nothing():
    lost = a_value(4.0, Y2024, corrects="gone")
    one, other = a_value(5.0, Y2025, id="a", corrects="b"), a_value(6.0, Y2025, id="b", corrects="a")
    told = series("KEPT", [lost, one, other])
    assert sorted(codes(told.remarks)) == ["corrections_go_round", "corrects_unknown"]
    assert [point.used.value for point in told.points] == [4.0, 6.0]
    assert len(told.kept) == 3


def test_two_values_with_one_identifier_are_refused():
    with pytest.raises(TerreauError, match="value_id_twice"):
        series("KEPT", [a_value(4.0, id="x"), a_value(5.0, id="x")])


def test_two_measures_of_one_day_are_told_and_the_last_one_holds():
    told = series("KEPT", [a_value(4.0), a_value(5.0)])
    assert codes(told.remarks) == ["same_day_twice"]
    assert [point.used.value for point in told.points] == [5.0]


def test_groups_and_other_indicators_have_series_of_their_own():
    values = [a_value(4.0), a_value(5.0, group="laptop"), a_value(6.0, indicator="OTHER")]
    assert [point.used.value for point in series("KEPT", values, "laptop").points] == [5.0]


def test_a_change_of_method_parts_the_curve_and_is_told():
    told = series("KEPT", [a_value(4.0, Y2023, method="m"), a_value(4.1, Y2024, method="m"), a_value(6.0, Y2025, method="m",
                  method_version="2")])  # fmt: skip
    assert [[point.used.value for point in run] for run in told.segments] == [[4.0, 4.1], [6.0]]
    (broken,) = told.breaks
    assert broken.words("fr").what == "La méthode a changé entre le 31/12/2024 et le 31/12/2025 (m, puis m@2)."
    assert broken.words("en").what == "The method changed between 2024-12-31 and 2025-12-31 (m, then m@2)."


def test_an_older_value_recomputed_with_the_newer_method_joins_the_curve_and_both_are_kept():
    old, new = a_value(100.0, Y2024, method="v1"), a_value(75.0, Y2025, method="v2")
    again = told_again(old, 80.0)
    told = series("KEPT", [old, new, again])
    assert told.breaks == ()
    assert [point.used.value for point in told.points] == [80.0, 75.0]
    assert told.points[0].original == old
    assert told.points[0].is_recomputed
    assert told.kept == (old, new, again)
    assert told.remarks == ()


def test_each_run_uses_the_recomputation_that_compares_with_what_follows():
    first, second, third = (a_value(10.0 * n, day, method=f"v{n}") for n, day in ((1, Y2023), (2, Y2024), (3, Y2025)))
    told = series(
        "KEPT", [first, second, third, told_again(first, 11.0, "v2"), told_again(first, 12.0, "v9", id="other")]
    )
    assert [[point.used.value for point in run] for run in told.segments] == [[11.0, 20.0], [30.0]]


def test_a_value_corrected_after_it_was_recomputed_shows_the_break_again():
    old, new = a_value(100.0, Y2024, method="v1"), a_value(75.0, Y2025, method="v2")
    again = told_again(old, 80.0)
    fixed = corrected(old, 90.0, recorded_at=later(again))
    told = series("KEPT", [old, new, again, fixed])
    assert codes(told.remarks) == ["recomputed_before_correction"]
    assert len(told.breaks) == 1
    anew = told_again(fixed, 72.0, id="anew", recorded_at=later(fixed))
    mended = series("KEPT", [old, new, again, fixed, anew])
    assert mended.breaks == ()
    assert mended.points[0].used == anew


def test_a_recomputed_value_can_itself_be_corrected():
    old, new = a_value(100.0, Y2024, method="v1"), a_value(75.0, Y2025, method="v2")
    again = told_again(old, 8.0)
    fixed = corrected(again, 80.0)
    told = series("KEPT", [old, new, again, fixed])
    assert told.points[0].used == fixed
    assert told.points[0].original == old


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"recomputes": "gone"}, "recomputes_unknown"), ({"on": Y2023}, "recomputed_other_day"),
     ({"method": "v1"}, "recomputed_same_method")],
)  # fmt: skip
def test_a_recomputation_that_recomputes_nothing_is_kept_aside_and_told(changed, code):
    old = a_value(100.0, Y2024, method="v1")
    stray = a_value(80.0, **({"on": Y2024, "method": "v2", "recomputes": old.id} | changed))
    told = series("KEPT", [old, stray])
    assert codes(told.remarks) == [code]
    assert [point.used for point in told.points] == [old]
    assert stray in told.kept


def test_recomputing_with_the_same_method_is_refused_as_a_correction_in_disguise():
    with pytest.raises(TerreauError, match="recomputed_same_method"):
        told_again(a_value(100.0, method="v2"), 80.0, "v2")


def test_the_trend_stops_at_a_break_and_says_when_nobody_can_tell():
    values = [a_value(9.0, Y2023, method="m"), a_value(4.0, Y2024), a_value(5.0, Y2025)]
    told = trend(series("KEPT", values), Y2025)
    assert (told.direction, told.change, told.start) == ("rising", 1.0, Y2024)
    assert told.across.code == "indicators.method_break"
    assert told.per_year == pytest.approx(1.0, rel=0.01)
    wide = [a_value(4.0, Y2024, low=3.0, high=6.0), a_value(5.0, Y2025)]
    assert trend(series("KEPT", wide), Y2025).direction == "unclear"
    assert trend(series("KEPT", wide), Y2024).direction == "unknown"


def test_a_value_is_stale_once_its_rhythm_and_its_grace_are_over():
    told = series("KEPT", [a_value(4.0, Y2024)])
    assert not freshness(told, "yearly", date(2026, 3, 31)).stale
    late = freshness(told, "yearly", date(2026, 4, 1))
    assert (late.stale, late.due, late.days_late) == (True, Y2025, 91)
    assert stale_remark(told, "yearly", date(2026, 4, 1)).words("en").what.endswith("due for 2025-12-31.")
    assert stale_remark(series("KEPT", []), "yearly", Y2025).code == "indicators.never_measured"
    assert stale_remark(series("KEPT", []), "per_event", Y2025) is None


def test_a_value_goes_to_json_and_back():
    value = a_value(4.5, low=4.0, high=5.0, period=Period(date(2025, 1, 1), Y2025), proofs=("e1",), precision="year")
    assert Value.from_json(value.as_json()) == value


@pytest.mark.parametrize("odd", [{"value": float("nan")}, {"value": 4.0, "low": 5.0}, {"value": None, "high": 1.0},
                                 {"value": 4.0, "recorded_at": datetime(2026, 1, 1)}])  # fmt: skip
def test_a_value_that_makes_no_sense_cannot_be_made(odd):
    with pytest.raises(ValueError):  # noqa: PT011
        a_value(**odd)


@st.composite
def histories(draw):
    """Values of three years, each corrected or told again at random, any of them by any method."""
    values: list[Value] = []
    for rank in range(draw(st.integers(1, 9))):
        of = draw(st.sampled_from([None, *values])) if values else None
        link = draw(st.sampled_from(["corrects", "recomputes"]))
        values.append(Value(
            id=str(rank), indicator="KEPT", unit="year", value=draw(st.sampled_from([None, 1.0, 2.0, 3.0])),
            on=of.on if of and link == "recomputes" else date(draw(st.integers(2022, 2025)), 12, 31),
            method=draw(st.sampled_from(["a", "b"])), recorded_at=START + timedelta(days=rank),
            **({link: of.id} if of else {}),
        ))  # fmt: skip
    return values


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_whatever_the_history_all_is_kept_in_any_order_and_runs_never_mix_methods(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    told = series("KEPT", values)
    assert series("KEPT", shuffled) == told
    assert sorted(one.id for one in told.kept) == sorted(one.id for one in values)
    assert [point.on for point in told.points] == sorted({point.on for point in told.points})
    assert sum(told.segments, ()) == told.points
    for run in told.segments:
        assert len({point.used.method_mark for point in run}) == 1
    assert len(told.breaks) == max(0, len(told.segments) - 1)
    for point in told.points:
        assert not any(one.corrects == point.used.id for one in told.kept)
