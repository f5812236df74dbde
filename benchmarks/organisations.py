"""An organisation of any size, made apart: an inventory at two dates, a device manager that shares three fifths of it.

``python -m benchmarks.organisations LINES`` fills the home of ``TERREAU_HOME`` and has every page look once, so that
what workers make for pages is made.
"""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.fleets import MODELS, SOURCES
from terreau.tables.engine import engine, literal

SLUG, EMAIL = "banc", "banc@exemple.example"
YEARS = (date(2025, 9, 30), date(2026, 9, 30))
LATER = """CASE WHEN i % 12 = 0 THEN ['Réformé', 'Donné', 'Recyclé', 'Vendu'][1 + (hash(i * 17) % 4)::INT] ELSE 'En service' END"""
"""Status of a device a year later: one in twelve left, with a destination."""


def main() -> None:
    """Make it, then look at each page once, works done by this very process."""
    stand()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.TASKS_HERE = True
    call_command("migrate", interactive=False, verbosity=0)
    owner = make(int(sys.argv[1]), Path(os.environ["TERREAU_HOME"]))
    client = Client()
    client.force_login(owner)
    for path in paths():
        answer = client.get(path, follow=True)
        if answer.status_code not in (200, 404):  # a list that a tiny fleet has no reason to have
            sys.exit(f"{path}: {answer.status_code}")


def stand() -> None:
    """Django on the home of ``TERREAU_HOME``."""
    os.environ.update(DJANGO_SETTINGS_MODULE="terreau.app.settings", TERREAU_HOSTS="testserver")
    import django

    django.setup()


def paths() -> list[str]:
    """Every page a person signed in may look at: those the browser visits, and each list of the reconciliation."""
    from terreau.app.inventory.reconciled import LIST_OF
    from tests.browser.visited import PAGES, SIGNED_OUT, VALMONT

    found = {one.replace(VALMONT, f"/o/{SLUG}") for one in PAGES if not one.startswith("/o/numa/")} - SIGNED_OUT
    lists = (*LIST_OF, "champ/model", "champ/status", "appareil/7")
    return sorted(found | {f"/o/{SLUG}/parc/rapprochement/{one}/" for one in lists})


def make(lines: int, home: Path) -> Any:
    """The organisation, its two sources, their three inventories; the person who owns it."""
    from terreau.app.accounts.models import Membership, Organisation, Role, User

    owner = User.objects.create_user(EMAIL, "une phrase assez longue", is_host=True)
    organisation = Organisation.objects.create(slug=SLUG, name="Banc de mesure", headcount=lines)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    folder = home / "banc"
    folder.mkdir()
    for name, at, path in exports(folder, lines):
        _import(organisation, owner, name, at, path)
    return owner


def exports(folder: Path, lines: int) -> list[tuple[str, date, Path]]:
    """(source, day, CSV): one device in ten is new the second year, as many have left the list."""
    shared = SOURCES["glpi"], SOURCES["intune"]
    second = shared[0].replace("'En service'", LATER)
    return [
        ("GLPI", YEARS[0], _written(folder / "glpi-1.csv", shared[0], 0, lines, ";")),
        ("GLPI", YEARS[1], _written(folder / "glpi-2.csv", second, lines // 10, lines + lines // 10, ";")),
        ("Intune", YEARS[1], _written(folder / "intune.csv", shared[1], lines // 2, lines * 3 // 2, ",")),
    ]


def _written(path: Path, cells: str, first: int, end: int, separator: str) -> Path:
    models = ", ".join(f"({n}, {', '.join(literal(word) for word in words)})" for n, words in enumerate(MODELS))
    with engine() as con:
        con.execute(f"""COPY (SELECT {cells} FROM (
            SELECT i, upper(substr(md5(i::VARCHAR), 1, 12)) AS serial, (350000000000000 + i)::VARCHAR AS imei,
                   DATE '2019-01-01' + (hash(i * 7) % 2600)::INT AS bought, type, maker, model
            FROM range({first}, {end}) r(i) JOIN (VALUES {models}) t(n, type, maker, model) ON n = hash(i * 11) % {len(MODELS)}
        ) ORDER BY i) TO {literal(str(path))} (HEADER, DELIMITER '{separator}')""")
    return path


def _import(organisation: Any, owner: Any, name: str, at: date, path: Path) -> None:
    from terreau.app.inventory import arrivals, reading
    from terreau.app.inventory.models import Source
    from terreau.inventory import bring_in

    source, _ = Source.objects.get_or_create(organisation=organisation, name=name)
    made = bring_in([path], at=at, folder=path.parent / path.stem)
    assert made.snapshot
    summary = {**reading.summary(made.report), "files": [path.name]}
    arrivals.keep_snapshot(
        source, owner, folder=path.parent / path.stem, sha256=made.snapshot.sha256, taken_on=at, summary=summary
    )


if __name__ == "__main__":
    main()
