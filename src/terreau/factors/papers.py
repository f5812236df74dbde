"""The papers of a pack: who published its figures, which version, under which licence (papiers d'un jeu)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.kernel.source import Source
from terreau.kernel.text import normal

REDISTRIBUTION = ("certain", "to_confirm", "private")
REQUIRED = ("publisher", "title", "version", "licence", "redistribution", "link", "checked_on", "best_before")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What ``pack.toml`` says: the pack's own papers, those of each source inside, and whether values are masked."""

    own: Source
    sources: Mapping[str, Source]
    masked: bool


def read_papers(path: Path, folder: str) -> Papers:
    """The papers written in ``path``; ``folder`` names the pack in a refusal.

    The pack's key is the one written, else made from its title: never from where the pack stands, so that the same
    pack keeps its name when it moves. TerreauError when the papers are absent, unreadable or incomplete.
    """
    key = folder
    if not path.is_file():
        raise TerreauError("factors.no_papers", pack=key)
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as refusal:
        raise TerreauError("factors.papers_unreadable", pack=key, reason=str(refusal)) from None
    own = _source(written, key=str(written.get("key") or slug(str(written.get("title", ""))) or key), pack=key)
    sources = {own.key: own}
    entries = written.get("sources", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TerreauError("factors.papers_unreadable", pack=key, reason="[[sources]]")
    for entry in entries:
        one = _source(entry, key=str(entry.get("key", "")), pack=key)
        if one.key in sources:
            raise TerreauError("factors.source_twice", pack=key, source=one.key)
        sources[one.key] = one
    return Papers(own=own, sources=sources, masked=bool(written.get("masked", False)))


def slug(text: str) -> str:
    """``text`` as a key: lower case, no accent, hyphens ("Relevés 2026" gives "releves-2026")."""
    return re.sub(r"[^a-z0-9.]+", "-", normal(text)).strip("-")


def _source(written: Mapping[str, object], *, key: str, pack: str) -> Source:
    absent = [name for name in REQUIRED if name not in written]
    empty = [name for name in REQUIRED if name != "link" and name in written and not str(written[name]).strip()]
    if not key or absent or empty:
        names = ", ".join(([] if key else ["key"]) + absent + empty)
        raise TerreauError("factors.papers_incomplete", pack=pack, source=key or "?", fields=names)
    if written["redistribution"] not in REDISTRIBUTION:
        raise TerreauError(
            "factors.redistribution_unknown", pack=pack, source=key, value=str(written["redistribution"])
        )
    return Source(
        key=key,
        publisher=str(written["publisher"]),
        title=str(written["title"]),
        version=str(written["version"]),
        licence=str(written["licence"]),
        link=str(written["link"]),
        checked_on=_day(written["checked_on"], "checked_on", pack, key),
        best_before=_day(written["best_before"], "best_before", pack, key),
        redistribution=str(written["redistribution"]),
        notes=str(written.get("notes", "")),
        notes_en=str(written.get("notes_en", "")),
    )


def _day(value: object, field: str, pack: str, source: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TerreauError("factors.papers_date", pack=pack, source=source, field=field, value=str(value)) from None
