"""Public names loaded when first asked for: a room opens at once, and nobody pays for what they do not use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def late(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of ``package``: imports the module that holds a name when the name is first asked for.

    homes: for each module of the package, its public names ("check, HEADINGS as CHECK_HEADINGS")
    """
    known = {}
    for module, names in homes.items():
        for one in names.split(", "):
            own, _, told = one.partition(" as ")
            known[told or own] = (f"{package}.{module}", own)

    def get(name: str) -> Any:
        if name not in known:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, own = known[name]
        return getattr(import_module(module), own)

    return get
