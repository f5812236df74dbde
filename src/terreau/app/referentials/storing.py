"""Keeping what was read: a private edition, an official text; in one transaction, journalled, never written over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from terreau.app import confinement
from terreau.app.accounts.models import Organisation
from terreau.app.journal import door as journal
from terreau.app.referentials.models import OfficialTexts, PrivateReferential
from terreau.kernel.errors import TerreauError

MOST_EDITIONS = 200
YAML, JSON = (".yaml", ".yml"), (".json",)
SPREADSHEETS = (".xlsx", ".ods", ".csv", ".tsv")


def keep_file(organisation: Any, path: Path, name: str, actor: Any = None) -> PrivateReferential | OfficialTexts:
    """Read a YAML edition or an official JSON in the confined child, and keep it; TerreauError referentials.*."""
    suffix = Path(name).suffix.lower()
    if suffix in YAML:
        document = confinement.run("terreau.app.referentials.reading.edition", path=str(path), name=name)
        return keep_edition(organisation, actor, document, origin="yaml")
    if suffix in JSON:
        told = confinement.run("terreau.app.referentials.reading.official", path=str(path), name=name)
        if told["edition"]:
            return keep_edition(organisation, actor, told["edition"], origin="official")
        return keep_official(organisation, actor, told["text"])
    raise TerreauError("app.referential_kind", name=name)


def keep_edition(organisation: Any, actor: Any, document: Mapping[str, Any], *, origin: str,
                 grid: Mapping[str, Any] | None = None, file: Any = None, file_name: str = "") -> PrivateReferential:  # fmt: skip
    """Keep an edition among those of the organisation.

    The same content twice is kept once; another content under the same name and version is refused: a version is
    pinned by assessments, so it never changes.
    """
    from terreau.referentials.document import as_document
    from terreau.referentials.loading import edition_from

    key = f"org:{organisation.pk}/{document['key']}"
    edition = edition_from(document, str(document["key"]), key=key)
    if len(edition.version) > 40 or len(str(document["key"])) > 80:
        raise TerreauError("app.referential_name_long", version=edition.version[:60])
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        mine = PrivateReferential.objects.of(organisation)
        held: PrivateReferential | None = mine.filter(name=document["key"], version=edition.version).first()
        if held and held.digest == edition.digest and held.withdrawn_on is None and (not grid or held.grid == grid):
            return held
        if held:
            raise TerreauError("app.referential_version_taken", title=edition.title.fr, version=edition.version)
        if mine.count() >= MOST_EDITIONS:
            raise TerreauError("app.referentials_too_many", limit=MOST_EDITIONS)
        made = PrivateReferential.objects.create(
            organisation=organisation, kept_by=actor, name=document["key"], version=edition.version,
            title=edition.title.fr[:300], origin=origin, digest=edition.digest, criteria=len(edition.criteria),
            document=as_document(edition), grid=dict(grid or {}), file=file, file_name=file_name,
        )  # fmt: skip
        told = {"title": made.title, "version": made.version, "criteria": made.criteria, "digest": made.digest}
        journal.record(organisation, actor, "referentials.kept", told)
    return made


def keep_official(organisation: Any, actor: Any, text: Mapping[str, Any]) -> OfficialTexts:
    """Keep an official text, in place of the one imported before."""
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        made: OfficialTexts = OfficialTexts.objects.update_or_create(
            organisation=organisation, referential=text["referential"], part=text["part"],
            defaults={
                "kept_by": actor, "version": text["version"][:40], "title": text["title"][:300],
                "publisher": text["publisher"][:200], "licence": text["licence"][:120], "language": text["language"],
                "entries": text["entries"],
            },
        )[0]  # fmt: skip
        told = {"title": made.title, "version": made.version, "entries": len(made.entries)}
        journal.record(organisation, actor, "referentials.official_kept", told)
    return made


def withdraw(row: PrivateReferential, actor: Any) -> None:
    """Propose it no more; assessments pinned to it keep reading it."""
    from django.utils import timezone

    if row.withdrawn_on is not None:
        return
    with transaction.atomic():
        row.withdrawn_on = timezone.now()
        row.save(update_fields=["withdrawn_on"])
        told = {"title": row.title, "version": row.version}
        journal.record(row.organisation, actor, "referentials.withdrawn", told)
