"""Asking every link whether it is still there, one after the other, outside the page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.evidence.models import Evidence
from terreau.app.journal import door as journal
from terreau.app.tasks.kinds import Tell, job_kind
from terreau.evidence.addresses import answers, state_of


def _keep(job: Any, result: dict[str, Any]) -> dict[str, int]:
    states = result["states"]
    now = timezone.now()
    for key, status, trouble in states:
        Evidence.objects.filter(organisation=job.organisation, pk=key).update(
            url_asked_on=now, url_status=status or None, url_trouble=trouble
        )
    silent = sum(not answers(status) for _key, status, _trouble in states)
    told = {"checked": len(states), "silent": silent}
    journal.record(job.organisation, job.by, "evidence.link_checked", told)
    return told


@job_kind("evidence.links", right="edit", label=_("Vérification des liens"), keep=_keep,
          leads_to=lambda job: reverse("evidence:list", args=[job.organisation.slug]),
          back=lambda job: reverse("evidence:list", args=[job.organisation.slug]),
          steps={"asking": _("Interrogation des liens")})  # fmt: skip
def check(job: Any, tell: Tell) -> dict[str, Any]:
    """Every public link of the organisation's standing evidence, with the state it answered."""
    waiting = list(
        Evidence.objects.filter(organisation=job.organisation, withdrawn_on=None)
        .exclude(url="")
        .values_list("pk", "url")
    )
    states = []
    for done, (key, url) in enumerate(waiting):
        tell(done, len(waiting), "asking")
        found = state_of(url)
        states.append((str(key), found.status, found.code))
    return {"states": states}
