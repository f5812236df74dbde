"""Axes: along what a footprint may be cut (axes de lecture)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import STAGES
from terreau.footprint.matched import LEVELS, Matched
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

WIDE = ("entity", "site")
"""Axes that need the wide grain."""
AXES = ("category", "stage", "entity", "site", "zone", "size_class", "item", "match")
UNKNOWN = "unknown"
MEASURED = LEVELS.index("measured")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Rows under labels: ``of`` gives each row its label; ``words`` what each label says along ``axes``.

    measured: for each label, the label its uses take when measured (same label unless cut by match level).
    """

    axes: tuple[str, ...]
    of: Ints
    words: tuple[tuple[str, ...], ...]
    measured: Ints


def checked(by: Iterable[str]) -> tuple[str, ...]:
    """The axes asked, without repeats; TerreauError for one that does not exist."""
    asked = tuple(dict.fromkeys(name.strip() for name in by if name.strip()))
    for name in asked:
        if name not in AXES:
            raise TerreauError("footprint.unknown_axis", axis=name, known=", ".join(AXES))
    return asked


def cut(matched: Matched, axes: Sequence[str]) -> Cut:
    """Label the rows along ``axes`` (the stage is not one of a row and is left out)."""
    names = tuple(name for name in axes if name != "stage")
    if not names:
        return Cut(axes=(), of=np.zeros(len(matched.item), dtype=np.int64), words=((),), measured=np.zeros(1, np.int64))
    columns, words = zip(*(_axis(matched, name) for name in names), strict=True)
    sizes = [max(len(some), 1) for some in words]
    raveled = np.ravel_multi_index([np.asarray(c, dtype=np.int64) for c in columns], sizes)
    if "match" not in names:
        distinct, of = np.unique(raveled, return_inverse=True)
        measured = np.arange(len(distinct))
    else:
        place = names.index("match")
        parts = list(np.unravel_index(raveled, sizes))
        parts[place] = np.full(len(raveled), MEASURED)
        also = np.ravel_multi_index(parts, sizes)
        distinct = np.unique(np.concatenate([raveled, also]))
        of = np.searchsorted(distinct, raveled)
        parts = list(np.unravel_index(distinct, sizes))
        parts[place] = np.full(len(distinct), MEASURED)
        measured = np.searchsorted(distinct, np.ravel_multi_index(parts, sizes))
    told = [
        tuple(some[code] for some, code in zip(words, codes, strict=True))
        for codes in zip(*np.unravel_index(distinct, sizes), strict=True)
    ]
    return Cut(axes=names, of=of.astype(np.int64), words=tuple(told), measured=measured.astype(np.int64))


def chosen(matched: Matched, where: Mapping[str, str]) -> NDArray[np.bool_]:
    """Rows whose words along each axis of ``where`` are those asked (the stage is not one of a row)."""
    checked(where)
    kept = np.ones(len(matched.item), dtype=bool)
    for name, value in where.items():
        if name != "stage":
            codes, words = _axis(matched, name)
            kept &= np.isin(codes, [code for code, word in enumerate(words) if word == value])
    return kept


def asked_stages(where: Mapping[str, str]) -> tuple[str, ...]:
    """Stages kept by ``where``: all, or the one named."""
    name = where.get("stage")
    if name is not None and name not in STAGES:
        raise TerreauError("footprint.unknown_axis", axis=f"stage={name}", known=", ".join(STAGES))
    return STAGES if name is None else (name,)


def _axis(matched: Matched, name: str) -> tuple[Ints, tuple[str, ...]]:
    """Code of each row along one axis, and the words of the codes."""
    weights = matched.weights
    if name == "item":
        return matched.item + 1, (UNKNOWN, *matched.figures.items)
    if name == "match":
        return matched.level, LEVELS
    if name == "zone":
        return matched.zone, matched.figures.zones
    words = weights.words[name]
    if name == "category":
        words = tuple(word or UNKNOWN for word in words)
    return matched.grain.codes[name], words
