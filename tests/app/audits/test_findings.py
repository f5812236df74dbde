"""What the auditor found, what is answered, what the committee asks and decides, and what comes of it."""

from datetime import date

from terreau.app.audits import acting, door
from terreau.app.audits.models import Finding

from .conftest import DECIDED, KEY
from .test_auditing import CRITERION, actions


def test_findings_answers_and_a_second_look(lead, auditor_client, editor_client, reader_client, at):
    audit = lead()
    hostile = "=HYPERLINK('x') <script>alert(1)</script>"
    sent = {"critere": "1.1.1", "gravity": "major", "text": hostile}
    assert auditor_client.post(at(audit, "constats/nouveau/"), sent).url == at(audit, CRITERION)
    one = Finding.objects.get()
    assert (one.criterion, one.gravity) == (KEY, "major")
    assert "<script>alert" not in reader_client.get(at(audit, "constats/")).content.decode()
    assert "'=HYPERLINK" in reader_client.get(at(audit, "constats/csv/")).content.decode("utf-8-sig")
    page = at(audit, f"constats/{one.pk}/")
    assert reader_client.post(page, {"answer": "x", "revision": "0"}).status_code == 403
    assert auditor_client.post(page, {"answer": "x", "revision": "0"}).status_code == 403
    answer = {"answer": "La charte sera datée.", "action": "Dater la charte", "due": "2027-01-15", "revision": "0"}
    assert editor_client.post(page, answer).status_code == 302
    assert "pendant que vous écriviez" in editor_client.post(page, answer).content.decode()
    look = {"recheck-it": "1", "state": "accepted", "recheck": "", "revision": "1"}
    assert auditor_client.post(page, look).status_code == 200 and Finding.objects.get().state == "answered"
    assert auditor_client.post(page, look | {"recheck": "Charte datée du 3."}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.recheck, one.due, one.revision) == ("accepted", "Charte datée du 3.", date(2027, 1, 15), 2)
    assert actions()[-3:] == ["audits.found", "audits.answered", "audits.rechecked"]
    assert editor_client.post(page, look | {"revision": "2"}).status_code == 403  # the auditor's, until the decision


def test_the_committee_asks_decides_and_is_followed(lead, owner_client, reader_client, at, organisation):
    audit = lead("committee")
    asked = {"text": "Précisez les indicateurs", "criterion": "1.1.1", "said_on": "2026-11-20", "due": "2027-03-01"}
    assert "Aucun critère" in owner_client.post(at(audit, "comite/"), asked | {"criterion": "9.9"}).content.decode()
    assert owner_client.post(at(audit, "comite/"), asked).status_code == 302
    sent = {"outcome": "conditional", "decided_on": "2026-11-21", "decided_by": "Comité", "valid_until": "2028-11-21"}
    assert "Écrivez les motifs" in owner_client.post(at(audit, "comite/decision/"), sent).content.decode()
    assert owner_client.post(
        at(audit, "comite/decision/"), sent | {"decision_text": "Indicateurs sous six mois."}
    ).url == at(audit, "suivi/")
    page = reader_client.get(at(audit, "suivi/")).content.decode()
    assert "Précisez les indicateurs" in page and "pour le" in page
    remark = audit.remarks.get()
    done = {"follow_up": "", "done_on": "2027-02-01", "revision": "0"}
    assert "Dites ce qui" in owner_client.post(at(audit, f"suivi/{remark.pk}/"), done).content.decode()
    assert (
        owner_client.post(at(audit, f"suivi/{remark.pk}/"), done | {"follow_up": "Six indicateurs datés."}).status_code
        == 302
    )
    assert "Rien n’attend" in reader_client.get(at(audit, "suivi/")).content.decode()
    assert actions()[-3:] == ["audits.remarked", "audits.to_decided", "audits.followed"]
    told = door.audit_of(organisation, audit.freeze_id)
    assert (told.decisions[0].outcome, told.remarks[0].answer) == ("accordé sous conditions", "Six indicateurs datés.")


def test_after_the_decision_the_organisation_settles_what_was_found(lead, auditor, editor_client, at):
    audit = lead("examining")
    one = acting.find(audit, auditor, {"text": "Sans date", "gravity": "minor"})
    for state in ("answering", "committee"):
        acting.move(audit, auditor, state)
    acting.decide(audit, auditor, DECIDED)
    assert "1 constat encore ouvert" in editor_client.get(at(audit, "suivi/")).content.decode()
    settled = {"recheck-it": "1", "state": "closed", "recheck": "Datée et affichée.", "revision": "0"}
    assert editor_client.post(at(audit, f"constats/{one.pk}/"), settled).status_code == 302
    assert "Rien n’attend" in editor_client.get(at(audit, "suivi/")).content.decode()


def test_a_dossier_tells_apart_what_the_auditor_wrote_and_what_was_answered(lead, auditor, owner, organisation):
    audit = lead()
    one = acting.find(audit, auditor, {"text": "Charte sans date", "gravity": "minor"})
    acting.answer(one, owner, text="Elle sera datée.", cause="Modèle ancien", action="Dater")
    acting.recheck(one, auditor, state="accepted", text="Datée du 3.")
    (told,) = door.audit_of(organisation, audit.freeze_id).findings
    assert (told.title, told.text) == ("Charte sans date", "")
    assert told.answer.splitlines() == [
        "Elle sera datée.",
        "Cause : Modèle ancien",
        "Action : Dater",
        "Nouvel examen : Datée du 3.",
    ]


def test_no_remark_of_the_committee_is_left_out_of_what_remains_to_do(lead, owner, reader_client, at):
    audit = lead("committee")
    for number in range(23):
        acting.remark(audit, owner, {"text": f"Remarque n{number}.", "said_on": date(2026, 11, 20)})
    page = reader_client.get(at(audit, "suivi/")).content.decode()
    assert all(f"Remarque n{number}." in page for number in range(23))
