"""Crosswalks as an organisation sees them: what could answer several referentials, confirmed by whom. Never a verdict."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from terreau.app.journal import door as journal
from terreau.app.language import language
from terreau.app.referentials.models import CrosswalkConfirmation
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.crosswalk import Pair


MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A criterion that one piece might answer too: how to call it, where it is (or '')."""

    key: str
    label: str
    url: str
    relation: str
    origin: str
    times: int
    confirmed: bool
    by: str = ""
    on: datetime | None = None


def neighbours(organisation: Any, criterion: str, most: int = MOST) -> tuple[Neighbour, ...]:
    """What stands beside a criterion, what was confirmed first, then our own pages; what someone refused is left out."""
    from terreau.referentials import crosswalk, library

    shipped = {head.key: head.version for head in library.editions()}
    said = {(row.a, row.b): row for row in _rows(organisation, criterion)}
    found: list[tuple[bool, bool, int, Pair, CrosswalkConfirmation | None]] = []
    for pair in crosswalk.neighbours(criterion):
        row = said.get((pair.a, pair.b)) or said.get((pair.b, pair.a))
        if row is None or row.holds:
            found.append((row is None, pair.b.rpartition(":")[0] not in shipped, len(found), pair, row))
    kept = sorted(found, key=lambda one: one[:3])[:most]
    return tuple(_neighbour(organisation, pair, row, shipped) for *_order, pair, row in kept)


def say(organisation: Any, actor: Any, a: str, b: str, *, holds: bool) -> CrosswalkConfirmation:
    """Someone confirms, or sets aside, one shipped pair; TerreauError app.crosswalk_unknown for any other."""
    from terreau.referentials import crosswalk

    pair = next((one for one in crosswalk.neighbours(a) if one.b == b), None)
    if pair is None:
        raise TerreauError("app.crosswalk_unknown", a=a[:80], b=b[:80])
    with transaction.atomic():
        CrosswalkConfirmation.objects.of(organisation).filter(a=b, b=a).delete()
        made: CrosswalkConfirmation = CrosswalkConfirmation.objects.update_or_create(
            organisation=organisation, a=a, b=b,
            defaults={"relation": pair.relation, "holds": holds, "by": actor, "by_label": str(actor or ""), "on": timezone.now()},
        )[0]  # fmt: skip
        journal.record(organisation, actor, "referentials.crosswalk_said", {"a": a, "b": b, "holds": holds})
    return made


def said_of(organisation: Any) -> dict[tuple[str, str], CrosswalkConfirmation]:
    """Everything said about pairs, both ways round."""
    found: dict[tuple[str, str], CrosswalkConfirmation] = {}
    for row in CrosswalkConfirmation.objects.of(organisation):
        found[row.a, row.b] = found[row.b, row.a] = row
    return found


def label_of(organisation: Any, key: str, shipped: Container[str] | None = None) -> tuple[str, str]:
    """How to call an identifier, and the address of its page here or outside ('' when there is none).

    shipped: keys of the editions shipped, when they are known already
    """
    from terreau.app.referentials import shelf
    from terreau.referentials import library
    from terreau.referentials.outside import link_of, name_of

    lang = language()
    referential, _colon, short = key.rpartition(":")
    known = {head.key for head in library.editions()} if shipped is None else shipped
    try:
        if referential not in known:
            raise KeyError(key)
        edition = library.edition(referential)
        criterion = edition.criterion(key)
    except (TerreauError, KeyError):
        return name_of(key, lang), link_of(key)
    words = criterion.question
    label = f"{edition.title.in_(lang)}, {criterion.number} : {words.in_(lang) or words.fr}"
    return label, reverse(
        "referentials:criterion", args=[organisation.slug, shelf.ref_of(organisation, referential), short]
    )


def _rows(organisation: Any, key: str) -> Any:
    from django.db.models import Q

    return CrosswalkConfirmation.objects.of(organisation).filter(Q(a=key) | Q(b=key))


def _neighbour(organisation: Any, pair: Pair, row: CrosswalkConfirmation | None, shipped: Container[str]) -> Neighbour:
    label, url = label_of(organisation, pair.b, shipped)
    confirmed = row is not None and row.holds
    return Neighbour(key=pair.b, label=label, url=url, relation=pair.relation, origin=pair.origin, times=pair.times,
                     confirmed=confirmed, by=row.by_label if row else "", on=row.on if row else None)  # fmt: skip
