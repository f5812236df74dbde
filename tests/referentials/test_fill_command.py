"""``terreau referential fill`` and the import of a grid: each line's fate said, cells filled, codes 0, 1 and 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from terreau.cli import main
from tests.referentials.grids.other_forms import as_ods

EXAMPLE = Path(__file__).parents[2] / "examples" / "grilles" / "grille-recue.xlsx"
ANSWERS = 'answers:\n  1.1.1: partial\n  2.2.2: {not_applicable: "Aucun appel d’offres."}\n'


def ran(capsys, *arguments):
    code = main(["referential", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "reponses.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def test_a_grid_is_filled_and_every_line_is_told(capsys, tmp_path, answers):
    code, out, err = ran(
        capsys, "fill", EXAMPLE, answers, "--out", tmp_path / "rendue.xlsx", "--save-mapping", tmp_path / "lecture.json"
    )
    assert code == 0, err
    assert "cellules remplies" in out
    assert "1.1.1" in out and "critère" in out and "mise de côté" in out
    sheet = load_workbook(tmp_path / "rendue.xlsx")["Grille"]
    assert (sheet["F7"].value, sheet["G7"].value) == (5, "Partiellement atteint")
    again = ran(
        capsys,
        "fill",
        EXAMPLE,
        answers,
        "--out",
        tmp_path / "deux.xlsx",
        "--mapping",
        tmp_path / "lecture.json",
        "--lang",
        "en",
    )
    assert again[0] == 0 and "cells filled" in again[1]
    assert (tmp_path / "rendue.xlsx").read_bytes() == (tmp_path / "deux.xlsx").read_bytes()


def test_what_could_not_be_written_or_read_gives_one(capsys, tmp_path, answers):
    answers.write_text("answers:\n  1.1.1: {verdict: yes, text: Mots}\n  9.9.9: yes\n", encoding="utf-8")
    code, _, err = ran(capsys, "fill", EXAMPLE, answers, "--out", tmp_path / "rendue.xlsx")
    assert code == 1 and "9.9.9" in err
    grid = tmp_path / "grille.csv"
    grid.write_text(
        "N°;Question;Statut\n1.1;Une politique est-elle écrite ?;\n1.2;Est-elle relue chaque année ?;\n",
        encoding="utf-8",
    )
    answers.write_text("answers:\n  1.1: {verdict: yes, text: Mots}\n", encoding="utf-8")
    code, _, err = ran(capsys, "fill", grid, answers, "--out", tmp_path / "rendue.csv")
    assert code == 1 and "à la main" in err and "1.1" in err
    assert "1.1;Une politique est-elle écrite ?;Oui" in (tmp_path / "rendue.csv").read_text(encoding="utf-8")


def test_a_verdict_without_a_cell_is_named(capsys, tmp_path, answers):
    grid = tmp_path / "grille.csv"
    grid.write_text(
        "N°;Question;Commentaire\nA1;Une politique est-elle écrite ?;\nA2;Est-elle relue ?;\n", encoding="utf-8"
    )
    answers.write_text("answers:\n  A1: {verdict: yes, text: Signée}\n  A2: none\n", encoding="utf-8")
    code, out, err = ran(capsys, "fill", grid, answers, "--out", tmp_path / "rendue.csv")
    assert code == 1 and "1 cellule remplie" in out
    assert "2 points à reprendre à la main" in err
    assert "A1, Verdict : la grille n’a pas de cellule" in err and "A2, Verdict : la grille n’a pas de cellule" in err


def test_a_formula_left_without_its_value_is_named(capsys, tmp_path, answers):
    grid = as_ods(EXAMPLE, tmp_path / "grille.ods")
    code, _, err = ran(capsys, "fill", grid, answers, "--out", tmp_path / "rendue.ods", "--lang", "en")
    assert code == 0 and "Formulas without a value until a spreadsheet program works them out again: Grille F" in err


def test_answers_to_another_grid_are_refused_with_what_to_write(capsys, tmp_path, answers):
    answers.write_text(f"referential: nr-terreau\n{ANSWERS}", encoding="utf-8")
    code, _, err = ran(capsys, "fill", EXAMPLE, answers, "--out", tmp_path / "rendue.xlsx")
    assert code == 2 and not (tmp_path / "rendue.xlsx").exists()
    assert "écrivez « label-exemple-2026-grille-d-auto-evaluation » à la place de « nr-terreau »" in err
    assert "score" not in err


@pytest.mark.parametrize("case", ["missing", "target", "mapping", "answers", "grid"])
def test_what_cannot_be_used_gives_two_and_writes_nothing(capsys, tmp_path, answers, case):
    grid, more, out = EXAMPLE, [], tmp_path / "rendue.xlsx"
    if case == "missing":
        grid = tmp_path / "rien.xlsx"
    elif case == "target":
        out.write_bytes(b"deja la")
    elif case == "mapping":
        (tmp_path / "faux.json").write_text("[1", encoding="utf-8")
        more = ["--mapping", tmp_path / "faux.json"]
    elif case == "answers":
        answers.write_text("bonjour\n", encoding="utf-8")
    else:
        grid = tmp_path / "vide.csv"
        grid.write_text("bonjour\n", encoding="utf-8")
    code, _, err = ran(capsys, "fill", grid, answers, "--out", out, *more)
    assert code == 2 and err and "Traceback" not in err
    assert not out.exists() or out.read_bytes() == b"deja la"


def test_import_says_what_became_of_each_line_and_keeps_nothing_by_itself(capsys, tmp_path):
    code, out, err = ran(capsys, "import", EXAMPLE, "--json")
    told = json.loads(out)
    assert (code, told["kind"], told["fates"]["criterion"], told["doubts"], told["kept"]) == (0, "grid", 11, [], None)
    (tmp_path / "g.csv").write_text(
        "N°;Question;Statut\n1;Une politique est-elle écrite ?;\n1;Est-elle relue chaque année ?;\n", encoding="utf-8"
    )
    code, out, err = ran(capsys, "import", tmp_path / "g.csv")
    assert code == 1 and "sert deux fois" in err and "Rien n'est gardé" in err
