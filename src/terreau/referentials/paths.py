"""Starter paths (parcours de départ): for one referential, the few criteria to begin with, and why each comes first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering
from terreau.referentials.library import DATA
from terreau.referentials.yaml_reading import parse_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """One criterion to begin with, by its full key, and why it comes first."""

    criterion: str
    why_first: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterPath:
    """One path: for which edition, for whom (``intro``), and its steps in order."""

    key: str
    referential: str
    version: str
    title: Words
    intro: Words
    steps: tuple[FirstStep, ...]


def paths(folder: Path = DATA / "paths") -> tuple[StarterPath, ...]:
    """Every path of ``folder``, the shortest experience first (by file name); TerreauError referentials.*."""
    found = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return tuple(_read(path, path.stat().st_mtime_ns) for path in found)


@lru_cache(maxsize=32)
def _read(path: Path, age: int) -> StarterPath:
    """One path; ``age`` renews the memory when the file changes."""
    gathering = Gathering(path.name)
    fields = Fields(gathering, parse_yaml(path.read_text(encoding="utf-8"), path.name, ours=True), "")
    made = StarterPath(
        key=fields.key(),
        referential=fields.text("referential", required=True),
        version=fields.text("version", required=True),
        title=fields.words("title", required=True),
        intro=fields.words("intro", required=True),
        steps=tuple(_step(item) for item in fields.each("criteria", "criterion", required=True)),
    )
    fields.done()
    gathering.refuse_if_any()
    return made


def _step(fields: Fields) -> FirstStep:
    made = FirstStep(criterion=fields.text("key", required=True), why_first=fields.words("why_first", required=True))
    fields.done()
    return made
