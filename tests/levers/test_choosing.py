"""What a person types becomes a lever and a setting, or a refusal that tells what to type instead."""

from __future__ import annotations

import re

import pytest

from terreau import levers
from terreau.kernel.errors import TerreauError
from terreau.levers.numbers import number, shown


def refusal(text: str) -> TerreauError:
    with pytest.raises(TerreauError) as caught:
        levers.parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("7", 7), ("7,5", 7.5), ("7.5", 7.5), (" 7 ", 7), ("+1", 1), ("-2,5", -2.5), ("−2,5", -2.5), ("30 %", 0.3), ("30%", 0.3),
     ("1 200,5", 1200.5), ("1\u202f200,5", 1200.5), ("1.200,5", 1200.5), ("1,200.5", 1200.5), ("1'200.5", 1200.5),
     (",5", 0.5), ("0,667", 0.667)],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it(typed, value):
    assert number(typed) == pytest.approx(value)


@pytest.mark.parametrize(
    "typed", ["", "sept", "7 ans", "1,2,3", "inf", "nan", "1e9", "0x7", "--1", "%", "9" * 40, "٧٫٥"]
)
def test_what_is_not_a_number_is_none(typed):
    assert number(typed) is None


def test_a_number_is_shown_as_each_language_writes_it():
    assert (shown(7.5, "fr"), shown(7.5, "en"), shown(8, "fr")) == ("7,5", "7.5", "8")


def test_a_lever_alone_takes_its_proposed_setting():
    chosen = levers.parse("LV01")
    assert (chosen.parameter, chosen.operator, chosen.value) == ("lifespan:laptop", "set", 6)
    assert str(chosen) == "LV01=6"


def test_a_lever_without_figure_takes_no_setting():
    assert levers.parse("LV36").value is None
    assert str(levers.parse("LV36")) == "LV36"
    assert refusal("LV36=3").code == "levers.no_value"


@pytest.mark.parametrize("typed", ["LV01=7,5", "LV01=7.5", "lv01 = 7,5", " LV01=7,5 "])
def test_case_spaces_and_decimals_do_not_matter(typed):
    assert levers.parse(typed).value == 7.5


def test_one_more_year_is_the_default_for_any_category():
    chosen = levers.parse("life:monitor")
    assert (chosen.parameter, chosen.operator, chosen.value) == ("lifespan:monitor", "add", 1)
    assert chosen.lever.title.fr == "Garder plus longtemps : Écran"


def test_a_plain_number_is_years_in_all_and_a_plus_is_years_more():
    assert levers.parse("life:monitor=8").operator == "set"
    assert levers.parse("life:monitor=+2").operator == "add"
    assert levers.parse("LV01=+1").operator == "add"
    told = levers.parse("life:monitor=8")
    assert (told.lever.operator, told.lever.low, told.lever.high) == ("set", 1, 30), (
        "the lever says what the choice does"
    )
    assert (levers.parse("LV11=3").operator, levers.parse("LV11=3").value) == ("add", 3)


@pytest.mark.parametrize(
    ("typed", "parameter", "value"),
    [("keep:monitor=0,67", "count:monitor", 0.67), ("power:desktop=33 %", "kwh:desktop", 0.33),
     ("reuse:laptop=0.5", "second_hand:laptop", 0.5), ("grid:*=deu", "zone:*", "DEU"), ("LV25=swe", "zone:rack_server", "SWE"),
     ("swap:desktop:laptop=50%", "replace:desktop:laptop", 0.5), ("LV26=1,3", "pue", 1.3)],
)  # fmt: skip
def test_every_parameter_can_be_chosen(typed, parameter, value):
    chosen = levers.parse(typed)
    assert (chosen.parameter, chosen.value) == (parameter, value)
    assert levers.parse(str(chosen)) == chosen


def test_a_swap_names_both_categories():
    lever = levers.lever("swap:desktop:mini_pc")
    assert (lever.family, lever.category, lever.target_category) == ("replace", "desktop", "mini_pc")
    assert lever.title.en == "Replace at renewal: Desktop computer by Mini PC"


@pytest.mark.parametrize(
    ("typed", "near"), [("LV1", "LV01"), ("LV001", "LV01"), ("LV52b", "LV52"), ("portable", "LV01")]
)
def test_an_unknown_key_names_the_nearest(typed, near):
    refused = refusal(typed)
    assert refused.code == "levers.unknown"
    assert refused.facts["near_fr"].startswith(f"{near} ("), refused


def test_an_unknown_category_names_the_nearest_even_said_in_french():
    assert "« monitor »" in refusal("life:écrans").words("fr").why
    assert "“laptop”" in refusal("life:latop=3").words("en").why
    assert refusal("swap:desktop").code == "levers.category_unknown"
    assert refusal("swap:desktop:laptop:monitor").code == "levers.category_unknown"
    assert refusal("life:*").code == "levers.category_unknown"


def test_second_hand_without_a_study_is_refused_rather_than_invented():
    refused = refusal("reuse:monitor=0.5")
    assert refused.code == "levers.no_second_hand"
    assert "smartphone" in refused.words("fr").remedy


@pytest.mark.parametrize(
    "typed", ["LV01=99", "LV01=0", "LV01=-3", "LV01=+99", "LV05=1,5", "LV26=0,9", "life:monitor=31"]
)
def test_out_of_bounds_tells_the_bounds_in_words(typed):
    refused = refusal(typed)
    assert refused.code == "levers.out_of_bounds"
    for language in ("fr", "en"):
        words = refused.words(language)
        assert str(refused.facts[f"low_{language}"]) in words.remedy
        assert str(refused.facts[f"high_{language}"]) in words.remedy


def test_bounds_are_written_as_each_language_does():
    refused = refusal("LV11=0,2")
    assert "0,5" in refused.words("fr").why and "0.5" in refused.words("en").why


@pytest.mark.parametrize("typed", ["LV01=", "LV01=sept", "LV01=7 ans", "LV01=1e3", "LV01=nan", "LV01=7=8"])
def test_what_is_not_a_number_is_refused_with_the_bounds(typed):
    refused = refusal(typed)
    assert refused.code == "levers.value_unreadable"
    assert "2" in refused.words("fr").why and "12" in refused.words("fr").why


@pytest.mark.parametrize("typed", ["LV25=France", "LV25=FR", "LV25=33", "LV25="])
def test_a_country_is_three_letters(typed):
    assert refusal(typed).code == "levers.country_unreadable"


def test_a_choice_made_in_code_is_checked_as_the_typed_one():
    assert levers.choose(levers.lever("LV25"), "deu").value == "DEU"
    for key, value, code in (("LV36", 3, "no_value"), ("LV25", 3, "country_unreadable"), ("LV01", "7", "out_of_bounds"),
                             ("LV01", float("nan"), "out_of_bounds")):  # fmt: skip
        with pytest.raises(TerreauError) as caught:
            levers.choose(levers.lever(key), value)
        assert caught.value.code == f"levers.{code}"


@pytest.mark.parametrize("typed", ["", "=", "=7", "life:", ":", "LV01" * 500, "{key}=3", "../LV01", "org:x/LV01"])
def test_anything_else_is_refused_in_words(typed):
    refused = refusal(typed)
    assert refused.code.startswith("levers.")
    assert refused.words("fr").remedy and refused.words("en").remedy


def test_a_generic_lever_stands_in_the_tier_of_its_category():
    from terreau.levers.categories import categories
    from terreau.levers.generic import DATACENTRE, NETWORK

    tiers = {key: levers.lever(key).tier for key in ("life:monitor", "life:router", "life:rack_server", "grid:*")}
    assert list(tiers.values()) == ["terminals", "network", "datacentre", "datacentre"]
    assert {*NETWORK, *DATACENTRE} - {"*"} <= set(categories()), "a category is spelt as the factors spell it"


@pytest.mark.parametrize(
    ("typed", "language", "remedy"),
    [("LV01=abc", "fr", "LV01=6"), ("LV11=abc", "fr", "LV11=+2"), ("LV26=abc", "fr", "LV26=1,2"),
     ("LV26=abc", "en", "LV26=1.2"), ("LV06=abc", "fr", "LV06=0,3 ou LV06=30 %"), ("LV06=30", "fr", "écrivez 0,3 ou 30 %"),
     ("LV06=30", "en", "write 0.3 or 30%")],
)  # fmt: skip
def test_a_refusal_proposes_the_usual_setting_and_a_share_both_ways(typed, language, remedy):
    told = refusal(typed).words(language).remedy.replace("\N{NO-BREAK SPACE}", " ")
    assert remedy in told and "écrivez" not in refusal("LV06=-1").words("fr").remedy
    for text in re.findall(r"LV\d+=[^ ]+(?: %)?", told):
        assert levers.parse(text).value is not None
