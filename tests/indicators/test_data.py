"""Every indicator shipped is found by itself and holds what it promises, in both languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import terreau.diagnosis.meters
import terreau.inventory.movements.meters  # noqa: F401 -- both register their meters
from terreau.indicators import words
from terreau.indicators.benchmarks import papers
from terreau.indicators.catalogue import DATA, indicator, indicators
from terreau.indicators.definition import Indicator
from terreau.indicators.meters import PLANNED, known_units
from terreau.indicators.units import UNITS, factor_from
from terreau.kernel.meter import meters
from terreau.referentials.edition import Words
from tests.each import each
from tests.house.rules import REPO

FILES = sorted(path.stem for path in DATA.glob("*.yaml"))
CATALOGUE = REPO.parent / "shared" / "data" / "indicators" / "catalogue.csv"
LACKING = {
    "SRV12", "SRV13", "ACC04", "ACH07", "ACH08", "PARC13", "PARC14", "GOV08", "GOV09", "HEB09", "EMP08", "FOR06",
    "GOV10", "GOV11",
}  # fmt: skip
"""What practitioners follow and the first table lacked."""
SAME_WORD = 4


def told(value: object, at: str = ""):
    """Each (place, Words) of an indicator."""
    if isinstance(value, Words):
        yield at, value
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            yield from told(item, f"{at}[{rank}]")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from told(getattr(value, name), f"{at}.{name}")


@each(FILES, indicator)
def test_the_file_bears_the_key(one: Indicator):
    assert one.key in FILES and one.origin == "package"


@each(FILES, indicator)
def test_every_word_is_told_in_french_and_in_english(one: Indicator):
    for at, said in told(one):
        if said:
            assert said.fr and said.en, at
            assert said.fr != said.en or len(said.fr.split()) <= SAME_WORD, f"{at}: {said.fr}"
            assert "'" not in said.fr, f"{at}: a straight apostrophe"


@each(FILES, indicator)
def test_the_definition_says_all_that_is_needed_to_find_the_same_value(one: Indicator):
    assert one.scope and one.where and one.formula and one.question.fr.endswith("?") and one.question.en.endswith("?")
    assert one.form != "relative" or "/" in one.formula or "AVG" in one.formula, one.formula


@each(FILES, indicator)
def test_every_key_it_names_has_words(one: Indicator):
    for table, key in ((words.SETS, one.set), (words.THEMES, one.theme), (words.AUDIENCES, one.audience), (words.FORMS, one.form),
                       (words.NATURES, one.nature), (words.DIRECTIONS, one.direction), (words.FREQUENCIES, one.frequency),
                       (words.SOURCES, one.source)):  # fmt: skip
        assert table[key]
    assert all(words.user_words(key, "fr") for key in one.in_use_by)
    assert one.unit in UNITS


@each(FILES, indicator)
def test_a_twin_is_raw_for_a_relative_and_points_back(one: Indicator):
    if one.pair:
        twin = indicator(one.pair)
        assert twin.pair == one.key
        assert {one.form, twin.form} == {"raw", "relative"}


@each(FILES, indicator)
def test_a_raw_quantity_has_a_twin_or_says_that_it_is_raw(one: Indicator):
    if one.form == "raw":
        cautions = {caution.key for caution in one.cautions}
        assert one.pair or cautions & {"raw_number", "never_subtract_from_footprint"} or one.key in {"EMP04", "EMP06"}


@each(FILES, indicator)
def test_its_meter_is_registered_or_planned_in_a_unit_it_can_be_told_in(one: Indicator):
    if one.meter:
        measured = known_units()[one.meter.key]
        assert factor_from(measured, one.unit, key=one.key, meter=one.meter.key) > 0


@each(FILES, indicator)
def test_a_target_says_what_it_is_worth_and_where_it_comes_from(one: Indicator):
    target = one.typical_target
    if target is None:
        return
    assert target.source == "" or target.source in papers()
    assert (target.standing == "proposal") == (target.verification == "inferred")
    assert target.standing == "proposal" or target.source
    for language in ("fr", "en"):
        assert words.target_words(target, language).endswith(words.STANDINGS[target.standing].in_(language))
    if target.standing == "proposal":
        assert "norme" in words.target_words(target) and "norm" in words.target_words(target, "en")


@each(FILES, indicator)
def test_a_target_value_is_written_in_its_words(one: Indicator):
    target = one.typical_target
    if target and target.value is not None:
        figure = f"{abs(target.value):g}"
        assert re.search(rf"\b{re.escape(figure)}\b", target.words.en) and figure.replace(".", ",") in target.words.fr
        assert target.bound == "change" or target.value >= 0


@each(FILES, indicator)
def test_a_target_never_goes_against_the_wished_direction(one: Indicator):
    target = one.typical_target
    if target and target.bound in ("at_least", "at_most"):
        assert target.bound == {"up": "at_least", "down": "at_most"}[one.direction]
    assert one.direction != "none" or target is None


def test_one_caution_key_has_one_sentence():
    sentences = {}
    for one in indicators():
        for caution in one.cautions:
            assert sentences.setdefault(caution.key, caution.words) == caution.words


def test_the_registered_meters_keep_the_units_that_were_planned():
    for one in meters():
        assert PLANNED.get(one.key, one.unit) == one.unit, one.key


def test_every_planned_meter_is_named_by_an_indicator():
    named = {each.meter.key for each in indicators() if each.meter}
    assert set(PLANNED) <= named


def test_the_core_is_a_board_one_can_read():
    core = [each for each in indicators() if each.set == "core"]
    assert len(core) == 14
    assert {each.audience for each in core} == {"public", "performance", "governance"}
    assert sum(each.nature == "result" for each in core) > len(core) / 2


def test_what_practitioners_follow_is_there():
    assert set(FILES) >= LACKING
    assert len(FILES) == 94


@pytest.mark.shared
@pytest.mark.skipif(not CATALOGUE.exists(), reason="the shared table is not beside the repository")
def test_every_row_of_the_table_is_an_indicator_with_its_terms():
    with Path(CATALOGUE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} == set(FILES) - LACKING
    for row in rows:
        one = indicator(row["id"])
        assert (one.name.fr, one.name.en, one.numerator.fr) == (row["name_fr"], row["name_en"], row["numerator_fr"])
        assert (one.unit, one.set, one.nature, one.audience, one.direction) == (
            row["unit"], row["set"], row["nature"], row["audience"], row["direction"])  # fmt: skip
        assert {caution.key for caution in one.cautions} == set(filter(None, [row["flag"]]))
        assert bool(one.typical_target) == bool(row["typical_target"])
        if row["target_verification"] == "inferred":
            assert one.typical_target.standing == "proposal"
