"""The papers behind levers and rules: a shipped list by key, or written in full in the definition itself (sources)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from terreau.levers.fields import Fields
from terreau.levers.records import VERIFICATIONS, Paper

DATA = Path(__file__).with_name("data")


@lru_cache(maxsize=1)
def papers() -> Mapping[str, Paper]:
    """The shipped papers by key; each says how it was seen."""
    written = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
    fields = Fields(written)
    found = {}
    for key in written:
        one = fields.inner(key)
        if one:
            found[key] = _paper(one, key)
    fields.refuse_if_any("sources.toml")
    return found


def read_sources(fields: Fields) -> tuple[Paper, ...]:
    """The field ``sources``: keys of shipped papers, or papers written in full."""
    return tuple(paper for item in fields.listed("sources") if (paper := _source(fields, item)))


def _source(fields: Fields, item: object) -> Paper | None:
    if isinstance(item, str):
        if item not in papers():
            fields.say("sources", f"nomme « {item} », absent de sources.toml", f"names “{item}”, not in sources.toml")
            return None
        return papers()[item]
    one = fields.inside(item, "sources")
    return _paper(one, one.text("key", required=True))


def _paper(fields: Fields, key: str) -> Paper:
    made = Paper(
        key=key,
        publisher=fields.text("publisher", required=True),
        title=fields.text("title", required=True),
        year=fields.text("year"),
        url=fields.text("url"),
        checked_on=fields.day("checked_on"),
        verification=fields.text("verification", required=True, among=VERIFICATIONS),
    )
    if made.url and not made.url.startswith("https://"):
        fields.say("url", "n’est pas une adresse https", "is not an https address")
    fields.done()
    return made
