"""The official files are read by their exact layout; anything else is refused in words."""

from __future__ import annotations

import json

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials.official import official_from_json, read_official, wsg_keys
from terreau.referentials.official_json import plain, plain_html
from terreau.referentials.private import private_edition
from tests.referentials.official_files import official

RGESN = [
    {
        "numero": number,
        "thematique": "Jardin",
        "critere": "La haie est-elle  taillée ?",
        "difficulte": "Faible",
        "priorite": "Modéré",
        "cible": "N/A si aucune haie",
        "metiers": "Jardinier, Élagueur",
        "objectif": "Une haie [basse](https://example.org/haie).",
        "miseEnOeuvre": "- Tailler",
        "controle": "Mesurer",
    }
    for number in ("1.1", "1.10")
]
RGESN_1 = {
    "title": "Jardin d&#39;essai",
    "url": "https://example.org/",
    "version": "v1",
    "updated_at": "2022-11-29",
    "criteres": [{"id": "1.1", "url": "https://example.org/1.1", "critere": "Une haie ?", "thematique": "Jardin"}],
}
RGAA = {
    "wcag": {"version": 2.1},
    "topics": [
        {
            "topic": "Haies",
            "number": 1,
            "criteria": [
                {
                    "criterium": {
                        "number": 2,
                        "title": "Chaque [haie](#haie) a-t-elle un `nom` ?",
                        "tests": {"1": ["La haie a un nom ;", "ou une étiquette."]},
                        "references": [{"wcag": ["1.1.1 Non-text Content (A)"]}, {"techniques": ["H36"]}],
                        "particularCases": ["Sauf en hiver.", {"ul": ["neige"]}],
                    }
                }
            ],
        }
    ],
}
METHODS = {"1.2.1": "1. Chercher la haie.", "1.2.2": "1. Lire son nom."}
GLOSSARY = {"glossary": [{"title": "Haie", "body": "<p>Rangée &amp; clôture</p><ul><li>vive</li></ul>"}]}
WSG = {
    "title": "Garden Guidelines",
    "edition": "Draft",
    "lastModified": "2026-07-28",
    "category": [
        {"id": "1", "name": "Introduction"},
        {
            "id": "2",
            "name": "Hedges",
            "guidelines": [
                {
                    "id": "cut-the-hedge",
                    "url": "https://example.org/#cut-the-hedge",
                    "guideline": "Cut the hedge",
                    "subheading": "Keep it low.",
                    "tags": ["Garden"],
                    "criteria": [
                        {"title": "Low hedge", "description": "Cut it twice a year."},
                        {"title": "Low hedge", "description": "Cut it by hand."},
                    ],
                }
            ],
        },
    ],
}


def written(tmp_path, value, name="official.json"):
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("value", "referential", "part", "numbers"),
    [
        (RGESN, "rgesn-2024", "criteria", ["1.1", "1.10"]),
        (RGESN_1, "rgesn-2022", "criteria", ["1.1"]),
        (RGAA, "rgaa-4.1", "criteria", ["1.2"]),
        (METHODS, "rgaa-4.1", "methods", ["1.2.1", "1.2.2"]),
        (GLOSSARY, "rgaa-4.1", "glossary", ["Haie"]),
        (WSG, "wsg", "criteria", ["cut-the-hedge.low-hedge", "cut-the-hedge.low-hedge-bis1"]),
    ],
)
def test_each_layout_is_recognised_by_its_shape_and_kept_whole(tmp_path, value, referential, part, numbers):
    text = read_official(written(tmp_path, value))
    assert (text.referential, text.part, list(text.entries)) == (referential, part, numbers)
    assert text.licence and text.publisher
    assert official_from_json(json.loads(json.dumps(text.as_json()))) == text


def test_the_words_are_made_plain_and_nothing_is_lost(tmp_path):
    entry = read_official(written(tmp_path, RGESN)).entries["1.10"]
    assert entry.question == "La haie est-elle taillée ?"
    assert entry.goal == "Une haie basse (https://example.org/haie)."
    assert entry.extra["cible"] == "N/A si aucune haie"
    rgaa = read_official(written(tmp_path, RGAA)).entries["1.2"]
    assert rgaa.question == "Chaque haie a-t-elle un nom ?"
    assert rgaa.check == "1.2.1 La haie a un nom ;\nou une étiquette."
    assert rgaa.extra["wcag"] == "1.1.1 Non-text Content (A)"
    assert rgaa.extra["particularCases"] == "Sauf en hiver.\nneige"
    assert read_official(written(tmp_path, RGESN_1)).title == "Jardin d'essai"
    assert read_official(written(tmp_path, GLOSSARY)).entries["Haie"].goal == "Rangée & clôture\n\n- vive"


def test_no_markup_survives():
    assert plain("a [b](#c) `d` **e**") == "a b d e"
    assert "<script" not in plain_html("<script src='x'>alert(1)</script>ok")
    assert plain("safe\u202eevil\x00") == "safeevil"


def test_the_wsg_file_becomes_a_private_edition(tmp_path):
    edition = private_edition(read_official(written(tmp_path, WSG)), "wsg.json", key="org:12/wsg")
    assert [criterion.key for criterion in edition.criteria][0] == "org:12/wsg:cut-the-hedge.low-hedge"
    assert (edition.mode, edition.themes[0].title.en, edition.rubrics[0].title.en) == (
        "single",
        "Hedges",
        "Cut the hedge",
    )
    shipped = read_official(written(tmp_path, RGESN))
    with pytest.raises(TerreauError) as refused:
        private_edition(shipped, "rgesn.json")
    assert refused.value.code == "referentials.official_unknown"


def test_titles_met_twice_under_a_guideline_keep_different_keys():
    assert wsg_keys("a", ["One", "one!", "Two"]) == ["a.one", "a.one-bis1", "a.two"]


def change(value, *path, to):
    made = json.loads(json.dumps(value))
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = to
    return made


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{", "json_unreadable"),
        ('{"a": NaN}', "json_unreadable"),
        ('{"topics": [], "topics": [], "wcag": 1}', "json_unreadable"),
        ("[" * 100_000, "json_unreadable"),
        ("[]", "official_unknown"),
        ("{}", "official_unknown"),
        ('"words"', "official_unknown"),
        ("1" * 5_000, "json_unreadable"),
        ({"key": "rgesn-2024"}, "official_unknown"),
        (change(RGESN, 1, "critere", to=""), "official_faulty"),
        (change(RGESN, 1, "critere", to=["a"]), "official_faulty"),
        (change(RGESN, 1, "numero", to="1.1"), "official_faulty"),
        (change(RGESN, 1, "numero", to="../1"), "official_faulty"),
        (change(RGESN, 1, to="a word"), "official_faulty"),
        (change(RGAA, "topics", to={}), "official_faulty"),
        (change(RGAA, "topics", 0, "criteria", 0, to={"criterion": {}}), "official_faulty"),
        (change(RGAA, "topics", 0, "criteria", 0, "criterium", "tests", to=[]), "official_faulty"),
        (change(METHODS, "1.2.1", to={"a": 1}), "official_faulty"),
        (change(GLOSSARY, "glossary", to=[]), "official_faulty"),
        (change(WSG, "category", 1, "guidelines", 0, "id", to="<b>"), "official_faulty"),
        (change(WSG, "category", 1, "guidelines", 0, "criteria", to=None), "official_faulty"),
    ],
)
def test_another_or_a_broken_file_is_refused_in_words(tmp_path, value, code):
    with pytest.raises(TerreauError) as caught:
        read_official(written(tmp_path, value))
    assert caught.value.code == f"referentials.{code}"
    assert caught.value.words("fr").remedy and caught.value.words("en").remedy


def test_a_file_absent_in_another_encoding_or_too_big_is_refused(tmp_path):
    (tmp_path / "latin.json").write_bytes('{"é": 1}'.encode("latin-1"))
    with (tmp_path / "big.json").open("wb") as big:
        big.truncate(10_000_001)
    for name, code in (("absent", "unreadable"), ("latin", "not_utf8"), ("big", "too_big")):
        with pytest.raises(TerreauError) as caught:
            read_official(tmp_path / f"{name}.json")
        assert caught.value.code == f"referentials.{code}"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("rgesn-2024", 78),
        ("rgesn-2022", 79),
        ("rgaa-4.1", 106),
        ("rgaa-methods", 258),
        ("rgaa-glossary", 119),
        ("wsg", 196),
        ("wsg-unabridged", 196),
    ],
)
def test_the_true_files_are_read_whole(name, count):
    text = read_official(official(name))
    assert len(text.entries) == count
    assert not any("](#" in told for entry in text.entries.values() for told in (entry.question, entry.check))


@pytest.mark.shared
def test_the_true_wsg_makes_the_same_keys_short_and_unabridged():
    short, whole = (private_edition(read_official(official(name)), name) for name in ("wsg", "wsg-unabridged"))
    assert (len(short.themes), len(short.rubrics), len(short.criteria)) == (4, 71, 196)
    assert [c.key for c in short.criteria] == [c.key for c in whole.criteria]
