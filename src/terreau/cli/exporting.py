"""``terreau inventory export``: the fleet as the files another tool reads."""

from __future__ import annotations

import argparse
from datetime import date

from terreau.cli.writing import ready_to_write, say, whole


def export(options: argparse.Namespace) -> int:
    """Write the G4IT files of the fleet in ``--out``; 0 when they are written."""
    from terreau.inventory.countries import alpha3
    from terreau.inventory.g4itfiles import EQUIPMENT, ROOMS, write_g4it
    from terreau.kernel.errors import TerreauError
    from terreau.kernel.period import Period
    from terreau.tables.engine import engine

    zone = alpha3(options.zone)
    if zone is None:
        raise TerreauError("cli.zone_unknown", zone=options.zone)
    equipment, rooms = options.out / EQUIPMENT, options.out / ROOMS
    ready_to_write(equipment, rooms)
    period = Period.twelve_months_ending(options.at or date.today())
    with engine() as con, whole(equipment, rooms, encoding="utf-8") as (first, second):
        told = write_g4it(con, options.files, first, second, period=period, zone=zone)
    left = sum(told.left.values())
    print(say(options.lang,
              f"{equipment} : {told.lines} lignes, {told.devices.normalize():f} équipements\n{rooms} : {told.rooms} salles",
              f"{equipment}: {told.lines} lines, {told.devices.normalize():f} devices\n{rooms}: {told.rooms} rooms"))  # fmt: skip
    if left:
        print(say(options.lang,
                  f"Laissées : {left} lignes qui ne comptent pas (sorties, en stock, virtuelles, doublons, personnelles).",
                  f"Left out: {left} lines that do not count (retired, in stock, virtual, duplicates, personal)."))  # fmt: skip
    if told.untyped:
        print(say(options.lang,
                  f"À vérifier : {told.untyped} lignes de type inconnu, écrites sous leur propre mot.",
                  f"To check: {told.untyped} lines of unknown type, written under their own word."))  # fmt: skip
    return 0
