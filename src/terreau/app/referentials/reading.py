"""Files from outside, read in the confined child: plain values in and out, nothing of Django here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

FIRST = 6
SAMPLES = 2


def edition(path: str, name: str) -> dict[str, Any]:
    """The edition a YAML file describes, checked whole."""
    from terreau.referentials.document import as_document
    from terreau.referentials.loading import edition_from
    from terreau.referentials.yaml_reading import read_yaml

    return as_document(edition_from(read_yaml(Path(path)), name))


def official(path: str, name: str) -> dict[str, Any]:
    """The official text a JSON file holds, and the edition it makes when none is shipped."""
    from terreau.referentials.document import as_document
    from terreau.referentials.official import official_from
    from terreau.referentials.official_json import read_json
    from terreau.referentials.private import becomes_an_edition, private_edition

    text = official_from(read_json(Path(path)), name)
    made = as_document(private_edition(text, name)) if becomes_an_edition(text) else None
    return {"text": text.as_json(), "edition": made}


def propose(path: str, name: str) -> dict[str, Any]:
    """A first reading of a received grid."""
    from terreau.referentials.grids.book import open_book
    from terreau.referentials.grids.proposing import propose as proposed

    book = open_book(Path(path), name)
    return understood(book, proposed(book))


def understand(path: str, name: str, mapping: dict[str, Any]) -> dict[str, Any]:
    """The same grid as a person corrected its reading."""
    from terreau.referentials.grids.book import open_book
    from terreau.referentials.grids.mapping import mapping_from_json

    return understood(open_book(Path(path), name), mapping_from_json(mapping))


def understood(book: Any, mapping: Any) -> dict[str, Any]:
    """Mapping, edition, cells to fill, fate of every line, and what the mapping screen shows of each sheet."""
    from terreau.referentials.document import as_document
    from terreau.referentials.grids.doubting import doubts
    from terreau.referentials.grids.reading import edition_of, fates, read

    grid = read(book, mapping)
    made = edition_of(grid)
    return {
        "mapping": mapping.as_json(),
        "document": as_document(made),
        "grid": grid.as_json(),
        "fates": fates(grid),
        "doubts": [[one.fr, one.en] for one in doubts(mapping, grid)],
        "lines": [[one.sheet, one.line, one.fate, one.text, one.key, one.reason] for one in grid.lines],
        "remarks": [[one.sheet, one.line, one.told("fr"), one.told("en"), one.code] for one in grid.remarks],
        "sheets": [_shown(book, mapping, sheet) for sheet in book.sheets if not sheet.hollow],
        "first": [_criterion(one, grid) for one in made.criteria[:FIRST]],
        "criteria": len(made.criteria),
        "points": str(sum(one.points or 0 for one in made.criteria)),
    }


def _shown(book: Any, mapping: Any, sheet: Any) -> dict[str, Any]:
    """Columns of one sheet: letter, heading, two samples; and what its mapping says."""
    from terreau.referentials.grids.book import address

    mapped = next((one for one in mapping.sheets if one.sheet == sheet.name), None)
    first = mapped.first if mapped else 0
    headings = mapped.headings if mapped else ()
    roles = {place: role for role, place in mapped.columns.items()} if mapped else {}
    columns = []
    for place in range(min(max(sheet.width, max(roles, default=-1) + 1), 40)):
        texts = [text for row in range(first, len(sheet.rows)) if (text := sheet.cell(row, place))][:40]
        heading = headings[place] if place < len(headings) else ""
        if texts or heading or place in roles:
            samples = list(dict.fromkeys(texts))[:SAMPLES]
            columns.append({"place": place, "letter": address(0, place)[:-1], "heading": heading, "role": roles.get(place, ""),
                            "samples": [" ".join(text.split())[:70] for text in samples]})  # fmt: skip
    return {"name": sheet.name, "used": mapped is not None, "first": first, "headings": list(headings), "columns": columns,
            "lines": len(sheet.rows)}  # fmt: skip


def _criterion(one: Any, grid: Any) -> dict[str, Any]:
    cells = {role: cell.ref for role, cell in grid.cells[one.short].items()}
    return {"number": one.number, "question": one.question.fr[:200], "points": "" if one.points is None else str(one.points),
            "theme": one.theme, "cells": cells}  # fmt: skip
