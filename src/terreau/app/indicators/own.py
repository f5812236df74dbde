"""Own indicators (indicateurs propres): written step by step or dropped as a file, checked whole, private to their organisation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.text import slugify

from terreau.app import confinement
from terreau.app.accounts.alone import alone
from terreau.app.indicators.models import Aim, Following, KeptValue, OwnIndicator
from terreau.app.journal import door as journal
from terreau.indicators.definition import ORGANISATION, Indicator
from terreau.indicators.loading import from_document, to_document
from terreau.kernel.errors import TerreauError
from terreau.tables.working import CHILD, working_folder

MOST = 100
HOME = "language"
"""Among the answers of a definition: the language it is written in, that of its words said once."""
WORDS = ("name", "question", "numerator", "denominator", "scope", "where")
"""Fields said in two languages."""


def definitions(organisation: Any) -> tuple[Indicator, ...]:
    """The finished definitions of an organisation; one that can no longer be read is left out, and told as lost where it is used."""
    made = []
    # As text: parsed once for all, whatever the number of pages that ask.
    rows = OwnIndicator.objects.filter(organisation=organisation, draft=False).annotate(
        told=Cast("document", TextField())
    )
    for pk, told in rows.values_list("organisation_id", "told"):
        try:
            made.append(_read(told, str(pk)))
        except TerreauError:
            continue
    return tuple(made)


def full_key(row: OwnIndicator) -> str:
    """The private key under which values and followings name it."""
    return f"{ORGANISATION}{row.organisation_id}/{row.key}"


def begin(
    organisation: Any, actor: Any, given: Mapping[str, Any], answers: Mapping[str, str], language: str
) -> OwnIndicator:
    """A first draft: its name, its question; app.own_too_many beyond a hundred. Sent twice, it is one."""
    with alone(organisation):
        if sent := _begun(organisation, actor, given, {**answers, HOME: language}, language):
            return sent
        if OwnIndicator.objects.filter(organisation=organisation).count() >= MOST:
            raise TerreauError("app.own_too_many", most=MOST)
        row = OwnIndicator(organisation=organisation, by=actor, answers={**answers, HOME: language})
        row.key = _free_key(organisation, given.get("name", ""))
        row.document = merged({"key": row.key}, given, language, language)
        row.save()
        journal.record(organisation, actor, "indicators.own_begun", {"key": row.key})
    return row


def write(row: OwnIndicator, actor: Any, given: Mapping[str, Any], language: str, seen: int) -> OwnIndicator:
    """One step of a definition; a finished one stays whole, or the step is refused.

    TerreauError app.changed_meanwhile, indicators.refused, app.own_unit_held, indicators.unit_clash.
    """
    with transaction.atomic():
        held = OwnIndicator.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if held.revision != seen:
            raise TerreauError("app.changed_meanwhile")
        before, after = held.document, merged(held.document, given, language, held.answers.get(HOME, "fr"))
        if after == before:
            return held
        if not held.draft:
            checked(held, after)
        held.document, held.revision = after, held.revision + 1
        held.save()
        if not held.draft:
            changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
            facts = {"key": held.key, "before": {name: before.get(name) for name in changed},
                     "after": {name: after.get(name) for name in changed}}  # fmt: skip
            journal.record(held.organisation, actor, "indicators.own_changed", facts)
    return held


def finish(row: OwnIndicator, actor: Any) -> Indicator:
    """A whole draft becomes a definition that may be followed; TerreauError as ``write``."""
    with transaction.atomic():
        held = OwnIndicator.objects.select_for_update(of=("self",)).get(pk=row.pk)
        made = checked(held, held.document)
        if held.draft:
            held.draft, held.revision = False, held.revision + 1
            held.save()
            journal.record(held.organisation, actor, "indicators.own_made", {"key": held.key, "name": made.name.fr})
    return made


def drop(organisation: Any, actor: Any, upload: Any) -> tuple[OwnIndicator, bool]:
    """A definition from a YAML file; the same key again replaces the older definition. Returns the row and whether it is new."""
    from terreau.app.files.door import plain_name

    name = plain_name(str(upload.name))
    with working_folder(CHILD) as folder:
        path = Path(folder) / "indicator.yaml"
        with path.open("wb") as target:
            for piece in upload.chunks():
                target.write(piece)
        document = confinement.run("terreau.app.indicators.own_reading.document", path=str(path), name=name)
    with transaction.atomic():
        row = (
            OwnIndicator.objects.select_for_update(of=("self",))
            .filter(organisation=organisation, key=document["key"])
            .first()
        )
        new = row is None
        if row is None:
            if OwnIndicator.objects.filter(organisation=organisation).count() >= MOST:
                raise TerreauError("app.own_too_many", most=MOST)
            row = OwnIndicator(organisation=organisation, key=document["key"], by=actor)
        made = checked(row, document)
        before = {} if new or row.draft else {"before": row.document, "after": document}
        row.document, row.draft, row.revision = document, False, row.revision + 1
        row.save()
        journal.record(
            organisation,
            actor,
            "indicators.own_dropped",
            {"key": row.key, "name": made.name.fr, "file": name[:120]} | before,
        )
    return row, new


def remove(row: OwnIndicator, actor: Any) -> None:
    """Take a definition away; app.own_in_use while it is followed or has values."""
    with transaction.atomic():
        key = full_key(row)
        values = KeptValue.objects.filter(organisation=row.organisation_id, indicator=key).count()
        if values or Following.objects.filter(organisation=row.organisation_id, indicator=key).exists():
            raise TerreauError("app.own_in_use", key=row.key, values=values)
        Following.every.filter(organisation=row.organisation_id, indicator=key).delete()  # off the board already
        journal.record(row.organisation, actor, "indicators.own_removed", {"key": row.key})
        row.delete()


def checked(row: OwnIndicator, document: Mapping[str, Any]) -> Indicator:
    """The indicator of a document, its unit the one its values already have, its meter one that exists."""
    from terreau.indicators.meters import known_units
    from terreau.indicators.units import factor_from

    made = from_document(document, row.key, organisation=str(row.organisation_id))
    if made.meter:
        units = known_units()
        if made.meter.key not in units:
            raise TerreauError("app.own_meter_unknown", meter=made.meter.key)
        factor_from(units[made.meter.key], made.unit, key=row.key, meter=made.meter.key)
    units_held = set(
        KeptValue.objects.filter(organisation=row.organisation_id, indicator=made.key)
        .order_by()
        .values_list("unit", flat=True)
    )
    units_held |= set(
        Aim.objects.filter(following__organisation=row.organisation_id, following__indicator=made.key)
        .order_by()
        .values_list("unit", flat=True)
    )
    if units_held - {made.unit}:
        raise TerreauError("app.own_unit_held", unit=made.unit or "–", held=", ".join(sorted(units_held - {made.unit})))
    return made


def merged(document: Mapping[str, Any], given: Mapping[str, Any], language: str, home: str) -> dict[str, Any]:
    """The document with the fields ``given``; words said in ``home`` alone stand for both languages until the other is written."""
    after = dict(document)
    for name, value in given.items():
        told = _said_in(document.get(name), str(value or ""), language, home) if name in WORDS else value
        if told in (None, "", [], {}):
            after.pop(name, None)
        else:
            after[name] = told
    return after


def said(document: Mapping[str, Any], name: str, language: str) -> str:
    """One field in the language of the page."""
    held = document.get(name)
    return str(held.get(language) or "") if isinstance(held, Mapping) else str(held or "")


def as_yaml(row: OwnIndicator) -> str:
    """The definition as a file that may be dropped elsewhere."""
    from terreau.referentials.yaml_reading import write_yaml

    return write_yaml(to_document(from_document(row.document, row.key)))


def _said_in(held: Any, text: str, language: str, home: str) -> Any:
    other = "fr" if language == "en" else "en"
    before = str(held.get(other) or "") if isinstance(held, Mapping) else str(held or "")
    once = not isinstance(held, Mapping) or held.get("fr") == held.get("en")
    if not text or not before or text == before or (once and language == home):
        return text
    return {language: text, other: before}


def _begun(
    organisation: Any, actor: Any, given: Mapping[str, Any], answers: Mapping[str, str], language: str
) -> OwnIndicator | None:
    """The draft that this person began with these very words, and that nobody wrote in since."""
    for one in OwnIndicator.objects.filter(organisation=organisation, by=actor, draft=True, revision=0):
        if one.answers == answers and one.document == merged({"key": one.key}, given, language, language):
            return one
    return None


def _free_key(organisation: Any, name: str) -> str:
    base = slugify(name)[:40].strip("-") or "indicateur"
    taken = set(
        OwnIndicator.objects.filter(organisation=organisation, key__startswith=base).values_list("key", flat=True)
    )
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, MOST + 2))) if key not in taken)


@lru_cache(maxsize=512)
def _read(document: str, organisation: str) -> Indicator:
    return from_document(json.loads(document), "", organisation=organisation)
