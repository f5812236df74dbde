"""``terreau inventory export``: the fleet as the files another tool reads."""

from __future__ import annotations

import argparse
from datetime import date

from terreau.cli.writing import many, ready_to_write, say, whole


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
    lang, lines = options.lang, many(options.lang, told.lines, "ligne|lignes", "line|lines")
    print(say(lang, f"{equipment} : {lines}, équipements : {told.devices.normalize():f}",
              f"{equipment}: {lines}, devices: {told.devices.normalize():f}"))  # fmt: skip
    print(f"{rooms}{say(lang, ' :', ':')} {many(lang, told.rooms, 'salle|salles', 'room|rooms')}")
    if left:
        print(say(lang, f"Lignes laissées, car elles ne comptent pas (sorties, en stock, virtuelles, doublons, personnelles) : {left}",
                  f"Lines left out, as they do not count (retired, in stock, virtual, duplicates, personal): {left}"))  # fmt: skip
    if told.untyped:
        print(say(lang, f"À vérifier, car de type inconnu et écrites sous leur propre mot : {told.untyped}",
                  f"To check, as their type is unknown and written in its own word: {told.untyped}"))  # fmt: skip
    return 0
