"""One line and one verdict for all that is promised, and shares that read as they were judged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel.pace import BEHIND, LATE, ON_TRACK, UNCLEAR, expected_share, pace, percent

START, DUE = date(2024, 12, 31), date(2026, 12, 31)


def test_the_line_goes_by_months_from_the_baseline_to_the_due_day():
    assert [expected_share(START, DUE, day) for day in (date(2020, 1, 1), START, date(2025, 12, 31), DUE, date(2030, 1, 1))] == [
        0, 0, 0.5, 1, 1
    ]  # fmt: skip
    assert (expected_share(DUE, START, START), expected_share(DUE, START, DUE)) == (1, 1)


def test_the_bounds_decide_whether_one_can_tell():
    assert pace(0.4, 0.4, 0.4, 0.5) == ON_TRACK and pace(0.39, 0.39, 0.39, 0.5) == LATE
    assert pace(0.3, 0.2, 0.7, 0.5) == pace(0.7, 0.2, 0.9, 0.5) == UNCLEAR
    assert pace(0.3, 0.2, 0.39, 0.5) == LATE and pace(0.6, 0.45, 0.9, 0.5) == ON_TRACK
    assert pace(1.0, 0.2, 1.2, 0.5) == ON_TRACK, "there already"


@pytest.mark.parametrize(
    ("share", "read"),
    [(0.387, 39), (0.384, 38), (0.3, 30), ((4.6 - 4) / 2, 30), (-0.084, -8), (0.997, 99), (1, 100), (1.2, 120)],
)
def test_a_share_reads_to_the_nearest_and_never_whole_before_it_is(share, read):
    assert percent(share) == read


@given(st.floats(-1, 1), st.floats(0, 1))
def test_the_gap_one_reads_never_contradicts_the_verdict(done, expected):
    read = percent(expected) - percent(done)
    if pace(done, done, done, expected) == LATE:
        assert read >= round(100 * BEHIND)
    elif percent(done) < 99:
        assert read <= round(100 * BEHIND)
