"""Documents known by identifier and link only: their text belongs to their publishers and is never here."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering
from terreau.referentials.yaml_reading import parse_yaml

DATA = Path(__file__).with_name("data") / "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A document outside: ``item_link`` addresses one of its identifiers ("…/goal{id}"), when it can."""

    key: str
    title: Words
    publisher: str
    why: Words
    link: str
    item_link: str = ""


@lru_cache(maxsize=1)
def documents() -> dict[str, Outside]:
    """The documents by key, in the order of the file."""
    gathering = Gathering("documents.yaml")
    held = parse_yaml((DATA / "documents.yaml").read_text(encoding="utf-8"), "documents.yaml", ours=True)
    made = {}
    for fields in Fields(gathering, held, "").each("documents", "document", required=True):
        document = Outside(
            key=fields.key(),
            title=fields.words("title", required=True),
            publisher=fields.text("publisher", required=True),
            why=fields.words("why", required=True),
            link=fields.link(),
            item_link=fields.link("item_link"),
        )
        fields.done()
        made[document.key] = document
    gathering.refuse_if_any()
    return made


def outside(identifier: str) -> Outside | None:
    """The document of "gr491:7-3047"; None when it is not one of these."""
    return documents().get(identifier.partition(":")[0])


def name_of(identifier: str, language: str = "fr") -> str:
    """How to call an identifier: "GR491, 7-3047"; the identifier itself when its document is unknown."""
    document, item = outside(identifier), identifier.partition(":")[2]
    if document is None:
        return identifier
    return f"{document.title.in_(language)}, {item}" if item else document.title.in_(language)


def link_of(identifier: str) -> str:
    """Where to read it: its own page, else the page of its document, else nothing."""
    document = outside(identifier)
    if document is None:
        return ""
    item = identifier.partition(":")[2]
    own = document.item_link.replace("{id}", item) if item else ""
    return _links().get(identifier) or own or document.link


@lru_cache(maxsize=1)
def _links() -> dict[str, str]:
    with (DATA / "links.csv").open(encoding="utf-8", newline="") as file:
        return {row["identifier"]: row["link"] for row in csv.DictReader(file)}
