"""``terreau inventory compare``: the year said, written when asked, refused in words."""

import csv
import json

import pytest

from terreau.cli import main

HEADS = "Nom;Numéro de série;Type;Modèle;Statut;Date d'achat;Date de réforme\n"
KEPT = "reste;AAA-00001;Ordinateur portable;Latitude 5400;En service;12/03/2020;\n"
BEFORE = "donné;AAA-00002;Ordinateur portable;Latitude 5400;En service;12/03/2020;\n"
AFTER = "donné;AAA-00002;Ordinateur portable;Latitude 5400;Donné;12/03/2020;12/03/2026\n"
DAYS = ("--at-before", "2025-09-30", "--at-after", "2026-09-30")


@pytest.fixture
def year(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("parc-2025.csv", KEPT + BEFORE), ("parc-2026.csv", KEPT + AFTER), ("mdm-2026.csv", KEPT)):
        (tmp_path / name).write_text(HEADS + text, encoding="utf-8")
    return ("inventory", "compare", "--before", "parc-2025.csv", "--after", "parc-2026.csv", "mdm-2026.csv", *DAYS)


def test_compare_says_the_year_writes_its_lists_and_leaves_a_lone_source_out(year, capsys, tmp_path):
    assert main([*year, "--json", "--out", "annee"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["balance_gap"] == 0
    rate = next(one for one in told["meters"] if one["meter"] == "fleet.reuse_rate")
    assert (rate["value"], rate["denominator"]) == (1.0, 1)
    assert "« mdm-2026.csv » n'est que d'un côté" in said.err
    with (tmp_path / "annee" / "mouvements.csv").open(encoding="utf-8-sig") as moves:
        rows = list(csv.DictReader(moves, delimiter=";"))
    assert [(row["movement"], row["destination"], row["years_kept"]) for row in rows] == [("exit", "donated", "6.0")]
    assert main([*year, "--out", "annee"]) == 2, "what exists is never overwritten"
    assert {one.name for one in (tmp_path / "annee").iterdir()} == {"mouvements.csv", "bilan.csv", "compteurs.csv"}


def test_compare_speaks_both_languages_and_refuses_in_words(year, capsys):
    assert main([*year, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Legal reuse rate" in said and "100.0%" in said and "Fleet on the first day" in said
    assert main([*year[:3], "parc-2025.csv", "--after", "parc-2026.csv", "--at-after", "2024-01-01", *DAYS[:2]]) == 2
    assert "n'est pas antérieur au second" in capsys.readouterr().err
