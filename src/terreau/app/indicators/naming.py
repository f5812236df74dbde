"""Which definition a key or an address names, and how the others call what is kept here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext

from terreau.app.accounts import access
from terreau.app.evidence.door import Subject
from terreau.app.indicators.models import KeptValue
from terreau.app.language import language
from terreau.indicators.catalogue import indicator, indicators
from terreau.indicators.definition import ORGANISATION, Indicator
from terreau.kernel.errors import TerreauError
from terreau.publishing import numbers
from terreau.referentials.edition import Words

OWN = "~"
"""In addresses, what stands before the key of an indicator of the organisation."""
VALUE = "value"
"""The kind of subject a value is, for evidence."""
FACET = "source"
"""What evidence supports of a value."""


def packs(organisation: Any) -> tuple[tuple[Indicator, ...], ...]:
    """The definitions of this organisation alone, beside those of the catalogue."""
    from terreau.app.indicators import own

    return (own.definitions(organisation),)


def definitions(organisation: Any) -> dict[str, Indicator]:
    """Every definition this organisation may follow, by key: the catalogue and its own."""
    return {one.key: one for one in indicators(packs(organisation))}


def definitions_of(organisation: Any, keys: Iterable[str]) -> dict[str, Indicator]:
    """The definitions of these keys alone; one that is gone is told as lost, never hidden."""
    asked = list(keys)
    held = packs(organisation) if any(key.startswith(ORGANISATION) for key in asked) else ()
    own = {one.key: one for pack in held for one in pack}
    return {key: own.get(key) or _found(key) for key in asked}


def definition_at(organisation: Any, place: str) -> Indicator:
    """The definition an address names; Http404 when there is none."""
    key = f"{ORGANISATION}{organisation.pk}/{place[1:]}" if place.startswith(OWN) else place
    try:
        return indicator(key, packs(organisation))
    except TerreauError as unknown:
        raise Http404 from unknown


def place_of(key: str) -> str:
    """What names an indicator in the addresses of its organisation."""
    return OWN + key.rpartition("/")[2] if key.startswith(ORGANISATION) else key


def address(name: str, organisation: Any, key: str, *args: Any) -> str:
    """The address ``indicators:<name>`` of one indicator."""
    return reverse(f"indicators:{name}", args=[organisation.slug, place_of(key), *args])


def value_subject(pk: Any) -> str:
    """The subject under which evidence is tied to a value."""
    return f"{VALUE}:{pk}"


def subject_named(organisation: Any, user: Any, key: str) -> Subject | None:
    """A value, as the room of evidence names it; None when this person may not add to it."""
    if access.role_of(user, organisation) not in access.CONTRIBUTE:
        return None
    try:
        row = KeptValue.objects.filter(organisation=organisation, pk=UUID(key.partition(":")[2])).first()
    except ValueError:
        return None
    if row is None:
        return None
    one = definitions_of(organisation, [row.indicator])[row.indicator]
    label = f"{one.name.in_(language())}, {numbers.day(row.on, language())}"
    url = address("value", organisation, row.indicator, row.pk)
    return Subject(key=key, label=label, url=url, facets=((FACET, gettext("la valeur")),))


def _found(key: str) -> Indicator:
    try:
        if not key.startswith(ORGANISATION):
            return indicator(key)
    except TerreauError:
        pass
    lost = Words(fr=f"Définition perdue ({key.rpartition('/')[2]})", en=f"Lost definition ({key.rpartition('/')[2]})")
    return Indicator(key=key, name=lost, question=lost, numerator=lost, unit="", theme="governance", audience="governance",
                     nature="state", direction="none", frequency="per_event", source="form")  # fmt: skip
