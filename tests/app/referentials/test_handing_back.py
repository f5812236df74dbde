"""A grid received as ODS or CSV comes back in its own form, and what could not be written is said on the page first."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from terreau.app.diagnosis import door as diagnosis
from terreau.app.diagnosis.models import Answer
from terreau.app.referentials import door, receiving
from tests.app.referentials.assessed import EXAMPLE, assess, assessed
from tests.referentials.grids.other_forms import as_ods, as_text

FORMS = [
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
]


def received(organisation, owner, tmp_path, form):
    """The example grid in another form, accepted as proposed."""
    target = tmp_path / f"grille-recue.{form}"
    if form == "ods":
        as_ods(EXAMPLE, target)
    else:
        as_text(EXAMPLE, "Grille", target, sign=";" if form == "csv" else "\t", encoding="utf-8-sig")
    upload = SimpleUploadedFile(target.name, target.read_bytes())
    return receiving.accept(receiving.begin(organisation, owner, upload), owner)


@pytest.mark.parametrize(("form", "media"), FORMS)
def test_the_received_form_is_the_one_handed_back(contributor_client, organisation, owner, tmp_path, form, media):
    made = assess(organisation, owner, received(organisation, owner, tmp_path, form))
    answer = contributor_client.get(reverse("referentials:filled", args=["valmont", made.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="grille-recue-remplie.{form}"'
    assert answer["Content-Type"] == media
    if form == "ods":
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
            .get_sheet_by_name("Grille")
            .to_python(skip_empty_area=False)
        )
        assert zipfile.ZipFile(io.BytesIO(answer.content)).infolist()[0].filename == "mimetype"
        assert rows[6][6] == "Partiellement atteint"
    else:
        rows = list(
            csv.reader(
                io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";" if form == "csv" else "\t"
            )
        )
    assert rows[6][7] == "Relue en juin.\nUne note signée en mars."
    assert door.workbook_suffix(organisation, made.referential, made.version) == f".{form}"
    assert door.has_workbook(organisation, made.referential, made.version)
    assert door.filled_workbook(organisation, diagnosis.record_of(organisation, made.pk)) == answer.content


def test_the_page_says_which_formulas_wait_for_a_spreadsheet_program(contributor_client, organisation, owner, tmp_path):
    made = assess(organisation, owner, received(organisation, owner, tmp_path, "ods"))
    page = contributor_client.get(reverse("referentials:returned", args=["valmont", made.pk])).content.decode()
    assert "recalculées : Grille F" in page


def test_the_page_says_which_cells_are_left_and_why(contributor_client, organisation, owner):
    made = assessed(organisation, owner)
    there = reverse("referentials:returned", args=["valmont", made.pk])
    assert (
        f'href="{there}"'
        in contributor_client.get(reverse("diagnosis:assessment", args=["valmont", made.pk])).content.decode()
    )
    page = contributor_client.get(there).content.decode()
    assert "5 cellules remplies" in page and "À reprendre à la main" not in page
    Answer.objects.create(assessment=made, criterion=f"{made.referential}:1.1.2",
                          facets={"verdict": {"verdict": "partial", "text": ""}, "means": {"verdict": "yes", "text": ""}})  # fmt: skip
    page = contributor_client.get(reverse("referentials:returned", args=["valmont", made.pk])).content.decode()
    assert "1 point à reprendre" in page
    assert "Grille G8" in page and "un seul mot serait faux" in page
    english = contributor_client.get(
        reverse("referentials:returned", args=["valmont", made.pk]), headers={"accept-language": "en"}
    ).content.decode()
    assert "one word would be wrong" in english or "un seul mot" in english
