"""Long work of this room whose result is kept until something changes: portrait, reconciliation, list of lines."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.inventory import arrivals, exports, portraits, questions, reconciling
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

COUNTED = {"verify": 0, "read": 3, "settle": 5, "join": 8, "choose": 40, "count": 85}
RECONCILED = {"verify": 0, "read": 1, "settle": 2, "join": 3, "choose": 20, "compare": 40, "pairs": 56, "lists": 60, "tell": 65,
              "write": 78}  # fmt: skip
LISTED = {"verify": 0, "read": 2, "settle": 3, "join": 5, "choose": 30, "write": 60}


def _fleet(job: Job) -> str:
    return reverse("parc:fleet", args=[job.organisation.slug])


def _reconcile(job: Job) -> str:
    return reverse("parc:reconcile", args=[job.organisation.slug])


@tasks.job_kind(portraits.KIND, right="read", label=_("Portrait du parc"), shares=COUNTED,
                leads_to=_fleet, back=_fleet, holds=holds)  # fmt: skip
def _portrait(job: Job, tell: Tell) -> None:
    """What the fleet is made of, today."""
    tell()
    portraits.of(job.organisation, arrivals.current(job.organisation))


@tasks.job_kind(reconciling.KIND, right="read", label=_("Rapprochement des sources"),
                shares=RECONCILED, leads_to=_reconcile, back=_reconcile, holds=holds)  # fmt: skip
def _reconciled(job: Job, tell: Tell) -> None:
    """What the sources share and where they disagree, today."""
    tell()
    reconciling.of(job.organisation, arrivals.current(job.organisation))


def _settle(job: Job) -> str:
    return reverse("parc:settle", args=[job.organisation.slug])


@tasks.job_kind(questions.KIND, right="read", label=_("Questions sur le parc"), shares=COUNTED,
                leads_to=_settle, back=_settle, holds=holds)  # fmt: skip
def _questions(job: Job, tell: Tell) -> None:
    """What nobody recognised, today."""
    tell()
    questions.of(job.organisation, arrivals.current(job.organisation))


@tasks.job_kind(exports.LINES, right="read", label=_("Liste de toutes les lignes"), shares=LISTED,
                leads_to=_fleet, back=_fleet, holds=holds)  # fmt: skip
def _lines(job: Job, tell: Tell) -> None:
    """Every line of the fleet with its category and its fate."""
    tell()
    exports.lines_file(job.organisation)
