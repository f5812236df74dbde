"""The page « Décomposer un écart »: every number of its example is worked out again, and is what the engine finds."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from terreau.plan.difference import difference
from terreau.plan.shapley import shapley
from terreau.plan.words import PARTS as PART_WORDS
from tests.house.rules import REPO
from tests.plan.test_difference import CLIMATE_KEY, EIGHT_YEARS_OLD, laptops, run

PAGE = (REPO / "docs/explanation/decomposer-un-ecart.md").read_text(encoding="utf-8")
CAUSES = ("volume", "durée de vie", "électricité")


def number(text):
    return Fraction(text.replace("−", "-").replace(",", "."))


def table(heading):
    """Rows of the table whose first heading this is, as lists of cells."""
    lines = PAGE.split(f"| {heading} |")[1].splitlines()[2:]
    rows = []
    for one in lines:
        if not one.startswith("|"):
            break
        rows.append([cell.strip() for cell in one.strip("|").split("|")])
    return rows


def worths():
    """Total of each coalition of the page, by the bits of its causes."""
    return {
        sum(1 << n for n, cause in enumerate(CAUSES) if cause in told.split(", ")): number(total)
        for told, _, total in table("Changées")
    }


def test_each_total_of_the_page_is_its_calculation():
    rows = table("Changées")
    assert len(rows) == 8
    for _, calculation, total in rows:
        devices, making, use = (number(one) for one in re.findall(r"[\d,]+", calculation))
        assert devices * (making + use) == number(total)


def test_each_part_of_the_page_comes_from_its_totals():
    worth = worths()
    parts = shapley([worth[coalition] for coalition in range(8)])
    for n, (cause, *added, part) in enumerate(table("Cause | Première (1/3)")):
        assert cause == CAUSES[n]
        met = sorted((others for others in range(8) if not others >> n & 1), key=lambda one: (one.bit_count(), one))
        assert [worth[others | 1 << n] - worth[others] for others in met] == [number(one) for one in added]
        assert parts[n] == number(part)


def test_the_engine_finds_what_the_page_says():
    after = run(laptops(12, entered_on=EIGHT_YEARS_OLD, own_kwh=Decimal(20), zone="DEU"))
    found = difference(run(laptops(10)), after).of(CLIMATE_KEY)
    said = {cause: number(part) for cause, *_, part in table("Cause | Première (1/3)")}
    assert {
        PART_WORDS[name][0]: float(part) for name, part in found.parts.items() if abs(part) > 1e-9
    } == pytest.approx({cause: float(part) for cause, part in said.items()})
    assert (float(found.before), float(found.after)) == (415, 396)


def test_the_six_causes_of_the_page_are_those_of_the_engine():
    assert [cause for cause, _, _ in table("Cause | Ce qui change")] == [words[0] for words in PART_WORDS.values()]
