"""An audit led from its request to its follow-up, and who may do what there, when."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from terreau.app.accounts.models import Invitation
from terreau.app.audits import acting, checklist, door, entering, weighing
from terreau.app.audits.models import FOLLOWS, Audit, AuditorVerdict, Freeze, State
from terreau.app.evidence.models import Evidence
from terreau.app.journal import door as journal
from terreau.app.journal.models import Entry
from terreau.app.journal.words import sentence
from terreau.diagnosis.scoring.registry import rule_for
from terreau.kernel.errors import TerreauError
from terreau.referentials import library

from .conftest import DECIDED, KEY, STEPS

CRITERION = "criteres/1.1.1/"
VERDICTS = {"documents-seen": "0", "means-seen": "0", "results-seen": "0"}


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def code_of(act, *given, **more):
    with pytest.raises(TerreauError) as refused:
        act(*given, **more)
    return refused.value.code


def test_asking_freezes_and_says_what_is_missing(owner_client, organisation, assessment, at):
    answer = owner_client.post(f"/o/valmont/audits/nouveau/{assessment.pk}/", {
        "title": "Label 2027", "body": "Organisme fictif", "level": "socle", "window_from": "2026-11-01", "window_until": "2027-01-31"})  # fmt: skip
    audit = Audit.objects.get()
    assert answer.url == at(audit, "demande/") and audit.state == "preparing"
    page = owner_client.get(at(audit, "demande/")).content.decode()
    assert "Réponses soumises : plus aucun brouillon" in page and "1/2" in page  # one submitted, one draft
    assert "Preuves que l’auditeur pourra ouvrir" in page and "1/3" in page
    for kept in Evidence.objects.filter(
        organisation=organisation, withdrawn_on=None, confidentiality__in=["team", "organisation"]
    ):
        assert f'/{kept.pk}/">{kept.title}</a>' in page, "what the auditor will not open is named, one click away"
    assert "Gardées par l’organisation" in page
    page = owner_client.post(at(audit, "demande/"), {"note": " "}).content.decode()
    assert "rien n&#x27;est dit à leur sujet" in page and not Freeze.objects.exists()
    assert owner_client.post(at(audit, "demande/"), {"note": "Le reste suit."}).status_code == 302
    audit.refresh_from_db()
    assert audit.state == "requested" and audit.freeze.assessment == assessment.pk
    assert actions()[-3:] == ["audits.prepared", "audits.frozen", "audits.to_requested"]
    assert owner_client.get(at(audit, "demande/")).status_code == 302  # asked already


def test_the_list_is_met_point_by_point(organisation, assessment):
    found = {one.key: (one.done, one.of) for one in checklist.points(organisation, assessment.pk, "")}
    assert found["answered"] == (1, 51) and found["justified"] == (1, 1) and found["handed"] == (1, 2)
    assert found["opened"] == (1, 3) and found["level"] == (0, 1)
    assert checklist.missing(checklist.points(organisation, assessment.pk, "socle")) == checklist.missing(
        checklist.points(organisation, assessment.pk, "")) - 1  # fmt: skip


@pytest.mark.both_databases
def test_two_audits_of_one_assessment_are_not_open_at_once(lead, owner, assessment, organisation):
    lead("examining")
    assert code_of(lead) == "app.audit_open_already"
    backwards = {"window_from": date(2026, 2, 1), "window_until": date(2026, 1, 1), "title": "x", "body": "y"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Audit.objects.create(organisation=organisation, assessment=assessment.pk, state="closed", **backwards)


def test_a_decided_audit_leaves_room_for_the_next(lead):
    lead("decided")
    assert lead("preparing").state == "preparing"


@pytest.mark.parametrize("here", STEPS)
def test_only_the_steps_that_follow_are_taken(lead, owner, here):
    audit = lead(here)
    for to in State:
        if to in FOLLOWS[here] and to not in ("requested", "decided"):
            continue
        refused = code_of(acting.move, audit, owner, to)
        assert refused in ("app.audit_step", "app.audit_undecided")
    audit.refresh_from_db()
    assert audit.state == here


@pytest.mark.both_databases
def test_each_act_has_its_moment(lead, owner, auditor):
    audit = lead("examining")
    finding = acting.find(audit, auditor, {"gravity": "minor", "text": "Charte non datée", "criterion": KEY})
    remark = {"text": "Précisez les indicateurs", "said_on": date(2026, 11, 20)}
    assert code_of(acting.remark, audit, owner, remark) == "app.audit_not_now"
    assert code_of(acting.decide, audit, owner, DECIDED) == "app.audit_not_now"
    for state in ("answering", "committee"):
        acting.move(audit, owner, state)
    said = acting.remark(audit, owner, remark)
    assert code_of(acting.find, audit, auditor, {"text": "Trop tard"}) == "app.audit_not_now"
    assert code_of(acting.judge, audit, auditor, KEY, "means", "none", "Vu.", "partial") == "app.audit_not_now"
    assert code_of(acting.decide, audit, owner, {"outcome": "granted"}) == "app.audit_undecided"
    acting.decide(audit, owner, DECIDED)
    assert code_of(acting.decide, audit, owner, DECIDED) == "app.audit_not_now"
    assert code_of(acting.reframe, audit, owner, {"body": "Autre"}) == "app.audit_not_now"
    acting.move(audit, owner, "closed")
    assert code_of(acting.answer, finding, owner, text="Oui") == "app.audit_not_now"
    assert code_of(acting.recheck, finding, owner, state="closed", text="Vu") == "app.audit_not_now"
    assert code_of(acting.follow, said, owner, follow_up="Fait", due=None, done_on=None) == "app.audit_not_now"


def test_the_auditor_judges_beside_us_and_says_why(lead, auditor_client, auditor, at):
    audit = lead()
    page = auditor_client.get(at(audit, CRITERION)).content.decode()
    assert "Charte signée" in page and "Une charte existe." in page and "Charte des achats" in page and "p. 3" in page
    sent = VERDICTS | {"documents-verdict": "partial", "means-verdict": "partial", "results-verdict": "none"}
    page = auditor_client.post(at(audit, CRITERION + "verdicts/"), sent).content.decode()
    assert "la raison manque" in page and not AuditorVerdict.objects.exists()  # all of them, or none
    page = auditor_client.post(at(audit, CRITERION + "verdicts/"), sent, headers={"accept-language": "en"})
    assert "Documents: This verdict differs" in page.content.decode()
    both = auditor_client.get(at(audit), headers={"accept-language": "en"}).content.decode()
    assert escape(rule_for(library.edition("nr-terreau")).formula.en) in both, "the rule stands beside the two scores"
    answer = auditor_client.post(
        at(audit, CRITERION + "verdicts/"), sent | {"documents-reason": "Non signée.", "next": "1"}
    )
    assert answer.url == at(audit, "criteres/1.1.2/")
    assert sorted(AuditorVerdict.objects.values_list("facet", "verdict", "reason")) == [
        ("documents", "partial", "Non signée."), ("means", "partial", ""), ("results", "none", "")]  # fmt: skip
    assert actions().count("audits.judged") == 3
    seen = AuditorVerdict.objects.get(facet="documents").pk
    with_reason = {"documents-seen": seen, "documents-verdict": "yes", "documents-reason": ""}
    assert (
        "la raison manque" in auditor_client.post(at(audit, CRITERION + "verdicts/"), with_reason).content.decode()
    )  # each change
    frozen = entering.frozen_of(audit)
    last = weighing.last_verdicts(audit)
    ours, theirs = weighing.scores(frozen, last)
    assert (ours.rule, ours.version) == (theirs.rule, theirs.version)
    assert ours.bars["documents"].floor > theirs.bars["documents"].floor > 0
    assert ours.bars["means"] == theirs.bars["means"]
    page = auditor_client.get(at(audit)).content.decode()
    assert "a rendu 3 verdicts sur" in page and "s’écarte de l’organisation sur 1." in page


def test_agreeing_with_the_rest_keeps_what_was_said(lead, auditor_client, at):
    audit = lead()
    auditor_client.post(
        at(audit, CRITERION + "verdicts/"),
        VERDICTS | {"agree": "1", "means-verdict": "none", "means-reason": "Personne."},
    )
    assert {one.facet: one.verdict for one in AuditorVerdict.objects.all()} == {
        "documents": "yes",
        "means": "none",
        "results": "none",
    }


def test_a_verdict_taken_back_and_one_on_what_we_left_out(lead, auditor):
    audit = lead()
    out = "nr-terreau:1.1.2"
    frozen = entering.frozen_of(audit)
    before = weighing.scores(frozen, {})[0].applicable
    acting.judge(audit, auditor, out, "means", "partial", "Cela s’applique.", "")
    assert weighing.scores(frozen, weighing.last_verdicts(audit))[1].applicable == before + 1
    acting.judge(audit, auditor, out, "means", "", "Erreur de ma part.", "")
    assert weighing.last_verdicts(audit) == {} and audit.verdicts.count() == 2
    assert acting.judge(audit, auditor, out, "means", "", "Erreur de ma part.", "") is None


def test_unknown_verdicts_and_criteria_are_refused(lead, auditor_client, at):
    audit = lead()
    page = auditor_client.post(
        at(audit, CRITERION + "verdicts/"), VERDICTS | {"means-verdict": "excellent", "means-reason": "!"}
    )
    assert "Choisissez un des verdicts proposés." in page.content.decode() and not AuditorVerdict.objects.exists()
    assert auditor_client.get(at(audit, "criteres/9.9.9/")).status_code == 404
    assert auditor_client.get(at(audit, "constats/nouveau/?critere=9.9.9")).status_code == 404
    assert auditor_client.get(at(audit, "criteres/?theme=zzz")).status_code == 200


def test_two_auditors_at_once_are_told(lead, auditor, auditor_client, at, organisation):
    audit = lead()
    first = acting.judge(audit, auditor, KEY, "means", "none", "Rien vu.", "partial", 0)
    late = VERDICTS | {"means-verdict": "yes", "means-reason": "Tout est là."}
    page = auditor_client.post(at(audit, CRITERION + "verdicts/"), late).content.decode()
    assert "pendant que vous écriviez" in page and "Tout est là." in page  # nothing of theirs is lost
    assert weighing.last_verdicts(audit)[KEY, "means"] == first
    finding = acting.find(audit, auditor, {"text": "Sans date", "gravity": "major"})
    acting.recheck(finding, auditor, state="open", text="Toujours rien.", seen=0)
    assert code_of(acting.answer, finding, auditor, text="C’est fait.", seen=0) == "app.finding_meanwhile"


@pytest.mark.both_databases
def test_whoever_writes_in_an_audit_holds_it(lead, auditor):
    """Two auditors at the same instant wait for each other: the row is locked (SQLite locks the whole at its BEGIN)."""
    audit = lead()
    with CaptureQueriesContext(connection) as asked:
        acting.judge(audit, auditor, KEY, "means", "none", "Vu sur place.", "partial", 0)
    first = next(one["sql"] for one in asked if "audits_audit" in one["sql"])
    assert ("FOR UPDATE" in first) == (connection.vendor == "postgresql")
    assert (
        connection.vendor == "postgresql" or settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    )


def test_an_auditor_enters_within_the_window_and_its_steps_only(lead, auditor_client, at):
    audit = lead("requested")
    pages = ("", CRITERION, "constats/csv/")
    today = timezone.localdate()

    def statuses():
        return {auditor_client.get(at(audit, page)).status_code for page in pages}

    def window(first, last):
        Audit.objects.filter(pk=audit.pk).update(
            window_from=today + timedelta(days=first), window_until=today + timedelta(days=last)
        )

    assert statuses() == {404} and "Rien à examiner" in auditor_client.get("/o/valmont/audits/").content.decode()
    for state in ("examining", "answering", "committee"):
        Audit.objects.filter(pk=audit.pk).update(state=state)
        window(1, 9)
        assert statuses() == {404}  # before
        window(0, 0)
        assert statuses() == {200}
        assert "Label 2027" in auditor_client.get("/o/valmont/audits/").content.decode()
        window(-9, -1)
        assert statuses() == {404}  # after
    window(-1, 1)
    Audit.objects.filter(pk=audit.pk).update(state="decided", outcome="granted", decided_on=today)
    assert statuses() == {404}
    assert auditor_client.post(at(audit, CRITERION + "verdicts/"), VERDICTS).status_code == 404


def test_the_invitation_ends_with_the_window(lead, owner_client, editor_client, at, owner):
    audit = lead("requested")
    assert editor_client.post(at(audit, "inviter/")).status_code == 403
    page = owner_client.post(at(audit, "inviter/"), {"email": "audit@organisme.example"}).content.decode()
    made = Invitation.objects.get()
    assert made.role == "auditor" and timezone.localtime(made.until).date() == audit.window_until + timedelta(days=1)
    assert "/invitation" in page and actions()[-2:] == ["accounts.invited", "audits.invited"]
    Audit.objects.filter(pk=audit.pk).update(window_from=date(2026, 1, 1), window_until=date(2026, 1, 2))
    assert owner_client.post(at(audit, "inviter/")).status_code == 302 and Invitation.objects.count() == 1


def test_another_organisations_audit_does_not_exist(lead, outsider, signed_in, at, other_organisation):
    audit = lead()
    finding = acting.find(audit, outsider, {"text": "x"})
    client = signed_in(outsider)
    for page in ("", "demande/", "criteres/", f"constats/{finding.pk}/", "comite/decision/", "cadre/"):
        assert client.get(at(audit, page)).status_code == 404
        assert client.get(at(audit, page).replace("valmont", "numa")).status_code == 404
    for page in ("etape/", "inviter/", CRITERION + "verdicts/"):
        assert client.post(at(audit, page).replace("valmont", "numa"), {"to": "answering"}).status_code in (403, 404)
    assert (
        door.frozen(other_organisation, audit.freeze_id) is None
        and door.audit_of(other_organisation, audit.freeze_id) is None
    )


def test_only_the_steps_of_ones_role_are_offered_and_taken(
    lead, auditor_client, reader_client, contributor_client, at, editor_client
):
    audit = lead()
    assert "Remettre les constats" in auditor_client.get(at(audit)).content.decode()
    assert "Remettre les constats" not in reader_client.get(at(audit)).content.decode()
    assert contributor_client.post(at(audit, "etape/"), {"to": "answering"}).status_code == 403
    assert auditor_client.post(at(audit, "etape/"), {"to": "answering"}).status_code == 302
    assert auditor_client.post(at(audit, "etape/"), {"to": "committee"}).status_code == 403
    page = editor_client.get(at(audit)).content.decode()
    assert "Rouvrir l’examen" in page and "Porter devant le comité" in page and "Clore" not in page


def test_the_journal_tells_an_audit_whole_and_stays_sound(lead, organisation):
    lead("closed")
    found = [one for one in actions() if one.startswith("audits.")]
    assert found == ["audits.prepared", "audits.frozen", *(f"audits.to_{step}" for step in STEPS[1:])]
    assert journal.verify(organisation).sound
    assert all(sentence(one.action, {}) != one.action for one in Entry.objects.filter(action__startswith="audits."))


def test_home_is_told_of_the_audit_under_way(lead, organisation, auditor):
    audit = lead()
    acting.find(audit, auditor, {"text": "Sans date", "gravity": "minor"})
    (one,) = door.summary(organisation)
    assert (one.title, one.state, one.next_on, one.waiting) == ("Label 2027", "en examen", audit.window_until, 1)


def test_the_window_moves_until_the_decision_and_the_journal_says_from_what_to_what(lead, editor_client, at):
    audit = lead("requested")
    given = {
        "title": audit.title,
        "body": audit.body,
        "auditor": "",
        "level": "socle",
        "window_from": audit.window_from.isoformat(),
    }
    later = audit.window_until + timedelta(days=30)
    page = editor_client.post(at(audit, "cadre/"), given | {"window_until": "2020-01-01"}).content.decode()
    assert "finit avant de commencer" in page
    assert editor_client.post(at(audit, "cadre/"), given | {"window_until": later.isoformat()}).status_code == 302
    last = Entry.objects.order_by("-number").first()
    assert (
        last.action == "audits.reframed"
        and later.isoformat() in last.written
        and audit.window_until.isoformat() in last.written
    )
    Audit.objects.filter(pk=audit.pk).update(state="closed")
    page = editor_client.post(at(audit, "cadre/"), given | {"window_until": "2030-01-01"}).content.decode()
    assert "Cela ne se fait pas quand l&#x27;audit est « clos »" in page


@pytest.mark.both_databases
def test_a_word_with_a_hidden_sign_is_kept_without_it(lead, editor_client, at):
    audit = lead("requested")
    assert editor_client.post(at(audit, "etape/"), {"to": "examining", "note": "Vu\x00 ensemble"}).status_code == 302
    assert audit.steps.last().note == "Vu ensemble"
