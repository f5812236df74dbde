"""Long work of this room: a dossier, and a compiled document."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.publishing import compiling, making
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

# Shares measured on fifty-two criteria and five hundred files [%].
SHARES = {"copy": 0, "document": 45, "manifest": 70, "archive": 75}
STEPS = {
    "copy": _("Les preuves sont copiées, et leur empreinte vérifiée."),
    "document": _("Le document est composé."),
    "manifest": _("Le manifeste est écrit."),
    "archive": _("L’archive est faite."),
}


def _made(job: Job) -> str:
    result: dict[str, Any] = job.result or {}
    return reverse("publishing:dossier", args=[job.organisation.slug, result.get("dossier", job.inputs["dossier"])])


def _home(job: Job) -> str:
    return reverse("publishing:list", args=[job.organisation.slug])


@tasks.job_kind(making.BUILD, right="edit", label=_("Dossier à remettre"), steps=STEPS, shares=SHARES, keep=making.keep,
                clean=making.clean, leads_to=_made, back=_home, holds=making.holds)  # fmt: skip
def _dossier(job: Job, tell: Tell) -> dict[str, Any]:
    """The archive of a freeze, or of the work as it stands."""
    tell()
    return making.made(job.organisation, job.inputs)


@tasks.job_kind(
    compiling.COMPILE, right="read", label=_("Document de synthèse"), leads_to=_home, back=_home, holds=holds
)
def _compiled(job: Job, tell: Tell) -> None:
    """One compiled document in one format."""
    tell()
    told = job.inputs
    compiling.written(job.organisation, told["source"], told["key"], told["extension"], told["language"])
