"""One file in the item-impact layout of G4IT, taken as a pack whose papers are its own columns.

Columns (any case, snake or camel): criterion, lifecycle_step, name, value, unit, source needed; category,
avg_electricity_consumption, description, location, level, tier, subscriber, version, is_hidden read when present.
Electricity mixes stand under the making step: their category says what they are. Licence: private.
The item types and the matching models of that world are packs without figures: see ``references``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from terreau.factors.criteria import named
from terreau.factors.delimited import headers_and_lines
from terreau.factors.pack import Pack, refuse
from terreau.factors.papers import slug
from terreau.factors.references import References, read_references
from terreau.factors.rows import Row, SetAside, number, read_rows
from terreau.factors.zones import zone_of
from terreau.kernel.errors import TerreauError
from terreau.kernel.source import Source
from terreau.kernel.text import normal
from terreau.tables.findings import Finding

NEEDED = ("criterion", "lifecyclestep", "name", "value", "source")
STEPS = {
    "fabrication": "manufacturing",
    "manufacturing": "manufacturing",
    "rawmaterial": "manufacturing",
    "distribution": "distribution",
    "transportation": "distribution",
    "transport": "distribution",
    "findevie": "end_of_life",
    "endoflife": "end_of_life",
    "utilisation": "use",
    "using": "use",
    "use": "use",
    "usage": "use",
}
MIX_CATEGORIES = ("electricitymix", "mixelectrique")
NOT_EQUIPMENT = ("0", "1")
UNKNOWN_DAY = date(1900, 1, 1)
READ_EVERY = timedelta(days=730)

Cells = Mapping[str, str]


def load_item_impacts(path: Path) -> Pack:
    """The pack of one G4IT item-impact file; TerreauError when it is not one, PackError when lines cannot be read."""
    references = read_references(path)
    if references:
        return _reference_pack(path, references)
    lines = list(_lines(path))
    sources: dict[str, Source] = {}
    wanted: list[tuple[int, dict[str, str]]] = []
    aside: list[SetAside] = []
    findings: list[Finding] = []
    hidden: set[int] = set()
    for line, cells in lines:
        found = _translated(line, cells, sources)
        if isinstance(found, SetAside):
            aside.append(found)
        elif isinstance(found, Finding):
            findings.append(found)
        else:
            wanted.append((line, found))
            if normal(cells.get("ishidden", "")) in ("true", "1", "yes", "oui", "vrai", "t"):
                hidden.add(line)
    wanted += _energies(lines, sources, findings)
    rows, more_aside, more_findings = read_rows(_once(wanted), own_source="", masked=False)
    if findings or more_findings:
        refuse(path.name, [*findings, *more_findings])
    return _pack(path, rows, hidden, sources, aside + more_aside)


def _pack(path: Path, rows: list[Row], hidden: set[int], sources: dict[str, Source], aside: list[SetAside]) -> Pack:
    first = next(iter(sources.values()), None)
    if first is None:
        raise TerreauError("factors.no_papers", pack=path.name)
    # The name does not enter: the same file under another name is the same pack.
    mark = hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return Pack(
        key=f"g4it-{slug(first.publisher)}",
        papers=first,
        sources=sources,
        rows=tuple(replace(row, masked=row.line in hidden) for row in rows),
        items=(),
        set_aside=tuple(aside),
        masked=bool(hidden),
        digest=mark,
    )


def _reference_pack(path: Path, references: References) -> Pack:
    """A pack without figures: item types, or matching models."""
    papers = _papers("types" if references.types else "modèles", "Fichier de l’organisation", "")
    return Pack(
        key="g4it-types" if references.types else "g4it-models",
        papers=papers,
        sources={papers.key: papers},
        rows=(),
        items=(),
        set_aside=(),
        masked=False,
        digest=hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest(),
        references=references,
    )


def _translated(line: int, cells: Cells, sources: dict[str, Source]) -> dict[str, str] | SetAside | Finding:
    """One G4IT line in our columns, or why it is not used, or what is wrong with it."""
    source = _source(cells, sources)
    if source is None:
        return Finding(line=line, column="source", code="factors.line_without_source")
    row = {
        "criterion": cells["criterion"],
        "value": cells["value"],
        "unit": cells.get("unit", ""),
        "source": source,
        "method": "own",
        "year": cells.get("version", ""),
    }
    known = named(cells["criterion"])
    if known is not None and not row["unit"]:
        row |= {"unit": known.unit, "flags": "unit_assumed"}
    step = STEPS.get(_bare(cells["lifecyclestep"]))
    if _bare(cells.get("category", "")) in MIX_CATEGORIES:
        place = cells.get("location") or cells["name"]
        zone = zone_of(place)
        if zone is None:
            return Finding(line=line, column="location", code="factors.zone_unread", facts={"value": place})
        return row | {"kind": "electricity", "subject": zone}
    if step == "use":
        return SetAside(line=line, subject=cells["name"], criterion=cells["criterion"], reason="use_stage")
    if cells.get("level", "").startswith(NOT_EQUIPMENT):
        return SetAside(line=line, subject=cells["name"], criterion=cells["criterion"], reason="not_equipment")
    if step is None:
        return Finding(
            line=line, column="lifecycle_step", code="factors.stage_unread", facts={"value": cells["lifecyclestep"]}
        )
    return row | {"kind": "impact", "subject": cells["name"], "stage": step}


def _energies(
    lines: list[tuple[int, Cells]], sources: dict[str, Source], findings: list[Finding]
) -> list[tuple[int, dict[str, str]]]:
    """Yearly energy of each item, given on several lines: the same everywhere, or a finding."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    for line, cells in lines:
        energy = cells.get("avgelectricityconsumption", "")
        source = _source(cells, sources)
        if not number(energy) or not source or _bare(cells.get("category", "")) in MIX_CATEGORIES:
            continue
        if cells.get("level", "").startswith(NOT_EQUIPMENT):
            continue
        name = normal(cells["name"])
        row = {"kind": "energy", "subject": cells["name"], "value": energy, "unit": "kWh/year", "source": source}
        words = {"note_fr": "Valeur du fichier de l’organisation", "note_en": "Value of the organisation’s file"}
        if name not in found:
            found[name] = (line, row | words)
        elif number(found[name][1]["value"]) != number(energy):
            facts = {"subject": cells["name"], "criterion": "kWh", "line": found[name][0], "value": energy}
            findings.append(
                Finding(line=line, column="avg_electricity_consumption", code="factors.figure_twice", facts=facts)
            )
    return list(found.values())


def _once(lines: list[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, dict[str, str]]]:
    """The same figure written twice is one figure; two different values stay, and are refused later."""
    seen = set()
    for line, row in lines:
        told = tuple(row.get(name, "") for name in ("kind", "subject", "criterion", "stage", "value", "unit"))
        if told not in seen:
            seen.add(told)
            yield line, row


def _source(cells: Cells, sources: dict[str, Source]) -> str | None:
    """The key of the papers a line quotes, added to ``sources`` the first time; None when it quotes none."""
    title, version = cells.get("source", ""), cells.get("version", "")
    if not title:
        return None
    # ";" separates several sources in our own columns.
    key = " ".join(f"{title} {version}".split()).replace(";", ",")
    if key not in sources:
        sources[key] = _papers(key, title, version)
    return key


def _papers(key: str, title: str, version: str) -> Source:
    seen_on = _day(version) or _day(title) or UNKNOWN_DAY
    return Source(
        key=key,
        publisher=title,
        title=title,
        version=version or "–",
        licence="private",
        link="",
        checked_on=seen_on,
        best_before=seen_on + READ_EVERY,
        redistribution="private",
        notes="Fichier de l’organisation ; la date vient de sa version ; elle est inconnue quand la version n’en dit rien.",
        notes_en="File of the organisation; the date comes from its version, and is unknown when that says nothing.",
    )


def _day(text: str) -> date | None:
    """The day a version names (20220211, 2022-02-11, or a year alone: its first day)."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)(?!\d)", text)
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return None
    year = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
    return date(int(year.group(1)), 1, 1) if year else None


def _lines(path: Path) -> Iterator[tuple[int, Cells]]:
    headers, lines = headers_and_lines(path)
    names = [_bare(header) for header in headers]
    lacking = [name for name in NEEDED if name not in names]
    if lacking:
        raise TerreauError("factors.not_g4it", file=path.name, lacking=", ".join(lacking))
    for line, cells in lines:
        yield line, dict(zip(names, cells, strict=False))


def _bare(text: str) -> str:
    return "".join(c for c in normal(text) if c.isalnum())
