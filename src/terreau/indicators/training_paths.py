"""Training paths by profession (parcours de formation): why this profession, its steps, what one can do after each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering
from terreau.referentials.yaml_reading import parse_yaml, read_yaml

DATA = Path(__file__).parent / "data" / "training"
EVERYBODY = "tous"
"""The path that all professions begin with."""
KINDS = ("onboarding", "awareness", "practice", "deepening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what one is ``able`` to do after it, how long it takes [h], the indicators it helps move (by key)."""

    key: str
    kind: str
    title: Words
    able: Words
    hours: float
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPath:
    """The path of one profession; its key is that of the profession, ``EVERYBODY`` for all."""

    key: str
    name: Words
    why: Words
    steps: tuple[Step, ...]

    @property
    def hours(self) -> float:
        """Length of the whole path [h]."""
        return sum(step.hours for step in self.steps)


def training_paths(folder: Path = DATA) -> tuple[TrainingPath, ...]:
    """Every path of ``folder``: that of everybody first, then by profession. TerreauError referentials.*, indicators.path_refused."""
    found = [_path(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.yaml"))] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda one: (one.key != EVERYBODY, one.key)))


def professions(folder: Path = DATA) -> Mapping[str, Words]:
    """The professions that have a path: key -> words."""
    return {one.key: one.name for one in training_paths(folder) if one.key != EVERYBODY}


def path_of(profession: str, folder: Path = DATA) -> tuple[Step, ...]:
    """The steps of a profession, those of everybody first; those of everybody alone for one without a path."""
    return tuple(step for one in training_paths(folder) if one.key in (EVERYBODY, profession) for step in one.steps)


@lru_cache(maxsize=64)
def _path(path: Path, age: int) -> TrainingPath:
    """One file; ``age`` renews the memory when it changes."""
    ours = path.parent == DATA
    told = parse_yaml(path.read_text(encoding="utf-8"), path.name, ours=True) if ours else read_yaml(path)
    gathering = Gathering(path.name)
    fields = Fields(gathering, told, "")
    made = TrainingPath(
        key=fields.key(),
        name=fields.words("name", required=True),
        why=fields.words("why", required=True),
        steps=tuple(_step(item) for item in fields.each("steps", "step", required=True)),
    )
    fields.done()
    try:
        gathering.refuse_if_any()
    except TerreauError as refused:
        raise TerreauError("indicators.path_refused", **refused.facts) from None
    return made


def _step(fields: Fields) -> Step:
    hours = fields.fraction("hours")
    if hours is None:
        fields.gathering.say("missing", f"{fields.at} › hours", fields.line)
    made = Step(
        key=fields.key(),
        kind=fields.choice("kind", KINDS, required=True),
        title=fields.words("title", required=True),
        able=fields.words("able", required=True),
        hours=float(hours or 0),
        serves=fields.texts("serves"),
    )
    fields.done()
    return made
