"""The words everybody uses: intervals, periods, errors, text, registry."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel import registry
from terreau.kernel.errors import TerreauError, words_of
from terreau.kernel.interval import Interval
from terreau.kernel.period import Period
from terreau.kernel.source import Source
from terreau.kernel.text import normal


def test_an_interval_must_be_ordered():
    with pytest.raises(ValueError, match="ordered"):
        Interval(3, 2, 4)


def test_ten_divided_by_two_to_five_is_two_to_five():
    """A peer answers 0.2 to 0.5 here: interval division is tested first."""
    shared = Interval(2, 4, 5).inverse().times(10)
    assert (shared.low, shared.central, shared.high) == (2, 2.5, 5)


def test_a_negative_number_swaps_the_bounds():
    assert Interval(1, 2, 3).times(-1) == Interval(-3, -2, -1)


@pytest.mark.parametrize(
    ("at", "start", "days"),
    [
        (date(2026, 11, 21), date(2025, 11, 22), 365),
        (date(2026, 9, 30), date(2025, 10, 1), 365),
        (date(2024, 12, 31), date(2024, 1, 1), 366),
        (date(2024, 2, 29), date(2023, 3, 1), 366),
        (date(2025, 2, 28), date(2024, 2, 29), 366),
    ],
)
def test_twelve_months_end_on_the_day_asked(at, start, days):
    period = Period.twelve_months_ending(at)
    assert (period.start, period.end, period.days) == (start, at, days)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_twelve_months_are_365_or_366_days(at):
    assert Period.twelve_months_ending(at).days in (365, 366)


def test_an_error_says_what_why_and_remedy_in_both_languages():
    trouble = TerreauError("kernel.key_claimed_twice", key="k", first="a", second="b")
    assert "« k »" in trouble.words("fr").what
    assert "“k”" in trouble.words("en").what
    assert trouble.words("fr").remedy != trouble.words("en").remedy


def test_a_missing_fact_shows_its_name_rather_than_breaking_the_message():
    assert "‹key›" in words_of("kernel.key_claimed_twice", {}, "fr").what


@pytest.mark.parametrize(
    ("written", "comparable"),
    [
        ("Сatégorie", "categorie"),
        ("Type ", "type"),
        ("\ufeffNuméro de série", "numero de serie"),
        ("Date d’achat", "date d'achat"),
        ("  École\u00a0/ Site ;", "ecole / site"),
        ("Œuvre", "oeuvre"),
        ("FULL WIDTH", "full width"),
    ],
)
def test_headers_written_differently_are_one_word(written, comparable):
    assert normal(written) == comparable


@given(st.text(max_size=40))
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normal(normal(text)) == normal(text)


def test_two_files_claiming_one_key_is_an_error_naming_both():
    with pytest.raises(TerreauError) as trouble:
        registry.by_key([("glpi", "one.py", 1), ("glpi", "two.py", 2)])
    assert trouble.value.facts == {"key": "glpi", "first": "one.py", "second": "two.py"}


def test_a_source_knows_when_it_should_be_reread():
    papers = Source(key="s", publisher="p", title="t", version="1", licence="MIT", link="l",
                    checked_on=date(2026, 1, 1), best_before=date(2027, 1, 1))  # fmt: skip
    assert not papers.stale(date(2027, 1, 1))
    assert papers.stale(date(2027, 1, 2))
