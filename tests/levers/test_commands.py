"""``terreau levers``: what is listed, shown and checked from a terminal."""

from __future__ import annotations

import json

import pytest

from terreau import levers
from terreau.cli import main


def said(capsys, *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["levers", *words]) == code
    return capsys.readouterr().out


def test_the_list_names_every_lever_of_a_kind(capsys):
    listed = said(capsys, "list", "--kind", "enabler")
    expected = [one for one in levers.levers() if one.kind == "enabler"]
    assert all(one.key in listed for one in expected) and "LV01" not in listed
    assert f"{len(expected)} leviers" in listed


def test_the_list_as_json_holds_every_field(capsys):
    told = json.loads(said(capsys, "list", "--json"))["levers"]
    assert [one["key"] for one in told] == [one.key for one in levers.levers()]
    first = told[0]
    assert (first["parameter"], first["from"], first["value"]) == ("lifespan:laptop", 4, 6)
    assert first["sources"][0]["checked_on"] == "2026-11-21"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["LV05", "LV13", "LV25", "LV36", "LV52", "life:monitor=+2", "swap:desktop:laptop"])
def test_a_lever_shows_why_it_works_and_what_it_costs_elsewhere(capsys, key, lang):
    shown = " ".join(said(capsys, "show", key, "--lang", lang).split())
    lever = levers.parse(key).lever
    for words in (lever.explanation, lever.cost, lever.rebound_words, *lever.tradeoffs, lever.caution):
        assert words.in_(lang) in shown


def test_a_setting_out_of_bounds_is_refused_with_the_bounds(capsys):
    said(capsys, "show", "LV01=99", code=2)
    assert main(["levers", "show", "LV01=99"]) == 2
    assert "entre 2 et 12" in capsys.readouterr().err


def test_a_case_is_checked_against_a_rule(capsys):
    assert "Le train met 5,5 h" in said(capsys, "check", "train-6h", "hours=5,5", "by_train=non", code=1)
    assert "La règle est tenue." in said(capsys, "check", "train-6h", "by_train=oui")
    told = json.loads(said(capsys, "check", "train-6h", "--json", code=1))
    assert (told["holds"], told["missing"]) == (None, ["hours", "by_train"])


def test_without_rule_their_list_says_what_each_asks(capsys):
    listed = said(capsys, "check")
    assert all(one.key in listed for one in levers.rules()) and "by_train" in listed
    told = json.loads(said(capsys, "check", "--json"))["rules"]
    assert [one["key"] for one in told] == [one.key for one in levers.rules()]
    train = next(one for one in told if one["key"] == "train-6h")
    assert [(one["name"], one["kind"]) for one in train["facts"]] == [("hours", "number"), ("by_train", "yes_no")]
