"""A new edition: each criterion of both ends in exactly one step, and only sameness is a fact."""

from __future__ import annotations

from collections import Counter

import pytest

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials import library
from terreau.referentials.loading import edition_from
from terreau.referentials.migrating import DATA, Step, known_table, propose_migration, read_table
from terreau.referentials.official import read_official
from terreau.referentials.private import private_edition
from tests.referentials.official_files import official
from tests.referentials.small import document


def garden(**questions):
    """The garden with one criterion per (short key, question)."""
    made = document()
    rubric = made["themes"][0]["rubrics"][0]
    model = rubric["criteria"][1]
    rubric["criteria"] = [
        {"key": key.replace("_", "."), "question": text, "expects": model["expects"]} for key, text in questions.items()
    ]
    return edition_from(made, "jardin.yaml")


def told(steps):
    return [(step.old, step.new, step.kind, step.status) for step in steps]


def test_without_a_table_only_the_same_question_is_a_fact():
    old = garden(a="Le compost est-il tenu ?", b="La haie est-elle taillée deux fois par an ?", c="Un puits ?")
    new = garden(x="Le compost est-il tenu ?", b="La haie est-elle taillée trois fois par an ?", z="Des ruches ?")
    assert told(propose_migration(old, new)) == [
        (("a",), ("x",), "same", "known"),
        (("b",), ("b",), "same", "to_confirm"),
        ((), ("z",), "new", "to_confirm"),
        (("c",), (), "gone", "to_confirm"),
    ]


def test_a_table_is_followed_where_its_keys_exist():
    old, new = garden(a="Un ?", b="Deux ?", c="Trois ?"), garden(x="Un et deux ?", y="Trois a ?", z="Trois b ?")
    table = (
        Step(old=("a", "b"), new=("x",), kind="merged"),
        Step(old=("c",), new=("y", "z"), kind="split"),
        Step(old=("gone",), new=("x",), kind="same"),
        Step(old=("a",), new=("y",), kind="same"),
    )
    assert told(propose_migration(old, new, table)) == told(table[:2])
    assert all(step.why.fr and step.why.en for step in table)


def test_the_same_edition_migrates_onto_itself():
    edition = library.edition("rgesn-2024")
    steps = propose_migration(edition, edition)
    assert {(step.kind, step.status) for step in steps} == {("same", "known")}
    assert all(step.old == step.new for step in steps)


@pytest.mark.parametrize("line", ["1.1,1.2 1.3,same,known", ",,new,known", "1.1,,gone,maybe", "1.1,2.1,near,known"])
def test_a_faulty_line_is_named(tmp_path, line):
    (tmp_path / "a--b.csv").write_text(f"old,new,kind,status\n{line}\n", encoding="utf-8")
    with pytest.raises(TerreauError) as caught:
        read_table(tmp_path / "a--b.csv")
    assert caught.value.facts["line"] == 2


def test_the_shipped_table_covers_both_editions_once():
    steps = known_table("org:12/rgesn-2022", "rgesn-2024")
    old = Counter(key for step in steps for key in step.old)
    new = Counter(key for step in steps for key in step.new)
    assert (len(old), len(new)) == (79, 78)
    assert set(old.values()) == set(new.values()) == {1}
    assert set(new) == {criterion.short for criterion in library.edition("rgesn-2024").criteria}
    assert known_table("rgesn-2024", "unknown") is None
    assert [path.name for path in DATA.glob("*.csv")] == ["rgesn-2022--rgesn-2024.csv"]


@pytest.mark.shared
def test_a_known_passage_is_the_same_official_question_and_nothing_else_is():
    old, new = read_official(official("rgesn-2022")), read_official(official("rgesn-2024"))
    for step in known_table("rgesn-2022", "rgesn-2024"):
        same = [
            normal(old.entries[before].question) == normal(new.entries[after].question)
            for before in step.old
            for after in step.new
        ]
        assert (step.status == "known") == (same == [True]), step


@pytest.mark.shared
def test_an_assessment_of_the_first_rgesn_moves_to_2024():
    old = private_edition(read_official(official("rgesn-2022")), "v1.json", key="org:12/rgesn-2022")
    assert (len(old.themes), len(old.criteria)) == (8, 79)
    steps = propose_migration(old, library.edition("rgesn-2024"))
    assert Counter(step.kind for step in steps) == {"same": 53, "merged": 7, "gone": 12, "new": 18}
    assert sum(step.status == "known" for step in steps) == 26
