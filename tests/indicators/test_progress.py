"""From baseline to target: shares worked by hand, faults with their remedy, and no progress out of a change of method."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators.followed import Baseline, Target
from terreau.indicators.progress import STATUSES, aim_faults, expected_at, progress
from terreau.indicators.series import series
from terreau.indicators.values import correction, recomputed
from tests.indicators.small_board import CARBON, RATE, YEARS, a_value, an_indicator, later

Y2023, Y2024, Y2025, Y2026, Y2027 = (date(year, 12, 31) for year in range(2023, 2028))
FROM_FOUR, TO_SIX = Baseline(value=4.0, on=Y2023), Target(value=6.0, due=Y2027)


def of(*values, indicator=YEARS, baseline=FROM_FOUR, target=TO_SIX, at=date(2026, 3, 1)):
    return progress(series(indicator.key, values), indicator, baseline, target, at)


def codes(found):
    return [one.code.partition(".")[2] for one in found]


def kept(value, on, **more):
    return a_value(value, on, **more)


def test_half_way_in_half_the_time_is_on_track():
    told = of(kept(4.0, Y2023), kept(5.0, Y2025))
    assert (told.status, told.done) == ("on_track", 0.5)
    assert told.expected == 0.5
    assert told.told.words("fr").what == "Dans les temps : 50 % du chemin fait au 31/12/2025, 50 % attendus."


def test_a_value_exactly_on_the_line_is_on_track_and_its_share_is_printed_whole():
    """Three years out of ten, three tenths of the way: (4.6 - 4) / 2 is a little less than 0.3 in binary."""
    start, end = Baseline(value=4.0, on=date(2016, 12, 31)), Target(value=6.0, due=date(2026, 12, 31))
    told = of(kept(4.6, date(2019, 12, 31)), baseline=start, target=end, at=date(2020, 1, 31))
    assert told.status == "on_track"
    assert told.told.words("fr").what == "Dans les temps : 30 % du chemin fait au 31/12/2019, 30 % attendus."


def test_a_tenth_of_the_way_behind_is_still_on_track_and_a_hair_more_is_late():
    """Three tenths are expected: two tenths hold, as a commitment on the same indicator says; less do not."""
    start, end = Baseline(value=4.0, on=date(2016, 12, 31)), Target(value=6.0, due=date(2026, 12, 31))
    held, short = (
        of(kept(value, date(2019, 12, 31)), baseline=start, target=end, at=date(2020, 1, 31)) for value in (4.4, 4.399)
    )
    assert (held.status, short.status) == ("on_track", "late")
    assert "20 %" in short.told.words("fr").what, "to the nearest, as what is expected"


def test_a_target_reached_when_due_and_lost_since_shows_the_value_that_reached_it_then_the_loss():
    told = of(kept(4.0, Y2023), kept(6.2, Y2027), kept(5.0, date(2028, 12, 31)), at=date(2029, 1, 31))
    assert (told.status, codes(told.remarks)) == ("reached", ["progress_reached", "progress_fallen_back"])
    assert told.told.words("en").what.startswith("Target reached: 6.2 years on 2027-12-31")
    assert told.remarks[1].words("en").what == "Since then the target is no longer reached: 5 years on 2028-12-31."


def test_a_range_on_both_sides_of_the_target_is_told_beside_what_the_central_value_says():
    wide = of(kept(4.0, Y2023), kept(6.2, Y2027, low=5.5, high=7.0), at=date(2028, 1, 31))
    assert (wide.status, codes(wide.remarks)) == ("reached", ["progress_reached", "target_in_doubt"])
    assert "de 5,5 à 7 ans" in wide.remarks[1].words("fr").what
    short = of(kept(4.0, Y2023), kept(5.9, Y2027, low=5.5, high=6.0), at=date(2028, 1, 31))
    assert (short.status, codes(short.remarks)) == ("missed", ["progress_missed", "target_in_doubt"])
    sure = of(kept(4.0, Y2023), kept(6.2, Y2027, low=6.0, high=7.0), at=date(2028, 1, 31))
    assert codes(sure.remarks) == ["progress_reached"]


def test_less_than_the_line_asks_is_late_and_the_other_way_is_negative():
    assert of(kept(4.0, Y2023), kept(4.5, Y2025)).status == "late"
    back = of(kept(4.0, Y2023), kept(3.0, Y2025))
    assert (back.status, back.done) == ("late", -0.5)


def test_a_range_that_allows_both_is_unclear():
    told = of(kept(4.0, Y2023), kept(5.0, Y2025, low=4.5, high=5.5))
    assert (told.status, told.low, told.high) == ("unclear", 0.25, 0.75)


def test_an_indicator_that_should_fall_counts_the_same_way():
    told = of(
        kept(100.0, Y2023, indicator="CARBON", unit="t CO2 eq"), kept(70.0, Y2025, indicator="CARBON", unit="t CO2 eq", low=65.0, high=74.0),
        indicator=CARBON, baseline=Baseline(value=100.0, on=Y2023), target=Target(value=60.0, due=Y2027),
    )  # fmt: skip
    assert (told.status, told.done, told.low, told.high) == ("on_track", 0.75, 0.65, 0.875)


@pytest.mark.parametrize(
    ("values", "at", "status"),
    [
        ([(6.0, Y2025)], Y2026, "reached"),
        ([(6.0, Y2025)], date(2028, 2, 1), "unmeasured"),
        ([(5.5, Y2026), (6.1, Y2027)], date(2028, 2, 1), "reached"),
        ([(5.5, Y2026), (5.9, Y2027)], date(2028, 2, 1), "missed"),
        ([(5.9, Y2027), (6.2, date(2028, 12, 31))], date(2029, 1, 1), "reached_late"),
        ([(6.1, Y2027), (5.0, date(2028, 12, 31))], date(2029, 1, 1), "reached"),
        ([], Y2024, "not_started"),
        ([], date(2028, 2, 1), "unmeasured"),
    ],
)
def test_the_verdict_of_the_due_date(values, at, status):
    told = of(kept(4.0, Y2023), *(kept(value, on) for value, on in values), at=at)
    assert told.status == status
    assert told.status in STATUSES
    assert "‹" not in str(told.told.words("fr")) + str(told.told.words("en"))


def test_a_change_of_method_is_never_progress():
    told = of(kept(4.0, Y2023, method="policy"), kept(6.5, Y2025, method="exits"))
    assert (told.status, told.done, told.current.value) == ("broken", None, 6.5)
    assert codes(told.remarks) == ["progress_broken"]
    assert "Recalculez" in told.told.words("fr").remedy


def test_the_baseline_told_again_with_the_newer_method_is_used_and_said():
    old, new = kept(4.0, Y2023, method="policy"), kept(5.5, Y2025, method="exits")
    again = recomputed(old, 5.0, id="again", recorded_at=later(old), method="exits")
    told = of(old, new, again)
    assert (told.status, told.start, told.done) == ("on_track", 5.0, 0.5)
    assert codes(told.remarks) == ["progress_on_track", "baseline_recomputed"]


def test_a_target_that_the_recomputed_baseline_already_passes_is_not_reached_by_that():
    old, new = kept(4.0, Y2023, method="policy"), kept(7.1, Y2025, method="exits")
    again = recomputed(old, 7.0, id="again", recorded_at=later(old), method="exits")
    told = of(old, new, again)
    assert (told.status, told.done) == ("impossible", None)
    assert codes(told.remarks) == ["target_should_rise", "baseline_recomputed"]


def test_a_baseline_corrected_since_does_not_count_its_mistake_as_progress():
    wrong = kept(4.0, Y2023)
    right = correction(wrong, id="right", recorded_at=later(wrong), signed_by="moi", explained="oubli", value=5.0)
    told = of(wrong, right, kept(5.5, Y2025))
    assert (told.start, told.done) == (5.0, 0.5)
    assert "baseline_corrected" in codes(told.remarks)


def test_a_baseline_outside_the_series_counts_only_within_one_method():
    unsaid = of(kept(5.0, Y2025))
    assert (unsaid.done, codes(unsaid.remarks)) == (0.5, ["progress_on_track"])
    named = of(kept(5.0, Y2025, method="exits"))
    assert codes(named.remarks) == ["progress_on_track", "baseline_method_unsaid"]
    said = Baseline(value=4.0, on=Y2023, method="exits")
    assert codes(of(kept(5.0, Y2025, method="exits"), baseline=said).remarks) == ["progress_on_track"]
    between = of(kept(3.9, Y2024, method="policy"), kept(5.0, Y2025, method="exits"))
    assert between.status == "broken"
    other = Baseline(value=4.0, on=date(2025, 6, 30), method="policy")
    assert of(kept(3.9, Y2026, method="policy"), kept(5.0, Y2025, method="exits"), baseline=other).status == "broken"


@pytest.mark.parametrize(
    ("indicator", "baseline", "target", "found"),
    [
        (YEARS, FROM_FOUR, Target(value=3.0, due=Y2027), ["target_should_rise"]),
        (CARBON, Baseline(value=100.0, on=Y2023), Target(value=120.0, due=Y2027), ["target_should_fall"]),
        (YEARS, Baseline(value=4.0, on=Y2027), Target(value=6.0, due=Y2023), ["baseline_after_target"]),
        (YEARS, Baseline(value=4.0, on=Y2027), Target(value=6.0, due=Y2027), ["baseline_after_target"]),
        (YEARS, FROM_FOUR, Target(value=72.0, due=Y2027, unit="month"), ["units_differ"]),
        (RATE, Baseline(value=0.4, on=Y2023, unit="1"), Target(value=80.0, due=Y2027, unit="%"), ["units_differ"]),
        (YEARS, None, TO_SIX, ["target_without_baseline"]),
        (YEARS, FROM_FOUR, None, []),
        (YEARS, FROM_FOUR, TO_SIX, []),
        (an_indicator(direction="none"), FROM_FOUR, Target(value=3.0, due=Y2027), []),
    ],
)
def test_what_makes_a_target_impossible_is_named_with_its_remedy(indicator, baseline, target, found):
    faults = aim_faults(indicator, baseline, target)
    assert codes(faults) == found
    for fault in faults:
        for language in ("fr", "en"):
            assert "‹" not in str(fault.words(language))
            assert fault.words(language).remedy
    if baseline and target and found:
        told = progress(series(indicator.key, [kept(5.0, Y2025)]), indicator, baseline, target, Y2026)
        assert (told.status, told.done) == ("impossible", None)


def test_a_value_in_another_unit_stops_the_comparison():
    assert codes(of(kept(60.0, Y2025, unit="month")).remarks) == ["units_differ"]


def test_a_target_that_asks_to_hold_is_reached_while_it_holds():
    hold = Target(value=4.0, due=Y2027)
    assert of(kept(4.0, Y2023), kept(4.2, Y2025), target=hold).status == "reached"
    assert of(kept(4.0, Y2023), kept(3.8, Y2025), target=hold).status == "late"


def test_the_line_is_straight_and_stays_between_0_and_1():
    assert expected_at(FROM_FOUR, TO_SIX, Y2023) == 0
    assert expected_at(FROM_FOUR, TO_SIX, date(2022, 1, 1)) == 0
    assert expected_at(FROM_FOUR, TO_SIX, Y2027) == expected_at(FROM_FOUR, TO_SIX, date(2030, 1, 1)) == 1


FIGURES = st.floats(1, 1000).map(lambda x: round(x, 3))


@given(
    FIGURES,
    FIGURES,
    FIGURES,
    st.sampled_from(["v1", "v2"]),
    st.sampled_from(["v1", "v2"]),
    st.sampled_from(["up", "down", "none"]),
)
@settings(max_examples=50)
def test_a_share_exists_only_within_one_method_and_a_target_of_the_right_sign(
    start, target, value, before, after, direction
):
    indicator = an_indicator(direction=direction)
    told = of(kept(start, Y2023, method=before), kept(value, Y2025, method=after), indicator=indicator,
              baseline=Baseline(value=start, on=Y2023), target=Target(value=target, due=Y2027))  # fmt: skip
    wrong = indicator.better(start, target) is False
    assert (told.done is None) == (wrong or before != after)
    assert (
        told.status == "impossible" if wrong else told.status == "broken" if before != after else told.done is not None
    )
    if told.done is not None:
        assert told.low <= told.done <= told.high
        assert (told.status == "reached") == (told.done >= 1)


@given(FIGURES, FIGURES, FIGURES, FIGURES)
@settings(max_examples=50)
def test_going_further_the_wished_way_never_lowers_the_share(start, target, one, other):
    hypo = {"baseline": Baseline(value=start, on=Y2023), "target": Target(value=target, due=Y2027)}
    indicator = an_indicator(direction="up" if target >= start else "down")
    near, far = sorted((one, other), reverse=target < start)
    told = [of(kept(start, Y2023), kept(value, Y2025), indicator=indicator, **hypo) for value in (near, far)]
    assert told[0].done <= told[1].done
