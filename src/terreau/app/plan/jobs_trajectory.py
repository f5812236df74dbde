"""Long work of the trajectory: plans simulated on the organisation's own inventory."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.plan import difference_reading, trajectory_reading
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

WEIGHED = {"verify": 0, "read": 3, "settle": 5, "join": 7, "choose": 35, "weigh": 60, "measure": 75}


def _page(job: Job) -> str:
    return reverse("plan:trajectory", args=[job.organisation.slug])


@tasks.job_kind(trajectory_reading.TRAJECTORY, right="read", label=_("Trajectoire du plan"), shares=WEIGHED,
                leads_to=_page, back=_page, holds=holds)  # fmt: skip
def _trajectory(job: Job, tell: Tell) -> None:
    """One plan, or several side by side."""
    tell()
    wanted = ("criterion", "years", "target", "doubt", "plans")
    ready = trajectory_reading.begun(job.organisation)
    if ready is not None:
        trajectory_reading.again(job.organisation, ready, {name: job.inputs[name] for name in wanted})


def _differences(job: Job) -> str:
    return reverse("plan:difference", args=[job.organisation.slug])


@tasks.job_kind(difference_reading.DIFFERENCE, right="read", label=_("Écart entre deux empreintes"), shares=WEIGHED,
                leads_to=_differences, back=_differences, holds=holds)  # fmt: skip
def _difference(job: Job, tell: Tell) -> None:
    """Two inventories weighed, and the difference split."""
    tell()
    difference_reading.again(job.organisation, job.inputs)
