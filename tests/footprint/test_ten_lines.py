"""The ten-line fleet of docs/explanation/comment-un-chiffre-s-explique.md, worked out by hand there."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import SmallSet

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "comment-un-chiffre-s-explique.md"
FLEET = [
    line("laptop", quantity=Decimal(10), entered_on=None),
    line("laptop", quantity=Decimal(1), entered_on=date(2018, 10, 1)),
    line("laptop", quantity=Decimal(4), entered_on=date(2026, 7, 20)),
    line("monitor", quantity=Decimal(12), size_class="up_to_24in", entered_on=None),
    line("monitor", quantity=Decimal(1), size_class=None, size_known=False, entered_on=None),
    line("smartphone", quantity=Decimal(5), entered_on=None),
    line(
        "rack_server", quantity=Decimal(1), size_class="standard_2_sockets", own_kwh=Decimal(2000), in_datacentre=True
    ),
    line("network_switch", quantity=Decimal(2), size_class="access_48_ports", in_datacentre=True, zone="DEU"),
    line(None, quantity=Decimal(2)),
    line("keyboard", quantity=Decimal(20), entered_on=None),
]
MAKING = [400, 25, 32, 168, 14, 160, 240, 54, None, 48]
USE = [15, 1.5, 1.2, 42, 3.5, 1.25, 156, 499.2, None, None]


def climate(lines):
    result = measure(weighed(lines), SmallSet(), rule_set(), chosen())
    making = [
        one.value.central
        for one in result.impacts(["stage"])
        if one.criterion == "climate_change" and one.where["stage"] != "use"
    ]
    use = [
        one.value.central
        for one in result.impacts(["stage"])
        if one.criterion == "climate_change" and one.where["stage"] == "use"
    ]
    return sum(making) if making else None, use[0] if use else None


@pytest.mark.parametrize("number", range(10))
def test_each_line_weighs_what_the_page_says(number):
    expected = MAKING[number], USE[number]
    assert (
        climate([FLEET[number]]) == pytest.approx(expected)
        if None not in expected
        else expected == climate([FLEET[number]])
    )


def test_the_ten_lines_together_weigh_what_the_page_says():
    result = measure(weighed(FLEET), SmallSet(), rule_set(), chosen())
    total = result.total("climate_change")
    assert total.value.central == pytest.approx(1860.65)
    assert climate(FLEET) == pytest.approx((1141, 719.65))
    assert total.coverage == pytest.approx(36 / 58)
    assert total.partial
    assert not result.coverage["climate_change"].ranked
    left_out = {(one.category, one.quantity, one.why) for one in result.missing if one.criterion == "climate_change"}
    assert left_out == {("unknown", 2, "unknown_category"), ("keyboard", 20, "no_energy")}


def test_the_page_prints_these_very_figures():
    rows = re.findall(r"^\| (\d+) \|.*\| ([\d,.–]+) \| ([\d,.–]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    read = [tuple(None if cell == "–" else float(cell.replace(",", ".")) for cell in row[1:]) for row in rows]
    assert read == list(zip(MAKING, USE, strict=True))
    for figure in ("1 141", "719,65", "1 860,65", "36 appareils sur 58"):
        assert figure in PAGE.read_text(encoding="utf-8").replace("\u202f", " ").replace("\u00a0", " ")
