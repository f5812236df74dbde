"""The ten devices of docs/explanation/un-parc-dans-cinq-ans.md, worked out by hand there: the page is read and checked."""

import re
from pathlib import Path

import pytest

from terreau.plan.changes import Change
from tests.plan.fleets import CLIMATE, RATIO, aged, change, outlook

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "un-parc-dans-cinq-ans.md").read_text(encoding="utf-8")
WORDS = {"portable": "laptop", "écran": "monitor", "smartphone": "smartphone"}
KEYS = ("duree", "occasion", "ecran")
LEVERS = (
    Change(key="duree", parameter="lifespan:laptop", operator="set", value=7, start=2),
    Change(key="occasion", parameter="second_hand:laptop", operator="set", value=0.5, start=2, ratio=RATIO),
    Change(key="ecran", parameter="count:monitor", operator="multiply", value=2 / 3, start=1),
)


def tables():
    """The tables of the page: heads and rows of cells."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE):
        rows = [[cell.strip() for cell in row.strip("|\n ").split("|")] for row in block.strip().splitlines()]
        found.append((rows[0], rows[2:]))
    return found


def number(text):
    return float(text.replace(",", "."))


DEVICES, REFERENCE, PLANNED, EFFECTS = tables()


def fleet():
    """The fleet as the first table says it."""
    lines = []
    for words, age, *_ in DEVICES[1]:
        many, kind = re.match(r"(\d+) (\w+?)s? \(", words).groups()
        lines.append(aged(WORDS[kind], int(age), int(many)))
    return lines


@pytest.fixture(scope="module")
def found():
    return outlook(fleet(), 5, backlog=1 / 12).simulate(LEVERS)


def test_there_are_ten_devices():
    assert sum(line["quantity"] for line in fleet()) == 10


@pytest.mark.parametrize(("table", "scenario"), [(REFERENCE, 0), (PLANNED, 1)])
def test_each_year_weighs_what_the_page_says(found, table, scenario):
    for year, *parts, total, _, flow in table[1]:
        assert sum(map(number, parts)) == pytest.approx(number(total), abs=0.011)
        assert found.value(CLIMATE, int(year), scenario).central == pytest.approx(number(total), abs=0.006)
        if flow != "–":
            assert found.value(CLIMATE, int(year), scenario, "flow").central == pytest.approx(number(flow), abs=0.006)


@pytest.mark.parametrize(("table", "scenario"), [(REFERENCE, 0), (PLANNED, 1)])
def test_purchases_are_those_of_the_page(found, table, scenario):
    for year, *_, use, _, bought, flow in table[1]:
        if bought != "–":
            worth = eval(bought.replace("×", "*").replace(",", "."))  # noqa: S307  a sum of our own page
            assert worth + number(use) == pytest.approx(number(flow), abs=0.006), year


def test_each_lever_brings_what_the_page_says(found):
    for year, *parts, whole in EFFECTS[1]:
        gains = found.gains(CLIMATE, int(year))
        assert [gains[key] for key in KEYS] == pytest.approx(list(map(number, parts)), abs=0.006)
        assert sum(gains.values()) == pytest.approx(number(whole), abs=0.006)


def test_months_of_renewal_are_those_of_the_page():
    ours = outlook(fleet(), 5, backlog=1 / 12)
    for words, age, life, month, _ in DEVICES[1]:
        assert int(month) == max(int(life) - int(age), 0), words
    assert ours.simulate([change("lifespan:laptop", 7, 2)]).bought()[1:] == pytest.approx((3, 1, 0, 3, 2))
