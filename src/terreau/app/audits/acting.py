"""What is done in an audit: each act checked against its step, written once, journalled in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from terreau.app.audits import freezing
from terreau.app.audits.models import FOLLOWS, Audit, AuditorVerdict, CommitteeRemark, Finding, State, Step
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError


def prepare(organisation: Any, actor: Any, given: Mapping[str, Any]) -> Audit:
    """Begin an audit of one assessment; app.audit_open_already when one is under way."""
    try:
        with transaction.atomic():
            audit = Audit.objects.create(organisation=organisation, **given)
            Step.objects.create(audit=audit, state=audit.state, by=actor)
            _told(audit, actor, "audits.prepared", {"body": audit.body})
    except IntegrityError:
        raise TerreauError("app.audit_open_already") from None
    return audit


def request(audit: Audit, actor: Any, missing: int, note: str) -> None:
    """Ask for the audit: the assessment is frozen; what is missing is asked for with a word about it."""
    if missing and not note.strip():
        raise TerreauError("app.audit_missing_unsaid", missing=missing)
    with transaction.atomic():
        audit = Audit.objects.select_for_update().get(pk=audit.pk)
        audit.freeze = freezing.freeze(audit.organisation, actor, audit.assessment, note)
        _move(audit, actor, State.REQUESTED, note)


def move(audit: Audit, actor: Any, to: str, note: str = "") -> None:
    """Go to another step; app.audit_step when it does not follow."""
    with transaction.atomic():
        audit = Audit.objects.select_for_update().get(pk=audit.pk)
        if to == State.DECIDED and not audit.outcome:
            raise TerreauError("app.audit_undecided")
        _move(audit, actor, to, note)


def judge(
    audit: Audit, actor: Any, criterion: str, facet: str, verdict: str, reason: str, ours: str | None
) -> AuditorVerdict | None:
    """The auditor's verdict beside ours: another one than ours says why. None when it says nothing new."""
    _in(audit, State.EXAMINING, State.ANSWERING)
    reason = reason.strip()
    last = audit.verdicts.filter(criterion=criterion, facet=facet).last()
    if (last.verdict, last.reason) == (verdict, reason) if last else not verdict:
        return None
    if verdict != (ours or "") and not reason:
        raise TerreauError("app.verdict_without_reason")
    with transaction.atomic():
        made = AuditorVerdict.objects.create(
            audit=audit, criterion=criterion, facet=facet, verdict=verdict, reason=reason, by=actor
        )
        _told(audit, actor, "audits.judged", {"criterion": criterion, "facet": facet, "ours": ours or "", "verdict": verdict,
                                              "reason": reason})  # fmt: skip
    return made


def find(audit: Audit, actor: Any, given: Mapping[str, Any]) -> Finding:
    """One more finding."""
    _in(audit, State.EXAMINING, State.ANSWERING)
    with transaction.atomic():
        made = Finding.objects.create(audit=audit, by=actor, **given)
        _told(audit, actor, "audits.found", {"criterion": made.criterion, "gravity": made.gravity, "finding": made.pk})
    return made


def answer(finding: Finding, actor: Any, *, text: str, action: str, due: date | None, cause: str = "") -> None:
    """The organisation answers a finding."""
    _in(finding.audit, State.EXAMINING, State.ANSWERING, State.COMMITTEE, State.DECIDED)
    if not text.strip():
        raise TerreauError("evidence.reason_needed")
    finding.answer, finding.action, finding.due, finding.cause = text.strip(), action.strip(), due, cause.strip()
    finding.state = Finding.State.ANSWERED
    _kept(finding, actor, "audits.answered", ["answer", "action", "due", "cause", "state", "changed_on"])


def recheck(finding: Finding, actor: Any, *, state: str, seen: str) -> None:
    """The auditor looks again: accepted, closed, or open once more, with what was seen."""
    _in(finding.audit, State.EXAMINING, State.ANSWERING, State.COMMITTEE, State.DECIDED)
    if state == Finding.State.OPEN and not seen.strip():
        raise TerreauError("evidence.reason_needed")
    finding.state, finding.recheck = Finding.State(state), seen.strip()
    _kept(finding, actor, "audits.rechecked", ["state", "recheck", "changed_on"])


def remark(audit: Audit, actor: Any, given: Mapping[str, Any]) -> CommitteeRemark:
    """What the committee asks."""
    _in(audit, State.COMMITTEE, State.DECIDED)
    with transaction.atomic():
        made = CommitteeRemark.objects.create(audit=audit, **given)
        _told(audit, actor, "audits.remarked", {"remark": made.pk, "text": made.text[:120]})
    return made


def follow(found: CommitteeRemark, actor: Any, *, follow_up: str, due: date | None, done_on: date | None) -> None:
    """What is done about a remark, for as long as it takes."""
    found.follow_up, found.due, found.done_on = follow_up.strip(), due, done_on
    with transaction.atomic():
        found.save(update_fields=["follow_up", "due", "done_on"])
        told = {"remark": found.pk, "done": done_on.isoformat() if done_on else ""}
        _told(found.audit, actor, "audits.followed", told)


def decide(audit: Audit, actor: Any, given: Mapping[str, Any]) -> None:
    """The committee's decision, written down: outcome, day, by whom, why, until when."""
    _in(audit, State.COMMITTEE)
    with transaction.atomic():
        audit = Audit.objects.select_for_update().get(pk=audit.pk)
        for name, value in given.items():
            setattr(audit, name, value)
        audit.save(update_fields=list(given))
        _move(audit, actor, State.DECIDED, audit.get_outcome_display())


def _move(audit: Audit, actor: Any, to: str, note: str) -> None:
    if to not in FOLLOWS[audit.state]:
        raise TerreauError("app.audit_step", here=audit.get_state_display(), there=State(to).label)
    before, audit.state = audit.state, State(to)
    audit.save(update_fields=["state", "freeze"])
    Step.objects.create(audit=audit, state=to, note=note.strip()[:400], by=actor)
    _told(audit, actor, "audits.moved", {"before": before, "after": to, "note": note.strip()[:400]})


def _in(audit: Audit, *states: str) -> None:
    if audit.state not in states:
        raise TerreauError("app.audit_not_now", here=audit.get_state_display())


def _kept(finding: Finding, actor: Any, action: str, fields: list[str]) -> None:
    with transaction.atomic():
        finding.save(update_fields=fields)
        _told(finding.audit, actor, action, {"finding": finding.pk, "state": finding.state})


def _told(audit: Audit, actor: Any, action: str, facts: Mapping[str, Any]) -> None:
    journal.record(audit.organisation, actor, action, {"audit": str(audit.pk), "title": audit.title} | dict(facts))
