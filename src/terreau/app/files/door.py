"""What the other rooms ask of files: keep one, find its path, remove it."""

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Sum

from terreau.app.accounts.models import Organisation
from terreau.app.files import scanning
from terreau.app.files.kinds import STARTS, agrees
from terreau.app.files.models import File
from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.app.keeping.whole import hold
from terreau.kernel.errors import TerreauError

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200
# A room whose files have rules of their own says whether a person may open one: True, False, None when not its file.
# What arrived in the transaction under way, when it may still fail as a whole (``together``).
_ARRIVED: ContextVar[list[tuple[UUID, str]] | None] = ContextVar("arrived", default=None)
GUARDS: list[Callable[[Any, Any, UUID], bool | None]] = []


class Upload(Protocol):
    """What Django hands over for an uploaded file, and what a test can make of a few bytes."""

    name: Any

    def chunks(self) -> Iterable[bytes]:
        """The content, piece by piece."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One file kept."""

    id: UUID
    name: str
    sha256: str
    size: int
    kept_on: datetime
    held_back: bool = False  # the antivirus did not answer: not to be opened yet


def keep(organisation: Organisation, upload: Upload, *, actor: Any = None, told: bool = True) -> FileRecord:
    """Store the content under its digest and link it to the organisation; refusals are TerreauError app.file_*.

    The digest is computed while the bytes are written; nothing is left behind when a rule refuses the file.
    told: False keeps its name out of the journal, which auditors read and which forgets nothing
    """
    name = plain_name(str(upload.name))
    folder = organisation_folder(organisation.pk, "files")
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".arriving-")
    path, held = Path(temporary), os.dup(handle)
    hold(held)
    try:
        sha256, size = _write(upload, handle, name)
        if size == 0:
            raise TerreauError("app.file_empty", name=name)
        if not agrees(name, path):
            raise TerreauError("app.file_kind_refused", name=name, kinds=", ".join(sorted(STARTS)))
        scanned = scanning.verdict(path, name)
        with transaction.atomic():
            _alone(organisation.pk)
            _check_room(organisation, size)
            path.replace(folder / sha256)
            made = File.objects.create(organisation=organisation, name=name, sha256=sha256, size=size, kept_by=actor)
            if (arrived := _ARRIVED.get()) is not None:
                arrived.append((organisation.pk, sha256))
            facts = {"name": name if told else "…", "sha256": sha256, "size": size}
            journal.record(organisation, actor, "files.kept", facts)
    finally:
        os.close(held)
        path.unlink(missing_ok=True)
    return replace(as_record(made), held_back=scanned == scanning.UNKNOWN)


@contextmanager
def together() -> Iterator[None]:
    """A transaction that keeps files: when it fails, the bytes that came with it leave as well."""
    arrived: list[tuple[UUID, str]] = []
    token = _ARRIVED.set(arrived)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        with suppress(DatabaseError):  # of the first trouble, which is the one to tell
            for organisation_id, sha256 in arrived:
                _forget(organisation_id, sha256)
        raise
    finally:
        _ARRIVED.reset(token)
    if (wider := _ARRIVED.get()) is not None:
        wider.extend(arrived)


def plain_name(given: str) -> str:
    """A name that leads nowhere and hides nothing: no folder, no invisible or turning sign, 200 characters at most."""
    name = unicodedata.normalize("NFC", Path(given.replace("\\", "/")).name)
    name = "".join(sign for sign in name if sign.isprintable()).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(extension) < 10:
        name = stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
    return name[:LONGEST_NAME] or "fichier"


def openable(organisation: Organisation, user: Any, file_id: UUID) -> bool:
    """True unless the room whose file this is says that this person may not open it."""
    return all(guard(organisation, user, file_id) is not False for guard in GUARDS)


def path_of(organisation: Organisation, file_id: UUID | str) -> Path:
    """Where the bytes of a file of this organisation are; File.DoesNotExist for any other."""
    found = File.objects.get(organisation=organisation, pk=file_id)
    return organisation_folder(organisation.pk, "files") / found.sha256


def delete(organisation: Organisation, file_id: UUID | str, *, actor: Any = None) -> None:
    """Remove the link, and the bytes when no other link of the organisation needs them."""
    with transaction.atomic():
        found = File.objects.select_for_update().get(organisation=organisation, pk=file_id)
        facts = {"name": found.name, "sha256": found.sha256, "size": found.size}
        found.delete()
        journal.record(organisation, actor, "files.removed", facts)
        transaction.on_commit(partial(_forget, organisation.pk, found.sha256))


def as_record(file: File) -> FileRecord:
    """The row as others may hold it."""
    return FileRecord(id=file.pk, name=file.name, sha256=file.sha256, size=file.size, kept_on=file.kept_on)


def _write(upload: Upload, handle: int, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > settings.UPLOAD_MAX_BYTES:
                limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
                raise TerreauError("app.file_too_large", name=name, size=f"> {limit}", limit=limit)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _check_room(organisation: Organisation, size: int) -> None:
    kept = File.objects.filter(organisation=organisation).aggregate(total=Sum("size"))["total"] or 0
    if kept + size > settings.ORGANISATION_MAX_BYTES:
        raise TerreauError("app.organisation_full", limit=settings.ORGANISATION_MAX_BYTES // MEGABYTE)


def _forget(organisation_id: UUID, sha256: str) -> None:
    with transaction.atomic():
        _alone(organisation_id)
        if not File.objects.filter(organisation_id=organisation_id, sha256=sha256).exists():
            (organisation_folder(organisation_id, "files") / sha256).unlink(missing_ok=True)


def _alone(organisation_id: UUID) -> None:
    # Bytes arrive and leave under one lock, so that a file removed here is not one being kept there.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
