"""Who counts, since when, with which electricity."""

from datetime import date
from decimal import Decimal

import pytest

from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from terreau.kernel.errors import TerreauError
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import SmallSet


def measured(lines, **facts):
    return measure(weighed(lines), SmallSet(), rule_set(), chosen(**facts))


def energy(lines, **facts):
    total = measured(lines, **facts).total("electricity")
    return total.value.central if total else None


def test_presence_is_pro_rata_of_days():
    half = line("laptop", entered_on=date(2026, 4, 1))
    assert energy([half]) == pytest.approx(30 * 183 / 365)


def test_the_entry_day_counts_and_the_exit_day_does_not():
    one_day = line("laptop", entered_on=date(2026, 3, 1), left_on=date(2026, 3, 2))
    same_day = line("laptop", entered_on=date(2026, 3, 1), left_on=date(2026, 3, 1))
    assert energy([one_day]) == pytest.approx(30 / 365)
    assert energy([same_day]) is None
    assert measured([same_day]).lines["absent"] == 1


def test_a_device_replaced_the_same_day_is_counted_once():
    old = line("laptop", entered_on=date(2020, 1, 1), left_on=date(2026, 3, 2))
    new = line("laptop", entered_on=date(2026, 3, 2))
    assert energy([old, new]) == pytest.approx(30)


def test_an_unknown_date_means_the_whole_period_and_says_so():
    result = measured([line("laptop", entered_on=None), line("laptop")])
    assert result.total("electricity").value.central == 60
    told = next(one for one in result.assumptions if one.key == "entry_date")
    assert told.share["electricity"] == pytest.approx(0.5)


def test_an_entry_after_the_exit_is_unknown_and_the_exit_counts():
    backwards = line("laptop", entered_on=date(2026, 5, 1), left_on=date(2026, 4, 1))
    assert energy([backwards]) == pytest.approx(30 * 182 / 365)  # 1 October to 31 March
    assert any(one.key == "entry_date" for one in measured([backwards]).assumptions)


@pytest.mark.parametrize("fate", ["stock", "retired", "personal", "virtual", "merged"])
def test_other_fates_are_counted_apart(fate):
    result = measured([line("laptop"), line("laptop", fate=fate, quantity=Decimal(3))])
    assert result.total("electricity").value.central == 30
    assert (result.lines[fate], result.lines["quantity"][fate]) == (1, 3)


def test_own_consumption_comes_before_that_of_the_category():
    result = measured([line("laptop", own_kwh=Decimal("12.5"), quantity=Decimal(2))])
    assert result.total("electricity").value.central == 25
    assert result.coverage["electricity"].impact["measured"] == 1


@pytest.mark.parametrize(
    ("category", "size", "in_datacentre", "pue"),
    [
        ("rack_server", "standard_2_sockets", False, 1.56),
        ("network_switch", "access_48_ports", True, 1.56),
        ("network_switch", "access_48_ports", False, 1),
        ("laptop", "standard", True, 1),
    ],
)
def test_the_pue_applies_only_in_a_datacentre(category, size, in_datacentre, pue):
    device = line(category, size_class=size, in_datacentre=in_datacentre, own_kwh=Decimal(100))
    assert energy([device]) == pytest.approx(100 * pue)
    assert energy([device], pue=1.2) == pytest.approx(100 * min(pue, 1.2))


def test_a_line_without_country_takes_the_default_one_and_says_what_it_carries():
    said, unsaid = line("laptop", zone="DEU"), line("laptop", zone=None)
    result = measured([said, unsaid], zone="DEU")
    use = next(
        one for one in result.impacts(["stage"]) if one.where["stage"] == "use" and one.criterion == "climate_change"
    )
    assert use.value.central == pytest.approx(2 * 30 * 0.4)
    zone = next(one for one in result.assumptions if one.key == "zone")
    assert (zone.value, zone.option) == ("DEU", "--zone")
    assert zone.share["climate_change"] == pytest.approx(12 / result.total("climate_change").value.central)


def test_a_mix_the_zone_lacks_is_missing_never_borrowed():
    result = measured([line("laptop", zone="DEU")])
    left = [one for one in result.missing if one.criterion == "resource_use_minerals_metals"]
    assert [(one.category, one.why) for one in left] == [("laptop", "no_mix")]
    assert result.coverage["resource_use_minerals_metals"].making == 1
    assert result.coverage["resource_use_minerals_metals"].known == 0


def test_a_criterion_nobody_knows_has_no_total_rather_than_zero():
    result = measured([line("laptop")])
    assert result.total("land_use") is None
    assert ("laptop", "land_use", 1, "no_making") in {
        (m.category, m.criterion, m.quantity, m.why) for m in result.missing
    }


def test_an_unknown_category_is_missing_with_its_quantity_for_every_criterion():
    result = measured([line("laptop"), line(None, quantity=Decimal(3))])
    first = result.missing[0]
    assert (first.category, first.quantity, first.why) == ("unknown", 3, "unknown_category")
    assert result.total("climate_change").coverage == pytest.approx(0.25)


def test_match_levels_are_told_by_quantity_and_by_impact():
    lines = [line("laptop"), line("laptop", model_key="t14"), line("laptop", size_known=False, own_kwh=Decimal(30))]
    known = measured(lines).coverage["climate_change"]
    assert known.quantity == pytest.approx(
        {"measured": 1 / 3, "exact": 1 / 3, "alias": 0, "size": 1 / 3, "category": 0, "fallback": 0, "missing": 0}
    )
    # 200 / 5 + 1.5 by size; 220 / 5 + 1.5 exact; 200 / 5 by category, its 1.5 of use measured
    assert known.impact["category"] == pytest.approx(40 / 128.5)
    assert known.impact["measured"] == pytest.approx(1.5 / 128.5)


def test_an_empty_fleet_has_no_total_and_no_coverage():
    result = measured([])
    assert (result.totals, result.impacts(), result.coverage, result.missing) == ((), (), {}, ())
    assert result.to_json()


def test_quantities_too_large_to_be_added_are_refused_in_words():
    absurd = line("laptop", quantity=Decimal(999999999999), own_kwh=Decimal(999999999999))
    with pytest.raises(TerreauError) as refusal:
        weighed([absurd] * 40)
    assert refusal.value.code == "footprint.too_large"


def test_a_boundary_share_needs_a_headcount_and_a_boundary():
    with_people = measured([line("laptop")], people=2)
    assert with_people.total("climate_change").boundary_share == pytest.approx(41.5 / 2 / 985)
    assert with_people.total("electricity").boundary_share == "no boundary"
    assert measured([line("laptop")]).total("climate_change").boundary_share is None


def test_the_pue_of_a_line_comes_before_that_of_the_run_and_is_told_with_its_share():
    told = line("rack_server", size_class="standard_2_sockets", in_datacentre=True, own_pue=Decimal("1.2"))
    silent = line("rack_server", size_class="standard_2_sockets", in_datacentre=True)
    weights = weighed([told, silent])
    result = measure(weights, SmallSet(), rule_set(), chosen())
    # energy of use after PUE is that of the mix: 1500 kWh × (1.2 + 1.56) × 0.05
    assert used(result) == pytest.approx(1500 * (1.2 + 1.56) * 0.05)
    assumed = {one.key: one for one in result.assumptions}
    assert (assumed["pue_own"].low, assumed["pue_own"].high) == (1.2, 1.2)
    assert assumed["pue_own"].share["climate_change"] == pytest.approx(
        1500 * 1.2 * 0.05 / result.total("climate_change").value.central
    )
    # another measured PUE afterwards: the weights are not read again, and the line keeps its own
    assert used(measure(weights, SmallSet(), rule_set(), chosen(pue=2.0))) == pytest.approx(1500 * (1.2 + 2.0) * 0.05)


def test_a_switch_whose_line_gives_a_pue_stands_in_a_machine_room_and_a_laptop_never_has_one():
    switch = line("network_switch", size_class="access_48_ports", own_pue=Decimal("1.5"))
    assert used(measured([switch])) == pytest.approx(400 * 1.5 * 0.05)
    assert used(measured([line("laptop", own_pue=Decimal("1.5"))])) == pytest.approx(30 * 0.05)


def used(result):
    return next(
        one.value.central for one in result.impacts(["stage"])
        if one.where["stage"] == "use" and one.criterion == "climate_change"
    )  # fmt: skip
