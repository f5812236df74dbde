"""From a job to what its pages print: texts in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.tasks import door, kinds, leading
from terreau.app.tasks.models import Job, State
from terreau.app.tasks.steps import WORDS
from terreau.publishing import numbers

SILENCE = timedelta(seconds=30)  # waiting that long while nothing runs: no worker is there
CHIPS = {State.WAITING: "info", State.RUNNING: "info", State.DONE: "ok", State.REFUSED: "warn", State.CANCELLED: "",
         State.STRANDED: "bad"}  # fmt: skip


def row(job: Job) -> dict[str, Any]:
    """One line of the list."""
    return {
        "job": job,
        "label": label(job),
        "chip": CHIPS[State(job.state)],
        "who": str(job.by) if job.by else gettext("une personne partie"),
        "url": leading.address(job),
    }


def page(job: Job, user: Any) -> dict[str, Any]:
    """Everything the page of one job prints."""
    refusal = door.refusal_of(job)
    return {
        **row(job),
        "step": step(job),
        "share": share(job),
        "no_worker": no_worker([job]),
        "may_cancel": job.live and may_cancel(job, user),
        "refusal": refusal.words(language()) if refusal else None,
        "leads_to": leading.leads_to(job),
        "back": leading.back(job),
        "said": leading.said(job) if job.state == State.DONE else [],
        "tries": ngettext(
            "Repris %(n)d fois : l'exécutant s'était arrêté.", "Repris %(n)d fois : les exécutants s'étaient arrêtés.", job.lost
        ) % {"n": job.lost} if job.lost and job.live else "",
    }  # fmt: skip


def label(job: Job) -> str:
    """What the work is, in words."""
    kind = kinds.of(job)
    return str(kind.label) if kind else job.kind


def step(job: Job) -> str:
    """What is being done now, and how much of it."""
    if not job.live:
        return ""
    if job.state == State.WAITING:
        return gettext("En attente d'un exécutant libre.")
    kind = kinds.of(job)
    words = str(kind.steps.get(job.step, "")) if kind else ""
    words = words or str(WORDS.get(job.step, "")) or gettext("En cours.")
    if not job.told_of:
        return words
    lang = language()
    if job.told_of == kinds.WHOLE:
        return f"{words} " + numbers.percent(job.told / kinds.WHOLE, lang)
    counts = {"done": numbers.count(job.told, lang), "of": numbers.count(job.told_of, lang)}
    return f"{words} " + gettext("%(done)s sur %(of)s.") % counts


def share(job: Job) -> int | None:
    """How much is done [0 to 100]; None when nobody knows."""
    return min(100, round(100 * job.told / job.told_of)) if job.told_of else None


def no_worker(jobs: Iterable[Job]) -> bool:
    """True when one of these has been waiting for a while and nothing runs anywhere: nobody is there to take it."""
    since = timezone.now() - SILENCE
    if not any(one.state == State.WAITING and one.asked_at < since for one in jobs):
        return False
    return not Job.objects.filter(state=State.RUNNING).exists()


def may_cancel(job: Job, user: Any) -> bool:
    """Who asked, and those who may edit the organisation."""
    return job.by_id == user.pk or access.role_of(user, job.organisation) in access.EDIT
