"""Due and not yet reminded: who to remind of what, by hand or by mail, once for each date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.models import Answer, Assessment, Delegation, State
from terreau.app.diagnosis.showing import address
from terreau.app.journal import door as journal
from terreau.app.settings_env import public_url

SOON = timedelta(days=7)


def waiting(assessment: Assessment | None = None) -> list[Answer]:
    """Answers due within a week or late, not accepted, and not reminded since their date was set; the earliest first."""
    found = Answer.objects.filter(
        due__lte=timezone.localdate() + SOON, reminded_on=None, assessment__state=Assessment.State.OPEN
    )
    found = found.exclude(state=State.ACCEPTED).exclude(applicable=False)
    if assessment is not None:
        found = found.filter(assessment=assessment)
    return list(found.select_related("owner", "assessment__organisation").order_by("due", "criterion"))


def delegations_waiting(assessment: Assessment | None = None) -> list[Delegation]:
    """Delegations due within a week or late, still open, not reminded; those of a closed assessment are left alone."""
    found = Delegation.objects.filter(due__lte=timezone.localdate() + SOON, reminded_on=None, revoked_on=None,
                                      assessment__state=Assessment.State.OPEN)  # fmt: skip
    found = found.filter(Q(expires_on=None) | Q(expires_on__gt=timezone.now()))
    if assessment is not None:
        found = found.filter(assessment=assessment)
    return list(found.select_related("to", "assessment__organisation").order_by("due", "pk"))


def page(assessment: Assessment) -> dict[str, Any]:
    """The list, owner by owner."""
    edition, today = edition_of(assessment), timezone.localdate()
    rows = []
    for one in waiting(assessment):
        criterion = edition.criterion(one.criterion)
        rows.append({"value": f"a{one.pk}", "who": one.owner_name or _("personne"), "what": f"{criterion.number} {said(criterion.question)}",
                     "url": address("criterion", assessment, criterion.short), "due": one.due, "late": bool(one.due and one.due < today)})  # fmt: skip
    for each in delegations_waiting(assessment):
        rows.append({"value": f"d{each.pk}", "who": str(each.to) if each.to else each.name, "due": each.due,
                     "what": _("%(n)s critères confiés") % {"n": len(each.criteria)}, "url": address("delegate", assessment),
                     "late": bool(each.due and each.due < today)})  # fmt: skip
    return {"rows": sorted(rows, key=lambda row: (row["due"], row["who"])), "mail": settings.MAIL_WORKS}


def remind(assessment: Assessment, by: Any, chosen: Iterable[str]) -> int:
    """Note that these were reminded by someone, writing to those who have an address when mail works; how many."""
    wanted = set(chosen)
    return _reminded(assessment, by, [one for one in due_of(assessment) if one.value in wanted])


def remind_all() -> int:
    """What a nightly command does: write to everyone due and not yet told who has an address; how many.

    Those without an address stay on the list of the page, for someone to tell.
    """
    if not settings.MAIL_WORKS:
        return 0
    open_ones = Assessment.objects.filter(state=Assessment.State.OPEN).select_related("organisation")
    return sum(_reminded(one, None, [due for due in due_of(one) if due.address]) for one in open_ones)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to remind someone of: its row, what it is called in a form, to which address, in which words."""

    row: Answer | Delegation
    value: str
    address: str
    line: str


def due_of(assessment: Assessment) -> list[Due]:
    """Everything due here and not yet reminded."""
    edition = edition_of(assessment)
    found = []
    for one in waiting(assessment):
        criterion = edition.criterion(one.criterion)
        to = one.owner.email if one.owner and one.owner.is_active else ""
        where = f"{public_url()}{address('criterion', assessment, criterion.short)}"
        found.append(
            Due(
                one,
                f"a{one.pk}",
                to,
                f"- {one.due:%d/%m/%Y} : {criterion.number} {said(criterion.question)}\n  {where}",
            )
        )
    for each in delegations_waiting(assessment):
        to = (each.to.email if each.to.is_active else "") if each.to else each.email
        told = _("%(n)s critères confiés") % {"n": len(each.criteria)}
        found.append(Due(each, f"d{each.pk}", to, f"- {each.due:%d/%m/%Y} : {told}"))
    return found


def _reminded(assessment: Assessment, by: Any, due: list[Due]) -> int:
    """Claimed first, so that two runs at once do not write twice; given back when the letter could not leave."""
    claimed = [one for one in due if _claim(one)]
    lost = _written(assessment, [one for one in claimed if one.address]) if settings.MAIL_WORKS else []
    for one in lost:
        type(one.row)._default_manager.filter(pk=one.row.pk).update(reminded_on=None)
    done = len(claimed) - len(lost)
    if done:
        with transaction.atomic():
            facts = {"assessment": assessment.title, "count": done}
            journal.record(assessment.organisation, by, "diagnosis.reminded", facts)
    return done


def _claim(one: Due) -> bool:
    # The date is part of the question: a date moved meanwhile asks for a reminder of its own.
    rows = type(one.row)._default_manager.filter(pk=one.row.pk, due=one.row.due, reminded_on=None)
    return bool(rows.update(reminded_on=timezone.now()))


def _written(assessment: Assessment, due: list[Due]) -> list[Due]:
    """One letter a person; returns what could not be sent."""
    lost: list[Due] = []
    for to in dict.fromkeys(one.address for one in due):
        mine = [one for one in due if one.address == to]
        subject = _("« %(title)s » : réponses attendues") % {"title": assessment.title}
        body = _("Bonjour,\n\nCes réponses sont attendues dans « %(title)s » (%(organisation)s) :\n\n%(lines)s\n") % {
            "title": assessment.title, "organisation": assessment.organisation.name,
            "lines": "\n".join(one.line for one in mine),
        }  # fmt: skip
        try:
            send_mail(subject, body, None, [to])
        except (OSError, SMTPException, ValueError):
            lost += mine
    return lost
