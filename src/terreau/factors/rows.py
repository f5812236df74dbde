"""The lines of a pack: one figure each, with its unit, its source and what makes it doubtful (lignes de facteurs).

``factors.csv`` has one line per figure. Columns: ``kind, subject, criterion, stage, value, low, high, unit,
method, source, year, flags, note_fr, note_en``; only ``subject``, ``value`` and ``unit`` are always needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from terreau.factors.criteria import criterion, is_part_of_climate, named
from terreau.factors.units import multiplier
from terreau.factors.zones import zone_of
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.text import normal
from terreau.tables.findings import Finding

COLUMNS = (
    "kind", "subject", "criterion", "stage", "value", "low", "high", "unit",
    "method", "source", "year", "flags", "note_fr", "note_en",
)  # fmt: skip
SPLIT_STAGES = ("manufacturing", "distribution", "end_of_life")
STAGES = (*SPLIT_STAGES, "embodied")
WITH_CRITERION = ("impact", "electricity", "range", "boundary", "boundary_world")
PLAIN_UNITS = {"energy": "kWh/year", "lifespan": "year", "pue": "1", "population": "person"}
KINDS = (*WITH_CRITERION, *PLAIN_UNITS)

LEAST = {"energy": 0.0, "pue": 1.0}
ABOVE_ZERO = ("range", "lifespan", "population", "boundary", "boundary_world")

UNREAD = {
    "kind": "factors.kind_unread",
    "subject": "factors.subject_unread",
    "criterion": "factors.criterion_unread",
    "stage": "factors.stage_unread",
    "value": "factors.value_unread",
}

REFUSED_FLAGS = frozenset(
    {
        "unreliable_end_of_life",
        "outlier_do_not_use",
        "zero_means_missing",
        "negative_credit",
        "not_for_boundary",
        "world_value_below_every_country",
        "world_value_low",
    }
)
"""A figure its own source, or our reading of it, calls unusable: set aside, so the criterion is missing, never zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. ``value`` is in our unit (kg CO2 eq, m3, kWh/year…) per unit, per kWh or per person.

    kind: impact (one item, one stage), electricity (one kWh in a zone), range (bounds of an item's climate),
    energy, lifespan, pue, boundary (per person and year), boundary_world, population.
    """

    kind: str
    subject: str
    criterion: str
    stage: str
    value: Interval
    own_range: bool
    unit: str
    method: str
    sources: tuple[str, ...]
    year: str
    flags: tuple[str, ...]
    note_fr: str
    note_en: str
    masked: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A line read but not used, and why (one of the flags, or part_of_climate, net_negative, use_stage…)."""

    line: int
    subject: str
    criterion: str
    reason: str


class PackError(TerreauError):
    """A pack with unreadable lines: all of them are in ``findings``, not only the first."""

    def __init__(self, code: str, findings: Sequence[Finding], **facts: object) -> None:
        super().__init__(code, **facts)
        self.findings = tuple(findings)


def read_rows(
    lines: Iterable[tuple[int, Mapping[str, str]]], *, own_source: str, masked: bool
) -> tuple[list[Row], list[SetAside], list[Finding]]:
    """Rows, lines set aside and findings of ``(line number, cells)``; nothing is dropped in silence."""
    rows: list[Row] = []
    aside: list[SetAside] = []
    findings: list[Finding] = []
    for line, cells in lines:
        cells = {name: (cells.get(name) or "").strip() for name in COLUMNS}
        reason = _unused(cells)
        if reason:
            aside.append(SetAside(line=line, subject=cells["subject"], criterion=cells["criterion"], reason=reason))
            continue
        row, finding = _read(line, cells, own_source, masked)
        if row:
            rows.append(row)
        if finding:
            findings.append(finding)
    kept, negative = _without_net_negative(rows)
    findings += _contradictions(kept)
    return kept, aside + negative, findings


def number(text: str) -> float | None:
    """A number as files write it ("1 234,5" or "1.2e-5"); None when it is not one."""
    bare = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if "," in bare and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def _unused(cells: Mapping[str, str]) -> str:
    refused = [flag for flag in _flags(cells["flags"]) if flag in REFUSED_FLAGS]
    if refused:
        return refused[0]
    return "part_of_climate" if is_part_of_climate(cells["criterion"]) else ""


@lru_cache(maxsize=1024)  # a pack says the same few on a thousand lines
def _flags(text: str) -> tuple[str, ...]:
    return tuple(flag.strip() for flag in text.split(";") if flag.strip())


def _read(line: int, cells: Mapping[str, str], own_source: str, masked: bool) -> tuple[Row | None, Finding | None]:
    kind = cells["kind"] or "impact"
    if kind not in KINDS:
        return None, _refused(line, "kind", cells)
    subject = zone_of(cells["subject"]) if kind == "electricity" else cells["subject"]
    if not cells["subject"]:
        return None, _refused(line, "subject", cells)
    if not subject:
        return None, Finding(line=line, column="subject", code="factors.zone_unread", facts={"value": cells["subject"]})
    known = named(cells["criterion"]) if kind in WITH_CRITERION else None
    if kind in WITH_CRITERION and known is None:
        return None, _refused(line, "criterion", cells)
    stage = cells["stage"] if kind == "impact" else ""
    if kind == "impact" and stage not in STAGES:
        return None, _refused(line, "stage", cells)
    if known is not None:
        scale = multiplier(known, cells["unit"])
        unit = known.unit
    else:
        unit = PLAIN_UNITS[kind]
        scale = 1.0 if normal(cells["unit"]) == unit.lower() else None
    if scale is None:
        return None, Finding(
            line=line, column="unit", code="factors.unit_clash", facts={"unit": cells["unit"], "expected": unit}
        )
    value = _interval(cells, scale)
    if value is None or value.low < LEAST.get(kind, value.low) or (kind in ABOVE_ZERO and value.low <= 0):
        return None, _refused(line, "value", cells)
    return Row(
        kind=kind, subject=subject, criterion=known.key if known else "", stage=stage,
        value=value, own_range=not value.is_exact, unit=unit, method=cells["method"] or "own",
        sources=_flags(cells["source"]) or (own_source,), year=cells["year"], flags=_flags(cells["flags"]),
        note_fr=cells["note_fr"], note_en=cells["note_en"], masked=masked, line=line,
    ), None  # fmt: skip


def _refused(line: int, column: str, cells: Mapping[str, str]) -> Finding:
    return Finding(line=line, column=column, code=UNREAD[column], facts={"value": cells[column]})


def _interval(cells: Mapping[str, str], scale: float) -> Interval | None:
    central = number(cells["value"])
    low, high = (number(cells[name]) if cells[name] else central for name in ("low", "high"))
    if central is None or low is None or high is None or not low <= central <= high:
        return None
    return Interval(low, central, high).times(scale)


def _without_net_negative(rows: Iterable[Row]) -> tuple[list[Row], list[SetAside]]:
    """Set aside what is negative in sum (an end-of-life credit larger than the making): missing, never a gain.

    A single negative stage inside a positive sum is folded into one embodied figure.
    """
    kept: list[Row] = []
    aside: list[SetAside] = []
    for _, group in groupby(sorted(rows, key=_same_figure), key=_same_figure):
        figures = list(group)
        total = sum(row.value.central for row in figures)
        if total < 0:
            aside += [
                SetAside(line=row.line, subject=row.subject, criterion=row.criterion, reason="net_negative")
                for row in figures
            ]
        elif any(row.value.low < 0 for row in figures):
            first = figures[0]
            flags = (*first.flags, "credit_folded")
            value = Interval.exact(total)
            kept.append(replace(first, stage="embodied" if first.kind == "impact" else "", value=value,
                                own_range=False, flags=flags))  # fmt: skip
        else:
            kept += figures
    return sorted(kept, key=lambda row: row.line), aside


def _same_figure(row: Row) -> tuple[str, str, str]:
    return row.kind, row.subject, row.criterion


def _contradictions(rows: Iterable[Row]) -> list[Finding]:
    """A stage given twice, or both split and embodied: one source says one thing."""
    findings: list[Finding] = []
    for (_, subject, key), group in groupby(sorted(rows, key=_same_figure), key=_same_figure):
        figures = list(group)
        stages = [row.stage for row in figures]
        name = criterion(key).code if key else ""
        facts = {"subject": subject, "criterion": name, "line": figures[0].line}
        if len(set(stages)) < len(stages):
            findings.append(Finding(line=figures[-1].line, column="subject", code="factors.figure_twice", facts=facts))
        elif "embodied" in stages and len(stages) > 1:
            findings.append(
                Finding(line=figures[-1].line, column="stage", code="factors.split_and_embodied", facts=facts)
            )
    return findings
