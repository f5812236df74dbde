"""Our editions agree with the official files on facts, and share no sentence with them."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials import library
from terreau.referentials.official import read_official
from tests.referentials.official_files import official, plain_words, runs, texts_of
from tests.referentials.test_contracts import FILES, every_words

pytestmark = pytest.mark.shared
LENGTH, ALIKE = 7, 0.75
# runs made only of names of standards, laws and bodies are nobody's sentence
NAMES = ("wai aria", "web content accessibility guidelines", "referentiel general d ecoconception de services numeriques",
         "referentiel general d amelioration de l accessibilite", "arcep arcom ademe dinum cnil inria")  # fmt: skip
STEPS = {"Prioritaire": "high", "Recommandé": "medium", "Modéré": "low"}
HARD = {"Fort": "high", "Moyen": "medium", "Faible": "low"}


def edition(key):
    try:
        return library.edition(key)
    except TerreauError:
        pytest.skip(f"{key} is not written yet")


@pytest.fixture(scope="module")
def official_runs():
    found = {}
    for name in ("rgesn-2024", "rgesn-2022", "rgaa-4.1", "rgaa-methods", "rgaa-glossary", "wsg-unabridged"):
        for text in texts_of(json.loads(official(name).read_text(encoding="utf-8"))):
            found.update(dict.fromkeys(runs(text, LENGTH), name))
    return found


def only_a_name(run: tuple[str, ...]) -> bool:
    text = " ".join(run)
    return any(text in name or name in text for name in NAMES)


@pytest.mark.parametrize("key", FILES)
def test_no_sentence_of_ours_is_taken_from_a_source(key, official_runs):
    shared = {
        f"{at}: « {' '.join(run)} » ({official_runs[run]})"
        for at, words in every_words(edition(key))
        for text in (words.fr, words.en)
        for run in runs(text, LENGTH)
        if run in official_runs and not only_a_name(run)
    }
    assert shared == set()


def test_the_detector_sees_a_copied_half_sentence(official_runs):
    first = json.loads(official("rgesn-2024").read_text(encoding="utf-8"))[0]["critere"]
    disguised = "  ".join(word.upper() for word in plain_words(first)[:LENGTH])
    assert runs(f"Nous demandons : {disguised} !", LENGTH) & set(official_runs)


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text of five words or more, as plain words."""
    found = (plain_words(part) for part in re.split(r"[.;:!?\n]+", text))
    return [words for words in found if len(words) >= 5]


def likeness(ours: list[str], theirs: list[str]) -> float:
    """From 0 to 1, how much of two sentences is the same words in the same order."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


@pytest.mark.parametrize(("key", "name"), [("rgesn-2024", "rgesn-2024"), ("rgaa-4.1", "rgaa-4.1")])
def test_no_sentence_of_ours_is_an_official_one_lightly_edited(key, name):
    entries = read_official(official(name)).entries
    for criterion in edition(key).criteria:
        entry = entries[criterion.number]
        theirs = [words for text in (entry.question, entry.goal, entry.how, entry.check) for words in sentences(text)]
        for at, told in every_words(criterion):
            for ours in sentences(told.fr):
                assert max((likeness(ours, one) for one in theirs), default=0) < ALIKE, (criterion.key, at, ours)


def test_the_likeness_sees_a_word_changed_here_and_there():
    words = plain_words("Le service marche encore sur un appareil de sept ans et reste utilisable partout")
    edited = ["bien" if rank in (3, 8) else word for rank, word in enumerate(words)]
    assert likeness(edited, words) >= ALIKE
    assert not runs(" ".join(edited), LENGTH) & runs(" ".join(words), LENGTH)


def test_rgesn_2024_has_the_official_numbers_priorities_and_difficulties():
    ours = {c.number: (c.priority, c.difficulty) for c in edition("rgesn-2024").criteria}
    theirs = {
        entry["numero"]: (STEPS[entry["priorite"]], HARD[entry["difficulte"]])
        for entry in json.loads(official("rgesn-2024").read_text(encoding="utf-8"))
    }
    assert ours == theirs


def test_rgesn_2024_is_always_asked_where_the_source_says_so():
    always = {
        entry["numero"]
        for entry in json.loads(official("rgesn-2024").read_text(encoding="utf-8"))
        if entry["cible"].startswith("Applicable à tous")
    }
    assert {c.number for c in edition("rgesn-2024").criteria if not c.applies_if} >= always
    assert not {c.number for c in edition("rgesn-2024").criteria if c.applies_if} & always


def test_rgaa_has_the_official_numbers_and_wcag_references():
    theirs = {}
    for topic in json.loads(official("rgaa-4.1").read_text(encoding="utf-8"))["topics"]:
        for holder in topic["criteria"]:
            entry = holder["criterium"]
            named = [text for reference in entry["references"] for text in reference.get("wcag", [])]
            found = {f"WCAG-2.1:{text.split()[0]}" for text in named}
            level = "A" if any(text.endswith("(A)") for text in named) else "AA"
            theirs[f"{topic['number']}.{entry['number']}"] = (found, level)
    ours = {c.number: ({r for r in c.refs if r.startswith("WCAG-")}, c.level) for c in edition("rgaa-4.1").criteria}
    assert ours == theirs
