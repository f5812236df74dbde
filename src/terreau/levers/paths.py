"""Starter paths: what to begin with, for an organisation that starts and for one that has begun (parcours de départ)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from terreau.levers.fields import Fields
from terreau.levers.reading import read_key
from terreau.levers.records import StarterPath, Step
from terreau.levers.sources import DATA
from terreau.tables.yaml_reading import read_yaml


def paths(folder: Path = DATA / "paths") -> tuple[StarterPath, ...]:
    """Every path of ``folder``, the beginners' first; TerreauError levers.file_refused."""
    found = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return tuple(_read(path, path.stat().st_mtime_ns) for path in found)


@lru_cache(maxsize=32)
def _read(path: Path, age: int) -> StarterPath:
    """One path; ``age`` renews the memory when the file changes."""
    fields = Fields(read_yaml(path))
    made = StarterPath(
        key=read_key(fields, ""),
        title=fields.words("title", required=True),
        intro=fields.words("intro", required=True),
        steps=tuple(_step(one) for one in fields.each("steps")),
    )
    fields.done()
    fields.refuse_if_any(path.name)
    return made


def _step(fields: Fields) -> Step:
    made = Step(
        title=fields.words("title", required=True),
        why=fields.words("why", required=True),
        levers=fields.texts("levers"),
        indicators=fields.texts("indicators"),
        first_action=fields.words("first_action", required=True),
    )
    fields.done()
    return made
