"""The page on indicators says what the data and the rules say."""

from __future__ import annotations

import re
from dataclasses import fields

from terreau.indicators import words
from terreau.indicators.catalogue import indicators
from terreau.indicators.definition import BOUNDS, STANDINGS, Indicator, TypicalTarget
from terreau.indicators.good import questions
from terreau.indicators.loading import from_document
from terreau.indicators.quality import MOST_FLAGSHIP, MOST_FOLLOWED, MOST_PUBLIC, SEVERITIES
from terreau.indicators.units import UNITS
from terreau.referentials.yaml_reading import parse_yaml
from tests.house.rules import REPO

PAGE = (REPO / "docs/reference/indicateurs.md").read_text(encoding="utf-8")
WHY = (REPO / "docs/explanation/bons-indicateurs.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_shortest_indicator_of_the_page_is_complete():
    (shown,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert from_document(parse_yaml(shown, "page"), "page").form == "relative"


def test_the_page_lists_the_whole_catalogue_as_it_is():
    told = [
        [one.key, one.name.fr, one.unit, words.AUDIENCES[one.audience].fr, words.NATURES[one.nature].fr,
         words.DIRECTIONS[one.direction].fr, words.FREQUENCIES[one.frequency].fr,
         one.meter.key if one.meter else words.SOURCES[one.source].fr]
        for one in indicators()
    ]  # fmt: skip
    assert rows("Le catalogue") == told
    assert f"Terreau en livre {len(told)}" in PAGE


def test_the_page_lists_every_unit_and_every_rule_with_what_it_is_worth():
    assert [[key, name] for key, _, name in rows("Les unités")] == [[one.key, one.name.fr] for one in UNITS.values()]
    told = {code: severity for code, severity, _ in rows("La radiographie")}
    assert told == {code: words.SEVERITIES[one].fr for code, one in SEVERITIES.items()}
    for most in (MOST_PUBLIC, MOST_FLAGSHIP, MOST_FOLLOWED):
        assert f"plus de {most} indicateurs" in PAGE


def test_the_page_names_every_field():
    named = set(re.findall(r"`(\w[\w-]*)`", PAGE))
    assert {field.name for field in (*fields(Indicator), *fields(TypicalTarget))} <= named
    assert {*words.THEMES, *words.FREQUENCIES, *STANDINGS, *filter(None, BOUNDS)} <= named


def test_the_explanation_asks_the_five_questions_of_the_assistant():
    asked = [line.split("|")[1].strip() for line in WHY.splitlines() if line.startswith("| ") and "?" in line]
    assert asked == [one.question.fr.replace("’", "'") for one in questions()]


def test_the_example_of_the_explanation_adds_up():
    assert (round(100 * (14 / 12 - 1)), round(100 * (280 / 300 - 1))) == (17, -7)
    assert (12_000 / 40, 14_000 / 50) == (300, 280)
    for figure in ("12 → 14 t", "300 → 280 kg", "plus 17 %", "moins 7 %"):
        assert figure in WHY
