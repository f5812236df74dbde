"""Where to begin: five criteria of a referential, and why these first (parcours de départ)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering
from terreau.referentials.yaml_reading import parse_yaml

DATA = Path(__file__).with_name("data") / "paths"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A criterion by its full key, and why it comes first."""

    criterion: str
    why_first: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPath:
    """A path through one edition."""

    key: str
    referential: str
    version: str
    title: Words
    intro: Words
    steps: tuple[Step, ...]


def starting_paths(referential: str | None = None) -> tuple[StartingPath, ...]:
    """The paths shipped, those of one referential when it is given."""
    return tuple(path for path in _paths() if referential in (None, path.referential))


@lru_cache(maxsize=1)
def _paths() -> tuple[StartingPath, ...]:
    return tuple(_read(path) for path in sorted(DATA.glob("*.yaml")))


def _read(path: Path) -> StartingPath:
    gathering = Gathering(path.name)
    fields = Fields(gathering, parse_yaml(path.read_text(encoding="utf-8"), path.name, ours=True), "")
    made = StartingPath(
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


def _step(fields: Fields) -> Step:
    made = Step(criterion=fields.text("key", required=True), why_first=fields.words("why_first", required=True))
    fields.done()
    return made
