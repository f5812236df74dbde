"""A pack: figures and their papers in one folder, refused without the papers (jeu de facteurs)."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from terreau.factors.items import Item, read_items
from terreau.factors.papers import read_papers
from terreau.factors.rows import COLUMNS, PackRefused, Row, SetAside, read_rows
from terreau.kernel.errors import TerreauError
from terreau.kernel.source import Source

SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Figures that arrive and leave together. ``papers`` are the pack's own; each row's sources are in ``sources``."""

    key: str
    papers: Source
    sources: Mapping[str, Source]
    rows: tuple[Row, ...]
    items: tuple[Item, ...]
    set_aside: tuple[SetAside, ...]
    masked: bool
    digest: str

    @property
    def redistribution(self) -> str:
        """The most cautious of its papers: private, else to_confirm, else certain."""
        said = {source.redistribution for source in self.sources.values()}
        return next(word for word in ("private", "to_confirm", "certain") if word in said)


def load_pack(where: Path) -> Pack:
    """The pack of a folder (``pack.toml`` and ``factors.csv``) or of one file in the G4IT item-impact layout.

    TerreauError when the papers are absent or incomplete, PackRefused (with every finding) when lines cannot be read.
    """
    if where.is_dir():
        return _load_folder(where)
    if where.is_file():
        from terreau.factors.g4it import load_item_impacts

        return load_item_impacts(where)
    raise TerreauError("factors.nothing_there", where=where.name)


def load_packs(where: Path) -> tuple[Pack, ...]:
    """The packs found at ``where``: one pack, or one per sub-folder, in the order of their names."""
    if not where.is_dir() or (where / "pack.toml").exists() or (where / "factors.csv").exists():
        return (load_pack(where),)
    inside = sorted(
        path
        for path in where.iterdir()
        if (path / "pack.toml").exists() or (path.is_file() and path.suffix.lower() == ".csv")
    )
    if not inside:
        raise TerreauError("factors.nothing_there", where=where.name)
    return tuple(load_pack(path) for path in inside)


@cache
def shipped_pack(key: str) -> Pack | None:
    """The pack of this key that comes with Terreau, or None when its folder was removed."""
    folder = SHIPPED / key
    return load_pack(folder) if (folder / "pack.toml").exists() else None


def _load_folder(folder: Path) -> Pack:
    key = folder.name
    papers = read_papers(folder / "pack.toml", key)
    table = folder / "factors.csv"
    if not table.is_file():
        raise TerreauError("factors.no_table", pack=key)
    rows, aside, findings = read_rows(_lines(table, key), own_source=papers.own.key, masked=papers.masked)
    if findings:
        refuse(key, findings)
    return Pack(
        key=key,
        papers=papers.own,
        sources=_with_papers(rows, papers.sources, key),
        rows=tuple(rows),
        items=read_items(folder / "items.csv"),
        set_aside=tuple(aside),
        masked=papers.masked,
        digest=digest(folder / name for name in ("pack.toml", "factors.csv", "items.csv")),
    )


def refuse(pack: str, findings: list) -> None:  # type: ignore[type-arg]
    """Raise PackRefused: how many lines, and the first one in words."""
    first = min(findings, key=lambda finding: finding.line)
    raise PackRefused(
        "factors.lines_unread", findings, pack=pack, count=len(findings), line=first.line, column=first.column,
        value=str(first.facts.get("value", first.facts.get("unit", first.facts.get("subject", "")))),
    )  # fmt: skip


def digest(paths: Iterator[Path]) -> str:
    """sha256 of the files that exist, whatever their line endings (a checkout on Windows gives the same)."""
    mark = hashlib.sha256()
    for path in paths:
        if path.is_file():
            mark.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return mark.hexdigest()


def _lines(table: Path, pack: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(StringIO(table.read_text(encoding="utf-8-sig")))
    headers = set(reader.fieldnames or ())
    lacking = [name for name in ("subject", "value", "unit") if name not in headers]
    unknown = sorted(headers - set(COLUMNS))
    if lacking or unknown:
        raise TerreauError(
            "factors.columns", pack=pack, lacking=", ".join(lacking) or "–", unknown=", ".join(unknown) or "–"
        )
    for cells in reader:
        yield reader.line_num, cells


def _with_papers(rows: list[Row], sources: Mapping[str, Source], pack: str) -> Mapping[str, Source]:
    for row in rows:
        for key in row.sources:
            if key not in sources:
                raise TerreauError("factors.source_without_papers", pack=pack, source=key, line=row.line)
    return sources
