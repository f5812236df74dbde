"""An audit received on paper: the organisation types it in, and nothing of it passes for the auditor's own hand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from terreau.app.audits import acting, door, weighing
from terreau.app.audits.models import AuditorVerdict, Finding, PaperReport
from terreau.app.journal.models import Entry
from terreau.app.journal.words import sentence

from .conftest import KEY
from .test_auditing import CRITERION, VERDICTS, code_of

REPORT = {"title": "Rapport 2026-17", "dated_on": "2026-11-03", "why": "L’organisme ne rend que du papier."}
GIVEN = REPORT | {"dated_on": date(2026, 11, 3)}
MARK = "Saisi par l’organisation d’après « Rapport 2026-17 », daté du 03/11/2026."
JUDGED = VERDICTS | {"documents-verdict": "partial", "documents-reason": "Non signée, dit la page 4."}


@pytest.mark.both_databases
def test_verdicts_and_findings_of_a_paper_report_are_typed_in_and_marked(
    lead, editor_client, reader_client, organisation, at
):
    audit = lead()
    assert editor_client.post(at(audit, CRITERION + "verdicts/"), JUDGED).status_code == 403, "no report came yet"
    assert editor_client.get(at(audit, "constats/nouveau/")).status_code == 403
    assert editor_client.post(at(audit, "rapport/"), REPORT).url == at(audit, "criteres/")
    assert "Verdict du rapport" in editor_client.get(at(audit, CRITERION)).content.decode()
    assert editor_client.post(at(audit, CRITERION + "verdicts/"), JUDGED).status_code == 302
    found = {"critere": "1.1.1", "gravity": "minor", "text": "Charte non signée"}
    assert editor_client.post(at(audit, "constats/nouveau/"), found).status_code == 302
    verdict, finding = AuditorVerdict.objects.get(verdict="partial"), Finding.objects.get()
    assert verdict.paper == finding.paper == PaperReport.objects.get()
    for page in (CRITERION, f"constats/{finding.pk}/"):
        assert MARK in reader_client.get(at(audit, page)).content.decode()
    assert MARK in reader_client.get(at(audit, "constats/csv/")).content.decode("utf-8-sig")
    assert "saisi d’après un rapport papier" in reader_client.get(at(audit, "constats/")).content.decode()
    assert REPORT["why"] in reader_client.get(at(audit)).content.decode()
    told = door.audit_of(organisation, audit.freeze_id)
    bound = next(one for one in told.verdicts if one.verdict == "partial")
    assert (bound.reason, bound.on) == (f"Non signée, dit la page 4. {MARK}", date(2026, 11, 3))
    assert told.findings[0].text == MARK
    written = Entry.objects.filter(action__startswith="audits.").order_by("number")
    assert [one.action for one in written][-3:] == [
        "audits.paper_received",
        "audits.judged_from_paper",
        "audits.found_from_paper",
    ]
    assert all(sentence(one.action, {}) != one.action for one in written)


def test_what_the_auditor_wrote_is_not_typed_in_over_but_they_may_correct_what_was(
    lead, auditor, auditor_client, editor, editor_client, at
):
    audit = lead()
    paper = acting.receive_paper(audit, editor, GIVEN)
    theirs = acting.judge(audit, auditor, KEY, "means", "none", "Rien vu.", "partial")
    refused = code_of(acting.judge, audit, editor, KEY, "means", "yes", "Page 5.", "partial", theirs.pk, paper)
    assert refused == "app.verdict_is_the_auditors"
    page = editor_client.get(at(audit, CRITERION)).content.decode()
    assert 'name="documents-verdict"' in page and 'name="means-verdict"' not in page and "Rien vu." in page
    sent = {name: value for name, value in JUDGED.items() if not name.startswith("means")} | {"agree": "1"}
    assert editor_client.post(at(audit, CRITERION + "verdicts/"), sent).status_code == 302
    assert weighing.last_verdicts(audit)[KEY, "means"] == theirs
    typed = weighing.last_verdicts(audit)[KEY, "documents"]
    corrected = {"documents-seen": typed.pk, "documents-verdict": "yes", "documents-reason": "Signée, je l’ai vue."}
    corrected |= {"means-seen": theirs.pk, "means-verdict": "none", "means-reason": "Rien vu."}
    results = weighing.last_verdicts(audit)[KEY, "results"]
    corrected |= {"results-seen": results.pk, "results-verdict": results.verdict, "results-reason": results.reason}
    assert auditor_client.post(at(audit, CRITERION + "verdicts/"), corrected).status_code == 302
    last = weighing.last_verdicts(audit)[KEY, "documents"]
    assert (last.verdict, last.paper) == ("yes", None)


def test_only_those_who_decide_type_in_and_only_while_it_is_examined(
    lead, contributor_client, auditor_client, editor, editor_client, at
):
    audit = lead("requested")
    assert editor_client.get(at(audit, "rapport/")).url == at(audit)
    assert code_of(acting.receive_paper, audit, editor, GIVEN) == "app.audit_not_now"
    acting.move(audit, editor, "examining")
    assert auditor_client.post(at(audit, "rapport/"), REPORT).status_code == 403
    acting.receive_paper(audit, editor, GIVEN)
    assert contributor_client.post(at(audit, CRITERION + "verdicts/"), JUDGED).status_code == 403
    for state in ("answering", "committee"):
        acting.move(audit, editor, state)
    assert "pas quand l&#x27;audit" in editor_client.post(at(audit, CRITERION + "verdicts/"), JUDGED).content.decode()
    assert not AuditorVerdict.objects.exists()


def test_a_report_has_a_day_that_came_and_a_reason(lead, editor_client, at):
    audit = lead()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = editor_client.post(at(audit, "rapport/"), REPORT | {"dated_on": tomorrow, "why": ""}).content.decode()
    assert "porte une date passée" in page and page.count('class="error"') == 2 and not PaperReport.objects.exists()
