"""Lines that describe a machine room, not a device (salles machines): its name, its country, its PUE.

They are kept beside the devices, in the same snapshot, and told among the lines set aside: a room is not equipment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.keys import fresh
from terreau.inventory.remarks import remark
from terreau.tables.engine import literal
from terreau.tables.reading import RawSheet, SetAside

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

IN_A_ROOM = "datacentre"
"""The ``record`` of such a line, the kind of its sheet, and the kind told of it among the lines set aside."""

MOST_TOLD = 1_000
"""Rooms told one by one; those beyond are told together [count]."""


def rooms(con: Engine, read: str, raw: RawSheet, input_number: int, remarks: str) -> tuple[str, list[SetAside]]:
    """Create the table of the rooms of one sheet from what was ``read`` (see lines.read_lines).

    Returns its name (``input`` and the columns of a snapshot) and what to tell of the lines. A room without a name
    leads nowhere: it is told, and not kept.
    """
    name = fresh("rooms")
    (named,) = con.execute(f"SELECT count(datacentre) FROM {read}").fetchone() or (0,)
    called = "datacentre" if named else "coalesce(name, site)"  # a list made by hand says "Nom" or "Salle"
    known = {"record": f"'{IN_A_ROOM}' AS record", "datacentre": f"{called} AS datacentre"}
    columns = ", ".join(known.get(column, column) for column in SNAPSHOT_COLUMNS)
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT input, {columns} FROM {read} WHERE {called} IS NOT NULL")
    heading = next((header for header in raw.headers if header), "")
    remark(con, remarks, f"""SELECT {input_number}, line, {literal(heading)}, 'inventory.room_without_name', '', '{{}}'
        FROM {read} WHERE {called} IS NULL""")  # fmt: skip
    more = f"CASE WHEN name IS DISTINCT FROM {called} THEN name END"
    told = con.execute(f"""SELECT line,
            concat_ws(' · ', {called}, {more}, country, 'PUE ' || pue::DOUBLE::VARCHAR)
        FROM {read} ORDER BY line LIMIT {MOST_TOLD}""").fetchall()
    count = (con.execute(f"SELECT count(*) FROM {read}").fetchone() or (0,))[0]
    aside = [SetAside(line=line, kind=IN_A_ROOM, text=text) for line, text in told]
    if count > len(told):
        aside.append(SetAside(line=told[-1][0] + 1, kind=IN_A_ROOM, lines=count - len(told)))
    return name, aside
