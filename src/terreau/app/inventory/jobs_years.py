"""Long work of a year against another: the movements, and the list of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.inventory import years
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

COMPARED = {"verify": 0, "read": 3, "settle": 5, "join": 8, "choose": 25, "movements": 60, "write": 85}


def _page(job: Job) -> str:
    return reverse("parc:years", args=[job.organisation.slug])


@tasks.job_kind(years.KIND, right="read", label=_("Comparaison de deux années"),
                shares=COMPARED, leads_to=_page, back=_page, holds=holds)  # fmt: skip
def _years(job: Job, tell: Tell) -> None:
    """What entered and left, today."""
    tell()
    years.of(job.organisation, years.years_of(job.organisation))


@tasks.job_kind(years.MOVES, right="read", label=_("Liste des mouvements d'une année"),
                shares=COMPARED, leads_to=_page, back=_page, holds=holds)  # fmt: skip
def _moves(job: Job, tell: Tell) -> None:
    """Every movement, one by one."""
    tell()
    years.moves_file(job.organisation, years.years_of(job.organisation))
