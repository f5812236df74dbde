"""Every assumption of a run, the share of the result it carries, and what would replace it (hypothèses)."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.cells import Cells, cells
from terreau.footprint.figures import EMBODIED, KEYS, STAGES
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import LEVELS, NO_PUE, RUN_PUE, Matched
from terreau.footprint.numecoeval.held import held
from terreau.footprint.rules import Z
from terreau.footprint.sentences import HIDDEN
from terreau.kernel.term import figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


UPS = "ups"
MOST_ROOMS = 5  # machine rooms named in one sentence
CLIMATE = KEYS.index("climate_change")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTHS = (
    ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"),
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One thing held true for want of better. ``share``: part of each criterion's central value resting on it.

    subject: what it is about (a category, an item), "" for the whole run. residual: set for early exits only,
    what was left to spread of each criterion, apart from the totals. masked: its value is not shown.
    """

    key: str
    subject: str = ""
    value: float | str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    count: float | None = None
    masked: bool = False
    what: tuple[str, str] = ("", "")
    share: dict[str, float] = field(default_factory=dict)
    residual: dict[str, float] = field(default_factory=dict)

    @property
    def option(self) -> str:
        """What replaces it: an option of the command line, or « column » and the field of the file."""
        category = self.subject.rpartition("@")[2].partition("/")[0]
        return _words()[self.key]["option"].format(category=category)

    def sentence(self, language: str = "fr") -> str:
        """The assumption in words."""
        names = ("value", "low", "high", "count")
        said = {name: HIDDEN if self.masked else _said(getattr(self, name), language) for name in names}
        return _words()[self.key][language].format(**said, unit=self.unit, what=self.what[language == "en"])

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape; both languages are there, ``text`` is the one asked."""
        told: dict[str, object] = {
            "key": f"{self.key}:{self.subject}" if self.subject else self.key,
            "fr": self.sentence("fr"),
            "en": self.sentence("en"),
            "text": self.sentence(language),
            "value": None if self.masked else self.value,
            "low": None if self.masked else self.low,
            "high": None if self.masked else self.high,
            "unit": self.unit,
            "share": self.share,
            "option": self.option,
        }
        if self.residual:
            told["residual"] = self.residual
        return told


def assumptions(
    matched: Matched, kept: Flags | None = None, stages: Collection[str] = STAGES
) -> tuple[Assumption, ...]:
    """Assumptions of the rows ``kept`` and of some stages; those without object are left out, the run's own stand."""
    flags, label = _flags(matched)
    some = cells(matched, label, kept)
    parts = _Parts(some, stages)
    numecoeval = matched.rules.conventions is not None
    return (
        *_of_the_run(matched, parts, flags),
        *(_of_numecoeval(matched, parts, flags) if numecoeval else _of_reading(parts, flags)),
        *_lifespans(matched, parts, flags),
        *_consumptions(matched, parts),
        *_ranges(matched, parts),
        *_early_exits(matched, kept),
    )


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("terreau.footprint").joinpath("assumptions.toml").read_text(encoding="utf-8"))


def _said(value: object, language: str) -> str:
    """Days in words; numbers with three significant digits under a thousand, whole above: words, not accounts."""
    if isinstance(value, str) and DAY.fullmatch(value):
        day = date.fromisoformat(value)
        written = "1er" if day.day == 1 and language == "fr" else str(day.day)
        return f"{written} {MONTHS[language == 'en'][day.month - 1]} {day.year}"
    if not isinstance(value, float | int):
        return str(value or "")
    return figure(float(f"{value:.3g}") if abs(value) < 1000 else round(value), language)


def _flags(matched: Matched) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
    """What the assumptions ask of each row, gathered in one label, and how to read the label back."""
    codes = matched.grain.codes
    in_room = codes["in_datacentre"] == 1
    assumed_room = (matched.pue == RUN_PUE) & ~in_room
    ups = in_room & np.isin(codes["category"], [n for n, w in enumerate(matched.weights.words["category"]) if w == UPS])
    asked = {
        "level": (matched.level, len(LEVELS)),
        "status": (codes["status_given"], 2),
        "dated": (codes["dated"], 2),
        "assumed_room": (assumed_room.astype(np.int64), 2),
        "ups": (ups.astype(np.int64), 2),
        "zone": (matched.zone_given.astype(np.int64), 2),
        "origin": (matched.life_origin, len(ORIGINS)),
        "category": (codes["category"], max(len(matched.weights.words["category"]), 1)),
    }
    sizes = [size for _, size in asked.values()]
    label = np.ravel_multi_index([np.asarray(column, dtype=np.int64) for column, _ in asked.values()], sizes)
    distinct, short = np.unique(label, return_inverse=True)
    read = dict(zip(asked, np.unravel_index(distinct, sizes), strict=True))
    return {name: np.asarray(codes, dtype=np.int64) for name, codes in read.items()}, short.astype(np.int64)


class _Parts:
    """Central values of the cells, and the share of the whole that some of them carry."""

    def __init__(self, some: Cells, stages: Collection[str]) -> None:
        self.some = some
        self.made = [s for s, name in enumerate(EMBODIED) if name in stages]
        self.making = np.nansum(some.making[:, self.made], axis=1)
        self.using = np.nan_to_num(some.using) * ("use" in stages)
        self.whole = (self.making + self.using).sum(axis=0)

    def share(self, rows: Floats) -> dict[str, float]:
        """Share of each criterion that the rows add up to; criteria without value are left out."""
        carried = rows.sum(axis=0)
        return {key: float(carried[c] / self.whole[c]) for c, key in enumerate(KEYS) if self.whole[c] > 0}

    def of(self, chosen: Flags, *, making: bool = True, using: bool = True) -> dict[str, float]:
        """Share of the cells chosen, of their making, their using or both."""
        rows = (self.making if making else 0.0) + (self.using if using else 0.0)
        return self.share(np.where(chosen[:, None], rows, 0.0))


def _of_the_run(matched: Matched, parts: _Parts, flags: dict[str, NDArray[np.int64]]) -> Iterator[Assumption]:
    label, chosen, rules = parts.some.label, matched.parameters, matched.rules
    everything = parts.of(np.ones(len(label), dtype=bool))
    yield Assumption(key="at", value=chosen.at.isoformat(), share=everything)
    unsaid = flags["zone"][label] == 0
    names = (matched.factor_set.zone_label(chosen.zone, "fr"), matched.factor_set.zone_label(chosen.zone, "en"))
    yield Assumption(key="zone", value=chosen.zone, what=names, share=parts.of(unsaid, making=False))
    if len(label):
        both = rules.common + rules.family
        yield Assumption(key="correlation", value=rules.common, high=both, share=everything)
    runs = parts.some.pue == RUN_PUE
    if runs.any() and (chosen.pue is not None or rules.conventions is None):
        usual = matched.factor_set.pue().value
        own = chosen.pue is not None or usual.is_exact
        low, high = (matched.pue_slopes[0],) * 2 if own else (usual.low, usual.high)
        share = parts.of(runs, making=False)
        key = "pue_measured" if own else "pue"
        yield Assumption(key=key, value=matched.pue_slopes[0], low=low, high=high, share=share)
    told = (parts.some.pue != NO_PUE) & ~runs
    if told.any():
        values = matched.pue_values(parts.some.pue[told])
        low, high = float(values.min()), float(values.max())
        yield Assumption(key="pue_own", value=low, low=low, high=high, share=parts.of(told, making=False))
    yield from _of_rooms(matched, parts, told, runs & (flags["assumed_room"][label] == 0))


def _of_rooms(matched: Matched, parts: _Parts, told: Flags, runs: Flags) -> Iterator[Assumption]:
    """Machine rooms described twice otherwise, or nowhere; share: of every device in a room of that sort, at most."""
    twice, unknown = matched.weights.origin.rooms_twice, matched.weights.origin.rooms_unknown
    if twice:
        kept = [[_room(*one, language) for one in twice] for language in ("fr", "en")]
        what = (_listed(kept[0], "fr"), _listed(kept[1], "en"))
        yield Assumption(key="rooms_twice", value=len(twice), what=what, share=parts.of(told, making=False))
    if unknown:
        what = (_listed(unknown, "fr"), _listed(unknown, "en"))
        yield Assumption(key="rooms_unknown", value=len(unknown), what=what, share=parts.of(runs, making=False))


def _room(name: str, country: str, pue: str, language: str) -> str:
    kept = ", ".join(filter(None, (country, f"PUE {figure(float(pue), language)}" if pue else "")))
    return f"{name} ({kept})"


def _listed(names: Sequence[str], language: str) -> str:
    more = len(names) - MOST_ROOMS
    rest = (f" and {more} more" if language == "en" else f" et {more} de plus") if more > 0 else ""
    return ", ".join(names[:MOST_ROOMS]) + rest


def _of_numecoeval(matched: Matched, parts: _Parts, flags: dict[str, NDArray[np.int64]]) -> Iterator[Assumption]:
    for told in held(matched, parts.some, flags["origin"][parts.some.label], parts.of):
        yield Assumption(**told)


def _of_reading(parts: _Parts, flags: dict[str, NDArray[np.int64]]) -> Iterator[Assumption]:
    label = parts.some.label
    level = {name: flags["level"][label] == LEVELS.index(name) for name in ("category", "fallback")}
    told = (
        ("status", flags["status"][label] == 0, "in_use"),
        ("entry_date", flags["dated"][label] == 0, "whole_period"),
        ("default_size", level["category"], "default"),
        ("fallback", level["fallback"], "neighbour"),
    )
    for key, chosen, value in told:
        if chosen.any():
            yield Assumption(key=key, value=value, share=parts.of(chosen))
    for key, value in (("assumed_room", "datacentre"), ("ups", "counted")):
        chosen = flags[key][label] == 1
        if chosen.any():
            yield Assumption(key=key, value=value, share=parts.of(chosen, making=False))
    if parts.some.over.any():
        over = parts.some.over / np.where(parts.some.lives[1] > 0, parts.some.lives[1], 1.0)
        yield Assumption(key="age_over_lifespan", value="age", share=parts.share(parts.making * over[:, None]))


def _lifespans(matched: Matched, parts: _Parts, flags: dict[str, NDArray[np.int64]]) -> Iterator[Assumption]:
    some, figures = parts.some, matched.figures
    category = flags["category"][some.label]
    for name, life in sorted(matched.settled.items()):
        mine = category == matched.weights.words["category"].index(name)
        if mine.any():
            yield Assumption(
                key=f"lifespan_{life.origin}",
                subject=name,
                value=life.central,
                low=life.low,
                high=life.high,
                unit="year",
                count=life.declared if life.origin.startswith("policy") else life.devices,
                what=_called(matched, name),
                share=parts.of(mine, using=False),
            )
    usual = flags["origin"][some.label] == ORIGINS.index("category")
    for i in np.unique(some.item[usual]):
        low, central, high = (float(value) for value in figures.lifespan[i])
        yield Assumption(
            key="lifespan_category",
            subject=figures.items[i],
            value=central,
            low=low,
            high=high,
            unit="year",
            masked=matched.factor_set.lifespan(figures.items[i]).masked,
            what=_called(matched, figures.items[i]),
            share=parts.of(usual & (some.item == i), using=False),
        )


def _consumptions(matched: Matched, parts: _Parts) -> Iterator[Assumption]:
    some, kwh = parts.some, matched.figures.kwh
    assumed = ~some.own & ~np.isnan(some.energy)
    for i in np.unique(some.item[assumed]):
        three = matched.factor_set.kwh(matched.figures.items[i])
        if three is None or not kwh.central[i] > 0:
            continue
        yield Assumption(
            key="kwh",
            subject=matched.figures.items[i],
            value=three.value.central,
            low=three.value.low,
            high=three.value.high,
            unit="kWh/year",
            masked=three.masked,
            what=_called(matched, matched.figures.items[i]),
            share=parts.of(assumed & (some.item == i), making=False),
        )


def _ranges(matched: Matched, parts: _Parts) -> Iterator[Assumption]:
    figures, some = matched.figures, parts.some
    mixed = np.where(figures.composite[some.item], np.nan_to_num(some.making), 0.0)[:, parts.made].sum(axis=1)
    if mixed.any():
        yield Assumption(key="composite", value="composite", share=parts.share(mixed))
    lacking = np.where(figures.own_range[some.item], 0.0, np.nan_to_num(some.making))[:, parts.made].sum(axis=1)
    if lacking.any():
        yield _range("factor_range", matched.rules.factor_sigma, parts.share(lacking))
    bare = np.where(figures.mix_own_range[some.zone], 0.0, parts.using)
    if bare.any():
        yield _range("mix_range", matched.rules.mix_sigma, parts.share(bare))


def _range(key: str, sigma: float, share: dict[str, float]) -> Assumption:
    """A log-normal range of ours: at 95 %, from the value divided by ``high`` to the value times ``high``."""
    return Assumption(key=key, value=sigma, low=math.exp(-Z * sigma), high=math.exp(Z * sigma), share=share)


def _early_exits(matched: Matched, kept: Flags | None) -> Iterator[Assumption]:
    """What was left to spread of devices that left in the period before their lifespan; only for the whole fleet."""
    exits, kinds, figures = matched.weights.exits, matched.kinds, matched.figures
    item = kinds.item[kinds.of_exit]
    mine = (exits.in_period == 1) & (item >= 0)
    if kept is not None or not mine.any():
        return
    life = kinds.life[kinds.of_exit[mine], 1]
    lives = formulas.unspent(exits.quantity[mine], exits.months[mine] / 12, life)
    early = lives > 0
    if not early.any():
        return
    making = formulas.embodied(lives[:, None], np.nansum(figures.stage.central[item[mine]], axis=1)).sum(axis=0)
    yield Assumption(
        key="early_exits",
        value=float(exits.quantity[mine][early].sum()),
        count=float(making[CLIMATE]),
        residual={key: float(making[c]) for c, key in enumerate(KEYS) if making[c] > 0},
    )


def _called(matched: Matched, key: str) -> tuple[str, str]:
    return tuple(_inside(matched.factor_set.label(key, language)) for language in ("fr", "en"))  # type: ignore[return-value]


def _inside(label: str) -> str:
    """A label within a sentence: « Ordinateur portable » loses its capital, « NAS » and « iPad » keep theirs."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
