"""Gains on the fleet itself: worth, ranks that stop at ties, criteria worsened, criteria that cannot be followed."""

from dataclasses import replace

import numpy as np
import pytest

from terreau.footprint.figures import KEYS
from terreau.kernel.errors import TerreauError
from terreau.plan.gains import SURE, _ahead, _ranks, candidates, one_more_year, rank
from tests.footprint.small_set import ITEMS, SmallSet
from tests.plan.fleets import CLIMATE, aged, change, outlook

METALS = "resource_use_minerals_metals"
TEN = [aged("laptop", None, 10)]


def test_one_more_year_of_ten_laptops():
    found = one_more_year(outlook(TEN, 4), "laptop")
    worth = 10 / 5 * 200 - 10 / 6 * 200
    assert found.last[CLIMATE].central == pytest.approx(worth)
    assert found.whole[CLIMATE].central == pytest.approx(4 * worth)
    assert 0 < found.last[CLIMATE].low < worth < found.last[CLIMATE].high
    assert found.last[METALS].central == pytest.approx(10 * 0.01 * (1 / 5 - 1 / 6))
    assert found.worsens == () and found.change.key == "life:laptop"


def test_one_more_year_of_what_nobody_has_is_refused():
    with pytest.raises(TerreauError, match="no_device_of"):
        one_more_year(outlook(TEN), "monitor")


def test_whoever_stands_in_a_better_group_is_surely_ahead_and_no_group_could_be_cut_further():
    chance = np.random.default_rng(7)
    several = set()
    for _ in range(60):
        shared = chance.normal(0, 1, 400)  # draws are common: some levers move together, others not
        told = zip(chance.uniform(0, 20, 9), chance.uniform(0, 1, 9), chance.uniform(-1, 1, 9), strict=True)
        draws = [place + wide * chance.normal(0, 1, 400) + tilt * shared for place, wide, tilt in told]
        ranks = _ranks(_ahead(draws))
        behind = {
            (a, b): np.mean(draws[b] <= draws[a]) < SURE for a in range(9) for b in range(9)
        }  # b surely ahead of a
        assert all(behind[a, b] for a in range(9) for b in range(9) if ranks[b] < ranks[a])
        for group in {one: [n for n in range(9) if ranks[n] == one] for one in ranks}.values():
            by_fewest = sorted(group, key=lambda a: sum(behind[a, b] for b in group))
            for cut in range(1, len(group)):
                assert not all(behind[a, b] for a in by_fewest[cut:] for b in by_fewest[:cut])
            assert ranks[group[0]] == 1 + sum(one < ranks[group[0]] for one in ranks)
        several.add(len(set(ranks)))
    assert len(several) > 3, "the draws tried should part in several ways"
    assert _ranks(_ahead([])) == []


def test_a_gain_is_narrower_than_the_difference_of_two_totals():
    ours = outlook(TEN, 3)
    gain = one_more_year(ours, "laptop").last[CLIMATE]
    both = [ours.simulate([change("lifespan:laptop", 1, operator="add")]).value(CLIMATE, 3, side) for side in (0, 1)]
    assert gain.high - gain.low < (both[0].high - both[1].low) - (both[0].low - both[1].high)


def test_ranks_stop_where_two_levers_cannot_be_told_apart():
    lines = [aged("laptop", None, 100), aged("monitor", None, 100), aged("keyboard", None, 1)]
    levers = [
        change("count:laptop", 0.5, key="fewer-laptops"), change("count:laptop", 0.499, key="fewer-laptops-again"),
        change("kwh:laptop", 0.9, key="power"), change("count:smartphone", 0.5, key="none"),
    ]  # fmt: skip
    found = rank(outlook(lines, 6), levers)
    assert [(one.rank, one.change.key) for one in found.gains] == [
        (1, "fewer-laptops-again"), (2, "fewer-laptops"), (3, "power"),
    ]  # fmt: skip
    assert [one.key for one in found.left_out] == ["none"]
    close = rank(outlook(lines, 6), [change("lifespan:laptop", 8, key="a"), change("lifespan:monitor", 14, key="b")])
    assert [one.rank for one in close.gains] == [1, 1] and len(close.tied) == 1
    assert [one.ahead for one in found.gains] == [0, 1, 2] and [one.ahead for one in close.gains] == [0, 0]


def test_the_same_lever_alone_or_among_others_gains_the_same():
    lines, lever = [*TEN, aged("monitor", 40, 9)], change("lifespan:laptop", 7)
    ours = outlook(lines, 3)
    alone = rank(ours, [lever]).gains[0]
    among = next(
        one
        for one in rank(ours, [lever, change("zone:*", "DEU"), change("pue", 1.2)]).gains
        if one.change.key == lever.key
    )
    assert alone.last[CLIMATE].low == pytest.approx(among.last[CLIMATE].low)
    assert alone.last[CLIMATE].central == pytest.approx(ours.simulate([lever]).gains(CLIMATE, 3)[lever.key])


def test_a_lever_that_lightens_climate_and_weighs_on_metals_shows_both():
    heavy = {**ITEMS, "smartphone/standard": ITEMS["smartphone/standard"].__class__(
        (4, 5, 6), (2, 5, 10), "no", {"embodied": 80.0}, 0.04)}  # fmt: skip
    found = rank(outlook(TEN, 6, factors=SmallSet(items=heavy)), [change("replace:laptop:smartphone", 1.0)]).gains[0]
    assert found.whole[CLIMATE].central > 0 > found.whole[METALS].central
    assert found.worsens == (METALS,)


def test_a_country_or_a_device_that_a_criterion_does_not_know_is_no_gain():
    ours = outlook([aged("laptop", 30, 6), aged("monitor", 30, 6)], 4)  # metals: electricity of FRA known, of DEU not
    moves = [change("zone:*", "DEU", key="abroad"), change("lifespan:laptop", 7, key="longer")]
    found = ours.simulate(moves)
    assert found.left_out(METALS) == ("abroad",) and found.left_out(CLIMATE) == ()
    assert found.gains(METALS, 4)["abroad"] == 0 and found.gains(CLIMATE, 4)["abroad"] < 0
    alone = ours.simulate(moves[1:])
    assert found.value(METALS, 4) == alone.value(METALS, 4)
    assert found.gains(METALS, 4)["longer"] == pytest.approx(alone.gains(METALS, 4)["longer"])
    gain = found.value(CLIMATE, 4, 0).central - found.value(CLIMATE, 4).central
    assert sum(found.gains(CLIMATE, 4).values()) == pytest.approx(gain)
    assert any(one.key == "left_out" and one.facts["lever"] == "abroad" for one in found.hypotheses)
    ranked = rank(ours, moves, criterion=METALS)
    assert [one.key for one in ranked.left_out] == ["abroad"]
    assert METALS not in next(one for one in rank(ours, moves).gains if one.change.key == "abroad").last


def test_a_keyboard_instead_of_a_monitor_is_followed_on_no_criterion_that_one_of_them_lacks():
    ours = outlook([aged("monitor", 60, 6)], 4)  # nobody knows what a keyboard draws, nor its metals
    found = ours.simulate([change("replace:monitor:keyboard", 1.0)])
    assert found.left_out(CLIMATE) and found.left_out(METALS)
    assert (found.totals.central[:, 0] == found.totals.central[:, 1]).all()


def test_the_levers_of_the_catalogue_are_candidates_where_the_factors_know_their_categories():
    found = {one.key for one in candidates(outlook(TEN))}
    assert "LV01" in found and "LV36" not in found
    assert all("desktop" not in one.parameter for one in candidates(outlook(TEN)))


def test_a_ranking_has_its_public_shape():
    told = rank(outlook(TEN, 2), [change("lifespan:laptop", 7)]).as_json()
    assert set(told) == {"criterion", "reading", "years", "gains", "left_out"}
    one = told["gains"][0]
    assert one["rank"] == 1 and {c["criterion"] for c in one["criteria"]} <= set(KEYS)
    with pytest.raises(TerreauError, match="criterion_unknown"):
        rank(outlook(TEN), [], criterion="noise")


def test_the_lever_of_a_commitment_is_named_as_people_know_it():
    theirs = change("lifespan:monitor", 12, key="387ea3a7-e3b6-5003-8778-85c8b00dcff9/LV04=12")
    found = outlook([aged("laptop", None, 10)], 3).simulate([
        replace(theirs, lever="LV04"), change("kwh:monitor", 0.5, key="o/x/mine")
    ])  # fmt: skip
    said = [one.as_json() for one in found.hypotheses if one.key == "without_object"]
    assert [one["en"].partition(" has no object")[0] for one in said] == [
        "Lever “Keep monitors ten years”",
        "Lever mine",
    ]
    assert said[0]["fr"].startswith("Le levier « Garder les écrans dix ans » est sans objet")
