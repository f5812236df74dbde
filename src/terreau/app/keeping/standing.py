"""Standing for a while on another home and another database, in the same process."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import load_backend

from terreau.app import settings_env as env
from terreau.kernel.errors import TerreauError

# A database that nobody sees before it is whole: nothing to sync, nothing beside it; the file is synced at the end.
APART = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"


@contextmanager
def standing_on(home: Path, database: dict[str, Any]) -> Iterator[Any]:
    """Within, ``home()`` is ``home`` and the default connection goes to ``database`` (a Django settings dictionary)."""
    before, known = connections["default"], os.environ.get("TERREAU_HOME")
    settings = {**copy.deepcopy(before.settings_dict), "OPTIONS": {}, **database}
    connection = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = connection
    os.environ["TERREAU_HOME"] = str(home)
    try:
        yield connection
    finally:
        connection.close()
        connections["default"] = before
        if known is None:
            del os.environ["TERREAU_HOME"]
        else:
            os.environ["TERREAU_HOME"] = known


def database_in(home: Path) -> dict[str, Any]:
    """Where the rows of ``home`` go: what DATABASE_URL says, else a SQLite file there, made apart."""
    url = env.text("DATABASE_URL")
    if url.startswith("sqlite"):
        raise TerreauError("app.restore_beside_home", url=url)
    if url:
        return env.database(home)
    apart = env.sqlite(home / "terreau.sqlite3")
    return {**apart, "OPTIONS": {**apart["OPTIONS"], "init_command": APART}}
