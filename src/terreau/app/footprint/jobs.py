"""Long work of this room: the footprint and the papers of a figure, and the files one takes away."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terreau.app.footprint import redoing, results, rules
from terreau.app.results import holds
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell


def _home(job: Job) -> str:
    return reverse("empreinte:home", args=[job.organisation.slug])


@tasks.job_kind(results.COMPUTE, right="read", label=_("Calcul de l'empreinte"), steps={"computing": _("Calcul en cours.")},
                leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _compute(job: Job, tell: Tell) -> None:
    """The footprint in the language of who asks, or the papers of one of its figures."""
    tell(step="computing")
    language = job.inputs["language"]
    if job.inputs["why"]:
        results.why(results.Asked(job.organisation), language, *job.inputs["why"])
    else:
        results.of(job.organisation, language)


@tasks.job_kind(redoing.BUNDLE, right="read", label=_("Archive pour refaire un calcul"),
                steps={"writing": _("Écriture de l'archive.")}, leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _bundle(job: Job, tell: Tell) -> None:
    """The archive with everything that decides a figure."""
    tell(step="writing")
    asked, wanted = results.Asked(job.organisation), job.inputs
    redoing.kept(asked, wanted["criterion"], wanted["where"], wanted["language"])


@tasks.job_kind(results.DETAIL, right="read", label=_("Détail de l'empreinte, ligne par ligne"),
                steps={"writing": _("Une ligne par équipement, étape et critère.")}, leads_to=_home, back=_home, holds=holds)  # fmt: skip
def _detail(job: Job, tell: Tell) -> None:
    """One row per line, stage and criterion."""
    tell(step="writing")
    results.detail(results.Asked(job.organisation))


def _beside(job: Job) -> str:
    return reverse("empreinte:rules", args=[job.organisation.slug])


@tasks.job_kind(rules.COMPARE, right="read", label=_("Comparaison de deux jeux de règles"),
                steps={"computing": _("Calcul en cours.")}, leads_to=_beside, back=_beside, holds=holds)  # fmt: skip
def _compare(job: Job, tell: Tell) -> None:
    """Our rules and those of NumEcoEval, on the same fleet."""
    tell(step="computing")
    rules.compared(results.Asked(job.organisation), job.inputs["language"])


@tasks.job_kind(rules.ERRORS, right="read", label=_("Lignes en erreur sous numecoeval-2.2"),
                steps={"writing": _("Une ligne par équipement en erreur.")}, leads_to=_beside, back=_beside, holds=holds)  # fmt: skip
def _errors(job: Job, tell: Tell) -> None:
    """The lines that the compatible rules count as zero."""
    tell(step="writing")
    rules.errors_file(results.Asked(job.organisation), job.inputs["language"])
