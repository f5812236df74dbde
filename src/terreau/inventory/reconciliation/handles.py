"""How a decision names a line (repères): its key, its source, and its own mark when several lines share both.

``serial:5CG1234567␟Intune`` is "the line of Intune with this serial", ``serial:5CG1234567␟GLPI␟PC-OLD`` the one of two
such lines that is called PC-OLD. A line answers to each key it bears (serial, IMEI, inventory number, name), so that a
decision survives a serial that is filled in later; a key without source answers for every source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.inventory import serials
from terreau.inventory.keys import bare, coarse

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SEPARATOR = "␟"


@dataclass(frozen=True, slots=True)
class Handle:
    """A key taken apart: kind (serial, id, name), value, source and mark ('' when not said)."""

    kind: str
    value: str
    source: str
    mark: str


def handle(key: str, source: str, mark: str = "") -> str:
    """The key of a line in a decision, from its ``line_key`` (see inventory.keys); '' for a line nothing identifies."""
    return SEPARATOR.join((key, source, mark) if mark else (key, source)) if key else ""


def taken_apart(text: str) -> Handle:
    """The parts of a key."""
    key, _, rest = text.partition(SEPARATOR)
    source, _, mark = rest.partition(SEPARATOR)
    kind, _, value = key.partition(":")
    return Handle(kind, value, source, mark)


def matched(con: Engine, relation: str, handles: Iterable[str]) -> dict[str, list[int]]:
    """Which rows of ``relation`` (with ``row_id``) each key names; a key that names none is left out."""
    wanted = {text: taken_apart(text) for text in sorted(set(handles))}
    if not wanted:
        return {}
    values = {kind: sorted({one.value for one in wanted.values() if one.kind == kind})
              for kind in ("serial", "id", "name")}  # fmt: skip
    rows = con.execute(f"""SELECT row_id, serial, imei, source_id, name, source FROM {relation}
        WHERE {coarse("serial")} IN (SELECT unnest($serial)) OR {coarse("imei")} IN (SELECT unnest($serial))
           OR source_id IN (SELECT unnest($id)) OR name IN (SELECT unnest($name))
        ORDER BY row_id""", values).fetchall()  # fmt: skip
    found: dict[str, list[int]] = {}
    for row_id, serial, imei, source_id, name, source in rows:
        borne = {"serial": {_bare(serial), _bare(imei)} - {""}, "id": {source_id}, "name": {name}}
        for text, one in wanted.items():
            named = one.value in borne.get(one.kind, ()) and one.source in ("", source)
            if named and one.mark in ("", source_id, name):
                found.setdefault(text, []).append(row_id)
    return found


def _bare(serial: str | None) -> str:
    """The serial as keys write it (``keys.coarse``), '' for one that identifies nothing."""
    if serials.is_junk(serial):
        return ""
    return bare(serial or "")
