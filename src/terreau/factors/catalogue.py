"""The catalogue: factor sets, named lists of packs, ready to answer (catalogue, jeux de facteurs)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from terreau.factors.factorset import FactorSet
from terreau.factors.pack import Pack
from terreau.factors.packs import SHIPPED, load_packs, shipped_pack
from terreau.factors.records import Assumed, Boundary, Factor, Match
from terreau.kernel.errors import TerreauError

__all__ = [
    "Assumed", "Boundary", "Factor", "FactorSet", "Listing",
    "assemble", "Match", "default_key", "factor_set", "factor_sets",
]  # fmt: skip

SETS = Path(__file__).parent / "sets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One factor set one may choose: ``packs`` are ``(key, version)`` in order."""

    key: str
    fr: str
    en: str
    default: bool
    packs: tuple[tuple[str, str], ...]

    def label(self, language: str = "fr") -> str:
        """Its name in ``language``."""
        return self.en if language == "en" else self.fr


@cache
def factor_sets() -> tuple[Listing, ...]:
    """Every factor set that comes with Terreau, the default one first."""
    found = []
    for path in sorted(SETS.glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        packs = tuple((pack["key"], pack["version"]) for pack in said["packs"])
        found.append(
            Listing(key=said["key"], fr=said["label"]["fr"], en=said["label"]["en"],
                    default=bool(said.get("default", False)), packs=packs)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.default, one.key)))


def default_key() -> str:
    """The key of the set used when none is named."""
    return factor_sets()[0].key


def factor_set(key: str | Path | None = None, *, extra: Sequence[Path] = ()) -> FactorSet:
    """The factor set of this key; a folder or a file instead of a key is a pack put in front of the default set.

    ``extra``: more packs (folders or G4IT files) put in front, the first one speaking first.
    TerreauError for an unknown key, a pack without papers, unreadable lines, or a pack of another version.
    """
    listings = {one.key: one for one in factor_sets()}
    front = [Path(path) for path in extra]
    name = default_key() if key is None else str(key)
    if name not in listings:
        if not Path(name).exists():
            raise TerreauError("factors.unknown_set", key=name, known=", ".join(listings))
        front.insert(0, Path(name))
        name = default_key()
    if not front:
        return _shipped(name)
    ours = [pack for path in front for pack in load_packs(path)]
    shipped = _shipped(name)
    return _made("+".join([name, *(pack.key for pack in ours)]), (*ours, *shipped.packs), shipped.absent)


@cache
def _shipped(key: str) -> FactorSet:
    return assemble(next(one for one in factor_sets() if one.key == key))


def assemble(listing: Listing, packs_folder: Path = SHIPPED) -> FactorSet:
    """The packs of ``listing`` found in ``packs_folder``, in order; a removed one is only said to be absent."""
    found = {name: shipped_pack(name, packs_folder) for name, _ in listing.packs}
    for name, version in listing.packs:
        pack = found[name]
        if pack is not None and pack.papers.version != version:
            raise TerreauError(
                "factors.version_clash", set=listing.key, pack=name, expected=version, found=pack.papers.version
            )
    packs = tuple(pack for pack in found.values() if pack is not None)
    return _made(listing.key, packs, tuple(name for name, pack in found.items() if pack is None))


def _made(key: str, packs: tuple[Pack, ...], absent: tuple[str, ...]) -> FactorSet:
    mark = hashlib.sha256("\0".join([key, *(f"{pack.key} {pack.digest}" for pack in packs)]).encode())
    return FactorSet(key, mark.hexdigest(), packs, absent)
