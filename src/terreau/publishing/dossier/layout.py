"""Where each piece of evidence goes in the dossier (rangement), decided before a single byte is copied.

A file is kept once, under the first criterion it serves in the order of the grid, and listed under every criterion it serves.
Two pieces with the same bytes share one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from terreau.diagnosis.records import OffGridRecord
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.publishing.dossier import names
from terreau.publishing.dossier.records import DossierPackage

CRITERIA, OFF_GRID, ELSEWHERE = "criteres", "hors-grille", "autres-preuves"
WITHHELD, WITHDRAWN, SINCE, MISSING, DAMAGED, NOTHING = (
    "withheld",
    "withdrawn",
    "withdrawn_since",
    "missing",
    "damaged",
    "no_file",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One folder of the dossier: what it is about (a criterion's key, or '' for practices off the grid), in words, its links."""

    folder: str
    criterion: str
    number: str
    title: str
    links: tuple[LinkRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One file to copy: its path, and every evidence whose bytes it holds."""

    path: str
    sha256: str
    size: int | None
    evidence: tuple[EvidenceRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A piece that is not in the dossier, and why: a key of ``words.REASONS``."""

    evidence: EvidenceRecord
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole arrangement. serves: evidence key -> the places that rely on it, in order."""

    places: tuple[Place, ...]
    filed: tuple[Filed, ...]
    aside: tuple[Aside, ...]
    serves: dict[str, tuple[tuple[Place, LinkRecord], ...]] = field(default_factory=dict)


def arranged(package: DossierPackage) -> Layout:
    """The arrangement of a package."""
    places = tuple(_places(package))
    serves: dict[str, list[tuple[Place, LinkRecord]]] = {}
    for place in places:
        for link in place.links:
            serves.setdefault(link.evidence, []).append((place, link))
    served = {key: tuple(found) for key, found in serves.items()}
    kept = {key: one for key, one in package.record.evidence.items() if _why_not(one, package) is None}
    aside = [Aside(evidence=one, why=why) for one in _in_order(package, served) if (why := _why_not(one, package))]
    return Layout(places=places, filed=tuple(_filed(kept, served)), aside=tuple(aside), serves=served)


def _places(package: DossierPackage) -> Iterator[Place]:
    taken: set[str] = set()
    for criterion in package.asked.criteria:
        title = criterion.question.in_(package.language)
        stem = f"{criterion.number}-{names.slug(title)}"
        folder = names.free(taken, lambda mark, stem=stem: names.numbered(stem, "", mark))  # type: ignore[misc]
        links = package.told.answer(criterion.key).links
        yield Place(
            folder=f"{CRITERIA}/{folder}", criterion=criterion.key, number=criterion.number, title=title, links=links
        )
    yield from _off_grid(package.told.off_grid)


def _off_grid(practices: tuple[OffGridRecord, ...]) -> Iterator[Place]:
    for rank, one in enumerate(practices, 1):
        folder = f"{OFF_GRID}/{rank:02}-{names.slug(one.title)}"
        yield Place(folder=folder, criterion="", number=f"HG{rank}", title=one.title, links=one.links)


def _filed(kept: dict[str, EvidenceRecord], serves: dict[str, tuple[tuple[Place, LinkRecord], ...]]) -> Iterator[Filed]:
    by_bytes: dict[str, list[EvidenceRecord]] = {}
    for key in (*serves, *sorted(set(kept) - set(serves))):
        if key in kept and kept[key].sha256:
            by_bytes.setdefault(str(kept[key].sha256), []).append(kept[key])
    taken: dict[str, set[str]] = {}
    for sha256, pieces in by_bytes.items():
        first = pieces[0]
        folder = serves[first.key][0][0].folder if first.key in serves else ELSEWHERE
        name = _named(first, taken.setdefault(folder, {names.same(LISTING)}))
        yield Filed(path=f"{folder}/{name}", sha256=sha256, size=first.size, evidence=tuple(pieces))


LISTING = "_preuves.txt"
"""The list of what a criterion rests on, in its own folder."""


def _named(one: EvidenceRecord, taken: set[str]) -> str:
    day = f"{one.effective_on.isoformat()} " if one.effective_on else ""
    extension = names.extension_of(one.name or "")
    title = one.title.removesuffix(extension) if extension else one.title
    return names.free(taken, lambda mark: names.numbered(day + title, extension, mark))


def _in_order(
    package: DossierPackage, serves: dict[str, tuple[tuple[Place, LinkRecord], ...]]
) -> Iterator[EvidenceRecord]:
    for key in (*serves, *sorted(set(package.record.evidence) - set(serves))):
        if key in package.record.evidence:
            yield package.told.evidence[key]


def _why_not(one: EvidenceRecord, package: DossierPackage) -> str | None:
    if one.withdrawn:
        return WITHDRAWN
    if not package.opened(one):
        return WITHHELD
    if package.gone(one):
        return SINCE
    return None if one.sha256 else NOTHING
