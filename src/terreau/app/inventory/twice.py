"""The same bytes under two names, in two sources or on two days (doublons de fichiers): said before they are counted, and after.

Within one import the reading says it (``inventory.same_file``); here, between the imports of a drop and the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Draft, Snapshot
from terreau.kernel.errors import TerreauError, Words
from terreau.publishing import numbers

Named = tuple[str, str, Any]
"""sha256 of a file, what it is called with its source, and the source."""


def of_drafts(organisation: Any, drafts: Sequence[Draft]) -> dict[Any, list[Words]]:
    """For each import, its files whose bytes are those of another source's last inventory, or of an import before it;
    and what is already kept in its own source, at another date.
    """
    current = arrivals.current(organisation)
    told: dict[Any, list[Words]] = {}
    seen = [one for snapshot in current for one in _of_snapshot(snapshot)]
    for draft in drafts:
        here = _named(draft.source, ((one.get("sha256", ""), one["name"]) for one in draft.files))
        told[draft.pk] = [*_repeated(seen, here), *_another_day(draft)]
        seen += here
    return told


def _another_day(draft: Draft) -> list[Words]:
    """Confirmed, a content already kept at another date stands for both: right only if the list did not change."""
    digest = (draft.understood.get("snapshot") or {}).get("sha256", "")
    known = Snapshot.objects.filter(source=draft.source_id, sha256=digest).values_list("taken_on", flat=True)
    if not known or draft.taken_on in known:
        return []
    language = get_language() or "fr"
    nearest = min(known, key=lambda day: abs(day - draft.taken_on))
    days = {"known": numbers.day(nearest, language), "day": numbers.day(draft.taken_on, language)}
    return [TerreauError("app.same_content_other_day", source=draft.source.name, **days).words(language)]


def of_snapshots(snapshots: Iterable[Snapshot]) -> list[Words]:
    """The files that two of these inventories, each of its own source, were both read from."""
    seen: list[Named] = []
    told: list[Words] = []
    for snapshot in snapshots:
        here = _of_snapshot(snapshot)
        told += _repeated(seen, here)
        seen += here
    return told


def _of_snapshot(snapshot: Snapshot) -> list[Named]:
    summary = snapshot.summary
    return _named(snapshot.source, zip(summary.get("digests", ()), summary.get("files", ()), strict=False))


def _named(source: Any, files: Iterable[tuple[str, str]]) -> list[Named]:
    return [(digest, f"{name} ({source.name})", source.pk) for digest, name in files if digest]


def _repeated(seen: Sequence[Named], here: Sequence[Named]) -> list[Words]:
    language = get_language() or "fr"
    told = []
    for digest, name, source in here:
        first = next((known for same, known, other in seen if same == digest and other != source), None)
        if first:
            told.append(TerreauError("inventory.same_file", name=name, first=first).words(language))
    return told
