"""From an edition to the one that supersedes it: proposed step by step, accepted by a person, the old assessment kept and closed."""

import html
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.diagnosis import starting
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment, OffGrid
from terreau.app.diagnosis.recording import OFF_GRID, subject_of
from terreau.app.evidence import door as evidence
from terreau.app.journal.models import Entry
from terreau.app.referentials import door as referentials
from terreau.app.referentials import storing
from terreau.referentials import library
from terreau.referentials.document import as_document
from tests.referentials.small import document

ALL = {
    "documents": {"verdict": "yes", "text": "Charte"},
    "means": {"verdict": "partial"},
    "results": {"verdict": "none"},
}


def page(response):
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def grid(version, **questions):
    """The garden with one criterion per (short key, question), in one version."""
    made = document() | {"version": version}
    rubric = made["themes"][0]["rubrics"][0]
    expects = {facet: {"fr": "Quoi ?", "en": "What?"} for facet in ("documents", "means", "results")}
    rubric["criteria"] = [
        {"key": key, "question": {"fr": text, "en": text}, "expects": expects} for key, text in questions.items()
    ]
    made["themes"] = made["themes"][:1]
    made["themes"][0]["rubrics"] = [rubric]
    return made


@pytest.fixture
def old(organisation, owner):
    """An assessment of version 1 of a private grid, which version 2 supersedes: a stays, b goes, c is new."""
    storing.keep_edition(
        organisation, owner, grid("1", a="Le compost est-il tenu ?", b="Un puits est-il creusé ?"), origin="yaml"
    )
    key = f"org:{organisation.pk}/jardin"
    made = starting.begin(organisation, owner, referentials.edition_for(organisation, key, "1"), {
        "title": "Jardin", "period_start": date(2025, 11, 1), "period_end": date(2026, 10, 31)})  # fmt: skip
    storing.keep_edition(
        organisation, owner, grid("2", z="Le compost est-il tenu ?", c="Des ruches sont-elles posées ?"), origin="yaml"
    )
    for short in "ab":
        Answer.objects.create(
            assessment=made,
            criterion=f"{key}:{short}",
            facets=ALL,
            text="Oui",
            state="accepted",
            owner_text="Achats",
            revision=3,
        )
        described = {"title": f"Pièce {short}", "kind": "document", "confidentiality": "auditor"}
        evidence.receive(organisation, owner, described, subject=subject_of(made, f"{key}:{short}"), facet="means",
                         upload=SimpleUploadedFile("p.txt", short.encode()), locator="p. 2")  # fmt: skip
    return made


def tied(assessment, criterion):
    found = evidence.panel(assessment.organisation, subject_of(assessment, criterion))
    return [(one.evidence.title, one.record.facet, one.record.locator) for one in found]


def test_a_newer_edition_is_said_and_nothing_is_carried_before_a_person_accepts(
    editor_client, contributor_client, old, at
):
    assert "Une édition plus récente est là : 2." in page(editor_client.get(at(old)))
    seen = page(editor_client.get(at(old, "edition/")))
    assert "Passer à l'édition 2 ?" in seen and seen.count('name="rank"') == 2, "each, and all that stay the same"
    assert "0 réponse sera reportée" in seen and "2 resteront dans l'ancienne" in seen
    assert contributor_client.post(at(old, "edition/"), {"rank": "same", "accepted": "1"}).status_code == 403
    editor_client.post(at(old, "edition/"), {"begin": "1", "title": "Jardin 2"})
    made = Assessment.objects.get(title="Jardin 2")
    assert not made.answers.exists()


def test_what_is_accepted_is_carried_the_old_one_stays_and_is_closed(editor_client, editor, old, at, organisation):
    practice = OffGrid.objects.create(assessment=old, title="Prêt d'outils", facets={"means": {"verdict": "yes"}})
    there = at(old, "edition/")
    editor_client.post(there, {"rank": "same", "accepted": "1"})
    assert "1 réponse sera reportée en brouillon" in page(editor_client.get(there))
    first = editor_client.post(there, {"begin": "1", "title": "Jardin 2"})
    assert editor_client.post(there, {"begin": "1", "title": "Encore"}).url == first.url, "asked twice, made once"
    made = Assessment.objects.exclude(pk=old.pk).get()
    key = f"org:{organisation.pk}/jardin"
    assert (made.referential, made.version, made.title, made.period_end) == (key, "2", "Jardin 2", date(2026, 10, 31))
    kept = made.answers.get()
    assert (kept.criterion, kept.facets, kept.text, kept.state, kept.owner_text) == (
        f"{key}:z",
        ALL,
        "Oui",
        "draft",
        "Achats",
    )
    assert tied(made, f"{key}:z") == [("Pièce a", "means", "p. 2")]
    assert made.off_grid.get().title == practice.title and tied(made, f"{OFF_GRID}:{made.off_grid.get().pk}") == []
    old.refresh_from_db()
    assert (
        old.state == "closed" and old.answers.count() == 2 and tied(old, f"{key}:a") == [("Pièce a", "means", "p. 2")]
    )
    assert AnswerChange.objects.get(answer=kept).by == editor
    actions = set(Entry.objects.values_list("action", flat=True))
    assert actions >= {"referentials.steps_said", "diagnosis.began", "diagnosis.moved_on", "diagnosis.reframed"}
    assert "La suite, dans l'édition 2 :" in page(editor_client.get(at(old)))
    assert "Une édition plus récente" not in page(editor_client.get(at(made)))


def test_from_the_first_official_edition_to_the_second_along_the_known_table(editor_client, organisation, owner, at):
    """A private edition named as the importer names the first RGESN: several become one, words together, a verdict if alike."""
    first = grid(
        "2022",
        **{
            "1.1": "Une question reprise ?",
            "1.2": "La première moitié ?",
            "1.3": "La seconde moitié ?",
            "1.4": "Une autre ?",
        },
    )
    first |= {"key": "rgesn-2022", "mode": "single", "levels": [], "variants": [], "scoring": ["rgesn-conforming-1"]}
    first["scale"] = [
        {"key": "no", "share": "0", "label": {"fr": "Non", "en": "No "}},
        {"key": "yes", "share": "1", "label": {"fr": "Oui", "en": "Yes"}},
    ]
    for one in first["themes"][0]["rubrics"][0]["criteria"]:
        one["expects"] = {"verdict": {"fr": "Quoi ?", "en": "What?"}}
    storing.keep_edition(organisation, owner, first, origin="official")
    key = f"org:{organisation.pk}/rgesn-2022"
    old = starting.begin(organisation, owner, referentials.edition_for(organisation, key), {
        "title": "Portail", "period_start": date(2025, 11, 1), "period_end": date(2026, 10, 31)})  # fmt: skip
    for short, verdict in {"1.1": "yes", "1.2": "no", "1.3": "no"}.items():
        Answer.objects.create(
            assessment=old, criterion=f"{key}:{short}", facets={"verdict": {"verdict": verdict}}, text=f"Mot {short}"
        )
    there = at(old, "edition/")
    steps = referentials.steps(organisation, referentials.edition_for(organisation, key), library.edition("rgesn-2024"))
    ranks = {step.old: rank for rank, (step, _said) in enumerate(steps) if step.old}
    for name in (("1.1",), ("1.2", "1.3")):
        editor_client.post(there, {"rank": str(ranks[name]), "accepted": "1"})
    editor_client.post(there, {"begin": "1", "title": "Portail 2024"})
    found = {one.criterion: one for one in Assessment.objects.get(title="Portail 2024").answers.all()}
    assert found.keys() == {"rgesn-2024:1.1", "rgesn-2024:1.2"}
    assert found["rgesn-2024:1.1"].facets == {"verdict": {"verdict": "conforming"}}, "another scale, the same worth"
    both = found["rgesn-2024:1.2"]
    assert both.facets == {"verdict": {"verdict": "non_conforming"}} and both.text == "1.2 : Mot 1.2\n\n1.3 : Mot 1.3"


def test_the_latest_of_the_shipped_editions_has_nothing_after(reader_client, assessment, at, organisation):
    assert referentials.newer(organisation, "nr-terreau", "1") == []
    assert "rien à faire" in page(reader_client.get(at(assessment, "edition/")))
    assert referentials.newer(organisation, "rgesn-2022", "2022") == [("rgesn-2024", "2024")]
    assert as_document(library.edition("rgesn-2024"))["supersedes"] == "rgesn-2022"
