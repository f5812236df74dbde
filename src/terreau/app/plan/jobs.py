"""Long work of this room: what levers bring to this very inventory."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.plan import jobs_trajectory, levers_reading
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

__all__ = ["jobs_trajectory"]  # found by itself when Terreau starts
# Weighing is most of it: the same steps as the footprint, then the gains.
WEIGHED = {"verify": 0, "read": 3, "settle": 5, "join": 7, "choose": 35, "weigh": 60, "measure": 75}


def _levers(job: Job) -> str:
    return reverse("plan:levers", args=[job.organisation.slug])


@tasks.job_kind(levers_reading.GAINS, right="read", label=_("Gain de chaque levier"), shares=WEIGHED,
                leads_to=_levers, back=_levers, holds=holds)  # fmt: skip
def _gains(job: Job, tell: Tell) -> None:
    """Every computed lever for one criterion, or one of them with a setting of its own."""
    tell()
    asked = job.inputs
    if asked["levers"]:
        levers_reading.one(job.organisation, asked["levers"][0], asked["years"])
    else:
        levers_reading.gains(job.organisation, asked["criterion"], asked["years"])


@tasks.job_kind(levers_reading.TOGETHER, right="read", label=_("Gain de plusieurs leviers ensemble"), shares=WEIGHED,
                leads_to=_levers, back=_levers, holds=holds)  # fmt: skip
def _together(job: Job, tell: Tell) -> None:
    """Several levers at once."""
    tell()
    levers_reading.together(job.organisation, job.inputs["levers"], job.inputs["years"])
