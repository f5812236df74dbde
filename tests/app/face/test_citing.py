"""The figures of the footprint, offered as evidence."""

from terreau.app.evidence import door
from terreau.app.evidence.models import Evidence
from terreau.app.tasks.models import Job


def test_nothing_is_offered_before_something_is_imported(organisation):
    assert door.citable(organisation) == ()


def test_a_figure_cited_is_pinned_to_its_run_and_keeps_its_interval(organisation, owner, counted, signed_in):
    door.citable(organisation)
    assert not Job.objects.exists()  # adding evidence begins nothing long
    signed_in(owner).get("/o/valmont/empreinte/")
    climate, *others = door.citable(organisation)
    run = climate.key.removeprefix("figure:").partition("/")[0]
    assert len(run) >= 16 and climate.key.endswith("/climate_change/total") and len(others) == 2
    assert "CO₂" in climate.text and "(" in climate.text and climate.url.startswith("/o/valmont/empreinte/pourquoi/")
    given = {"figure": climate.key, "title": "", "kind": "document", "confidentiality": "auditor"}
    page = signed_in(owner).post("/o/valmont/preuves/nouvelle/", given)
    piece = Evidence.objects.get()
    assert page.url == f"/o/valmont/preuves/{piece.pk}/"
    assert (piece.kind, piece.figure) == ("figure", climate.key) and climate.text in piece.figure_text
