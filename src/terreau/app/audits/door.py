"""What the other rooms ask of this one: what was frozen, what an audit said about it, a few words for home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terreau.app.audits import days, freezing, showing, weighing
from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import Audit, CommitteeRemark, Finding, Freeze, PaperReport, State

if TYPE_CHECKING:
    from terreau.diagnosis.scoring import Score
    from terreau.publishing.dossier.records import AuditorVerdictRecord, DecisionRecord, FindingRecord, RemarkRecord

__all__ = [
    "AuditRecord",
    "FreezeHead",
    "Frozen",
    "OpenAudit",
    "Remarked",
    "audit_of",
    "due",
    "examined_today",
    "freezes_of",
    "frozen",
    "remark",
    "summary",
]

due = days.due


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeHead:
    """One freeze, as listed; ``digest``: over the record and its edition."""

    pk: UUID
    assessment: UUID
    title: str
    frozen_on: datetime
    digest: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """What an audit said of one freeze, as the dossier binds it; ``score``: with the auditor's verdicts, None before any."""

    title: str
    body: str
    state: str
    verdicts: tuple[AuditorVerdictRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    score: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAudit:
    """One audit under way: its step in words, the next date and what it is, findings still open [count]."""

    title: str
    body: str
    state: str
    url: str
    next_on: date | None
    next_is: str
    waiting: int


def frozen(organisation: Any, freeze: UUID | str) -> Frozen | None:
    """What was frozen; None when it is not this organisation's. app.freeze_damaged when it was changed since."""
    row = _row(organisation, freeze)
    return freezing.read(row) if row else None


def freezes_of(organisation: Any, assessment: UUID | str | None = None) -> tuple[FreezeHead, ...]:
    """Every freeze of the organisation, or of one of its assessments, latest first."""
    from django.urls import reverse

    found = Freeze.objects.filter(organisation=organisation).defer("record", "edition")
    if assessment is not None:
        found = found.filter(assessment=assessment)
    return tuple(
        FreezeHead(pk=one.pk, assessment=one.assessment, title=one.title, frozen_on=one.frozen_on, digest=one.digest, note=one.note,
                   url=reverse("audits:frozen", args=[organisation.slug, one.pk])) for one in found
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """A remark of a committee, or a finding of an auditor: its words, the criterion, the day asked, its page."""

    text: str
    criterion: str
    due: date | None
    url: str


def remark(organisation: Any, key: str) -> Remarked | None:
    """What ``<audit>/<number>`` names: a remark of the committee, or a finding when the number is after "constat-"; None otherwise."""
    audit, _slash, told = key.partition("/")
    number = told.removeprefix("constat-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    model: type[CommitteeRemark | Finding] = Finding if told != number else CommitteeRemark
    try:
        of_it = {"audit__organisation": organisation, "audit": UUID(audit)}
    except ValueError:  # not a key
        return None
    found = model._default_manager.filter(**of_it, pk=int(number)).first()
    if found is None:
        return None
    found.audit.organisation = organisation
    url = (
        showing.address("finding", found.audit, found.pk)
        if told != number
        else showing.address("follow_up", found.audit)
    )
    return Remarked(text=found.text, criterion=found.criterion, due=found.due, url=url)


def examined_today(user: Any, organisation: Any) -> frozenset[UUID]:
    """The freezes that this auditor of the organisation may look at today."""
    found = Audit.objects.examined_by(user, organisation).order_by()
    return frozenset(found.exclude(freeze=None).values_list("freeze", flat=True))


def audit_of(organisation: Any, freeze: UUID | str) -> AuditRecord | None:
    """The audit led on this freeze, in the language of the moment; None when there is none."""
    row = _row(organisation, freeze)
    found = row.audits.first() if row else None
    if row is None or found is None:
        return None
    last = weighing.last_verdicts(found)
    return AuditRecord(
        title=found.title, body=found.body, state=found.state, verdicts=_verdicts(last), findings=_findings(found),
        remarks=_remarks(found), decisions=_decisions(found), score=weighing.scores(freezing.read(row), last)[1],
    )  # fmt: skip


def summary(organisation: Any) -> tuple[OpenAudit, ...]:
    """The audits under way, three at most, for home."""
    found = Audit.objects.filter(organisation=organisation).exclude(state=State.CLOSED).prefetch_related("findings")[:3]
    told = []
    for one in found:
        one.organisation = organisation
        on, what = showing.next_of(one)
        waiting = sum(not showing.is_settled(each) for each in one.findings.all())
        told.append(OpenAudit(title=one.title, body=one.body, state=str(one.get_state_display()), url=showing.address("audit", one),
                              next_on=on, next_is=what, waiting=waiting))  # fmt: skip
    return tuple(told)


def _row(organisation: Any, freeze: UUID | str) -> Freeze | None:
    try:
        return Freeze.objects.filter(organisation=organisation, pk=freeze).select_related("frozen_by").first()
    except ValidationError:  # not a key
        return None


def _verdicts(last: weighing.Last) -> tuple[AuditorVerdictRecord, ...]:
    from terreau.publishing.dossier.records import AuditorVerdictRecord

    return tuple(AuditorVerdictRecord(criterion=one.criterion, facet=one.facet, verdict=one.verdict, reason=_marked(one.reason, one.paper),
                                      on=one.paper.dated_on if one.paper else one.on.date()) for one in last.values())  # fmt: skip


def _findings(found: Audit) -> tuple[FindingRecord, ...]:
    from terreau.publishing.dossier.records import FindingRecord

    def record(one: Finding) -> FindingRecord:
        told = ((_("Cause :"), one.cause), (_("Action :"), one.action), (_("Nouvel examen :"), one.recheck))
        answer = "\n".join(filter(None, (one.answer, *(f"{name} {words}" for name, words in told if words))))
        return FindingRecord(title=one.text, text=one.paper.words if one.paper else "", gravity=str(one.get_gravity_display()), criterion=one.criterion, answer=answer,
                             state=str(one.get_state_display()), on=one.on.date())  # fmt: skip

    return tuple(record(one) for one in found.findings.select_related("paper"))


def _marked(reason: str, paper: PaperReport | None) -> str:
    """A reason, with where it was typed in from."""
    return " ".join(filter(None, (reason, paper.words if paper else "")))


def _remarks(found: Audit) -> tuple[RemarkRecord, ...]:
    from terreau.publishing.dossier.records import RemarkRecord

    def told(one: CommitteeRemark) -> RemarkRecord:
        return RemarkRecord(text=one.text, by=found.body, criterion=one.criterion, answer=one.follow_up, on=one.said_on)

    return tuple(told(one) for one in found.remarks.all())


def _decisions(found: Audit) -> tuple[DecisionRecord, ...]:
    from terreau.publishing.dossier.records import DecisionRecord

    if not found.outcome:
        return ()
    return (DecisionRecord(outcome=str(found.get_outcome_display()), text=found.decision_text, by=found.decided_by, on=found.decided_on,
                           until=found.valid_until),)  # fmt: skip
