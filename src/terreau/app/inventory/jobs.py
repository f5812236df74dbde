"""Long work of this room: reading the files dropped, again after a correction, and keeping what was confirmed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terreau import __version__
from terreau.app.home import organisation_folder
from terreau.app.inventory import arrivals, deciding
from terreau.app.inventory.models import Draft
from terreau.app.journal import door as journal
from terreau.app.tasks import door as tasks
from terreau.app.tasks.door import Job, Tell
from terreau.kernel.errors import TerreauError, words_of

READ, CONFIRM = "inventory.read", "inventory.confirm"
READING = {"read": 0, "lay": 18, "settle": 28, "join": 29, "choose": 32, "reasons": 45, "keep": 86}
Said = list[tuple[str, str]]


def reading(drafts: Sequence[Draft], actor: Any, choices: dict[str, Any] | None = None) -> Job:
    """Have the files of these imports read, with ``choices`` instead of their corrections when given.

    The same files with the same corrections are read once. Nothing of a draft changes when reading it is refused.
    """
    from terreau.inventory import vocabulary

    organisation = drafts[0].organisation
    wanted = [{"draft": str(one.pk), "choices": choices} for one in drafts]
    previous = [getattr(arrivals.current_of(one.source), "sha256", "") for one in drafts]
    decided_by = [[str(one.pk), str(one.source_id), str(one.taken_on), one.files, one.choices] for one in drafts]
    digest = tasks.digest_of(READ, __version__, vocabulary.version(), deciding.decisions_of(organisation).digest,
                             get_language(), decided_by, previous, choices)  # fmt: skip
    return tasks.ask(organisation, actor, READ, {"drafts": wanted}, digest=digest, subject=_subject(drafts))


def confirming(drafts: Sequence[Draft], actor: Any, digests: Sequence[str], then: str) -> Job:
    """Have these imports kept as they were shown: all of them, or none. ``then``: name of the page that follows."""
    wanted = [{"draft": str(one.pk), "sha256": digest} for one, digest in zip(drafts, digests, strict=True)]
    inputs = {"drafts": wanted, "then": then}
    digest = tasks.digest_of(CONFIRM, inputs)
    return tasks.ask(drafts[0].organisation, actor, CONFIRM, inputs, digest=digest, subject=_subject(drafts))


def being_read(draft: Draft) -> Job | None:
    """The reading of this import that waits or runs."""
    live = tasks.live(draft.organisation).filter(kind=READ).select_related("organisation")
    return next((job for job in live if str(draft.pk) in _asked_for(job)), None)


def _subject(drafts: Sequence[Draft]) -> str:
    return " · ".join(one.source.name for one in drafts)


def _asked_for(job: Job) -> list[str]:
    return [one["draft"] for one in job.inputs["drafts"]]


def _drafts(job: Job) -> dict[str, Draft]:
    """The imports of a job that are still there; one abandoned meanwhile is not."""
    found = Draft.objects.filter(organisation=job.organisation, pk__in=_asked_for(job))
    return {str(one.pk): one for one in found.select_related("source", "organisation")}


def _place(job: Job) -> str:
    # Its own for each try: a worker thought dead never writes where another reads.
    return f"lu-{job.pk.hex[:12]}-{job.attempt}"


def _keep_read(job: Job, told: dict[str, Any]) -> dict[str, Any]:
    drafts, refused = _drafts(job), []
    for one in job.inputs["drafts"]:
        draft, answer = drafts.get(one["draft"]), told.get(one["draft"])
        if draft is None or answer is None:
            continue
        if "code" in answer:
            refused.append(answer)
            arrivals.abandon(draft, job.by)
            continue
        draft.understood = answer
        if one["choices"] is not None:
            draft.choices = one["choices"]
            facts = {"source": draft.source.name, "choices": draft.choices}
            journal.record(draft.organisation, job.by, "inventory.corrected", facts)
        draft.save(update_fields=["understood", "choices"])
    return {"refused": refused}


def _clean_read(job: Job) -> None:
    """Leave of each import only what its last reading left; nothing of an import that is gone."""
    drafts = _drafts(job)
    for pk in _asked_for(job):
        draft = drafts.get(pk)
        if draft is None:
            _forget(job, pk)
        elif str(draft.understood.get("place")) != _place(job):
            shutil.rmtree(arrivals.folder_of(draft) / _place(job), ignore_errors=True)
        else:
            for left in arrivals.folder_of(draft).glob("lu-*"):
                if left.name != _place(job):
                    shutil.rmtree(left, ignore_errors=True)


def _read_leads_to(job: Job) -> str:
    drafts = list(_drafts(job).values())
    slug = job.organisation.slug
    if not drafts:
        return reverse("parc:snapshots", args=[slug])
    first = drafts[0]
    if first.drop and (len(drafts) > 1 or first.source.snapshots.exists()):
        return reverse("parc:drop", args=[slug, first.drop])
    return reverse("parc:understood", args=[slug, first.pk])


def _said_of_reading(job: Job) -> Said:
    language = get_language() or "fr"
    return [
        ("error", str(words_of(one["code"], one["facts"], language))) for one in (job.result or {}).get("refused", ())
    ]


@tasks.job_kind(
    READ, right="edit", label=_("Lecture d'un inventaire"), shares=READING, steps={
        "reading": _("Lecture des fichiers."), "lay": _("Chaque case est comprise."),
        "reasons": _("Ce qu'il faudra regarder est noté, ligne par ligne."), "keep": _("L'instantané est écrit."),
    },
    keep=_keep_read, clean=_clean_read, leads_to=_read_leads_to, says=_said_of_reading,
    back=lambda job: reverse("parc:arrival", args=[job.organisation.slug]),
    holds=lambda job: all(_place(job) == one.understood.get("place") for one in _drafts(job).values()),
)  # fmt: skip
def _read(job: Job, tell: Tell) -> dict[str, Any]:
    """What was understood of each import, or why it could not be read; a refusal when none could."""
    drafts, told, refusal = _drafts(job), {}, None
    for rank, one in enumerate(job.inputs["drafts"]):
        draft = drafts.get(one["draft"])
        if draft is None:
            continue
        tell(rank, len(drafts) if len(drafts) > 1 else 0, "reading")
        choices = draft.choices if one["choices"] is None else one["choices"]
        try:
            told[one["draft"]] = arrivals.read(draft, choices, place=_place(job), stop=tell.stopped)
        except TerreauError as error:
            refusal = error
            facts = {
                name: fact if isinstance(fact, int | float | str) else str(fact) for name, fact in error.facts.items()
            }
            told[one["draft"]] = {"code": error.code, "facts": facts}
    if refusal and all("code" in one for one in told.values()):
        raise refusal
    if not told:
        raise tasks.Cancelled
    return told


def _keep_confirmed(job: Job, told: Any) -> dict[str, Any]:
    drafts, sources = _drafts(job), []
    for one in job.inputs["drafts"]:
        draft = drafts.get(one["draft"])
        if draft is None:
            raise TerreauError("app.import_changed", source=job.subject)
        arrivals.kept(draft, job.by, one["sha256"])
        sources.append(draft.source.name)
    return {"sources": sources}


def _clean_confirmed(job: Job) -> None:
    drafts = _drafts(job)
    for pk in _asked_for(job):
        if pk not in drafts:
            _forget(job, pk)


def _forget(job: Job, pk: str) -> None:
    folder = organisation_folder(job.organisation_id, "files") / "drafts" / pk.replace("-", "")
    shutil.rmtree(folder, ignore_errors=True)


def _said_of_confirming(job: Job) -> Said:
    sources = (job.result or {}).get("sources", [])
    if len(sources) == 1:
        return [("success", gettext("L'inventaire « %(source)s » est compté.") % {"source": sources[0]})]
    done = len(sources)
    return [("success", ngettext("%(n)d source est comptée.", "%(n)d sources sont comptées.", done) % {"n": done})]


@tasks.job_kind(
    CONFIRM, right="edit", label=_("Enregistrement d'un inventaire"), keep=_keep_confirmed, clean=_clean_confirmed,
    leads_to=lambda job: reverse(job.inputs["then"], args=[job.organisation.slug]), says=_said_of_confirming,
    back=lambda job: reverse("parc:snapshots", args=[job.organisation.slug]),
)  # fmt: skip
def _confirm(job: Job, tell: Tell) -> None:
    """Nothing to prepare: what was shown is moved in the transaction that ends the job."""
    tell()


from terreau.app.inventory import g4it, jobs_kept, jobs_years  # noqa: E402, F401  found with this module when Terreau starts
