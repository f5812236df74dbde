"""The levers at hand: those of the package, those other packages announce, those of an organisation's folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from terreau.kernel.errors import TerreauError
from terreau.kernel.registry import by_key
from terreau.kernel.text import normal
from terreau.levers.generic import FORMS, generic
from terreau.levers.reading import read_lever
from terreau.levers.records import Lever
from terreau.levers.sources import DATA

ANNOUNCED = "terreau.levers"


def levers(more: Iterable[Lever] = ()) -> tuple[Lever, ...]:
    """Every lever: ours by key, those of other packages, then ``more`` (what ``load`` gave)."""
    return _shipped() + tuple(more)


def lever(key: str, more: Iterable[Lever] = ()) -> Lever:
    """The lever ``key`` ("LV01", "life:monitor"); TerreauError levers.unknown naming the nearest."""
    wanted = key.strip()
    held = levers(more)
    found = next((one for one in held if one.key.casefold() == wanted.casefold()), None)
    if found or (wanted.partition(":")[0].lower() in FORMS and ":" in wanted):
        return found or generic(wanted)
    near = _nearest(wanted, held)
    raise TerreauError(
        "levers.unknown",
        key=wanted.rpartition("/")[2],  # a private key begins with its organisation, which says nothing to a person
        near_fr=f"{near.key} ({near.title.fr})",
        near_en=f"{near.key} ({near.title.en})",
        forms=", ".join(f"{form}:…" for form in FORMS),
    )


def load(place: Path, *, owner: str = "") -> tuple[Lever, ...]:
    """The levers of a folder, one YAML file each, or of one file; ``owner`` ("org:<uuid>") makes their keys private.

    TerreauError levers.file_refused, tables.yaml_*, kernel.key_claimed_twice (naming both files).
    """
    origin, prefix = ("organisation", f"{owner}/") if owner else ("package", "")
    read = [(path, _read(path, path.stat().st_mtime_ns, prefix, origin)) for path in written(place)]
    return tuple(by_key((one.key, path.name, one) for path, one in read).values())


def written(place: Path) -> list[Path]:
    """The YAML files of a folder, in their order; or that one file."""
    return sorted(place.glob("*.yaml")) if place.is_dir() else [place] if place.is_file() else []


@lru_cache(maxsize=1)
def _shipped() -> tuple[Lever, ...]:
    """Ours and those announced by other packages under ``terreau.levers``: a folder, or a module beside its files."""
    placed = [(one.key, "terreau", one) for one in load(DATA)]
    for entry in entry_points(group=ANNOUNCED):
        placed += [(one.key, entry.name, one) for one in load(_folder(entry.load()))]
    return tuple(by_key(placed).values())


def _folder(announced: object) -> Path:
    if isinstance(announced, ModuleType):
        return Path(str(announced.__file__)).parent
    return Path(str(announced))


@lru_cache(maxsize=512)
def _read(path: Path, age: int, prefix: str, origin: str) -> Lever:
    """One lever; ``age`` renews the memory when the file changes."""
    return read_lever(path, prefix=prefix, origin=origin)


def _nearest(wanted: str, held: tuple[Lever, ...]) -> Lever:
    """The lever whose key or title is closest to what was typed."""
    names = {one.key.casefold(): one for one in held}
    padded = re.sub(r"^([a-z]+)(\d)$", r"\g<1>0\2", wanted.casefold())  # "lv1" is nearer to LV01 than to LV51
    near = get_close_matches(padded, names, n=1, cutoff=0.6)
    if near:
        return names[near[0]]
    titles = {normal(title): one for one in held for title in (one.title.fr, one.title.en)}
    said = [title for title in titles if normal(wanted) in title] or get_close_matches(normal(wanted), titles, 1, 0.0)
    return titles[said[0]]
