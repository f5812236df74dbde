"""Sets and packs told as plain data, for the command line and for exports (liste des jeux)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from terreau.factors.catalogue import factor_set, factor_sets
from terreau.factors.factorset import FactorSet
from terreau.factors.flags import sentences
from terreau.factors.packs import SHIPPED, load_pack, shipped_pack
from terreau.factors.rows import Row
from terreau.kernel.errors import TerreauError
from terreau.kernel.source import Source

Told = dict[str, Any]


def sets_as_json() -> list[Told]:
    """Every factor set: key, label in both languages, packs in order, those whose folder was removed."""
    return [
        {
            "key": one.key,
            "label": {"fr": one.fr, "en": one.en},
            "default": one.default,
            "packs": [name for name, _ in one.packs if shipped_pack(name)],
            "absent": [name for name, _ in one.packs if not shipped_pack(name)],
        }
        for one in factor_sets()
    ]


def packs_as_json() -> list[Told]:
    """Every shipped pack with its papers, the number of its figures and of its lines set aside."""
    found = (shipped_pack(folder.name) for folder in sorted(SHIPPED.iterdir()) if folder.is_dir())
    return [
        _papers(pack.papers)
        | {
            "redistribution": pack.redistribution,
            "figures": len(pack.rows),
            "set_aside": len(pack.set_aside),
            "digest": pack.digest,
        }
        for pack in found
        if pack
    ]


def pack_as_json(key: str | Path) -> Told:
    """Papers, sources and figures of one pack (a shipped key, a folder or a G4IT file) or of a whole set.

    Masked values stay masked.
    """
    if str(key) in {one.key for one in factor_sets()}:
        return _set(factor_set(str(key)))
    pack = shipped_pack(str(key)) or (load_pack(Path(key)) if Path(key).exists() else None)
    if pack is None:
        known = ", ".join(str(one["key"]) for one in packs_as_json())
        raise TerreauError("factors.unknown_pack", key=str(key), known=known)
    return {
        "papers": _papers(pack.papers) | {"redistribution": pack.redistribution, "digest": pack.digest},
        "sources": [_papers(source) for source in pack.sources.values()],
        "rows": [_row(row) for row in pack.rows],
        "set_aside": [
            {"line": one.line, "item": one.subject, "criterion": one.criterion, "reason": one.reason}
            for one in pack.set_aside
        ],
    }


def _set(factors: FactorSet) -> Told:
    listing = next(one for one in factor_sets() if one.key == factors.key)
    return {
        "papers": {
            "key": factors.key,
            "title": listing.fr,
            "title_en": listing.en,
            "digest": factors.digest,
            "packs": ", ".join(f"{pack.key} {pack.papers.version}" for pack in factors.packs),
            "absent": ", ".join(factors.absent) or "–",
        },
        "sources": [_papers(source) for source in factors.sources()],
        "rows": [{"pack": pack.key} | _row(row) for pack in factors.packs for row in pack.rows],
        "set_aside": [
            {"pack": pack.key, "line": one.line, "item": one.subject, "criterion": one.criterion, "reason": one.reason}
            for pack in factors.packs
            for one in pack.set_aside
        ],
    }


def _papers(source: Source) -> Told:
    return {**source.papers(), "notes": source.note("fr"), "notes_en": source.note("en")}


def _row(row: Row) -> Told:
    hidden = row.masked
    return {
        "kind": row.kind,
        "item": row.subject,
        "criterion": row.criterion,
        "stage": row.stage,
        "value": None if hidden else row.value.central,
        "low": None if hidden or not row.own_range else row.value.low,
        "high": None if hidden or not row.own_range else row.value.high,
        "unit": row.unit,
        "method": row.method,
        "source": row.sources[0],
        "sources": list(row.sources),
        "masked": hidden,
        "notes": {
            language: [*sentences(";".join(row.flags), language), *filter(None, [note])]
            for language, note in (("fr", row.note_fr), ("en", row.note_en))
        },
    }
