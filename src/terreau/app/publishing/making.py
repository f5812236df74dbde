"""Making a dossier: an archive kept a month in a place of its own, told in the journal; and removing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.app.publishing import packing
from terreau.app.publishing.models import Dossier
from terreau.app.tasks import door as tasks
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.publishing.dossier.records import DossierPackage

BUILD = "publishing.dossier"
KEPT = 20  # archives of an organisation: the oldest leave room, and can be made again
TOGETHER = 2  # dossiers of an organisation being made at once: each takes the room of its evidence twice


def ask(
    organisation: Any,
    actor: Any,
    source: packing.Source,
    *,
    audience: str,
    language: str,
    patience: float = tasks.PATIENCE,
) -> Any:
    """Have a dossier made; the same one, asked twice while nothing changed, is made once."""
    told = {"source": source.key, "audience": audience, "language": language}
    digest = tasks.digest_of(BUILD, told, journal.head(organisation).number)
    if tasks.live(organisation).filter(kind=BUILD).exclude(digest=digest).count() >= TOGETHER:
        raise TerreauError("app.dossiers_under_way", limit=TOGETHER)
    key = str(uuid4())
    inputs = told | {"dossier": key, "name": file_name(key)}
    return tasks.ask(organisation, actor, BUILD, inputs, digest=digest, subject=source.title, patience=patience)


def made(organisation: Any, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Build the archive of a job; what the row will say of it."""
    sweep(organisation)
    source = packing.source_of(organisation, inputs["source"])
    if source is None:
        raise TerreauError("app.dossier_without_source", referential=inputs["source"], organisation=organisation.slug)
    package = packing.package_of(organisation, source, language=inputs["language"], audience=inputs["audience"])
    name = name_of(package)
    path = folder(organisation) / inputs["name"]
    if not path.exists():  # an earlier try, cut before its end was written, may have made it
        _archived(organisation, package, path, name)
    about = {
        "assessment": str(source.assessment),
        "freeze": str(source.freeze) if source.freeze else None,
        "title": source.title,
    }
    return _told(path) | about | {"name": name, "frozen_on": package.frozen_on.isoformat()}


def keep(job: Any, told: Mapping[str, Any]) -> dict[str, str]:
    """The row of a dossier just made, and its entry in the journal."""
    inputs = job.inputs
    row = Dossier.objects.create(
        id=UUID(inputs["dossier"]), organisation=job.organisation, assessment=told["assessment"], freeze=told["freeze"],
        title=told["title"], name=told["name"], audience=inputs["audience"], language=inputs["language"],
        frozen_on=told["frozen_on"], digest=told["digest"], files=told["files"], size=told["size"], aside=told["aside"], made_by=job.by,
    )  # fmt: skip
    facts = {"title": row.title, "digest": row.digest, "audience": row.audience, "freeze": told["freeze"] or ""}
    journal.record(job.organisation, job.by, "publishing.made", facts)
    return {"dossier": str(row.pk)}


def clean(job: Any) -> None:
    """The archive of a job that was called off does not stay."""
    if job.inputs.get("dossier") and not Dossier.objects.filter(pk=job.inputs["dossier"]).exists():
        (folder(job.organisation) / file_name(job.inputs["dossier"])).unlink(missing_ok=True)


def remove(row: Dossier, actor: Any) -> None:
    """Forget a dossier and its archive; a freeze gives the same one again."""
    with transaction.atomic():
        journal.record(row.organisation, actor, "publishing.removed", {"title": row.title, "digest": row.digest})
        path = path_of(row)
        row.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def path_of(row: Dossier) -> Path:
    """Where the archive of a dossier is, or was."""
    return folder(row.organisation) / file_name(str(row.pk))


def there(row: Dossier) -> bool:
    """True while its archive may be taken away."""
    return row.expires_on > timezone.now() and path_of(row).is_file()


def outdated(rows: Iterable[Dossier]) -> frozenset[UUID]:
    """Those of these dossiers whose archive holds a file that was since withdrawn, or closed to whom it was made for."""
    held = {row.pk: (row, _files_of(path_of(row))) for row in rows if there(row)}
    audiences = {(row.organisation_id, row.audience): row.organisation for row, files in held.values() if files}
    opened = {(key, audience): packing.still_open(one, audience) for (key, audience), one in audiences.items()}
    return frozenset(
        key for key, (row, files) in held.items() if files and files - opened[row.organisation_id, row.audience]
    )


@lru_cache(maxsize=64)
def _files_of(path: Path) -> frozenset[str]:
    """Digests of the evidence that an archive holds: an archive never changes."""
    try:
        told = _contents(path)
    except TerreauError:
        return frozenset()
    return frozenset(one["sha256"] for one in told[1]["files"] if one["kind"] == "evidence")


def sweep(organisation: Any) -> None:
    """Remove the archives whose month is over, and those beyond the latest KEPT."""
    rows = Dossier.objects.filter(organisation=organisation).order_by("-made_on", "id")
    old = [*rows.filter(expires_on__lte=timezone.now()), *rows[KEPT - 1 :]]
    for row in old:
        path_of(row).unlink(missing_ok=True)


def folder(organisation: Any) -> Path:
    """Where the archives of an organisation are; a backup leaves them out, since a freeze gives them again."""
    return organisation_folder(organisation.pk, "dossiers")


def holds(job: Any) -> bool:
    """True while the archive of a finished job is still there."""
    return (folder(job.organisation) / str(job.inputs["name"])).exists()


def file_name(dossier: str) -> str:
    """The name of an archive among the others."""
    return f"dossier-{dossier}.zip"


def name_of(package: DossierPackage) -> str:
    """How a dossier is called once on a person's disk: organisation, referential, day; "brouillon" for a draft."""
    from terreau.publishing.dossier.names import slug

    key = package.edition.key.rpartition("/")[2]
    state = "brouillon-" if package.draft else ""
    return slug(
        f"dossier-{package.organisation.slug}-{key}-{state}{package.frozen_on.isoformat()}".replace("-", " "), 100
    )


def _archived(organisation: Any, package: DossierPackage, target: Path, name: str) -> None:
    from terreau.publishing.dossier.build import zipped

    files = packing.paths(organisation, package.audience)
    zipped(package, files, target, fills_grid=packing.fills_grid(organisation, package), name=name)


def _told(path: Path) -> dict[str, Any]:
    """What an archive says of itself: read back, since an earlier try may have made it."""
    digest, told = _contents(path)
    return {
        "digest": digest, "size": path.stat().st_size, "files": sum(one["kind"] == "evidence" for one in told["files"]),
        "aside": dict(Counter(one["why"] for one in told["aside"])),
    }  # fmt: skip


def _contents(path: Path) -> tuple[str, dict[str, Any]]:
    from terreau.publishing.dossier.verify import contents

    return contents(path)
