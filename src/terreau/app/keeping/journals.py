"""The journals of a database at whatever state of its migrations: who, how many entries, the head, does the chain hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from terreau.app.journal import door, heads
from terreau.app.journal.chain import GENESIS, Link, breaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One organisation in an archive."""

    id: str
    slug: str
    name: str
    entries: int
    head: str
    sound: bool

    def as_json(self) -> dict[str, Any]:
        """As the manifest says it."""
        return {
            "id": self.id, "slug": self.slug, "name": self.name,
            "journal": {"entries": self.entries, "head": self.head, "sound": self.sound},
        }  # fmt: skip


def journals_of(tables: list[Any], using: str, known_outside: Mapping[str, Path]) -> list[Kept]:
    """Every organisation, its journal read again from its first entry."""
    models = {model._meta.label_lower: model for model in tables}
    organisation, entry = models.get("accounts.organisation"), models.get("journal.entry")
    if organisation is None:
        return []
    return [
        _kept(one, entry, using, known_outside.get(str(one.pk)))
        for one in organisation._base_manager.using(using).order_by("slug")
    ]


def _kept(organisation: Any, entry: Any, using: str, outside: Path | None) -> Kept:
    identifier, last = str(organisation.pk), {"number": 0, "digest": GENESIS}

    def links() -> Iterator[Link]:
        if entry is None:
            return
        found = entry._base_manager.using(using).filter(organisation_id=organisation.pk).order_by("number")
        for one in found.iterator(2000):
            last.update(number=one.number, digest=one.digest)
            yield door.link(one)

    wrong = breaks(links(), heads.read_file(outside) if outside else {}, door.keys_of(identifier).hold)
    return Kept(
        id=identifier, slug=organisation.slug, name=organisation.name,
        entries=int(str(last["number"])), head=str(last["digest"]), sound=not wrong,
    )  # fmt: skip
