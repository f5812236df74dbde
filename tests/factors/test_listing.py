"""Sets and packs told as plain data: papers with every figure, masked values kept masked."""

import json

import pytest

from terreau.factors.listing import pack_as_json, packs_as_json, sets_as_json
from terreau.kernel.errors import TerreauError
from tests.factors.packs_on_paper import write_pack


def test_the_list_of_sets_names_their_packs_in_order():
    one, *_ = sets_as_json()
    assert one["key"] == "terreau-2026.1"
    assert one["packs"][:2] == ["terreau-items", "ademe-devices"]
    assert not set(one["packs"]) & set(one["absent"])


def test_the_list_of_packs_carries_papers_and_age():
    told = {one["key"]: one for one in packs_as_json()}
    assert told["electricity-ecologits"]["licence"] == "MPL-2.0"
    assert told["ademe-devices"]["best_before"] == "2028-11-21"
    assert told["ademe-devices"]["redistribution"] == "certain"
    json.dumps(list(told.values()))


def test_a_pack_is_shown_with_its_figures_and_what_was_set_aside():
    told = pack_as_json("ademe-devices")
    laptop = [row for row in told["rows"] if row["item"] == "carbon_stage#laptop/personal"]
    assert {row["stage"]: row["value"] for row in laptop if row["criterion"] == "climate_change"} == {
        "manufacturing": 170,
        "distribution": 12.3,
        "end_of_life": 2.79,
    }
    assert {one["reason"] for one in told["set_aside"]} == {"unreliable_end_of_life"}
    json.dumps(told)


def test_masked_values_stay_masked(tmp_path):
    folder = write_pack(tmp_path / "bought", "impact,laptop,CC,embodied,123,100,150,kg CO2 eq,,,,,,", masked="true")
    told = pack_as_json(folder)
    assert "123" not in json.dumps(told["rows"])
    assert told["rows"][0]["masked"]


def test_an_unknown_pack_names_the_known_ones():
    with pytest.raises(TerreauError) as refused:
        pack_as_json("nothing-of-the-kind")
    assert "ademe-devices" in refused.value.words().why


def test_a_set_is_shown_like_a_pack_with_the_pack_of_each_figure():
    told = pack_as_json("terreau-2026.1")
    assert {row["pack"] for row in told["rows"]} == set(sets_as_json()[0]["packs"])
    assert told["papers"]["key"] == "terreau-2026.1"
