"""``terreau organisation export``: everything of one organisation in one file, its journal verifiable without us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

import terreau
from terreau.app.accounts.models import Organisation, User
from terreau.app.home import home
from terreau.app.journal import door as journal
from terreau.app.journal.models import Entry
from terreau.app.keeping import archive, rows
from terreau.app.keeping.belongings import HIDDEN, belongings, links, rows_of
from terreau.app.keeping.gathering import at_one_instant, damaged
from terreau.kernel.errors import TerreauError

READ_ME = """{name}

FR. Tout ce que Terreau garde de cette organisation, le {made_at}.
- rows/ : une ligne JSON par enregistrement, un fichier par table ; rows/accounts.user.jsonl nomme les personnes
  citées (adresse et nom, jamais de mot de passe).
- folder/ : instantanés (Parquet), fichiers, paquets de facteurs, leviers et règles propres, têtes du journal connues
  hors de la base.
- journal/key : la clé de ce seul journal. « terreau journal verify CE-FICHIER » le vérifie sans base ni serveur ;
  chaque maillon est HMAC-SHA256(clé, tableau JSON sans espaces : organisation, numéro, date UTC, acteur, nom, action, écrit, précédent).
- journal/seals : pour les entrées d'avant cette clé, HMAC-SHA256(clé, le même tableau, « before » devant, le maillon derrière).
- manifest.json : nombre de lignes et empreinte SHA-256 de chaque fichier.

EN. Everything Terreau keeps of this organisation, on {made_at}.
- rows/: one JSON line per record, one file per table; rows/accounts.user.jsonl names the people mentioned (address
  and name, never a password).
- folder/: snapshots (Parquet), files, factor packs, levers and rules of its own, heads of the journal known outside
  the database.
- journal/key: the key of this journal alone. “terreau journal verify THIS-FILE” verifies it without a database or a server;
  each link is HMAC-SHA256(key, JSON array without spaces: organisation, number, UTC date, actor, label, action, written, previous).
- journal/seals: for entries of before that key, HMAC-SHA256(key, the same array, "before" in front, the link behind).
- manifest.json: number of rows and SHA-256 of every file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What left: rows, files [count]; the head of the journal; names of files already damaged."""

    name: str
    rows: int
    files: int
    entries: int
    head: str
    sound: bool
    damaged: tuple[str, ...]


def export(slug: str, target: Path, *, passphrase: str | None = None, results: bool = False) -> Exported:
    """Write everything of one organisation at ``target``; app.no_such_organisation, app.target_exists, app.disk_full."""
    organisation = named(slug)
    verified = journal.verify(organisation)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with (
        archive.written(target, passphrase) as writer,
        at_one_instant(results, only=str(organisation.pk)) as (reader, found),
    ):
        writer.text("LISEZ-MOI.txt", READ_ME.format(name=organisation.name, made_at=made_at))
        counts = _rows(writer, organisation, reader)
        wrong = []
        for name, path in found.files.items():
            short = name.split("/", 3)[3]
            if damaged(f"/{short}", writer.file(f"folder/{short}", path)):
                wrong.append(short)
        writer.text("journal/key", journal.key_of(organisation.pk).hex())
        entries = Entry._base_manager.using(reader).filter(organisation=organisation.pk).order_by("number")
        seals = journal.seals_of(organisation.pk, entries.iterator(2000))
        writer.lines("journal/seals", (f"{number} {seal}".encode() for number, seal in seals))
        manifest = {
            "format": archive.ORGANISATION, "made_at": made_at, "terreau": terreau.__version__,
            "organisation": {"id": str(organisation.pk), "slug": slug, "name": organisation.name},
            "tables": counts, "damaged": wrong, "results": results,
        }  # fmt: skip
        writer.close(manifest)
    return Exported(
        name=organisation.name, rows=sum(counts.values()), files=len(found.files), entries=verified.head.number,
        head=verified.head.digest, sound=verified.sound, damaged=tuple(wrong),
    )  # fmt: skip


def named(slug: str) -> Organisation:
    """The organisation of this address; app.no_such_organisation names those there are, and where the examples live."""
    begun = Organisation._meta.db_table in connection.introspection.table_names()  # a home that nothing ever opened
    found = Organisation.objects.filter(slug=slug).first() if begun else None
    if found is None:
        others = Organisation.objects.order_by("slug").values_list("slug", flat=True)[:10] if begun else ()
        here = home()
        example = here if here.name == "demo" else here / "demo"
        raise TerreauError("app.no_such_organisation", slug=slug, there=", ".join(others) or "–", home=str(here),
                           example=str(example))  # fmt: skip
    return found


def _rows(writer: archive.Writer, organisation: Organisation, reader: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    people: set[Any] = set()
    for model, path in belongings().items():
        label = rows.label(model)
        to_people = [field.attname for field in links(model) if field.related_model is User]
        mine = rows_of(model, path, organisation.pk).using(reader)
        for column in to_people:
            people.update(mine.exclude(**{column: None}).order_by().values_list(column, flat=True).distinct())
        counts[label] = writer.lines(f"rows/{label}.jsonl", _objects(model, mine))
    named_people = User._base_manager.using(reader).filter(pk__in=people)
    shown = named_people.order_by("pk").values("id", "email", "name")
    counts["accounts.user"] = writer.lines(
        "rows/accounts.user.jsonl", (_object(dict(one)) for one in shown.iterator(2000))
    )
    return counts


def _objects(model: Any, found: Any) -> Iterator[bytes]:
    hidden = HIDDEN.get(rows.label(model), set())
    names = [name for name in rows.columns(model) if name not in hidden]
    for cells in found.order_by("pk").values_list(*names).iterator(2000):
        yield _object(dict(zip(names, cells, strict=True)))


def _object(cells: dict[str, Any]) -> bytes:
    return json.dumps({name: rows.plain(cell) for name, cell in cells.items()}, ensure_ascii=False).encode()
