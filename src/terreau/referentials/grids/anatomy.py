"""What an XLSX says around its values: merged cells, formulas, styles, the words a cell allows. Read, never run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from terreau.tables.archive import MOST_SHEET, sheet_parts, unpacked, xml_of

MOST_MERGES = 20_000
STYLED = 16  # first columns, where banners of themes stand
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(
    r"^(?:(?:'((?:[^']|'')+)'|([^'!\[\]]+))!)?(\$?[A-Z]{1,3}\$?\d{1,7})(?::(\$?[A-Z]{1,3}\$?\d{1,7}))?$"
)
Area = tuple[int, int, int, int]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The words some cells allow (liste de validation); ``source``: a range still to be read."""

    areas: tuple[Area, ...]
    words: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Anatomy:
    """Around the values of one sheet, places counted from 0."""

    merges: tuple[Area, ...] = ()
    formulas: frozenset[Place] = frozenset()
    styles: dict[Place, str] = field(default_factory=dict, hash=False)
    allowed: tuple[Allowed, ...] = ()

    @cached_property
    def _anchors(self) -> dict[Place, Area]:
        return {
            (row, column): area
            for area in self.merges
            if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) <= 5_000
            for row in range(area[0], area[2] + 1)
            for column in range(area[1], area[3] + 1)
        }

    def anchor(self, row: int, column: int) -> Place:
        """The first cell of the merged range a cell is in, or the cell itself."""
        area = self._anchors.get((row, column))
        return (area[0], area[1]) if area else (row, column)

    def span(self, row: int, column: int) -> int:
        """How many columns the merged range of a cell covers."""
        area = self._anchors.get((row, column))
        return area[3] - area[1] + 1 if area else 1

    def words_of(self, row: int, column: int) -> tuple[str, ...]:
        """The words this cell allows, none when it is free."""
        for allowed in self.allowed:
            if any(a <= row <= c and b <= column <= d for a, b, c, d in allowed.areas):
                return allowed.words
        return ()


def anatomy_of(path: Path, name: str, wanted: set[str]) -> dict[str, Anatomy]:
    """Sheet title -> what is around its values, for the sheets ``wanted``."""
    with unpacked(path, name) as archive:
        names = _defined_names(archive)
        return {
            title: _of(xml_of(archive, part, MOST_SHEET), names)
            for part, title in sheet_parts(archive).items()
            if title in wanted
        }


def area_of(text: str) -> Area:
    """The area "B2:C4" as rows and columns from 0; ValueError when it is not one."""
    first, _, last = text.partition(":")
    (r0, c0), (r1, c1) = _place(first), _place(last or first)
    return min(r0, r1), min(c0, c1), max(r0, r1), max(c0, c1)


def title_refs(source: str, own: str) -> tuple[str, Area]:
    """The sheet and the area of "'Listes'!$A$1:$A$4"; of the sheet ``own`` when none is named."""
    found = _RANGE.fullmatch(source)
    if found is None:
        return "", (0, 0, 0, 0)
    title = (found[1] or "").replace("''", "'") or found[2] or own
    return title, area_of(f"{found[3]}:{found[4] or found[3]}")


def _place(text: str) -> Place:
    found = _REF.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _of(text: bytes, names: dict[str, str]) -> Anatomy:
    merges: list[Area] = []
    formulas: set[Place] = set()
    styles: dict[Place, str] = {}
    allowed: list[Allowed] = []
    for tag, element in _elements(text):
        if tag == "c":
            _cell(element, formulas, styles)
        elif tag == "mergeCell" and len(merges) < MOST_MERGES:
            merges += _areas(element.get("ref", ""))
        elif tag == "dataValidation" and element.get("type") == "list":
            allowed.append(_allowed(element, names))
    return Anatomy(merges=tuple(merges), formulas=frozenset(formulas), styles=styles, allowed=tuple(allowed))


def _elements(text: bytes) -> Iterator[tuple[str, Any]]:
    """Complete elements by local name; rows are emptied behind us."""
    for _event, element in ElementTree.iterparse(io.BytesIO(text)):  # noqa: S314 no entity can be declared, see xml_of
        tag = element.tag.rpartition("}")[2]
        yield tag, element
        if tag == "row":
            element.clear()


def _cell(element: Any, formulas: set[Place], styles: dict[Place, str]) -> None:
    try:
        place = _place(element.get("r", ""))
    except ValueError:
        return
    if place[1] < STYLED and "s" in element.attrib:
        styles[place] = element.get("s", "")
    for inner in element:
        if inner.tag.endswith("}f"):
            formulas.add(place)
            for r0, c0, r1, c1 in _areas(inner.get("ref", "")) if inner.get("t") == "array" else ():
                if (r1 - r0 + 1) * (c1 - c0 + 1) <= 5_000:
                    formulas.update((r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1))


def _areas(text: str) -> list[Area]:
    """The areas of "B2:C4 E7"; what is none is left out: a whole column ("E:E") asks nothing of one line."""
    made = []
    for one in text.split():
        with suppress(ValueError):
            made.append(area_of(one))
    return made


def _allowed(element: Any, names: dict[str, str]) -> Allowed:
    areas = _areas(element.get("sqref") or _inner(element, "sqref"))
    told = _inner(element, "formula1")
    told = names.get(told.lower(), told)
    if told.startswith('"') and told.endswith('"'):
        words = tuple(word.strip() for word in told[1:-1].replace('""', '"').split(",") if word.strip())
        return Allowed(areas=tuple(areas), words=words)
    return Allowed(areas=tuple(areas), source=told if _RANGE.fullmatch(told) else "")


def _inner(element: Any, name: str) -> str:
    """The text inside the child ``name``: recent Excel nests it, for lists standing on another sheet."""
    return next(("".join(inner.itertext()).strip() for inner in element if inner.tag.endswith(f"}}{name}")), "")


def _defined_names(archive: zipfile.ZipFile) -> dict[str, str]:
    text = xml_of(archive, "xl/workbook.xml")
    return {
        (entry.get("name") or "").lower(): (entry.text or "").strip()
        for entry in ElementTree.fromstring(text).iter()  # noqa: S314 no entity can be declared, see xml_of
        if entry.tag.endswith("}definedName")
    }
