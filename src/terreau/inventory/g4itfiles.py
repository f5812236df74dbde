"""Write a fleet as the files of G4IT and NumEcoEval (interopérabilité): equipementPhysique.csv and datacenter.csv.

Only the devices that count are written: those engines weigh every line they are given, whatever its status. Nothing is
said of the people. Read back by Terreau, the two files give the same lines, quantities, days and rooms; what the format
has no column for (place, serial number, precision of a date, reason of a doubt) stays behind.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from terreau.inventory.choices import Choices
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.fates import settle_fates
from terreau.inventory.fleet import Input, gather_all
from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.vocabulary import rows as words
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.tables.engine import engine, literal
from terreau.tables.export import Writes, write_csv

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

EQUIPMENT, ROOMS = "equipementPhysique.csv", "datacenter.csv"
"""Names of the two files."""

EQUIPMENT_COLUMNS = (
    "nomEquipementPhysique", "modele", "quantite", "nomCourtDatacenter", "dateAchat", "dateRetrait", "type", "statut",
    "paysDUtilisation", "consoElecAnnuelle", "utilisateur", "nomSourceDonnee", "nomEntite", "nbCoeur", "fabricant",
    "modeUtilisation", "tauxUtilisation", "dureeUsageInterne", "dureeUsageAmont", "dureeUsageAval",
)  # fmt: skip
"""The columns of the physical equipment: those of the G4IT template first, then the optional ones of NumEcoEval."""

ROOM_COLUMNS = ("nomCourtDatacenter", "nomLongDatacenter", "pue", "localisation", "nomEntite", "nomSourceDonnee")

TYPES = {
    **dict.fromkeys(("laptop", "chromebook"), "Laptop"),
    **dict.fromkeys(("desktop", "mini_pc", "all_in_one", "workstation", "thin_client"), "Desktop"),
    **dict.fromkeys(("rack_server", "tower_server", "blade_server", "gpu_server", "hypervisor_host"), "Server"),
    **dict.fromkeys(("inkjet_printer", "laser_printer", "multifunction_copier", "large_format_printer", "label_printer"),
                    "Printer"),
    "monitor": "Monitor", "smartphone": "Smartphone", "feature_phone": "Smartphone", "tablet": "Tablet",
    "network_switch": "IP Switch", "router": "IP Router", "internet_box": "IP Router",
    "firewall": "Network Gear", "wifi_access_point": "Network Gear",
}  # fmt: skip
"""Category of Terreau -> type as G4IT instances usually name it; the other categories go by their English label."""

STATUSES = {
    "stock": "In stock",
    "ordered": "On order",
    "repair": "In maintenance",
    "retired": "Retired",
    "lost": "Missing",
}
"""Status -> word of G4IT; a status that is not said stays empty, any other is "In use"."""

SOURCE = "Terreau"
_GONE = "Retired"
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class G4itExport:
    """What was written.

    lines: lines of equipment [count] ; devices: their quantities [count] ; rooms: lines of rooms [count]
    left: fate -> lines not written, because they do not count (virtual, merged, personal, retired, stock) [count]
    untyped: lines whose category nobody knows, written under their own type word [count]
    """

    lines: int
    devices: Decimal
    rooms: int
    left: dict[str, int] = field(default_factory=dict)
    untyped: int = 0


def write_g4it(con: Engine, inputs: Sequence[Input], equipment: Writes, rooms: Writes, *, period: Period,
               decisions: Decisions = NONE, choices: Choices | None = None, zone: str = "FRA") -> G4itExport:  # fmt: skip
    """Write the fleet of ``inputs`` (files or snapshots) as the two files, to open text targets.

    period: the twelve months whose first day parts the retired from the others ; zone: country of the devices that do
    not say theirs (ISO 3166 alpha-3), for the format demands one
    TerreauError when no device counts: a file without a line would be refused.
    """
    gathered = gather_all(con, inputs, choices)
    settled = settle_fates(con, gathered.lines, period=period, decisions=decisions, asked=gathered.asked)
    counted, told = _counted(con, settled.devices)
    if not told.lines:
        raise TerreauError("inventory.nothing_to_export")
    write_csv(_fetched(con, _equipment_sql(con, counted, zone)), EQUIPMENT_COLUMNS, equipment)
    found = con.execute(_rooms_sql(con, counted, gathered.places, zone)).fetchall()
    write_csv(found, ROOM_COLUMNS, rooms)
    return G4itExport(lines=told.lines, devices=told.devices, rooms=len(found), left=told.left, untyped=told.untyped)


def g4it_files(inputs: Sequence[Input], *, at: date, decisions: Decisions = NONE, choices: Choices | None = None,
               zone: str = "FRA") -> dict[str, bytes]:  # fmt: skip
    """The two files as bytes, by name (UTF-8, semicolons): ``at`` is the last day of the twelve months."""
    equipment, rooms = io.StringIO(newline=""), io.StringIO(newline="")
    with engine() as con:
        write_g4it(con, inputs, equipment, rooms, period=Period.twelve_months_ending(at), decisions=decisions,
                   choices=choices, zone=zone)  # fmt: skip
    return {EQUIPMENT: equipment.getvalue().encode(), ROOMS: rooms.getvalue().encode()}


def g4it_archive(inputs: Sequence[Input], *, at: date, decisions: Decisions = NONE, choices: Choices | None = None,
                 zone: str = "FRA") -> bytes:  # fmt: skip
    """The two files in one ZIP, as bytes: the same fleet gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in g4it_files(inputs, at=at, decisions=decisions, choices=choices, zone=zone).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _counted(con: Engine, devices: str) -> tuple[str, G4itExport]:
    """The table of the lines to write, each under a name no other has, and how many stay behind."""
    name = fresh("g4it")
    con.execute(f"""
        CREATE TEMP TABLE {name} AS
        SELECT *, CASE WHEN place = 1 THEN label ELSE label || ' #' || place END AS unique_label
        FROM (SELECT *, row_number() OVER (PARTITION BY label ORDER BY input, line, class_level = 'bundle', category) AS place
              FROM (SELECT *, coalesce(name, source_id, serial, category, type_word, model, 'appareil') AS label
                    FROM {devices} WHERE fate = 'counted'))""")
    left = con.execute(f"SELECT fate, count(*) FROM {devices} WHERE fate <> 'counted' GROUP BY 1 ORDER BY 1").fetchall()
    lines, quantity, untyped = con.execute(
        f"SELECT count(*), coalesce(sum(quantity), 0), count(*) FILTER (WHERE category IS NULL) FROM {name}"
    ).fetchone() or (0, 0, 0)
    return name, G4itExport(lines=lines, devices=Decimal(quantity), rooms=0, left=dict(left), untyped=untyped)


def _equipment_sql(con: Engine, counted: str, zone: str) -> str:
    types = lookup(con, fresh("g4it_types"), _two("category", _types()))
    countries = lookup(con, fresh("g4it_countries"), _two("alpha3", _countries()))
    said = lookup(con, fresh("g4it_statuses"), _two("status", STATUSES))
    entered = "CASE WHEN d.entered_on <= d.left_on OR d.left_on IS NULL THEN d.entered_on END"
    own = "CASE WHEN d.class_level <> 'bundle' THEN {} END"  # the screen of a set has not the model of its computer
    status = (
        f"CASE WHEN d.left_on IS NOT NULL THEN '{_GONE}' WHEN d.status IS NOT NULL THEN coalesce(s.word, 'In use') END"
    )
    return f"""
        SELECT d.unique_label, {own.format("d.model")}, {_number("d.quantity")}, d.datacentre, {entered}, d.left_on,
               coalesce(t.word, d.type_word), {status}, coalesce(c.word, d.country), {_number("d.kwh_per_year")}, NULL,
               '{SOURCE}', d.entity, NULL, {own.format("d.manufacturer")}, d.use_mode, {_number("d.use_rate")}, {_number("d.years_here")},
               {_number("d.years_before")}, {_number("d.years_after")}
        FROM {counted} d LEFT JOIN {types} t ON t.category = d.category LEFT JOIN {said} s ON s.status = d.status
        LEFT JOIN {countries} c ON c.alpha3 = coalesce(d.country, {literal(zone)})
        ORDER BY d.input, d.line, d.class_level = 'bundle', d.unique_label"""


def _rooms_sql(con: Engine, counted: str, places: str, zone: str) -> str:
    """Rooms described, then those only named by a device: each once, by its name without case."""
    countries = lookup(con, fresh("g4it_countries"), _two("alpha3", _countries()))
    both = f"""SELECT datacentre, NULL AS name, NULL AS pue, country, NULL AS entity, 1 AS rank, input, line FROM {counted}
        WHERE datacentre IS NOT NULL"""
    if places:
        both += f" UNION ALL SELECT datacentre, name, pue, country, entity, 0, input, line FROM {places}"
    told = ", ".join(f"arg_min({one}, rank * 1000000000000 + line) FILTER (WHERE {one} IS NOT NULL) AS {one}"
                     for one in ("datacentre", "name", "pue", "country", "entity"))  # fmt: skip
    return f"""
        SELECT r.datacentre, r.name, {_number("r.pue")}, coalesce(c.word, r.country), r.entity, '{SOURCE}'
        FROM (SELECT {told} FROM ({both}) GROUP BY lower(trim(datacentre))) r
        LEFT JOIN {countries} c ON c.alpha3 = coalesce(r.country, {literal(zone)}) ORDER BY lower(r.datacentre)"""


def _fetched(con: Engine, sql: str) -> Iterator[tuple[object, ...]]:
    con.execute(sql)
    while rows := con.fetchmany(_AT_ONCE):
        yield from rows


def _number(column: str) -> str:
    """SQL: a decimal with a point and no idle zero (``2.5``, ``12``)."""
    return f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.')"


def _two(key: str, words_of: dict[str, str]) -> dict[str, tuple[str, list[str]]]:
    return {key: ("VARCHAR", list(words_of)), "word": ("VARCHAR", list(words_of.values()))}


@cache
def _types() -> dict[str, str]:
    """Every category with the type written for it."""
    labels: dict[str, str] = {}
    for row in words("category-labels"):
        if row["language"] == "en" and not (row["size_class"] and row["category_key"] in labels):
            labels.setdefault(row["category_key"], row["label"])
    return {**labels, **TYPES}


@cache
def _countries() -> dict[str, str]:
    """Countries by their English name, as the electricity mixes of G4IT have them."""
    names: dict[str, str] = {}
    for language in ("en", "any", "fr"):
        for row in words("countries"):
            if row["kind"] == "name" and row["language"] == language:
                names.setdefault(row["alpha3"], row["word"])
    return names
