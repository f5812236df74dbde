"""Long work of this room: a report as a file."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.reports import exporting
from terreau.app.reports.models import Publication, Report
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell


def _home(job: Job) -> str:
    return reverse("reports:report", args=[job.organisation.slug, job.inputs["report"]])


@tasks.job_kind(
    exporting.EXPORT, right="read", label=_("Rapport à télécharger"), leads_to=_home, back=_home, holds=holds
)
def _exported(job: Job, tell: Tell) -> None:
    """A report, drafted or published, in one format."""
    tell()
    told = job.inputs
    report = Report.objects.select_related("organisation").get(organisation=job.organisation, pk=told["report"])
    publication = Publication.objects.filter(report=report, number=told["number"]).first() if told["number"] else None
    exporting.file_of(report, told["extension"], publication)
