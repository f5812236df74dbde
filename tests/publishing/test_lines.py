"""Several lines on one chart: each end is readable, and what was chosen has no interval."""

import re
from datetime import date

import pytest

from terreau.kernel.interval import Interval
from terreau.publishing import chart


def line(*series):
    return chart.line(key="l", title="Climat", axis="Année", unit="t CO2 eq", marks=("2026", "2027"), series=series)


def values(*centrals):
    return tuple(Interval(one * 0.8, one, one * 1.3) for one in centrals)


def test_close_ends_of_several_lines_are_pushed_apart():
    told = line(
        *(chart.Series(name, values(40, end)) for name, end in (("A", 40.0), ("B", 39.0), ("C", 38.0), ("D", 38.5)))
    )
    ends = [float(y) for y in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*font-weight="600"', told.svg)]
    assert len(ends) == 4
    assert all(after - before >= 16 for before, after in zip(ends, ends[1:], strict=False))


def test_two_lines_that_start_together_say_it_once():
    told = line(chart.Series("A", values(40, 43)), chart.Series("B", values(40, 37)))
    assert re.findall(r'font-weight="600">(\d+)<', told.svg) == ["40", "43", "37"]


def test_a_target_is_chosen_and_has_no_interval():
    aimed = chart.Series("Cible", tuple(Interval(one, one, one) for one in (40.0, 30.0)), sure=True)
    told = line(chart.Series("Plan", values(40, 37)), aimed)
    assert [head.label for head in told.heads] == ["Plan", "Intervalle (95 %)", "Cible"]
    assert told.rows[1].cells == ("37", "30 à 48", "30")


def dated(*days, marks=()):
    told = [date.fromisoformat(day) for day in days]
    marks = marks or [f"{day:%d/%m/%Y}" for day in told]
    many = chart.Series("A", values(*(40 + rank for rank in range(len(marks)))))
    drawn = chart.line(key="l", title="T", axis="Date", unit="kg", marks=marks, series=(many,), days=told)
    return drawn.svg, [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn.svg)]


def steps(places):
    return [(after - before) / (places[-1] - places[0]) for before, after in zip(places, places[1:], strict=False)]


def test_two_years_are_drawn_twice_as_wide_as_one():
    days = ("2024-09-30", "2025-09-30", "2026-09-30", "2028-12-21")
    assert steps(dated(*days)[1]) == pytest.approx([365 / 1543, 365 / 1543, 813 / 1543], abs=0.002)


def test_marks_without_days_are_spaced_evenly_and_one_stands_in_the_middle():
    assert steps(dated(marks=("2026", "2027", "2028", "2029"))[1]) == pytest.approx([1 / 3] * 3, abs=0.001)
    assert len(dated("2026-09-30")[1]) == 1


def test_days_close_to_each_other_do_not_write_over_each_other():
    svg, _ = dated("2024-01-01", "2024-01-15", "2026-06-30", "2028-12-01", "2028-12-21")
    names = re.findall(r'<text x="([\d.]+)"[^>]*text-anchor="middle">(\d\d/[^<]+)<', svg)
    assert [name for _, name in names] == ["01/01/2024", "30/06/2026", "21/12/2028"]
    two = chart.Series("A", (*values(40), None, None)), chart.Series("B", (None, *values(40.1, 60)))
    told = chart.line(
        key="l",
        title="T",
        axis="D",
        unit="kg",
        marks=("01/01/2024", "02/01/2024", "01/01/2028"),
        series=two,
        days=(date(2024, 1, 1), date(2024, 1, 2), date(2028, 1, 1)),
    )
    heights = re.findall(r'y="([\d.]+)"[^>]*font-weight="600">40', told.svg)
    assert len(heights) == 2 and abs(float(heights[0]) - float(heights[1])) >= 16
