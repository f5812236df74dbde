"""The official first RGESN, imported as its publisher gives it, moves to the edition of 2024: nothing of ours lost."""

from collections import Counter
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.referentials import door
from terreau.app.referentials.models import OfficialTexts, PrivateReferential
from tests.referentials.official_files import official

pytestmark = pytest.mark.shared


def test_the_first_rgesn_imported_in_the_app_moves_to_2024(editor_client, organisation, editor):
    path = official("rgesn-2022")
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    brought = editor_client.post(reverse("referentials:import", args=["valmont"]), {"file": upload})
    row = PrivateReferential.objects.get()
    assert brought.url == reverse("referentials:edition", args=["valmont", row.pk])
    assert (row.key, row.criteria, OfficialTexts.objects.count()) == (f"org:{organisation.pk}/rgesn-2022", 79, 0)
    there = reverse("referentials:migration", args=["valmont", "rgesn-2024"]) + f"?depuis={row.pk}"
    for ref in (row.pk, "rgesn-2024"):
        page = editor_client.get(reverse("referentials:edition", args=["valmont", ref])).content.decode()
        assert f'href="{there}"' in page, ref

    old, new = door.edition_for(organisation, row.key), door.edition_for(organisation, "rgesn-2024")
    proposed = [step for step, _said in door.steps(organisation, old, new)]
    assert Counter(step.kind for step in proposed) == {"same": 53, "merged": 7, "gone": 12, "new": 18}
    assert "0 passages décidés sur 90" in editor_client.get(there).content.decode()
    editor_client.post(there, {"rank": "known", "accepted": "1"})
    assert "26 passages décidés sur 90" in editor_client.get(there).content.decode()

    known = next(step for step in proposed if step.status == "known" and step.old != step.new)
    gone = next(step for step in proposed if step.kind == "gone")
    made = Assessment.objects.create(
        organisation=organisation, referential=row.key, version=row.version, digest=row.digest, title="Portail",
        period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), made_by=editor,
    )  # fmt: skip
    for step in (known, gone):
        Answer.objects.create(assessment=made, criterion=f"{row.key}:{step.old[0]}",
                              facets={"verdict": {"verdict": "conforming", "text": "Relu en juin."}})  # fmt: skip
    moving = reverse("diagnosis:moving", args=["valmont", made.pk])
    assert editor_client.get(moving).status_code == 200
    assert editor_client.post(moving, {"begin": "1", "title": "Portail (2024)"}).status_code == 302
    after = Assessment.objects.get(referential="rgesn-2024")
    carried = {one.criterion: one.facets["verdict"] for one in Answer.objects.filter(assessment=after)}
    assert carried.keys() == {f"rgesn-2024:{known.new[0]}"}
    assert carried[f"rgesn-2024:{known.new[0]}"]["verdict"] == "conforming"
    assert carried[f"rgesn-2024:{known.new[0]}"]["text"] == "Relu en juin."
    made.refresh_from_db()
    assert made.state == Assessment.State.CLOSED
