"""One registry for what is added by dropping one file (connectors, packs, rules)."""

import importlib
import pkgutil
from collections.abc import Iterable
from importlib.metadata import entry_points
from types import ModuleType
from typing import TypeVar

from terreau.kernel.errors import TerreauError

Thing = TypeVar("Thing")


def modules_in(package: str) -> tuple[ModuleType, ...]:
    """Every public module of ``package``, then those that other packages announce under its name."""
    home = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(home.__path__) if not info.name.startswith("_"))
    ours = [importlib.import_module(f"{package}.{name}") for name in names]
    theirs = [entry.load() for entry in entry_points(group=package)]
    return tuple(ours + theirs)


def by_key(things: Iterable[tuple[str, str, Thing]]) -> dict[str, Thing]:
    """``(key, where, thing)`` as a dict; two places claiming one key is an error naming both."""
    found: dict[str, tuple[str, Thing]] = {}
    for key, where, thing in things:
        if key in found:
            raise TerreauError("kernel.key_claimed_twice", key=key, first=found[key][0], second=where)
        found[key] = (where, thing)
    return {key: thing for key, (_, thing) in found.items()}
