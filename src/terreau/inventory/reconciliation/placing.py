"""Devices in machine rooms (salles machines): a room that one source describes serves the devices of all.

A device names its room; rooms are found by that name in its normal form. The PUE of the room becomes the device's own,
unless its line says one; the country of the room replaces that of the device, as NumEcoEval does, and only there.
Two descriptions of one room that disagree: the highest PUE is kept, then the first country in alphabetical order, so
that the choice depends neither on the order of files nor on luck; ``room_conflicts`` says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.kernel.text import normal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomConflict:
    """A room described twice otherwise: what is said (country, PUE), what is kept. Empty values are ''."""

    name: str
    said: tuple[tuple[str, str], ...]
    kept: tuple[str, str]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {"name": self.name, "said": [{"country": country, "pue": pue} for country, pue in self.said],
                "kept": {"country": self.kept[0], "pue": self.kept[1]}}  # fmt: skip


def placed(con: Engine, settled: str, places: str) -> str:
    """SQL: settled lines with the PUE and the country of their room (``pue``, ``country``) and ``room_country``."""
    described = _rooms(con, places)
    elsewhere = f"(SELECT *, CAST(NULL AS VARCHAR) AS room_country FROM {settled})"
    if not described:
        return elsewhere
    named = [row[0] for row in con.execute(
        f"SELECT DISTINCT datacentre FROM {settled} WHERE datacentre IS NOT NULL ORDER BY 1").fetchall()]  # fmt: skip
    known = [(name, *_kept(described[normal(name)])) for name in named if normal(name) in described]
    if not known:
        return elsewhere
    table = lookup(con, fresh("rooms_known"), {
        "room": ("VARCHAR", [name for name, _, _ in known]),
        "room_country": ("VARCHAR", [country for _, country, _ in known]),
        "room_pue": ("DECIMAL(9,4)", [pue for _, _, pue in known]),
    })  # fmt: skip
    return f"""(SELECT * EXCLUDE (room, room_pue)
            REPLACE (coalesce(pue, room_pue) AS pue, coalesce(room_country, country) AS country)
        FROM {settled} LEFT JOIN {table} ON room = datacentre)"""


def room_conflicts(con: Engine, places: str) -> tuple[RoomConflict, ...]:
    """Rooms of one name that are not described alike."""
    return tuple(
        RoomConflict(name=said[0][0], said=tuple(_written(one[1], one[2]) for one in said),
                     kept=_written(*_kept(said)))
        for _, said in sorted(_rooms(con, places).items()) if len({one[1:] for one in said}) > 1
    )  # fmt: skip


def rooms_unknown(con: Engine, lines: str, places: str) -> tuple[str, ...]:
    """Rooms that lines name and nothing describes, when something describes rooms: a name mistyped, most often."""
    described = _rooms(con, places)
    if not described:
        return ()
    named = con.execute(f"SELECT DISTINCT datacentre FROM {lines} WHERE datacentre IS NOT NULL ORDER BY 1").fetchall()
    return tuple(name for (name,) in named if normal(name) not in described)


def _rooms(con: Engine, places: str) -> dict[str, list[tuple[str, str | None, object]]]:
    """Descriptions (name as written, country, PUE) of each room, by its name in normal form."""
    if not places:
        return {}
    rooms: dict[str, list[tuple[str, str | None, object]]] = {}
    for name, country, pue in con.execute(
        f"SELECT DISTINCT datacentre, country, pue FROM {places} WHERE datacentre IS NOT NULL ORDER BY ALL"
    ).fetchall():
        rooms.setdefault(normal(name), []).append((name, country, pue))
    return rooms


def _kept(said: list[tuple[str, str | None, object]]) -> tuple[str | None, object]:
    """The country and the PUE kept, each on its own: one description may know what another does not."""
    countries = sorted({country for _, country, _ in said if country})
    pues = [pue for _, _, pue in said if pue is not None]
    return (countries[0] if countries else None), (max(pues) if pues else None)  # type: ignore[type-var]


def _written(country: str | None, pue: object) -> tuple[str, str]:
    return country or "", "" if pue is None else str(pue)
