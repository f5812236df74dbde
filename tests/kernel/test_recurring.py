"""Days that come back: month ends, leap years, both ends of time."""

from datetime import date

import pytest

from terreau.kernel.recurring import after, following


@pytest.mark.parametrize(
    ("first", "every", "times", "day"),
    [
        (date(2024, 2, 29), "P1Y", 1, date(2025, 2, 28)),
        (date(2024, 2, 29), "P1Y", -1, date(2023, 2, 28)),
        (date(2027, 8, 31), "P6M", -1, date(2027, 2, 28)),
        (date(2026, 1, 31), "P1M", 1, date(2026, 2, 28)),
        (date(2026, 1, 1), "P7D", -1, date(2025, 12, 25)),
        (date(1, 3, 1), "P1Y", -1, date.min),
        (date(9990, 3, 1), "P1Y", 1, date.max),
        (date.max, "P1M", 1, date.max),
    ],
)
def test_so_many_periods_later_or_earlier(first, every, times, day):
    assert after(first, every, times) == day


@pytest.mark.parametrize(
    ("day", "rhythm", "later"),
    [
        (date(2025, 11, 30), "quarterly", date(2026, 2, 28)),
        (date(2026, 2, 28), "monthly", date(2026, 3, 31)),
        (date(2026, 6, 30), "half-yearly", date(2026, 12, 31)),
        (date(2025, 12, 15), "monthly", date(2026, 1, 15)),
        (date(2024, 2, 29), "yearly", date(2025, 2, 28)),
        (date(2023, 2, 28), "yearly", date(2024, 2, 29)),
        (date(2025, 12, 29), "weekly", date(2026, 1, 5)),
        (date(2026, 2, 28), "weekly", date(2026, 3, 7)),
        (date.max, "yearly", date.max),
    ],
)
def test_the_end_of_a_month_leads_to_the_end_of_a_month(day, rhythm, later):
    assert following(day, rhythm) == later
