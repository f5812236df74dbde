"""Who may open what: one row per address, walked by test_matrix.py as every kind of visitor.

To add the addresses of your room, write ``tests/app/matrix_<room>.py`` with ``ROWS = (Row(...), ...)``; it is found by
itself. A room's address that is in no table fails the tests, and so does a row whose address no longer exists.

    Row("parc:fleet", READ, "De quoi est fait notre parc ?")            a page: 200 and exactly this h1
    Row("parc:source", READ, "GLPI", args=lambda world: {"pk": a_source(world).pk})
    Row("parc:csv", READ, file="text/csv")                              a file: 200, this type, as an attachment
    Row("parc:forget", EDIT, goes_to="/o/valmont/parc/", method="POST", data={...})   a POST that leads elsewhere

``args`` receives the world (below) and gives what the address needs beyond ``slug``, which is always there when the
address has one; make your own objects in it, in ``world.organisation``. ``query`` is appended as it stands.
``given(world)`` makes, before ``args``, what the page shows or changes; both run once for all who only look or are
refused. ``prepare(client, world)`` runs before each request, signed-out visitors included. ``but={"reader": 302}`` states an
exception. Levels say who gets the answer; the others get what the house promises:

    signed out: sent to sign-in · a stranger or another organisation: 404 · a member without the right: 403
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

MEMBERS = ("auditor", "reader", "contributor", "editor", "owner")
OUTSIDE = ("stranger", "outsider", "host")
VISITORS = ("signed_out", *OUTSIDE, *MEMBERS)

PUBLIC = frozenset(VISITORS)
SIGNED_OUT = frozenset({"signed_out"})
SIGNED_IN = frozenset(VISITORS) - SIGNED_OUT
READ = frozenset(MEMBERS)
CONTRIBUTE = frozenset({"contributor", "editor", "owner"})
EDIT = frozenset({"editor", "owner"})
OWN = frozenset({"owner"})
AUDIT = frozenset({"owner", "auditor"})
HOST = frozenset({"host"})

World = SimpleNamespace  # organisation, other_organisation, and each visitor's User by name


@dataclass(frozen=True, kw_only=True)
class _Row:
    args: Callable[[Any], Mapping[str, Any]] = field(default=lambda world: {})
    query: str = ""
    method: str = "GET"
    data: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    goes_to: str = ""
    status: int = 200
    follow: bool = False
    given: Callable[[Any], object] = field(default=lambda world: None)
    prepare: Callable[[Any, Any], None] | None = None
    but: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Row(_Row):
    """One address: its name, who gets its answer, and what that answer is (an h1, a file, or where it leads)."""

    name: str
    opens_to: frozenset[str]
    h1: str = ""


def rows() -> tuple[Row, ...]:
    """Every row of every ``matrix_<room>.py``."""
    import tests.app

    names = sorted(m.name for m in pkgutil.iter_modules(tests.app.__path__) if m.name.startswith("matrix_"))
    return tuple(row for name in names for row in importlib.import_module(f"tests.app.{name}").ROWS)
