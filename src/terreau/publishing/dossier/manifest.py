"""The manifest of a dossier (manifeste): every file with its digest, what each proves, what is not there and why."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from terreau.kernel import canonical
from terreau.publishing.dossier.copying import Copied
from terreau.publishing.dossier.held import Held, reason
from terreau.publishing.dossier.records import DossierPackage

LAYOUT = "terreau-dossier-1"
FOLDER = "_manifeste"
MANIFEST, TABLE, LINKS, FROZEN = (
    f"{FOLDER}/manifest.json",
    f"{FOLDER}/manifest.csv",
    f"{FOLDER}/liens.csv",
    f"{FOLDER}/gel.json",
)
EDITION = f"{FOLDER}/referentiel.json"
"""The edition it is pinned to: with the frozen record, what the digest of the freeze is over."""
SEAL = f"{FOLDER}/manifest.sha256"
"""The digest of the manifest, as ``sha256sum --check`` reads it: of all the files, the only one the manifest cannot name."""
HEADS = ("path", "sha256", "size", "original_name", "title", "effective_on", "period_start", "period_end", "valid_until",
         "criteria", "confidentiality", "state")  # fmt: skip
LINK_HEADS = ("url", "title", "criteria", "checked_on", "status", "trouble")

Found = tuple[str, str, int]  # path, SHA-256, size [bytes]


def manifest(package: DossierPackage, held: Held, documents: Iterable[Found]) -> dict[str, Any]:
    """The manifest as plain values. documents: the files written so far."""
    record, told = package.record, package.told
    shorn = sorted(key for key, one in record.evidence.items() if not package.opened(one))
    return {
        "layout": LAYOUT, "seal": SEAL, "language": package.language, "audience": package.audience,
        "organisation": package.organisation.name, "subject": record.subject,
        "referential": {"key": package.edition.key, "version": package.edition.version, "digest": package.edition.digest,
                        "variant": record.variant},
        "period": [day.isoformat() for day in record.period], "as_of": record.as_of.isoformat(),
        "freeze": {"id": package.freeze, "digest": package.freeze_digest, "on": package.frozen_on.isoformat(), "sha256": record.digest,
                   "told_sha256": told.digest, "shorn": shorn, "draft": package.draft},
        "criteria": [one.key for one in package.asked.criteria],
        "journal": canonical.plain(package.journal), "rule": {"key": package.own.rule, "version": package.own.version},
        "files": sorted([*(_document(*one) for one in documents), *(_evidence(one, held) for one in held.copies)],
                        key=lambda one: one["path"]),
        "aside": [_aside(package, held, one.evidence.key, one.why) for one in held.aside],
        "links": [_link(package, held, key) for key in sorted(record.evidence) if _linked(package, key)],
    }  # fmt: skip


def listed(told: Mapping[str, Any], document: Found) -> dict[str, Any]:
    """The manifest with one more document."""
    files = [*told["files"], _document(*document)]
    return {**told, "files": sorted(files, key=lambda one: one["path"])}


def as_bytes(told: Mapping[str, Any]) -> bytes:
    """A JSON file of a dossier: readable, and the same bytes for the same values."""
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def seal(digest: str) -> bytes:
    """``manifest.sha256`` of a manifest whose SHA-256 is ``digest``."""
    return f"{digest}  {MANIFEST.removeprefix(FOLDER + '/')}\n".encode()


def table(told: Mapping[str, Any]) -> bytes:
    """``manifest.csv``: what the manifest says of files and of what is not there, for a spreadsheet."""
    rows = [[one["path"], one["sha256"], one["size"], *_about(one), "present"] for one in told["files"]]
    rows += [["", one["sha256"] or "", one["size"], *_about(one), one["why"]] for one in told["aside"]]
    return _csv(HEADS, rows)


def links(told: Mapping[str, Any]) -> bytes:
    """``liens.csv``: every address, with what it last answered."""
    rows = [
        [one["url"], one["title"], _criteria(one), one["checked_on"], one["status"], one["trouble"]]
        for one in told["links"]
    ]
    return _csv(LINK_HEADS, rows)


def _csv(heads: tuple[str, ...], rows: Iterable[Any]) -> bytes:
    from terreau.tables.export import write_csv

    target = io.StringIO(newline="")
    write_csv(rows, heads, target)
    return ("\ufeff" + target.getvalue()).encode()


def _about(one: Mapping[str, Any]) -> list[Any]:
    first = (one.get("evidence") or [{}])[0]
    start, end = first.get("period") or (None, None)
    return [first.get("name"), " / ".join(each["title"] for each in one.get("evidence", [])), first.get("effective_on"), start, end,
            first.get("valid_until"), _criteria(one), first.get("confidentiality")]  # fmt: skip


def _criteria(one: Mapping[str, Any]) -> str:
    return ", ".join(dict.fromkeys(each["number"] for each in one.get("serves", [])))


def _document(path: str, sha256: str, size: int) -> dict[str, Any]:
    return {"path": path, "sha256": sha256, "size": size, "kind": "document"}


def _evidence(copy: Copied, held: Held) -> dict[str, Any]:
    serves = [one for piece in copy.filed.evidence for one in _serves(piece.key, held)]
    told = [_told(piece) for piece in copy.filed.evidence]
    return {"path": copy.filed.path, "sha256": copy.filed.sha256, "size": copy.size, "kind": "evidence", "evidence": told,
            "serves": serves}  # fmt: skip


def _aside(package: DossierPackage, held: Held, key: str, why: str) -> dict[str, Any]:
    piece = package.told.evidence[key]
    return {"why": why, "reason": reason(piece, why, package.language), "sha256": piece.sha256, "size": piece.size,
            "evidence": [_told(piece)], "serves": _serves(key, held)}  # fmt: skip


def _told(piece: Any) -> dict[str, Any]:
    names = ("key", "kind", "title", "name", "effective_on", "period", "valid_until", "confidentiality")
    told: dict[str, Any] = canonical.plain({name: getattr(piece, name) for name in names})
    return told


def _serves(key: str, held: Held) -> list[dict[str, Any]]:
    return [
        {"evidence": key, "criterion": place.criterion, "number": place.number, "facet": link.facet, "locator": link.locator,
         "proves": link.proves, "strength": link.strength}
        for place, link in held.layout.serves.get(key, ())
    ]  # fmt: skip


def _linked(package: DossierPackage, key: str) -> bool:
    one = package.record.evidence[key]
    return bool(one.url) and not one.withdrawn and package.opened(one) and _web(str(one.url))


def _web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url


def _link(package: DossierPackage, held: Held, key: str) -> dict[str, Any]:
    one, check = package.record.evidence[key], package.links.get(key)
    return {"evidence": key, "url": one.url, "title": one.title, "serves": _serves(key, held),
            "checked_on": check.checked_on.isoformat() if check and check.checked_on else None,
            "status": check.status or None if check else None, "trouble": check.trouble if check else ""}  # fmt: skip
