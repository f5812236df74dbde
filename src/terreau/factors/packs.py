"""A pack: figures and their papers in one folder, refused without the papers (jeu de facteurs)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from terreau.factors.delimited import headers_and_lines
from terreau.factors.g4it import load_item_impacts
from terreau.factors.items import check_columns, read_items
from terreau.factors.pack import Pack, digest, refuse
from terreau.factors.papers import read_papers
from terreau.factors.rows import COLUMNS, Row, read_rows
from terreau.kernel.errors import TerreauError
from terreau.kernel.source import Source

__all__ = ["SHIPPED", "Pack", "load_pack", "load_packs", "shipped_pack"]

SHIPPED = Path(__file__).parent / "data"


def load_pack(where: Path) -> Pack:
    """The pack of a folder (``pack.toml`` and ``factors.csv``) or of one file in the G4IT item-impact layout.

    TerreauError when the papers are absent or incomplete, PackError (with every finding) when lines cannot be read.
    """
    if where.is_dir():
        return _load_folder(where)
    if where.is_file():
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
def shipped_pack(key: str, packs: Path = SHIPPED) -> Pack | None:
    """The pack of this key among those that come with Terreau, or None when its folder was removed."""
    folder = packs / key
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
        key=papers.own.key,
        papers=papers.own,
        sources=_with_papers(rows, papers.sources, key),
        rows=tuple(rows),
        items=read_items(folder / "items.csv", key),
        set_aside=tuple(aside),
        masked=papers.masked,
        digest=digest(folder / name for name in ("pack.toml", "factors.csv", "items.csv")),
    )


def _lines(table: Path, pack: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    headers, lines = headers_and_lines(table)
    check_columns(headers, needed=("subject", "value", "unit"), known=COLUMNS, pack=pack)
    for line, cells in lines:
        yield line, dict(zip(headers, cells, strict=False))


def _with_papers(rows: list[Row], sources: Mapping[str, Source], pack: str) -> Mapping[str, Source]:
    for row in rows:
        for key in row.sources:
            if key not in sources:
                raise TerreauError("factors.source_without_papers", pack=pack, source=key, line=row.line)
    return sources
