"""Several lines on one chart: each end is readable, and what was chosen has no interval."""

import re

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
