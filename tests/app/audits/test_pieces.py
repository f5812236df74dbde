"""What of the frozen evidence is shown, to whom, and what is handed over."""

from terreau.app.audits import entering
from terreau.app.evidence import door as evidence
from terreau.app.evidence import gathering
from terreau.app.evidence.models import Evidence

from .conftest import KEY
from .test_auditing import CRITERION


def test_what_the_auditor_never_sees(lead, auditor_client, owner_client, at, owner):
    audit = lead()
    page = auditor_client.get(at(audit, CRITERION)).content.decode()
    assert "Note d" not in page and "ne pas montrer" not in page and "ne pas montrer" not in audit.freeze.record
    assert (
        "Brouillon interne" not in page
        and "Note de service" not in page
        and "2 preuves que votre rôle n’ouvre pas." in page
    )
    pieces = {one.title: key for key, one in entering.frozen_of(audit).record.evidence.items()}
    opened = auditor_client.get(at(audit, f"preuves/{pieces['Charte des achats']}/"))
    assert (
        b"".join(opened.streaming_content).startswith(b"%PDF-1.7\nauditor")
        and "attachment" in opened["Content-Disposition"]
    )
    assert auditor_client.get(at(audit, f"preuves/{pieces['Brouillon interne']}/")).status_code == 404
    assert owner_client.get(at(audit, f"preuves/{pieces['Brouillon interne']}/")).status_code == 200
    assert auditor_client.get(at(audit, "preuves/5c1a7f7e-0000-4000-8000-000000000009/")).status_code == 404
    assert auditor_client.get(f"/o/valmont/audits/gels/{audit.freeze_id}/").status_code == 403


def test_a_piece_withdrawn_since_is_said_and_no_longer_handed_over(lead, auditor_client, at, owner):
    audit = lead()
    piece = Evidence.objects.get(title="Charte des achats")
    gathering.withdraw(piece, owner, "Contient un nom.")
    page = auditor_client.get(at(audit, CRITERION)).content.decode()
    assert "Contient un nom." in page and piece.sha256 in page
    assert auditor_client.get(at(audit, f"preuves/{piece.pk}/")).status_code == 404


def test_a_piece_closed_to_the_auditor_since_the_freeze_no_longer_says_its_title(
    lead, auditor_client, owner_client, at, owner
):
    audit = lead()
    piece = Evidence.objects.get(title="Charte des achats")
    assert "Charte des achats" in auditor_client.get(at(audit, CRITERION)).content.decode()
    gathering.describe(piece, owner, {"confidentiality": "team"})
    page = auditor_client.get(at(audit, CRITERION)).content.decode()
    assert "Charte des achats" not in page and piece.sha256 not in page and "la signature" not in page
    assert "3 preuves que votre rôle n’ouvre pas." in page
    assert auditor_client.get(at(audit, f"preuves/{piece.pk}/")).status_code == 404
    assert "Charte des achats" in owner_client.get(at(audit, CRITERION)).content.decode()


def test_many_pieces_are_shown_a_few_at_a_time(lead, assessment, organisation, owner, reader_client, at):
    for number in range(12):
        evidence.receive(organisation, owner, {"title": f"Bordereau {number}", "confidentiality": "public", "kind": "statement"},
                         subject=f"answer:{assessment.pk}/{KEY}", facet="results", url=f"https://exemple.example/{number}")  # fmt: skip
    audit = lead()
    assert reader_client.get(at(audit, CRITERION)).content.decode().count("Bordereau") == 8
    assert reader_client.get(at(audit, CRITERION + "?preuves=toutes")).content.decode().count("Bordereau") == 12
