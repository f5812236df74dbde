"""Due and not yet reminded: who to remind of what, by hand or by mail, once for each date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.models import Answer, Assessment, Delegation, State
from terreau.app.diagnosis.showing import address
from terreau.app.journal import door as journal
from terreau.app.settings_env import public_url
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion

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
    """The list, the earliest first, then owner by owner."""
    rows = sorted(due_of(assessment), key=lambda one: (one.day, one.who))
    return {"rows": rows, "today": timezone.localdate(), "mail": settings.MAIL_WORKS}


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
    """One thing to remind someone of: its row, how a form names it, who owes what, where it is done.

    address: of the person's mail, '' when there is none; link: where a letter sends, '' when the page is not theirs
    """

    row: Answer | Delegation
    value: str
    who: str
    what: str
    url: str
    address: str
    link: str = ""

    @property
    def day(self) -> date:
        """For when; what waits has a date."""
        return self.row.due or date.max

    @property
    def line(self) -> str:
        """As a letter says it."""
        when = date_format(self.day, "SHORT_DATE_FORMAT")
        told = _("%(label)s : %(verdict)s") % {"label": when, "verdict": self.what}
        return f"- {told}" + (f"\n  {self.link}" if self.link else "")


def due_of(assessment: Assessment) -> list[Due]:
    """Everything due here and not yet reminded."""
    answers = waiting(assessment)
    asked = _questions(assessment) if answers else {}
    found = [_of_answer(assessment, one, asked.get(one.criterion)) for one in answers]
    return found + [_of_delegation(assessment, one) for one in delegations_waiting(assessment)]


def _questions(assessment: Assessment) -> dict[str, Criterion]:
    """The criteria by key; none when the referential can no longer be read: what is due stays due."""
    try:
        return {one.key: one for one in edition_of(assessment).criteria}
    except TerreauError:
        return {}


def _of_answer(assessment: Assessment, one: Answer, criterion: Criterion | None) -> Due:
    what, url = one.criterion.rpartition(":")[2], address("assessment", assessment)
    if criterion:
        what, url = f"{criterion.number} {said(criterion.question)}", address("criterion", assessment, criterion.short)
    to = one.owner.email if one.owner and one.owner.is_active else ""
    return Due(one, f"a{one.pk}", one.owner_name or _("personne"), what, url, to, f"{public_url()}{url}")


def _of_delegation(assessment: Assessment, each: Delegation) -> Due:
    what = _("%(n)s critères confiés") % {"n": len(each.criteria)}
    to = (each.to.email if each.to.is_active else "") if each.to else each.email
    who = str(each.to) if each.to else each.name
    return Due(each, f"d{each.pk}", who, what, address("delegate", assessment), to)


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
