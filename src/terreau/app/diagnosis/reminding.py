"""Due and not yet reminded: who to remind of what, by hand or by mail, once for each date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.models import Answer, Assessment, Delegation, State
from terreau.app.diagnosis.showing import address
from terreau.app.journal import door as journal

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
    """Note that these were reminded, and write to those who have an address when mail works; returns how many."""
    wanted = set(chosen)
    answers = [one for one in waiting(assessment) if f"a{one.pk}" in wanted]
    delegations = [one for one in delegations_waiting(assessment) if f"d{one.pk}" in wanted]
    return _done(assessment, by, answers, delegations)


def remind_all() -> int:
    """What a nightly command does when mail works: everything due and not yet reminded; returns how many."""
    done, answers, delegations = 0, waiting(), delegations_waiting()
    concerned = {one.assessment for one in answers} | {one.assessment for one in delegations}
    for assessment in concerned:
        done += _done(assessment, None, [one for one in answers if one.assessment_id == assessment.pk],
                      [one for one in delegations if one.assessment_id == assessment.pk])  # fmt: skip
    return done


def _done(assessment: Assessment, by: Any, answers: list[Answer], delegations: list[Delegation]) -> int:
    if not answers and not delegations:
        return 0
    now, count = timezone.now(), len(answers) + len(delegations)
    with transaction.atomic():
        # The date is part of the question: a date moved meanwhile asks for a reminder of its own.
        for one in answers:
            Answer.objects.filter(pk=one.pk, due=one.due).update(reminded_on=now)
        Delegation.objects.filter(pk__in=[one.pk for one in delegations]).update(reminded_on=now)
        journal.record(
            assessment.organisation, by, "diagnosis.reminded", {"assessment": assessment.title, "count": count}
        )
        if settings.MAIL_WORKS:
            transaction.on_commit(lambda: _write(assessment, answers, delegations))
    return count


def _write(assessment: Assessment, answers: list[Answer], delegations: list[Delegation]) -> None:
    edition = edition_of(assessment)
    lines: dict[str, list[str]] = {}
    for one in answers:
        if one.owner and one.owner.is_active:
            criterion = edition.criterion(one.criterion)
            lines.setdefault(one.owner.email, []).append(
                f"- {one.due:%d/%m/%Y} : {criterion.number} {criterion.question.fr}"
            )
    for each in delegations:
        to = each.to.email if each.to else each.email
        if to:
            lines.setdefault(to, []).append(f"- {each.due:%d/%m/%Y} : {len(each.criteria)} critères")
    with translation.override("fr"):
        for to, listed in lines.items():
            subject = _("« %(title)s » : réponses attendues") % {"title": assessment.title}
            body = _("Bonjour,\n\nCes réponses sont attendues dans « %(title)s » (%(organisation)s) :\n\n%(lines)s\n") % {
                "title": assessment.title, "organisation": assessment.organisation.name, "lines": "\n".join(listed)}  # fmt: skip
            send_mail(subject, body, None, [to], fail_silently=True)
