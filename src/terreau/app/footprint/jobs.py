"""Long work of this room: the footprint and the papers of a figure, and the files one takes away."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.footprint import redoing, results, rules
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell

# Shares measured on four sources of 25,000 lines [%]: what comes next is never far, none is a promise.
WEIGHED = {"verify": 0, "read": 3, "settle": 5, "join": 7, "choose": 40, "weigh": 75, "measure": 92, "tell": 94}
DETAILED = {"verify": 0, "read": 2, "settle": 3, "join": 5, "choose": 20, "weigh": 35, "measure": 45, "detail": 47}


def _home(job: Job) -> str:
    return reverse("empreinte:home", args=[job.organisation.slug])


@tasks.job_kind(results.COMPUTE, right="read", label=_("Calcul de l'empreinte"), shares=WEIGHED,
                leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _compute(job: Job, tell: Tell) -> None:
    """The footprint in the language of who asks, or the papers of one of its figures."""
    tell()
    language = job.inputs["language"]
    if job.inputs["why"]:
        results.why(results.Asked(job.organisation), language, *job.inputs["why"])
    else:
        results.of(job.organisation, language)


@tasks.job_kind(redoing.BUNDLE, right="read", label=_("Archive pour refaire un calcul"),
                shares=WEIGHED, leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _bundle(job: Job, tell: Tell) -> None:
    """The archive with everything that decides a figure."""
    tell()
    asked, wanted = results.Asked(job.organisation), job.inputs
    redoing.kept(asked, wanted["criterion"], wanted["where"], wanted["language"])


@tasks.job_kind(results.DETAIL, right="read", label=_("Détail de l'empreinte, ligne par ligne"),
                shares=DETAILED, leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _detail(job: Job, tell: Tell) -> None:
    """One row per line, stage and criterion."""
    tell()
    results.detail(results.Asked(job.organisation))


def _beside(job: Job) -> str:
    return reverse("empreinte:rules", args=[job.organisation.slug])


@tasks.job_kind(rules.COMPARE, right="read", label=_("Comparaison de deux jeux de règles"),
                shares=WEIGHED, leads_to=_beside, back=_beside, holds=holds)  # fmt: skip
def _compare(job: Job, tell: Tell) -> None:
    """Our rules and those of NumEcoEval, on the same fleet."""
    tell()
    rules.compared(results.Asked(job.organisation), job.inputs["language"])


@tasks.job_kind(rules.ERRORS, right="read", label=_("Lignes en erreur sous numecoeval-2.2"),
                shares=WEIGHED, leads_to=_beside, back=_beside, holds=holds)  # fmt: skip
def _errors(job: Job, tell: Tell) -> None:
    """The lines that the compatible rules count as zero."""
    tell()
    rules.errors_file(results.Asked(job.organisation), job.inputs["language"])
