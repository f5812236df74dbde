"""The editions shipped with Terreau, found by themselves: a file dropped in ``data`` is one more."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition, Head
from terreau.referentials.loading import edition_from, head_from
from terreau.referentials.yaml_reading import parse_yaml, read_yaml

DATA = Path(__file__).with_name("data")


def editions(folder: Path = DATA) -> tuple[Head, ...]:
    """The heads of the editions of ``folder``, by key; criteria are not read."""
    return tuple(head for _, head in _shelf(folder))


def edition(key: str, version: str | None = None, folder: Path = DATA) -> Edition:
    """The edition ``key`` ("nr-terreau", "nr-terreau@1"), read once; TerreauError referentials.unknown."""
    wanted, _, pinned = key.partition("@")
    pinned = version or pinned
    held = [(path, head) for path, head in _shelf(folder) if head.key == wanted]
    found = [path for path, head in held if not pinned or head.version == pinned]
    if not found:
        known = ", ".join(head.key for _, head in _shelf(folder))
        raise TerreauError("referentials.unknown", key=f"{wanted}@{pinned}" if pinned else wanted, known=known)
    return _read(found[-1], _age(found[-1]))


def read_edition(path: Path, *, key: str | None = None) -> Edition:
    """The edition a person's YAML file describes, checked whole; ``key`` replaces the one it gives."""
    return edition_from(read_yaml(path), path.name, key=key)


def _shelf(folder: Path) -> tuple[tuple[Path, Head], ...]:
    """Files and heads by key, then by version as numbers ("10" comes after "9")."""
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    found: dict[tuple[str, str], tuple[Path, Head]] = {}
    for path in paths:
        head = _head(path, _age(path))
        first = found.setdefault((head.key, head.version), (path, head))
        if first[0] != path:
            raise TerreauError("referentials.two_files", key=head.key, first=first[0].name, second=path.name)
    return tuple(sorted(found.values(), key=lambda pair: (pair[1].key, _rank(pair[1].version), pair[1].version)))


def _rank(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", version)]


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=256)
def _head(path: Path, age: int) -> Head:
    """The head of a file: what stands before its themes; ``age`` renews the memory when the file changes."""
    before, _, _ = path.read_text(encoding="utf-8").partition("\nthemes:")
    return head_from(parse_yaml(before + "\n", path.name, ours=True), path.name)


@lru_cache(maxsize=64)
def _read(path: Path, age: int) -> Edition:
    return edition_from(parse_yaml(path.read_text(encoding="utf-8"), path.name, ours=True), path.name)
