"""Two fictitious organisations to look around in: "Métropole de Valmont" and "Atelier Numa".

Their inventories are synthetic (``examples/``) and go through the very import a person would use. Valmont has two
yearly snapshots of each source; the earlier one is derived from the same files, the same way every time. What its
device manager sees and its inventory ignores makes a true reconciliation.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app import (
    demo_arbitration,
    demo_calendar,
    demo_diagnosis,
    demo_own,
    demo_plan,
    demo_referentials,
    demo_scenarios,
    demo_training,
    demo_year,
)
from terreau.app.accounts.models import Membership, Organisation, Role
from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Draft, Source
from terreau.kernel.errors import TerreauError

LAST_YEAR, THIS_YEAR = date(2025, 9, 30), date(2026, 9, 30)
NOT_YET_SHARE = 17  # one undated line in seventeen is taken to have come during the last year
ENTRY = ("date d'achat", "mise en service", "enrollment date")
DAY = re.compile(r"^(?:(\d{2})[-/](\d{2})[-/](\d{4})|(\d{4})-(\d{2})-(\d{2}))")


@dataclass(frozen=True, slots=True)
class ExampleSource:
    """One source of an example: a file of ``examples/`` and what it is called."""

    file: str
    name: str
    perimeter: str
    days: tuple[date, ...]


VALMONT = (
    ExampleSource("inventories/glpi10_fr_ordinateurs.csv", "GLPI, ordinateurs", "Métropole, ville et CCAS : postes et serveurs",
                  (LAST_YEAR, THIS_YEAR)),
    ExampleSource("inventories/glpi11_fr_ecrans.csv", "GLPI, écrans", "Métropole, ville et CCAS", (LAST_YEAR, THIS_YEAR)),
    ExampleSource("inventories/glpi10_fr_telephones.csv", "GLPI, téléphones", "Métropole, ville et CCAS", (LAST_YEAR, THIS_YEAR)),
    ExampleSource("inventories/intune_devices.csv", "Microsoft Intune", "Postes et mobiles qui se connectent", (LAST_YEAR, THIS_YEAR)),
)  # fmt: skip
NUMA = (ExampleSource("atelier-numa.csv", "Tableur du matériel", "Nantes et Rennes, tout le matériel", (THIS_YEAR,)),)


def seed(owner: Any) -> tuple[Organisation, Organisation]:
    """Make both examples, owned by ``owner``, unless they are already there."""
    valmont = _organisation(owner, "valmont", "Métropole de Valmont", 2400)
    numa = _organisation(owner, "numa", "Atelier Numa", 45)
    for organisation, sources in ((valmont, VALMONT), (numa, NUMA)):
        for source in sources:
            for day in source.days:
                _import(organisation, owner, source, day)
    demo_diagnosis.seed(owner, {"valmont": valmont, "numa": numa}, examples() / "diagnostics")
    demo_referentials.seed(owner, valmont, examples() / "grilles" / "grille-recue.xlsx")
    demo_own.seed(owner, valmont)
    demo_training.seed(owner, {"valmont": valmont, "numa": numa})
    demo_arbitration.seed(owner, {"valmont": valmont, "numa": numa})
    demo_plan.seed(owner, {"valmont": valmont, "numa": numa}, examples() / "plans")
    demo_scenarios.seed(owner, valmont)
    demo_scenarios.look_ahead((valmont, numa))
    demo_calendar.seed(owner, {"valmont": valmont, "numa": numa})  # last: a report tells of all the rest
    return valmont, numa


def examples() -> Path:
    """The folder of the example files: beside the package when installed, at the root of a checkout otherwise."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "examples", here.parents[3] / "examples"):
        if (folder / "atelier-numa.csv").is_file():
            return folder
    raise TerreauError("app.examples_missing")


def a_year_before(text: str, day: date) -> str:
    """The same list as it would have read on ``day``: what came later is not there, what left later still is.

    A line without any date of entry is kept or not by a digest of its text, so that the result never changes.
    """
    separator = ";" if ";" in text.partition("\n")[0] else ","
    quoted = list(csv.reader(io.StringIO(text), delimiter=separator))
    headers = [header.casefold() for header in quoted[0]]
    came = [index for index, header in enumerate(headers) if any(word in header for word in ENTRY)]
    seen = [index for index, header in enumerate(headers) if header == "last check-in"]
    left = [index for index, header in enumerate(headers) if "date de réforme" in header]
    status = [index for index, header in enumerate(headers) if header == "statut"]
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(quoted[0])
    for cells in quoted[1:]:
        if _was_there(cells, came, day):
            writer.writerow(_seen_then(_still_there(cells, left, status, day), seen, day))
    return target.getvalue()


def _organisation(owner: Any, slug: str, name: str, headcount: int) -> Organisation:
    facts = {"name": name, "headcount": headcount, "is_example": True}
    organisation, _new = Organisation.objects.get_or_create(slug=slug, defaults=facts)
    Membership.objects.get_or_create(organisation=organisation, user=owner, defaults={"role": Role.OWNER})
    return organisation


def _import(organisation: Organisation, owner: Any, source: ExampleSource, day: date) -> None:
    known = Source.objects.of(organisation).filter(name=source.name).first()
    if known and known.snapshots.filter(taken_on=day).exists():
        return
    text = (examples() / source.file).read_text(encoding="utf-8-sig")
    if len(source.days) > 1:
        text = demo_year.told_this_year(text)
    if day != source.days[-1]:
        text = demo_year.told_last_year(a_year_before(text, day))
    name = Path(source.file).name
    answers = {
        "files": [SimpleUploadedFile(name, text.encode("utf-8"))], "taken_on": day, "keep_original": False,
        "source": str(known.pk) if known else "new", "name": source.name, "perimeter": source.perimeter,
    }  # fmt: skip
    draft = arrivals.begin(organisation, owner, answers)
    try:
        _read_here(draft)
        arrivals.confirm(draft, owner, draft.understood["snapshot"]["sha256"])
    except TerreauError:
        arrivals.abandon(draft, owner)
        raise


def _read_here(draft: Draft) -> None:
    """Our own files are read in this process: nothing in them is a stranger's, and nine children take ten seconds."""
    from terreau.app.inventory.reading import understand
    from terreau.tables.limits import UPLOAD

    previous = arrivals.current_of(draft.source)
    draft.understood = understand(
        folder=str(arrivals.folder_of(draft)), files=[(one["stored"], one["name"]) for one in draft.files],
        at=draft.taken_on.isoformat(), choices={}, decisions={}, language="fr", max_bytes=UPLOAD.max_bytes,
        previous=str(arrivals.path_of(previous)) if previous else None,
    )  # fmt: skip
    draft.save(update_fields=["understood"])


def _was_there(cells: list[str], came: Iterable[int], day: date) -> bool:
    days = [found for index in came if (found := _day(cells, index))]
    if days:
        return min(days) <= day
    digest = hashlib.sha256(";".join(cells).encode()).digest()
    return digest[0] % NOT_YET_SHARE != 0


def _still_there(cells: list[str], left: Iterable[int], status: Iterable[int], day: date) -> list[str]:
    told = list(cells)
    for index in left:
        gone = _day(told, index)
        if gone and gone > day:
            told[index] = ""
            for place in status:
                told[place] = "En production"
    return told


def _seen_then(cells: list[str], seen: Iterable[int], day: date) -> list[str]:
    """A tool that sees a device today saw it at the same time of the year before."""
    told = list(cells)
    for index in seen:
        last = _day(told, index)
        if last and last > day:
            told[index] = (
                f"{min(last.year - 1, day.year)}{told[index][4:]}"
                if (last.month, last.day) <= (day.month, day.day)
                else str(day)
            )
    return told


def _day(cells: list[str], index: int) -> date | None:
    found = DAY.match(cells[index]) if index < len(cells) else None
    if not found:
        return None
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        return None
