"""An organisation brings its own levers and rules in a folder: checked whole, private, and never half-read."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from terreau import levers
from terreau.kernel.errors import TerreauError
from terreau.levers import catalogue
from tests.house.rules import REPO

OWNER = "org:7d3c"
LEVER = """
key: vieux-ecrans
title: {fr: "Garder nos écrans", en: "Keep our monitors"}
explanation: {fr: "Ils marchent.", en: "They work."}
tier: terminals
domain: fleet
kind: computed
parameter: "lifespan:monitor"
value: 12
low: 8
high: 15
unit: {fr: "ans", en: "years"}
effort: 1
cost: {fr: "Rien.", en: "Nothing."}
rebound: low
rebound_words: {fr: "Aucun.", en: "None."}
sources:
  - {key: NOTE, publisher: "Mairie", title: "Note interne", year: "2026", verification: read}
"""
RULE = """
key: cafe
title: {fr: "Le café ensemble", en: "Coffee together"}
question: {fr: "Faut-il une machine de plus ?", en: "One more machine?"}
facts:
  - {name: people, kind: number, label: {fr: "Personnes", en: "People"}, unit: {fr: "personnes", en: "people"}}
condition: people / 20 >= 1
kept: {fr: "Oui, pour {people}.", en: "Yes, for {people}."}
broken: {fr: "Non.", en: "No."}
reason: {fr: "Une machine pour vingt.", en: "One machine for twenty."}
basis: {fr: "Notre usage.", en: "Our practice."}
"""


def put(folder: Path, text: str, name: str = "a.yaml") -> Path:
    (folder / name).write_text(text.lstrip(), encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> TerreauError:
    with pytest.raises(TerreauError) as caught:
        levers.load(put(folder, text), owner=OWNER)
    return caught.value


def test_a_lever_of_the_organisation_is_private_and_chosen_like_the_others(tmp_path):
    ours = levers.load(put(tmp_path, LEVER), owner=OWNER)
    assert [one.key for one in ours] == ["org:7d3c/vieux-ecrans"]
    assert ours[0].origin == "organisation" and ours[0].sources[0].publisher == "Mairie"
    assert levers.parse("org:7d3c/vieux-ecrans=9,5", ours).value == 9.5
    assert ours[0] in levers.levers(ours) and ours[0] not in levers.levers()


def test_an_empty_or_absent_folder_brings_nothing(tmp_path):
    assert levers.load(tmp_path) == () == levers.load(tmp_path / "absent")


def test_two_files_of_one_key_are_both_named(tmp_path):
    put(tmp_path, LEVER, "b.yaml")
    told = str(refused(tmp_path, LEVER))
    assert "a.yaml" in told and "b.yaml" in told


def test_a_file_changed_is_read_again(tmp_path):
    import os

    first = levers.load(put(tmp_path, LEVER), owner=OWNER)[0]
    put(tmp_path, LEVER.replace("value: 12", "value: 11"))
    os.utime(tmp_path / "a.yaml", ns=(1, 1))
    assert (first.value, levers.load(tmp_path, owner=OWNER)[0].value) == (12, 11)


def test_a_lever_announced_by_another_package_is_found(tmp_path, monkeypatch):
    home = tmp_path / "neighbour_levers"
    home.mkdir()
    (home / "__init__.py").write_text("")
    put(home, LEVER.replace("vieux-ecrans", "VX01"))
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint(name="neighbour", value="neighbour_levers", group="terreau.levers")
    monkeypatch.setattr(catalogue, "entry_points", lambda group: [entry])
    catalogue._shipped.cache_clear()
    try:
        assert levers.lever("VX01").value == 12
    finally:
        catalogue._shipped.cache_clear()
        sys.modules.pop("neighbour_levers", None)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("kind: computed", "kind: magic", "kind"),
        ("lifespan:monitor", "lifespan:moniteur", "moniteur"),
        ("lifespan:monitor", "age:monitor", "parameter"),
        ("lifespan:monitor", "second_hand:monitor", "second_hand.toml"),
        ("value: 12", "value: 20", "value"),
        ("value: 12", "value: '12'", "value"),
        ("value: 12", "value: .nan", "value"),
        ("low: 8", "low: -1", "value"),
        ("low: 8\n", "", "low"),
        ("high: 15", "high: 300", "value"),
        ("effort: 1", "effort: 4", "effort"),
        ("effort: 1", "effort: beaucoup", "effort"),
        ('en: "They work."', 'en: ""', "explanation"),
        ('{fr: "Ils marchent.", en: "They work."}', "Ils marchent", "explanation"),
        ("rebound: low", "rebound: nul", "rebound"),
        ("rebound: low\n", "rebound: low\ncouleur: verte\n", "couleur"),
        ("key: vieux-ecrans", "key: ../x", "key"),
        ("verification: read", "verification: certain", "verification"),
        ("{key: NOTE", "{url: 'javascript:x', key: NOTE", "url"),
        ("sources:", "operator: multiply\nsources:", "operator"),
        ("sources:", "published_gain: {value: 3}\nsources:", "published_gain"),
        ("kind: computed", "kind: enabler", "parameter"),
        ("sources:\n", "sources: [INCONNU]\n#", "INCONNU"),
    ],
)
def test_a_lever_half_written_is_refused_naming_the_place(tmp_path, was, becomes, told):
    assert was in LEVER
    found = refused(tmp_path, LEVER.replace(was, becomes).split("#")[0])
    assert found.code == "levers.file_refused"
    assert told in found.words("fr").why and told in found.words("en").why


def test_every_trouble_is_told_at_once(tmp_path):
    found = refused(tmp_path, "key: x\n")
    assert found.facts["count"] >= 8
    assert "title" in str(found) and "cost" in str(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [("- a\n", "tables.not_a_mapping"), ("key: a\nkey: b\n", "tables.yaml_twice"), ("key: [", "tables.yaml_unreadable"),
     ("key: !!python/object:os.system {}\n", "tables.yaml_kind"), ("a: &x {}\nb: *x\n", "tables.yaml_alias"),
     ("[" * 20_000, "tables.yaml_too_deep"), ("x" * 5_000_001, "tables.too_big")],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words(tmp_path, text, code):
    found = refused(tmp_path, text)
    assert found.code == code
    assert found.words("fr").remedy and found.words("en").remedy


def test_a_file_that_is_not_text_is_refused_in_words(tmp_path):
    (tmp_path / "a.yaml").write_bytes("key: é".encode("latin-1"))
    with pytest.raises(TerreauError) as caught:
        levers.load(tmp_path)
    assert caught.value.code == "tables.not_utf8"


def test_a_rule_of_the_organisation_is_checked_like_the_others(tmp_path):
    (rule,) = levers.load_rules(put(tmp_path, RULE), owner=OWNER)
    assert rule.key == "org:7d3c/cafe"
    assert levers.rule("org:7d3c/cafe", [rule]) is rule
    assert levers.check(rule, {"people": 40}).why.fr == "Oui, pour 40."
    assert levers.check(rule, {"people": 3}).holds is False


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [("people / 20", "persons / 20", "condition"), ("for {people}", "for {people.__class__}", "kept"),
     ("for {people}", "for {", "kept"), ("kind: number", "kind: colour", "kind"), ("condition: people / 20 >= 1\n", "", "condition")],
)  # fmt: skip
def test_a_rule_half_written_is_refused(tmp_path, was, becomes, told):
    with pytest.raises(TerreauError) as caught:
        levers.load_rules(put(tmp_path, RULE.replace(was, becomes)))
    assert caught.value.code == "levers.file_refused" and told in str(caught.value)


def test_knowledge_reads_no_other_room():
    text = "".join(path.read_text(encoding="utf-8") for path in (REPO / "src/terreau/levers").glob("*.py"))
    for room in ("footprint", "inventory", "factors", "referentials", "evidence"):
        assert f"terreau.{room}" not in text


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("effort: 1", "effort: .inf", "“effort”"),
        ("effort: 1", "effort: .nan", "“effort”"),
        ("effort: 1", "effort: 1.7", "“effort” is 1, 2 or 3"),
        ("low: 8", "low: -.inf", "“low” is not a number"),
        ('fr: "Garder nos écrans"', 'fr: "  "', "“title” must be said in French and in English"),
    ],
)
def test_a_number_without_end_half_an_effort_or_blank_words_are_named(tmp_path, good, bad, said):
    assert good in LEVER
    assert said in refused(tmp_path, LEVER.replace(good, bad)).words("en").why


@pytest.mark.parametrize("braces", ["{people:>30000000}", "{people!r}", "{people:d}", "{people:{people}}"])
def test_a_manner_of_writing_in_the_words_of_a_rule_is_refused(tmp_path, braces):
    with pytest.raises(TerreauError) as caught:
        levers.load_rules(put(tmp_path, RULE.replace("{people}", braces)), owner=OWNER)
    assert caught.value.code == "levers.file_refused"


def test_a_rule_that_divides_by_zero_says_so_and_names_nothing_missing(tmp_path):
    (ours,) = levers.load_rules(put(tmp_path, RULE.replace("people / 20", "20 / people")), owner=OWNER)
    said = levers.check(ours, {"people": 0})
    assert (said.holds, said.missing) == (None, ())
    assert said.why.en.endswith("a number it divides by is zero.")
