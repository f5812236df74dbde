"""An edition is read whole, checked whole, and pinned by its digest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from terreau.kernel.errors import TerreauError
from terreau.referentials import library
from terreau.referentials.loading import edition_from
from tests.referentials.small import YAML, document


@pytest.fixture(scope="module")
def garden():
    return edition_from(document(), "jardin.yaml")


def refused(changed, code="referentials.edition_refused"):
    with pytest.raises(TerreauError) as caught:
        edition_from(changed, "jardin.yaml")
    assert caught.value.code == code
    return caught.value


def test_an_edition_is_read_from_its_themes_to_its_facets(garden):
    first = garden.criteria[0]
    assert [criterion.key for criterion in garden.criteria] == ["jardin:1.1.1", "jardin:1.1.10", "jardin:1.1.11"]
    assert (first.short, first.theme, first.rubric, first.weight) == ("1.1.1", "1", "1.1", Fraction(3, 2))
    assert [facet.key for facet in first.facets] == ["documents", "means", "results"]
    assert first.thresholds == {"socle": {"documents": "partial", "means": "yes"}}
    assert [verdict.share for verdict in garden.scale] == [0, Fraction(1, 2), 1]
    assert garden.criterion("jardin:1.1.1") is garden.criterion("1.1.1")
    assert garden.rubric("1.1").criteria[0] is first
    assert first.question.in_("en") == "Is the compost kept?"


def test_the_digest_moves_with_one_word_and_only_then(garden):
    assert edition_from(document(), "elsewhere.yaml").digest == garden.digest
    changed = document()
    changed["themes"][0]["rubrics"][0]["criteria"][0]["question"]["fr"] += " "
    assert edition_from(changed, "jardin.yaml").digest == garden.digest, "a space at the end says nothing"
    changed["themes"][0]["rubrics"][0]["criteria"][0]["question"]["fr"] = "Autre chose ?"
    assert edition_from(changed, "jardin.yaml").digest != garden.digest


def test_a_variant_has_its_own_criteria_and_words(garden):
    common, orchard = garden.for_variant(), garden.for_variant("orchard")
    assert [c.short for c in common.criteria] == ["1.1.1", "1.1.10"]
    assert [c.short for c in orchard.criteria] == ["1.1.1", "1.1.10", "1.1.11"]
    assert orchard.criteria[0].question.fr == "Le compost du verger est-il tenu ?"
    assert orchard.criteria[0].why == garden.criteria[0].why
    with pytest.raises(KeyError):
        garden.for_variant("moon")


def test_every_finding_is_told_at_once_with_its_place():
    changed = document()
    first, second, _ = changed["themes"][0]["rubrics"][0]["criteria"]
    first["professions"] = ["direction"]
    first["thresholds"] = {"socle": {"documents": True}}
    first["question"] = {"fr": "Seulement en français ?"}
    first["qestion"] = "typing slip"
    second["key"] = "1.1.1"
    second["applies_if"] = "has_trees and has_boat"
    second["link"] = "javascript:alert(1)"
    changed["scale"][1]["share"] = "1e999999999"
    changed["source"]["checked_on"] = "yesterday"
    changed["version"] = 2024
    error = refused(changed)
    told = {(finding.code.partition(".")[2], finding.column) for finding in error.facts["findings"]}
    assert told == {
        ("unknown_choice", "criterion 1.1.1 › professions"),
        ("unquoted", "criterion 1.1.1 › thresholds › socle › documents"),
        ("unknown_choice", "criterion 1.1.1 › thresholds › socle › documents"),
        ("one_language", "criterion 1.1.1 › question.en"),
        ("unknown_field", "criterion 1.1.1 › qestion"),
        ("twice", "criterion 1.1.1"),
        ("unknown_choice", "criterion 1.1.1 › applies_if"),
        ("bad_link", "criterion 1.1.1 › link"),
        ("bad_number", "scale partial › share"),
        ("bad_date", "source › checked_on"),
        ("unquoted", "version"),
    }
    assert error.facts["count"] == 11
    assert "ligne 3" in error.words("fr").why
    assert "professions" in error.words("en").why


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.pop("title"), "missing"),
        (lambda d: d.update(themes=[]), "empty"),
        (lambda d: d.update(title="  "), "missing"),
        (lambda d: d.update(version="\u202e"), "missing"),
        (lambda d: d["themes"][0]["rubrics"][0]["criteria"][0].update(question=""), "missing"),
        (lambda d: d.update(themes="none"), "wrong_kind"),
        (lambda d: d.update(mode="guess"), "unknown_choice"),
        (lambda d: d.update(key="a b/c"), "bad_key"),
        (lambda d: d["themes"].append(dict(d["themes"][0])), "twice"),
        (lambda d: d.update(scale=[]), "missing"),
        (lambda d: d["themes"][0].update(title={"fr": "x" * 20_001, "en": "y"}), "too_long"),
        (lambda d: d["variants"][0].update(profile={"has_boat": True}), "unknown_choice"),
        (lambda d: d.update(summary=["a"]), "wrong_kind"),
        (lambda d: d["themes"].append("a word"), "wrong_kind"),
        (lambda d: d["themes"][0]["rubrics"][0]["criteria"][1].pop("not_applicable_because"), "missing"),
        (lambda d: d["themes"][0]["rubrics"][0]["criteria"][1].update(applies_if="has_trees and"), "expression"),
        (lambda d: d["themes"][0]["rubrics"][0]["criteria"][1].update(expects={"verdict": "x"}), "unknown_choice"),
    ],
)
def test_a_faulty_document_is_refused_in_words(change, code):
    changed = document()
    change(changed)
    findings = refused(changed).facts["findings"]
    assert f"referentials.{code}" in {finding.code for finding in findings}
    assert all(finding.words(language).remedy for finding in findings for language in ("fr", "en"))


def test_a_thousand_faults_are_told_without_drowning_anyone():
    changed = document()
    criteria = changed["themes"][0]["rubrics"][0]["criteria"]
    criteria.extend({"key": f"x{rank}", "question": 1, "nope": 1} for rank in range(1500))
    error = refused(changed)
    assert error.facts["count"] == 500
    assert len(error.words("fr").why) < 3_000 and error.words("fr").why.endswith("…")


def test_what_would_turn_a_line_around_is_taken_out():
    changed = document()
    changed["title"] = "Le \u202ejardin\x07"
    assert edition_from(changed, "jardin.yaml").title.fr == "Le jardin"


def test_a_private_edition_takes_the_key_we_give_it():
    private = edition_from(document(), "jardin.yaml", key="org:1234/jardin")
    assert private.criteria[0].key == "org:1234/jardin:1.1.1"
    assert private.criteria[0].short == "1.1.1"


def test_a_folder_lists_its_editions_and_reads_each_once(tmp_path):
    (tmp_path / "jardin.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "jardin-2.yaml").write_text(YAML.replace('version: "1"', 'version: "2"', 1), encoding="utf-8")
    assert [(head.key, head.version) for head in library.editions(tmp_path)] == [("jardin", "1"), ("jardin", "2")]
    assert library.edition("jardin@1", folder=tmp_path).version == "1"
    assert library.edition("jardin", folder=tmp_path).version == "2"
    assert library.edition("jardin", folder=tmp_path) is library.edition("jardin", "2", folder=tmp_path)
    with pytest.raises(TerreauError) as caught:
        library.edition("potager", folder=tmp_path)
    assert "jardin" in caught.value.words("fr").why
    (tmp_path / "copie.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(TerreauError) as caught:
        library.editions(tmp_path)
    assert caught.value.facts["first"] == "copie.yaml"


def test_the_head_says_what_the_edition_says(tmp_path):
    (tmp_path / "jardin.yaml").write_text(YAML, encoding="utf-8")
    assert library.editions(tmp_path)[0] == library.edition("jardin", folder=tmp_path).head
