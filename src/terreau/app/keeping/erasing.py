"""``terreau organisation erase``: rows, folder, journal and heads of one organisation go; nothing of another is touched.

A note in its folder says that it is being erased, before the rows go; the folder goes once they are gone. Cut between
the two, ``finish`` ends the work at the next start (or takes the note away when the rows are still there).
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from terreau.app.accounts.models import Organisation, User
from terreau.app.home import home, organisation_home
from terreau.app.journal.locks import lifted
from terreau.app.journal.models import Entry
from terreau.app.keeping import rows
from terreau.app.keeping.belongings import BESIDE, all_models, belongings, links, rows_of
from terreau.app.keeping.leaving import named
from terreau.app.keeping.whole import sweep

NOTE, GOING = ".being-erased", ".erased-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What went: rows and files [count]; people who now belong to no organisation (their accounts stay)."""

    name: str
    rows: int
    files: int
    people: tuple[str, ...]


def erase(slug: str) -> Erased:
    """Erase one organisation for good; app.no_such_organisation when there is none of this address."""
    organisation = named(slug)
    folder = organisation_home(organisation.pk)
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    people = _only_there(organisation)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")  # what leaves is overwritten, not only forgotten
    (folder / NOTE).touch(mode=0o600)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        gone = _rows(organisation)
    _forget(folder)
    sweep(home(), ".backup-")
    _leave_no_trace()
    return Erased(name=organisation.name, rows=gone, files=files, people=people)


def finish() -> None:
    """End the erasures that were cut; asked when Terreau starts."""
    organisations = home() / "organisations"
    for note in organisations.glob(f"*/{NOTE}"):
        if note.parent.name.startswith(GOING):
            continue
        if Organisation.objects.filter(pk=note.parent.name).exists():
            note.unlink()
        else:
            _forget(note.parent)
    for going in organisations.glob(f"{GOING}*"):
        shutil.rmtree(going, ignore_errors=True)


def _rows(organisation: Organisation) -> int:
    mine = belongings()
    _let_go(mine, organisation)
    gone = 0
    for (label, column), beside in BESIDE.items():
        models = {rows.label(model): model for model in all_models()}
        if label in models and beside in models:
            owner = models[label]
            keys = rows_of(owner, mine[owner], organisation.pk).exclude(**{column: None}).values_list(column, flat=True)
            gone += _gone(models[beside]._base_manager.filter(pk__in=list(keys)))
    with lifted(connection):
        gone += _gone(rows_of(Entry, mine[Entry], organisation.pk))
    # Raw: no signal, no cascade that a model could have turned off; the furthest from the organisation first.
    for model, path in reversed(list(mine.items())):
        gone += _gone(rows_of(model, path, organisation.pk))
    connection.check_constraints()
    return gone


def _gone(found: Any) -> int:
    return found._raw_delete("default") or 0


def _let_go(mine: dict[Any, str], organisation: Organisation) -> None:
    # Rows of others that point here (a child to its parent) stay, and point nowhere.
    for model, path in mine.items():
        for field in links(model):
            if field.null and field.related_model in mine and field.name != path.split("__")[0]:
                further = mine[field.related_model]
                pointing = field.name if further == "pk" else f"{field.name}__{further}"
                others = model._base_manager.exclude(**{path: organisation.pk}).filter(**{pointing: organisation.pk})
                model._base_manager.filter(pk__in=list(others.values_list("pk", flat=True))).update(
                    **{field.name: None}
                )


def _only_there(organisation: Organisation) -> tuple[str, ...]:
    there = User.objects.filter(memberships__organisation=organisation)
    elsewhere = User.objects.filter(memberships__organisation__in=Organisation.objects.exclude(pk=organisation.pk))
    return tuple(there.exclude(pk__in=elsewhere.values("pk")).order_by("email").values_list("email", flat=True))


def _forget(folder: Path) -> None:
    going = folder.with_name(GOING + folder.name)
    with contextlib.suppress(FileNotFoundError):
        folder.rename(going)
    shutil.rmtree(going, ignore_errors=True)


def _leave_no_trace() -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL reuses the room by itself (autovacuum)
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:  # busy: done at another time
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
