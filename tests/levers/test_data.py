"""Every lever, path and rule shipped is found by itself and holds what it promises."""

from __future__ import annotations

import csv
import re
from datetime import date
from itertools import combinations

import pytest

from terreau import levers
from terreau.factors.categories import category_name
from terreau.factors.criteria import CRITERIA
from terreau.kernel.bilingual import Words
from terreau.levers.conditions import names
from terreau.levers.records import COMPUTED, ENABLER, FAMILIES, STUDY_MEAN, Lever, Rule
from terreau.levers.sources import DATA, papers
from tests.each import each
from tests.house.rules import REPO

ITEMS = REPO / "src/terreau/factors/data/terreau-items/items.csv"
CATALOGUE = REPO.parent / "shared/data/factors/levers-catalogue.csv"
INDICATORS = REPO.parent / "shared/data/indicators/catalogue.csv"
FILES = sorted(path.stem for path in DATA.glob("*.yaml"))
RULES = sorted(path.stem for path in (DATA / "rules").glob("*.yaml"))
SAME_WORD = 2
NOT_FRENCH = re.compile(r"(?<![ \u00a0\u202f])[;:!?](?!\S)|'|\.\.\.")
NOT_ENGLISH = re.compile(r" [;:!?]|«|»|\.\.\.")


def every_words(value: object, at: str = ""):
    """Each (place, Words) of a record."""
    if isinstance(value, Words):
        yield at, value
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            yield from every_words(item, f"{at}[{rank}]")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from every_words(getattr(value, name), f"{at}.{name}")


def well_said(value: object) -> None:
    for at, words in every_words(value):
        if not words:
            continue
        assert words.fr and words.en, at
        assert words.fr != words.en or len(words.fr.split()) <= SAME_WORD, f"{at}: {words.fr}"
        assert not NOT_FRENCH.search(words.fr), f"{at}: {words.fr}"
        assert not NOT_ENGLISH.search(words.en), f"{at}: {words.en}"


@each(FILES, levers.lever)
def test_the_file_holds_the_lever_of_its_name(shipped: Lever):
    assert shipped.key in FILES


@each(FILES, levers.lever)
def test_every_word_is_told_in_french_and_in_english(shipped: Lever):
    well_said(shipped)


@each(FILES, levers.lever)
def test_a_person_reads_why_it_works_what_it_costs_and_what_it_may_spoil(shipped: Lever):
    assert shipped.explanation and shipped.cost and shipped.rebound_words
    assert not re.search(r"\d[\d ,.]*(€|euros?)", shipped.cost.fr), "no invented euros"
    assert shipped.tradeoffs or shipped.caution or shipped.kind != COMPUTED, "a computed lever says its price elsewhere"
    assert len(shipped.title.fr) <= 80


@each(FILES, levers.lever)
def test_only_a_computed_lever_changes_a_parameter(shipped: Lever):
    assert (shipped.parameter is not None) == (shipped.kind == COMPUTED)
    if shipped.kind == COMPUTED:
        assert shipped.family in FAMILIES and shipped.unit


@each(FILES, levers.lever)
def test_a_published_gain_has_its_unit_its_basis_and_its_papers(shipped: Lever):
    gain = shipped.published_gain
    if gain:
        assert gain.value > 0 and gain.unit and gain.basis and shipped.sources
    if shipped.kind == STUDY_MEAN:
        assert gain and shipped.caution, "a study mean is shown with its caution"
    if shipped.kind == ENABLER:
        assert gain is None


@each(FILES, levers.lever)
def test_what_it_may_worsen_is_a_criterion_and_is_told_in_words(shipped: Lever):
    assert set(shipped.worsens) <= {one.key for one in CRITERIA}
    assert not shipped.worsens or shipped.tradeoffs or shipped.caution


@each(FILES, levers.lever)
def test_the_proposed_setting_is_accepted(shipped: Lever):
    chosen = levers.parse(shipped.key)
    assert chosen.value == shipped.value
    if shipped.kind == COMPUTED:
        assert levers.parse(str(chosen)) == chosen


@each(FILES, levers.lever)
def test_the_bounds_themselves_are_accepted_and_a_step_beyond_is_not(shipped: Lever):
    if shipped.low is not None and shipped.high is not None:
        for value in (shipped.low, shipped.high):
            assert levers.choose(shipped, value).value == value
        for beyond in (shipped.low - 0.01, shipped.high + 0.01):
            with pytest.raises(levers_error()):
                levers.choose(shipped, beyond)


def levers_error() -> type[Exception]:
    from terreau.kernel.errors import TerreauError

    return TerreauError


def test_two_computed_levers_of_one_parameter_differ_by_their_setting():
    computed = [one for one in levers.levers() if one.kind == COMPUTED]
    for first, second in combinations(computed, 2):
        same = first.parameter == second.parameter and first.operator == second.operator
        assert not same or first.value != second.value, f"{first.key}, {second.key}"


def test_categories_are_those_of_the_factors():
    with ITEMS.open(encoding="utf-8", newline="") as file:
        usual = [row for row in csv.DictReader(file) if row["default"] == "yes"]
    expected = {
        row["category"]: (
            category_name(row["category"], "fr") or row["label_fr"],
            category_name(row["category"], "en") or row["label_en"],
        )
        for row in usual
    }
    assert {key: (words.fr, words.en) for key, words in levers.categories().items()} == expected


def test_papers_say_who_what_and_when_they_were_seen():
    for key, paper in papers().items():
        assert paper.publisher and paper.title and paper.year and paper.checked_on, key
        assert paper.checked_on <= date.today()


def test_every_paper_serves():
    told = [*levers.levers(), *levers.rules()]
    used = {paper.key for one in told for paper in one.sources}
    assert set(papers()) == used


def test_two_paths_of_five_steps_name_levers_that_exist():
    found = levers.paths()
    assert [one.key for one in found] == ["debutant", "mature"]
    for path in found:
        well_said(path)
        assert len(path.steps) == 5
        for step in path.steps:
            assert step.levers and step.indicators
            assert all(levers.lever(key) for key in step.levers)


def test_the_beginners_path_goes_by_lifespan_training_a_contract_and_a_purchase_policy():
    path = levers.paths()[0]
    assert {"LV01", "LV36", "LV52", "LV37"} <= {key for step in path.steps for key in step.levers}


@each(RULES, levers.rule)
def test_a_rule_says_its_reason_and_honestly_where_it_comes_from(shipped_rule: Rule):
    well_said(shipped_rule)
    assert shipped_rule.sources
    for paper in shipped_rule.sources:
        if paper.verification == "common_practice" and len(shipped_rule.sources) == 1:
            assert (
                re.search("usage", shipped_rule.basis.fr.casefold()) and "practice" in shipped_rule.basis.en.casefold()
            )
        if paper.verification == "recalled":
            known = paper.key == "RGPD-2016" or "de mémoire" in shipped_rule.basis.fr
            assert known, f"{shipped_rule.key}: recalled, and does not say so"


@each(RULES, levers.rule)
def test_a_rule_can_be_kept_and_can_be_broken(shipped_rule: Rule):
    cases = [levers.check(shipped_rule, case).holds for case in every_case(shipped_rule)]
    assert set(cases) == {True, False}
    assert levers.check(shipped_rule, {}).holds is None
    assert names(shipped_rule.condition) == {fact.name for fact in shipped_rule.facts}


def every_case(rule: Rule):
    """Every mix of small, middle and large numbers, and of yes and no."""
    told: list[dict[str, object]] = [{}]
    for fact in rule.facts:
        values: tuple[object, ...] = (True, False) if fact.kind == "yes_no" else (0, 7, 100)
        told = [{**case, fact.name: value} for case in told for value in values]
    return told


def test_a_dozen_rules_at_least():
    assert len(levers.rules()) >= 12


@pytest.mark.shared
def test_every_lever_of_the_catalogue_is_here_with_its_gain():
    if not CATALOGUE.exists():
        pytest.skip("the team's catalogue is elsewhere")
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            held = levers.lever(row["id"])
            assert (held.effort, held.rebound) == (int(row["effort_1_3"]), row["rebound_risk"]), row["id"]
            assert held.indicators[0] in row["indicator_ids"].split(";"), row["id"]
            if held.published_gain:
                assert held.published_gain.value == pytest.approx(float(row["typical_gain"]), rel=5e-3), row["id"]


@pytest.mark.shared
def test_indicators_are_those_of_the_catalogue():
    if not INDICATORS.exists():
        pytest.skip("the team's catalogue is elsewhere")
    with INDICATORS.open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    steps = [step for path in levers.paths() for step in path.steps]
    assert {key for one in (*levers.levers(), *steps) for key in one.indicators} <= known
