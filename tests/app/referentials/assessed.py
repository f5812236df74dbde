"""An assessment of the example grid, with one answer, and what it needs."""

from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.referentials import receiving

EXAMPLE = Path(__file__).parents[3] / "examples" / "grilles" / "grille-recue.xlsx"


def example_grid(organisation, actor):
    """The example workbook, read as proposed and accepted."""
    upload = SimpleUploadedFile("grille-recue.xlsx", EXAMPLE.read_bytes())
    return receiving.accept(receiving.begin(organisation, actor, upload), actor)


def assessed(organisation, actor):
    """Its first criterion answered, another said not to apply."""
    return assess(organisation, actor, example_grid(organisation, actor))


def assess(organisation, actor, row):
    """The same answers to the example grid, however it was received."""
    made = Assessment.objects.create(
        organisation=organisation, referential=row.key, version=row.version, digest=row.digest, title="Label Exemple",
        period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), made_by=actor,
    )  # fmt: skip
    Answer.objects.create(assessment=made, criterion=f"{row.key}:1.1.1", text="Une note signée en mars.",
                          facets={"verdict": {"verdict": "partial", "text": "Relue en juin."}})  # fmt: skip
    Answer.objects.create(
        assessment=made, criterion=f"{row.key}:2.2.2", applicable=False, reason="Aucun appel d’offres."
    )
    return made
