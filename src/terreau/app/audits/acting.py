"""What is done in an audit: each act checked against its step, written once, journalled in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from terreau.app.accounts import joining
from terreau.app.accounts.models import Invitation, Membership, Role
from terreau.app.audits import freezing
from terreau.app.audits.models import (
    EXAMINED,
    FOLLOWS,
    Audit,
    AuditorVerdict,
    CommitteeRemark,
    Finding,
    PaperReport,
    Seat,
    State,
    Step,
)
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

Row = TypeVar("Row", Finding, CommitteeRemark)
ANSWERED = (*EXAMINED, State.COMMITTEE, State.DECIDED)
FRAMED = (State.PREPARING, State.REQUESTED, *EXAMINED, State.COMMITTEE)
NOTE = 400


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


def reframe(audit: Audit, actor: Any, given: Mapping[str, Any]) -> None:
    """Who audits, the level, the window: until the decision. An invitation already given keeps its own end."""
    with _held(audit, *FRAMED) as held:
        before = {name: _plain(getattr(held, name)) for name in given if getattr(held, name) != given[name]}
        if before:
            for name in before:
                setattr(held, name, given[name])
            held.save(update_fields=list(before))
            after = {name: _plain(given[name]) for name in before}
            _told(held, actor, "audits.reframed", {"before": before, "after": after})


def request(audit: Audit, actor: Any, missing: int, note: str) -> None:
    """Ask for the audit: the assessment is frozen; what is missing is asked for with a word about it."""
    if missing and not note.strip():
        raise TerreauError("app.audit_missing_unsaid", missing=missing)
    with _held(audit, State.PREPARING) as held:
        held.freeze = freezing.freeze(held.organisation, actor, held.assessment, note)
        _move(held, actor, State.REQUESTED, note)


def invite(audit: Audit, actor: Any, email: str) -> tuple[Invitation, str]:
    """A link for the auditor, good until the end of the window; app.audit_window_over once it is past."""
    end = timezone.make_aware(datetime.combine(audit.window_until + timedelta(days=1), time()))
    if end <= timezone.now():
        raise TerreauError("app.audit_window_over", day=audit.window_until)
    with _held(audit, *FRAMED) as held:
        made, token = joining.invite(held.organisation, actor, Role.AUDITOR, email=email, until=end)
        Seat.objects.create(audit=held, invitation=made)
        _told(held, actor, "audits.invited", {"invitation": made.pk, "until": audit.window_until.isoformat()})
    return made, token


def seated(invitation: Invitation, user: Any, held: Membership | None) -> bool:
    """Whoever comes by a link takes the seat it was made for; True when it leads an auditor already there to one more audit, or further.

    Whoever comes back after their access ended has no seat but this one; an auditor let in without an audit keeps seeing all of them.
    """
    seat = Seat.objects.filter(invitation=invitation).first()
    before = Seat.objects.filter(user=user, audit__organisation=invitation.organisation)
    if held is None:
        before.delete()
    if seat is None or (held is not None and held.role != Role.AUDITOR):
        return False
    if held is None or before.exists():
        seat.user = user
        seat.save(update_fields=["user"])
    return True


def move(audit: Audit, actor: Any, to: str, note: str = "") -> None:
    """Go to another step; app.audit_step when it does not follow. Asking and deciding have their own acts."""
    with _held(audit) as held:
        if to == State.REQUESTED:
            raise TerreauError("app.audit_step", here=held.get_state_display(), there=State(to).label)
        if to == State.DECIDED and not held.outcome:
            raise TerreauError("app.audit_undecided")
        _move(held, actor, to, note)


def receive_paper(audit: Audit, actor: Any, given: Mapping[str, Any]) -> PaperReport:
    """A report came on paper: from now on the organisation may type in what it says."""
    with _held(audit, *EXAMINED) as held:
        made = PaperReport.objects.create(audit=held, by=actor, **given)
        told = {"report": made.title, "dated": made.dated_on.isoformat(), "why": made.why}
        _told(held, actor, "audits.paper_received", told)
    return made


def judge(audit: Audit, actor: Any, criterion: str, facet: str, verdict: str, reason: str, ours: str | None,
          seen: int | None = None, paper: PaperReport | None = None) -> AuditorVerdict | None:  # fmt: skip
    """The auditor's verdict beside ours: one that differs from ours, or from their own before, says why.

    None when it says nothing new. ``seen``: key of the last verdict the person had before them (0: none);
    app.verdict_meanwhile when another came since. An empty verdict takes the auditor's back. ``paper``: the report it is typed in
    from; app.verdict_is_the_auditors over one that the auditor gave here.
    """
    reason = reason.strip()
    with _held(audit, *EXAMINED) as held:
        last = held.verdicts.filter(criterion=criterion, facet=facet).last()
        if (last.verdict, last.reason) == (verdict, reason) if last else not verdict:
            return None
        if seen is not None and seen != (last.pk if last else 0):
            raise TerreauError("app.verdict_meanwhile", who=str((last and last.by) or "–"))
        if paper is not None and last is not None and last.verdict and last.paper_id is None:
            raise TerreauError("app.verdict_is_the_auditors")
        changed = last is not None and last.verdict != verdict
        if (changed or verdict != (ours or "")) and not reason:
            raise TerreauError("app.verdict_without_reason")
        made = AuditorVerdict.objects.create(
            audit=held, criterion=criterion, facet=facet, verdict=verdict, reason=reason, by=actor, paper=paper
        )
        facts = {"criterion": criterion, "facet": facet, "ours": ours or "", "verdict": verdict, "reason": reason,
                 "before": last.verdict if last else ""}  # fmt: skip
        _told(held, actor, *_from("audits.judged", paper, facts))
    return made


def find(audit: Audit, actor: Any, given: Mapping[str, Any], paper: PaperReport | None = None) -> Finding:
    """One more finding; ``paper``: the report it is typed in from."""
    with _held(audit, *EXAMINED) as held:
        made = Finding.objects.create(audit=held, by=actor, paper=paper, **given)
        facts = {"criterion": made.criterion, "gravity": made.gravity, "finding": made.pk}
        _told(held, actor, *_from("audits.found", paper, facts))
    return made


def answer(finding: Finding, actor: Any, *, text: str, action: str = "", due: date | None = None, cause: str = "",
           seen: int | None = None) -> None:  # fmt: skip
    """The organisation answers a finding."""
    if not text.strip():
        raise TerreauError("app.audit_words_needed")
    with _held(finding.audit, *ANSWERED) as held:
        fresh = _fresh(Finding, finding, seen)
        fresh.answer, fresh.action, fresh.due, fresh.cause = text.strip(), action.strip(), due, cause.strip()
        fresh.state = Finding.State.ANSWERED
        _kept(fresh, ["answer", "action", "due", "cause", "state", "changed_on"])
        _told(held, actor, "audits.answered", {"finding": fresh.pk, "criterion": fresh.criterion})


def recheck(finding: Finding, actor: Any, *, state: str, text: str, seen: int | None = None) -> None:
    """Somebody looks again: accepted, closed, or open once more, with what was seen."""
    if not text.strip():
        raise TerreauError("app.audit_words_needed")
    with _held(finding.audit, *ANSWERED) as held:
        fresh = _fresh(Finding, finding, seen)
        fresh.state, fresh.recheck = Finding.State(state), text.strip()
        _kept(fresh, ["state", "recheck", "changed_on"])
        _told(held, actor, "audits.rechecked", {"finding": fresh.pk, "criterion": fresh.criterion, "state": state})


def remark(audit: Audit, actor: Any, given: Mapping[str, Any]) -> CommitteeRemark:
    """What the committee asks."""
    with _held(audit, State.COMMITTEE, State.DECIDED) as held:
        made = CommitteeRemark.objects.create(audit=held, **given)
        _told(held, actor, "audits.remarked", {"remark": made.pk, "text": made.text[:120]})
    return made


def follow(found: CommitteeRemark, actor: Any, *, follow_up: str, due: date | None, done_on: date | None,
           seen: int | None = None) -> None:  # fmt: skip
    """What is done about a remark, for as long as it takes."""
    if done_on and not follow_up.strip():
        raise TerreauError("app.audit_words_needed")
    with _held(found.audit, State.COMMITTEE, State.DECIDED) as held:
        fresh = _fresh(CommitteeRemark, found, seen)
        fresh.follow_up, fresh.due, fresh.done_on = follow_up.strip(), due, done_on
        _kept(fresh, ["follow_up", "due", "done_on"])
        done = done_on.isoformat() if done_on else ""
        _told(held, actor, "audits.followed", {"remark": fresh.pk, "text": fresh.text[:120], "done": done})


def decide(audit: Audit, actor: Any, given: Mapping[str, Any]) -> None:
    """The committee's decision, written down: outcome, day, by whom, why, until when."""
    if not (given.get("outcome") and given.get("decided_on") and given.get("decided_by")):
        raise TerreauError("app.audit_undecided")
    with _held(audit, State.COMMITTEE) as held:
        for name, value in given.items():
            setattr(held, name, value)
        held.save(update_fields=list(given))
        _move(held, actor, State.DECIDED, "", outcome=held.outcome)


@contextmanager
def _held(audit: Audit, *states: str) -> Iterator[Audit]:
    """The audit as it is now, nobody else writing in it, in one of these steps: app.audit_not_now otherwise."""
    with transaction.atomic():
        held = Audit.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=audit.pk)
        if states and held.state not in states:
            raise TerreauError("app.audit_not_now", here=held.get_state_display())
        yield held


def _fresh(model: type[Row], row: Row, seen: int | None) -> Row:
    fresh = model._default_manager.get(pk=row.pk)
    if seen is not None and fresh.revision != seen:
        raise TerreauError("app.finding_meanwhile")
    return fresh


def _kept(row: Finding | CommitteeRemark, fields: list[str]) -> None:
    row.revision += 1
    row.save(update_fields=[*fields, "revision"])


def _move(held: Audit, actor: Any, to: str, note: str, **facts: Any) -> None:
    if to not in FOLLOWS[held.state]:
        raise TerreauError("app.audit_step", here=held.get_state_display(), there=State(to).label)
    before, held.state = held.state, State(to)
    held.save(update_fields=["state", "freeze"])
    note = note.replace("\x00", "").strip()[:NOTE]
    Step.objects.create(audit=held, state=to, note=note, by=actor)
    _told(held, actor, f"audits.to_{to}", {"before": before, "note": note or "–"} | facts)


def _told(audit: Audit, actor: Any, action: str, facts: Mapping[str, Any]) -> None:
    journal.record(audit.organisation, actor, action, {"audit": str(audit.pk), "title": audit.title} | dict(facts))


def _from(action: str, paper: PaperReport | None, facts: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The action and its facts as the journal tells them: those typed in from a report have a name of their own."""
    return (f"{action}_from_paper", {**facts, "report": paper.title}) if paper else (action, dict(facts))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
