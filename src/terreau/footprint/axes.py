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
    columns = {name: _axis(matched, name) for name in names if name != "match"}
    base, first = _numbered([codes for codes, _ in columns.values()], len(matched.item))
    width = len(LEVELS) if "match" in names else 1
    level = matched.level if "match" in names else np.zeros(len(base), dtype=np.int64)
    when_measured = base * width + (MEASURED if "match" in names else 0)
    distinct = np.unique(np.concatenate([base * width + level, when_measured]))
    told = []
    for label in distinct:
        said = {name: words[codes[first[label // width]]] for name, (codes, words) in columns.items()}
        said["match"] = LEVELS[label % width]
        told.append(tuple(said[name] for name in names))
    measured = distinct // width * width + (MEASURED if "match" in names else 0)
    return Cut(
        axes=names,
        of=np.searchsorted(distinct, base * width + level).astype(np.int64),
        words=tuple(told),
        measured=np.searchsorted(distinct, measured).astype(np.int64),
    )


def _numbered(columns: list[Ints], rows: int) -> tuple[Ints, Ints]:
    """Rows alike in every column get one number; the first row of each number. Columns may be many and wide."""
    number = np.zeros(rows, dtype=np.int64)
    first = np.zeros(min(rows, 1), dtype=np.int64)
    for codes in columns:
        number = number * (int(codes.max(initial=0)) + 1) + codes
        _, first, number = np.unique(number, return_index=True, return_inverse=True)
        number = number.astype(np.int64)
    return number, first.astype(np.int64)


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
