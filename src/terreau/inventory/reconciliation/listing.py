"""Lists of devices with their lineage (listes): in the engine, whole; as records, their first rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from terreau.inventory.keys import fresh
from terreau.inventory.reconciliation.handles import handle
from terreau.inventory.reconciliation.records import ListedDevice, Listing

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.seen import Seen
    from terreau.tables.engine import Engine

HEADINGS = {
    "fr": ("Appareil", "Nom", "Catégorie", "Modèle", "Numéro de série", "Entité", "Lieu", "Quantité", "Sort",
           "Dernier contact", "Sources", "Lignes", "Repère"),
    "en": ("Device", "Name", "Category", "Model", "Serial number", "Entity", "Location", "Quantity", "Fate",
           "Last seen", "Sources", "Lines", "Key"),
}  # fmt: skip

_AT_ONCE = 10_000
_LINES = """list(file || CASE WHEN sheet = '' THEN '' ELSE ' › ' || sheet END || ':' || line::VARCHAR
    ORDER BY place, input, line)"""


def listing(con: Engine, seen: Seen, key: str, where: str, limit: int) -> Listing:
    """The devices of ``seen`` where a condition on d (a device) holds, by category and name."""
    name = fresh("listing")
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT d.* FROM {seen.devices} d WHERE {where}")
    count, quantity = con.execute(f"SELECT count(*), coalesce(sum(quantity), 0) FROM {name}").fetchone() or (0, 0)
    if not count:  # most lists of a small fleet are empty: nothing more to ask
        return Listing(key=key, count=0, quantity=quantity, relation=name, by_category=(), first=())
    kinds = con.execute(f"""SELECT coalesce(category, ''), count(*) AS n FROM {name}
        GROUP BY 1 ORDER BY n DESC, 1""").fetchall()
    return Listing(key=key, count=count, quantity=quantity, relation=name, by_category=tuple(kinds),
                   first=tuple(listed(con, seen, f"SELECT device FROM {name}", limit)))  # fmt: skip


def listed(con: Engine, seen: Seen, devices: str, limit: int | None = None) -> Iterator[ListedDevice]:
    """Devices (SQL of their numbers) as records, by category, name, number; at most ``limit``."""
    most = "" if limit is None else f"LIMIT {int(limit)}"
    con.execute(f"""
        WITH asked AS (SELECT * FROM {seen.devices} WHERE device IN ({devices})
                       ORDER BY category NULLS LAST, label NULLS LAST, device {most})
        SELECT a.device, a.line_key, a.source, a.mark, a.label, a.category, a.model, a.serial, a.entity, a.site,
               a.quantity, a.fate, a.last_seen_on, list(DISTINCT r.source ORDER BY r.source), {_LINES}
        FROM asked a JOIN {seen.rows} r ON r.device = a.device GROUP BY ALL
        ORDER BY a.category NULLS LAST, a.label NULLS LAST, a.device""")
    while rows := con.fetchmany(_AT_ONCE):
        yield from map(_device, rows)


def listing_rows(con: Engine, seen: Seen, one: Listing) -> Iterator[tuple[str, ...]]:
    """The whole of a list as text, one row per device (headings: ``HEADINGS``); ask ``con`` nothing else meanwhile."""
    for device in listed(con, seen, f"SELECT device FROM {one.relation}"):
        yield (str(device.device), device.label, device.category, device.model, device.serial, device.entity,
               device.site, f"{device.quantity.normalize():f}", device.fate,
               device.last_seen_on.isoformat() if device.last_seen_on else "", ", ".join(device.sources),
               ", ".join(device.lines), device.key)  # fmt: skip


def _device(row: tuple[Any, ...]) -> ListedDevice:
    number, key, source, mark, *said = row
    label, category, model, serial, entity, site, quantity, fate, seen_on, sources, lines = said
    return ListedDevice(
        device=number, key=handle(key or "", source, mark or ""), label=label or "", category=category or "",
        model=model or "", serial=serial or "", entity=entity or "", site=site or "", quantity=quantity, fate=fate,
        last_seen_on=seen_on, sources=tuple(sources), lines=tuple(lines),
    )  # fmt: skip
