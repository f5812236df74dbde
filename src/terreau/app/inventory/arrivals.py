"""An import from the file dropped to the snapshot kept: look, correct, confirm or abandon.

Nothing counts before ``confirm``. What is read waits in a folder of its own draft; confirming moves the very
snapshot that was shown, so that what a person saw is what is kept.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from terreau.app.files import door as kept_files
from terreau.app.home import organisation_folder
from terreau.app.inventory import deciding
from terreau.app.inventory.models import Draft, Snapshot, Source
from terreau.app.journal import door as journal
from terreau.app.keeping.whole import sync_folder
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import step

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.sources import NamedSource


def begin(organisation: Any, actor: Any, answers: dict[str, Any]) -> Draft:
    """Store the files of ``answers`` (of ArrivalForm) under names of ours and open a draft."""
    with transaction.atomic():
        source = _source(organisation, answers)
        draft = Draft.objects.create(
            organisation=organisation, source=source, by=actor, taken_on=answers["taken_on"],
            choices=source.choices, keep_original=answers["keep_original"],
        )  # fmt: skip
        folder = folder_of(draft)
        folder.mkdir(parents=True, mode=0o700)
        try:
            draft.files = [store(folder, rank, upload) for rank, upload in enumerate(answers["files"], start=1)]
        except BaseException:  # a full disk: what came of the files must not stay on it
            shutil.rmtree(folder, ignore_errors=True)
            raise
        draft.save(update_fields=["files"])
        journal.record(organisation, actor, "inventory.draft_opened", {"source": source.name, "files": names_of(draft)})
    return draft


def folder_of(draft: Draft) -> Path:
    """Where the files of a draft wait; made of identifiers only, never of anything a person typed."""
    return organisation_folder(draft.organisation_id, "files") / "drafts" / draft.pk.hex


def names_of(draft: Draft) -> list[str]:
    """What the person called the files."""
    return [one["name"] for one in draft.files]


def read_of(draft: Draft) -> Path:
    """Where the last reading of a draft left its snapshot and its reason file."""
    return folder_of(draft) / str(draft.understood.get("place", ""))


def look(draft: Draft) -> None:
    """Read the files at once and remember what was understood, or raise its TerreauError. Pages ask ``jobs.reading``."""
    draft.understood = read(draft, draft.choices)
    draft.save(update_fields=["understood"])


def read(
    draft: Draft, choices: dict[str, Any], *, place: str = "", stop: Callable[[], bool] | None = None
) -> dict[str, Any]:
    """What the confined child understood of the files, with these corrections; nothing of the draft changes.

    place: folder, in that of the draft, where the snapshot and the reason file are left
    """
    from terreau.app.inventory import confinement
    from terreau.tables.snapshot import is_sound

    # Compared with the previous one only while that is sound: importing again is how a damaged one is mended.
    previous = current_of(draft.source)
    compared = path_of(previous) if previous else None
    told = confinement.understand(
        folder=folder_of(draft),
        files=[(one["stored"], one["name"]) for one in draft.files],
        at=draft.taken_on,
        choices=choices,
        decisions=deciding.decisions_of(draft.organisation).as_json(),
        previous=compared if compared and is_sound(compared) else None,
        place=place,
        source=draft.source.name,
        stop=stop,
    )
    return {**told, "place": place}


def confirm(draft: Draft, actor: Any, digest: str) -> Snapshot:
    """Keep at once the snapshot that was shown; see ``kept``."""
    folder = folder_of(draft)
    with transaction.atomic():
        snapshot = kept(draft, actor, digest)
    shutil.rmtree(folder, ignore_errors=True)
    return snapshot


def kept(draft: Draft, actor: Any, digest: str) -> Snapshot:
    """Keep the snapshot that was shown, in the caller's transaction. The same content of the same day is kept once.

    The files of the draft are the caller's to remove, once the transaction is over.
    Raises app.import_changed when ``digest`` is not what the page showed (corrected meanwhile in another tab).
    """
    shown = draft.understood.get("snapshot") or {}
    target, waiting = organisation_folder(draft.organisation_id, "snapshots"), read_of(draft) / "snapshot"
    if not shown or shown["sha256"] != digest or not _is_whole(digest, waiting, target):
        raise TerreauError("app.import_changed", source=draft.source.name)
    if not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
        # Confirmed in another tab a moment ago: its snapshot is this very one; or abandoned there.
        known = Snapshot.objects.filter(source=draft.source_id, sha256=digest, taken_on=draft.taken_on).first()
        if known is None:
            raise TerreauError("app.import_changed", source=draft.source.name)
        return known
    _move(waiting, target, digest)
    snapshot = _record(draft, actor, digest)
    Source.objects.filter(pk=draft.source_id).update(choices=draft.choices)
    if draft.keep_original:
        _keep_originals(draft, actor)
    facts = {"source": draft.source.name, "sha256": digest, "taken_on": str(snapshot.taken_on), "files": names_of(draft),
             "lines": snapshot.summary["lines"], "original_kept": draft.keep_original}  # fmt: skip
    journal.record(draft.organisation, actor, "inventory.imported", facts)
    Draft.objects.filter(pk=draft.pk).delete()
    return snapshot


def abandon(draft: Draft, actor: Any) -> None:
    """Forget a draft, its files, and its source when nothing was ever imported from it."""
    folder, source = folder_of(draft), draft.source
    with transaction.atomic():
        journal.record(draft.organisation, actor, "inventory.draft_abandoned", {"source": source.name})
        draft.delete()
        if not source.snapshots.exists() and not source.drafts.exists():
            source.delete()
    shutil.rmtree(folder, ignore_errors=True)


def keep_snapshot(
    source: Source, actor: Any, *, folder: Path, sha256: str, taken_on: date, summary: dict[str, Any]
) -> Snapshot:
    """Keep a snapshot made elsewhere than from a draft (ten lines, example); journalled like an import."""
    _move(folder, organisation_folder(source.organisation_id, "snapshots"), sha256)
    with transaction.atomic():
        snapshot, _new = Snapshot.objects.update_or_create(
            source=source, sha256=sha256, taken_on=taken_on,
            defaults={"organisation": source.organisation, "by": actor, "summary": summary,
                      "created_at": _after_the_others(source)},
        )  # fmt: skip
        facts = {"source": source.name, "sha256": sha256, "taken_on": str(taken_on), "files": summary["files"],
                 "lines": summary["lines"], "original_kept": False}  # fmt: skip
        journal.record(source.organisation, actor, "inventory.imported", facts)
    return snapshot


def current_of(source: Source) -> Snapshot | None:
    """The last snapshot of a source."""
    return source.snapshots.order_by("-taken_on", "-created_at").first()


def current(organisation: Any, on: date | None = None) -> list[Snapshot]:
    """The last snapshot of each source, of those taken by the day ``on``: together, the fleet."""
    found: dict[Any, Snapshot] = {}
    every = Snapshot.objects.of(organisation).select_related("source").order_by("-taken_on", "-created_at")
    for one in every.filter(taken_on__lte=on) if on else every:
        found.setdefault(one.source_id, one)
    return sorted(found.values(), key=lambda one: one.source.name)


def days(organisation: Any) -> tuple[date, ...]:
    """The days an inventory was taken, the last first."""
    return tuple(Snapshot.objects.of(organisation).order_by("-taken_on").values_list("taken_on", flat=True).distinct())


def path_of(snapshot: Snapshot) -> Path:
    """The Parquet file of a snapshot, inside its own organisation."""
    return organisation_folder(snapshot.organisation_id, "snapshots") / f"{snapshot.sha256}.parquet"


def sources_of(snapshots: Sequence[Snapshot]) -> list[NamedSource]:
    """The files of snapshots under the names of their sources: decisions quote a line with its source.

    Raises app.snapshot_damaged, which names the source to import again.
    """
    from terreau.inventory.reconciliation.sources import NamedSource

    named = []
    for done, one in enumerate(snapshots):
        step("verify", done, len(snapshots))
        named.append(NamedSource(path=sound(one), name=one.source.name))
    return named


def sound(snapshot: Snapshot) -> Path:
    """The Parquet file of a snapshot, still as it was kept; app.snapshot_damaged otherwise."""
    from terreau.tables.snapshot import is_sound

    path = path_of(snapshot)
    if not is_sound(path):
        facts = {"source": snapshot.source.name, "day": str(snapshot.taken_on), "name": f"{snapshot.sha256[:12]}…"}
        raise TerreauError("app.snapshot_damaged", **facts)
    return path


def _source(organisation: Any, answers: dict[str, Any]) -> Source:
    if answers["source"] != "new":
        return Source.objects.of(organisation).get(pk=answers["source"])
    # a name used by an import never confirmed is free: the person is trying again
    source, _new = Source.objects.update_or_create(
        organisation=organisation,
        name=answers["name"],
        defaults={"perimeter": answers["perimeter"], "kind": Source.FILE},
    )
    return source


def store(folder: Path, rank: int, upload: Any) -> dict[str, str]:
    """Write one upload in ``folder``: {"name": what the person called it, "stored": our name for it, "sha256"}."""
    name = safe_name(upload.name)
    suffix = re.sub(r"[^a-z0-9.]", "", Path(name).suffix.lower())[:6]
    stored = f"{rank:02d}{suffix}"
    digest = hashlib.sha256()
    with (folder / stored).open("wb") as target:
        for piece in upload.chunks():
            target.write(piece)
            digest.update(piece)
    return {"name": name, "stored": stored, "sha256": digest.hexdigest()}


def safe_name(name: str) -> str:
    """A file name fit to be shown: no folder, no control character, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip(". ")[-120:] or "inventaire"


def _is_whole(sha256: str, *folders: Path) -> bool:
    return any((folder / f"{sha256}.parquet").is_file() for folder in folders)


def _move(source: Path, target: Path, sha256: str) -> None:
    for kind in (".json", ".parquet"):  # the Parquet last: its presence means the pair is whole
        piece = source / f"{sha256}{kind}"
        if piece.exists():
            piece.replace(target / piece.name)
    sync_folder(target)  # before the row that names it is told to be kept


def _record(draft: Draft, actor: Any, digest: str) -> Snapshot:
    summary = {**draft.understood["summary"], "files": names_of(draft),
               "digests": [one.get("sha256", "") for one in draft.files]}  # fmt: skip
    defaults = {"organisation": draft.organisation, "by": actor, "summary": summary,
                "created_at": _after_the_others(draft.source)}  # fmt: skip
    snapshot, _new = Snapshot.objects.update_or_create(
        source=draft.source, sha256=digest, taken_on=draft.taken_on, defaults=defaults
    )
    return snapshot


def _after_the_others(source: Source) -> datetime:
    """Now, or just after the last import of this source when the clock says that it is yet to come."""
    last = source.snapshots.aggregate(last=Max("created_at"))["last"]
    return max(timezone.now(), last + timedelta(microseconds=1)) if last else timezone.now()


def _keep_originals(draft: Draft, actor: Any) -> None:
    for one in draft.files:
        with (folder_of(draft) / one["stored"]).open("rb") as original:
            kept_files.keep(draft.organisation, File(original, name=one["name"]), actor=actor)
