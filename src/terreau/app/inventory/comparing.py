"""The order of the sources, the question a person answered, the whole of a list as a table (comparaison)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from terreau.app.inventory import deciding, kinds, reconciled
from terreau.app.inventory.models import Source

LONGEST = 1200
MOST_EXAMPLES = 25


def order(organisation: Any, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The sources in the order in which they are believed: the one a person chose, else what each tool is good at."""
    by_hand = deciding.ordered_by_hand(organisation)
    return {
        "sources": [{"pk": str(one.pk), "name": one.name} for one in _ordered(organisation, told)],
        "by_hand": by_hand,
        "kept_by": kinds.language(),
    }


def raised(organisation: Any, told: Sequence[Mapping[str, Any]], pk: str) -> list[Source]:
    """The sources with the one asked a place higher; [] when nothing moves."""
    found = _ordered(organisation, told)
    place = next((rank for rank, one in enumerate(found) if str(one.pk) == pk), 0)
    if not place:
        return []
    found[place - 1], found[place] = found[place], found[place - 1]
    return found


def asked(told: Mapping[str, Any], value: str) -> Mapping[str, Any] | None:
    """The pair of the page that ``value`` answers, None when the page no longer asks it."""
    try:
        keys = json.loads(value) if len(value) <= LONGEST else None
    except (ValueError, RecursionError):
        return None
    pairs = [*told["pairs"], *(one["pair"] for one in told["to_decide"] if one["pair"])]
    return next((one for one in pairs if one["keys"] == keys and all(keys)), None)


def beside(key: str, told: Mapping[str, Any]) -> list[str]:
    """The lists that complete this one and hold something."""
    near = {
        "unknown_to_inventory": ("unknown_in_question", "unknown_personal"),
        "personal": ("personal_in_question", "unknown_personal"),
    }
    return [one for one in near.get(key, ()) if told[one]["count"]]


def listing_table(devices: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of a list as CSV: bare values, several ones joined by " | "."""
    heads = ["label", "category", "category_label", "model", "serial", "entity", "site", "quantity", "fate",
             "last_seen_on", "sources", "lines"]  # fmt: skip
    rows = [
        [{**one, "category_label": kinds.label(one["category"]), "sources": " | ".join(one["sources"]),
          "lines": " | ".join(one["lines"])}[head] for head in heads]
        for one in devices
    ]  # fmt: skip
    return heads, rows


def field_table(found: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of the disagreements of one field as CSV: what each source says, joined by " | "."""
    rows = [
        [one["label"], one["field"], " | ".join(f"{each['source']}: {each['value']}" for each in one["said"]),
         one["chosen"], int(one["lesser"])]
        for one in found
    ]  # fmt: skip
    return ["label", "field", "sources", "kept", "spelling_only"], rows


def field_page(found: Mapping[str, Any], slug: str, lang: str) -> dict[str, Any]:
    """The disagreements of one field, as printed; the first ones only."""
    short = {**found, "examples": found["examples"][:MOST_EXAMPLES]}
    left = found["count"] + found["lesser"] - len(short["examples"])
    return {
        "field": reconciled.field_label(found["field"], lang),
        "key": found["field"],
        "rows": [reconciled.disagreement(one, slug, lang) for one in short["examples"]],
        "more": max(0, left),
    }


def _ordered(organisation: Any, told: Sequence[Mapping[str, Any]]) -> list[Source]:
    from terreau.inventory.reconciliation.sources import rank_of

    told = [one for one in told if one["devices"]]  # one made only of virtual machines says nothing of a device
    sources = {one.name: one for one in Source.objects.of(organisation).filter(name__in=[one["name"] for one in told])}
    by_hand = deciding.ordered_by_hand(organisation)
    chosen = by_hand.subject["order"] if by_hand else []
    place = {pk: rank for rank, pk in enumerate(chosen)}
    kind = {one["name"]: one["kind"] for one in told}
    return sorted(
        sources.values(),
        key=lambda one: (place.get(str(one.pk), len(place)), rank_of(kind[one.name], "model"), one.name),
    )
