"""Two sets can be compared: the open one holds only packs whose redistribution is certain."""

from terreau.factors.catalogue import factor_set


def test_the_open_set_has_no_pack_to_confirm():
    assert {pack.papers.redistribution for pack in factor_set("terreau-2026.1-open").packs} == {"certain"}


def test_where_both_sets_speak_of_a_laptop_they_agree_on_its_centre():
    whole, open_ = factor_set(), factor_set("terreau-2026.1-open")
    ours = whole.stage_factors("laptop/standard", "climate_change")
    theirs = open_.stage_factors("laptop/standard", "climate_change")
    assert [f.value.central for f in ours] == [f.value.central for f in theirs]
    assert whole.digest != open_.digest


def test_what_the_open_set_lacks_is_missing_not_zero():
    open_ = factor_set("terreau-2026.1-open")
    assert open_.stage_factors("rack_server/standard_2_sockets", "climate_change") == ()
