"""The indicators at hand (catalogue): a file dropped in ``data`` is one more, a package or an organisation may add its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from terreau.indicators.definition import SETS, THEMES, Indicator
from terreau.indicators.loading import from_document
from terreau.kernel.errors import TerreauError
from terreau.kernel.registry import by_key
from terreau.referentials.yaml_reading import parse_yaml, read_yaml

DATA = Path(__file__).with_name("data")
GROUP = "terreau.indicators"
"""Entry points of other packages: each names a module whose folder holds one YAML file per indicator."""
Packs = Sequence[Iterable[Indicator]]


def indicators(packs: Packs = ()) -> tuple[Indicator, ...]:
    """Every indicator, by set then theme then key; ``packs`` are those of one organisation, as ``load`` gives them."""
    found = by_key((one.key, one.origin, one) for one in (*_shipped(), *(one for pack in packs for one in pack)))
    return tuple(sorted(found.values(), key=_place))


def indicator(key: str, packs: Packs = ()) -> Indicator:
    """The indicator of this key; TerreauError indicators.unknown names the nearest keys.

    One of ours is read alone: its file bears its key.
    """
    path = DATA / f"{key.upper()}.yaml"
    if key.isalnum() and path.is_file():
        return _ours(path)
    known = {one.key: one for one in indicators(packs)}
    if key not in known:
        near = difflib.get_close_matches(key.upper(), list(known), n=4, cutoff=0.4) or sorted(known)[:4]
        raise TerreauError("indicators.unknown", key=key, nearest=", ".join(near))
    return known[key]


def load(folder: Path, *, organisation: str) -> tuple[Indicator, ...]:
    """The indicators of an organisation's pack: the YAML files of ``folder``, under private keys.

    TerreauError indicators.refused or referentials.yaml_* for a file that cannot be used, kernel.key_claimed_twice
    when two files claim one key.
    """
    return tuple(by_key(_read(folder, organisation)).values())


def _read(folder: Path, organisation: str = "") -> Iterator[tuple[str, str, Indicator]]:
    for path in sorted(folder.glob("*.yaml")):
        made = from_document(read_yaml(path), path.name, organisation=organisation)
        yield made.key, path.name, made


@cache
def _shipped() -> tuple[Indicator, ...]:
    """Ours, then those that other packages announce; two files of one key are refused, both named."""
    ours = ((one.key, path.name, one) for path in sorted(DATA.glob("*.yaml")) for one in (_ours(path),))
    theirs = (found for folder in _announced() for found in _read(folder))
    return tuple(by_key((*ours, *theirs)).values())


def _announced() -> Iterator[Path]:
    for entry in entry_points(group=GROUP):
        home = entry.load().__file__
        if home:
            yield Path(home).parent


@cache
def _ours(path: Path) -> Indicator:
    return from_document(parse_yaml(path.read_text(encoding="utf-8"), path.name, ours=True), path.name)


def _place(one: Indicator) -> tuple[int, int, str]:
    return SETS.index(one.set), THEMES.index(one.theme), one.key
