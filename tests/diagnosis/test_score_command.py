"""``terreau score``: the public shape, the exit codes, the examples."""

import json
from fractions import Fraction

import pytest

from terreau.cli import main
from tests.house.rules import REPO

EXAMPLES = REPO / "examples" / "answers"


@pytest.fixture
def said(capsys):
    """Run a command: its exit code, its output, its errors."""

    def run(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("key", ["nr-terreau", "rgesn-2024", "rgaa-4.1"])
def test_each_example_is_scored_without_a_line_in_doubt(said, key):
    code, out, _ = said("score", key, EXAMPLES / f"{key}.yaml")
    assert code == 0 and "provisoire" in out
    code, out, _ = said("--lang", "en", "score", key, EXAMPLES / f"{key}.yaml")
    assert code == 0 and "provisional" in out and "›" not in out


def test_the_published_shape(said):
    code, out, _ = said("score", "rgesn-2024", EXAMPLES / "rgesn-2024.yaml", "--rule", "rgesn-priority-1", "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == [
        "organisation", "subject", "variant", "referential", "version", "rule", "floor", "value", "ceiling", "provisional", "undefined",
        "answered", "applicable", "met", "justified_na", "unjustified_na", "bars", "legal", "status", "levels", "points", "by_theme",
        "by_rubric", "left_open", "gap", "findings",
    ]  # fmt: skip
    assert set(told["rule"]) == {"key", "version", "title", "formula", "single"}
    assert Fraction(told["floor"]) < Fraction(told["value"]) < Fraction(told["ceiling"])
    assert told["applicable"] + told["justified_na"] == 78
    assert len(told["left_open"]) == told["applicable"] - told["answered"]


def test_the_example_of_our_grid_worked_by_hand(said):
    told = json.loads(said("score", "nr-terreau", EXAMPLES / "nr-terreau.yaml", "--json")[1])
    documents = told["bars"]["documents"]
    # five yes, seven partial, three none; 5.2.2 has no reason and is worth nothing; 35 of the 51 that apply are open
    assert (documents["floor"], documents["value"], documents["ceiling"]) == (
        "1/6",
        "17/32",
        str(Fraction(17 + 70, 102)),
    )
    assert (documents["answered"], told["answered"], told["applicable"]) == (15, 14, 51)
    assert (told["justified_na"], told["unjustified_na"], told["value"]) == (1, 1, None)
    assert told["gap"]["level"] == "socle" and told["gap"]["criteria"]


def test_lines_in_doubt_are_named_and_give_one(said, tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("answers:\n  1.1: conforming\n  1.99: conforming\n  1.2: peut-être\n", encoding="utf-8")
    code, out, _ = said("score", "rgesn-2024", path)
    assert code == 1 and "2 lignes à revoir" in out and "ligne 3, 1.99" in out
    assert [one["line"] for one in json.loads(said("score", "rgesn-2024", path, "--json")[1])["findings"]] == [3, 4]


def test_what_cannot_be_used_gives_two(said, tmp_path):
    for words in (("score", "nr-terreau", EXAMPLES / "rgaa-4.1.yaml"), ("score", "inconnu", EXAMPLES / "rgaa-4.1.yaml"),
                  ("score", "rgaa-4.1", tmp_path / "absent.yaml"), ("score", tmp_path / "g.yaml", EXAMPLES / "rgaa-4.1.yaml"),
                  ("score", "rgaa-4.1", EXAMPLES / "rgaa-4.1.yaml", "--rule", "points-1"),
                  ("score", "nr-terreau", EXAMPLES / "nr-terreau.yaml", "--level", "or")):  # fmt: skip
        code, out, err = said(*words)
        assert (code, out) == (2, "") and "Remède" in err, words


GRID = """key: maison
version: "1"
title: {fr: Grille, en: Grid}
summary: {fr: Une grille., en: A grid.}
authority: {fr: Nous, en: Us}
mode: single
scale:
  - {key: "no", share: "0", label: {fr: Non, en: "No"}}
  - {key: "yes", share: "1", label: {fr: Oui, en: "Yes"}}
scoring: [points-1]
levels: [{key: n1, title: {fr: Niveau 1, en: Level 1}, points: "30"}]
themes:
  - key: "1"
    title: {fr: Thème, en: Theme}
    rubrics:
      - key: "1.1"
        title: {fr: Rubrique, en: Rubric}
        criteria:
          - {key: "1.1.1", number: "1.1.1", question: {fr: Un ?, en: One?}, points: "20"}
          - {key: "1.1.2", number: "1.1.2", question: {fr: Deux ?, en: Two?}, points: "30"}
"""


def test_a_grid_of_ones_own_is_scored_in_its_points(said, tmp_path):
    (tmp_path / "g.yaml").write_text(GRID, encoding="utf-8")
    (tmp_path / "r.yaml").write_text("answers: {1.1.1: yes}\n", encoding="utf-8")
    code, out, err = said("score", tmp_path / "g.yaml", tmp_path / "r.yaml")
    assert code == 0, err
    assert "20 obtenus, 30 encore ouverts, 50 dans la grille" in out
    assert "30 points demandés, encore possible" in out


def test_when_nothing_applies_no_score_is_shown(said, tmp_path):
    (tmp_path / "g.yaml").write_text(GRID, encoding="utf-8")
    (tmp_path / "r.yaml").write_text(
        "answers: {1.1.1: {not_applicable: a}, 1.1.2: {not_applicable: b}}\n", encoding="utf-8"
    )
    out = said("score", tmp_path / "g.yaml", tmp_path / "r.yaml")[1]
    assert "Aucun score" in out and "%" not in out
