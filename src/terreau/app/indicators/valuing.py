"""Values kept: given, taken from meters, corrected, recomputed; each signed, written once, journalled in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.accounts.alone import alone
from terreau.app.indicators import metering
from terreau.app.indicators.board import values_of
from terreau.app.indicators.metering import Reading
from terreau.app.indicators.models import KeptValue
from terreau.app.indicators.naming import definitions_of
from terreau.app.journal import door as journal
from terreau.indicators.series import series
from terreau.indicators.values import Value, correction, recomputed
from terreau.kernel.errors import TerreauError

KEPT = ("indicator", "group", "on", "precision", "value", "low", "high", "numerator", "denominator", "unit", "method",
        "method_version", "origin", "explained", "signed_by", "recorded_at")  # fmt: skip
LONGEST = {"group": 160, "method": 200, "method_version": 80, "explained": 2000, "signed_by": 200}


def signature(actor: Any) -> str:
    """How a person signs: the name others know them by."""
    return str(getattr(actor, "name", "") or actor)[:200]


def give(organisation: Any, actor: Any, value: Value) -> KeptValue:
    """Keep a value; one that corrects another needs its reason. Sent twice, it is one.

    app.changed_meanwhile when the one it corrects or recomputes was corrected since, or when its day was told since.
    """
    if value.corrects and not value.explained.strip():
        raise TerreauError("indicators.correction_unexplained", indicator=_name(organisation, value.indicator))
    with alone(organisation):
        _still_in_force(organisation, value)
        if sent := _sent(organisation, actor, value):
            return sent
        made = keep(organisation, actor, [value])[0]
        action = "corrected" if value.corrects else "recomputed" if value.recomputes else "valued"
        _told(organisation, actor, f"indicators.{action}", made)
    return made


def correct(row: KeptValue, actor: Any, explained: str, given: Value | None) -> KeptValue:
    """Another value in the place of ``row``, which stays; None takes it away."""
    old = row.as_value()
    told = {
        name: getattr(given, name) if given else None for name in ("value", "low", "high", "numerator", "denominator")
    }
    made = correction(
        old, id=str(uuid4()), recorded_at=timezone.now(), signed_by=signature(actor), explained=explained, origin="form", **told,
    )  # fmt: skip
    return give(row.organisation, actor, made)


def recompute(row: KeptValue, actor: Any, given: Value) -> KeptValue:
    """The same day told again with another method; both stay."""
    made = recomputed(
        row.as_value(), given.value or 0.0, id=str(uuid4()), recorded_at=timezone.now(), method=given.method, low=given.low,
        high=given.high, numerator=given.numerator, denominator=given.denominator, explained=given.explained,
        signed_by=signature(actor),
    )  # fmt: skip
    return give(row.organisation, actor, made)


def take(organisation: Any, actor: Any, readings: Sequence[Reading]) -> int:
    """Keep what these meters say today, with their papers; what is kept already is left. Returns how many were kept."""
    with alone(organisation):
        held = values_of(organisation, [one.line.one.key for one in readings])
        made = []
        for one in readings:
            linked = _linked(one.value, held.get(one.line.one.key, [])) if one.value and one.measured else None
            if linked is not None and one.measured is not None:
                made += keep(organisation, actor, [linked], metering.papers(one.measured))
        if made:
            names = sorted({one.indicator for one in made})
            journal.record(organisation, actor, "indicators.measured", {"count": len(made), "indicators": names})
    return len(made)


def keep(
    organisation: Any, actor: Any, values: Iterable[Value], papers: dict[str, Any] | None = None
) -> list[KeptValue]:
    """The rows of these values, written; the caller holds the transaction and writes the journal."""
    rows = [
        KeptValue(
            id=UUID(one.id), organisation=organisation, by=actor, papers=papers or {},
            period_start=one.period.start if one.period else None, period_end=one.period.end if one.period else None,
            corrects=UUID(one.corrects) if one.corrects else None, recomputes=UUID(one.recomputes) if one.recomputes else None,
            **{name: _clipped(name, getattr(one, name)) for name in KEPT},
        )
        for one in values
    ]  # fmt: skip
    return list(KeptValue.objects.bulk_create(rows))


def in_force(row: KeptValue) -> bool:
    """True until another value corrects it."""
    return not KeptValue.objects.filter(organisation=row.organisation_id, corrects=row.pk).exists()


def _linked(value: Value, held: Sequence[Value]) -> Value | None:
    """The value tied to the one of its day: left out when it says the same, a correction, or a recomputation."""
    point = series(value.indicator, held, value.group).on(value.on)
    if point is None:
        return value
    old = point.told_as(value)
    if old is None:
        return replace(value, recomputes=point.original.id)
    if metering.same(old, value):
        return None
    return replace(
        value,
        corrects=old.id,
        recomputes=old.recomputes,
        explained=_("Le compteur dit autre chose depuis la mesure précédente."),
    )


def _still_in_force(organisation: Any, value: Value) -> None:
    of = value.corrects or value.recomputes
    if of and KeptValue.objects.filter(organisation=organisation, corrects=UUID(of)).exists():
        raise TerreauError("app.changed_meanwhile")


def _sent(organisation: Any, actor: Any, value: Value) -> KeptValue | None:
    """What this person sent for the same day, with the same figures, a moment before."""
    if value.corrects:
        return None
    held = values_of(organisation, [value.indicator]).get(value.indicator, ())
    point = series(value.indicator, held, value.group).on(value.on)
    old = point.told_as(value) if point else None
    if old is not None and metering.same(old, value):
        found = KeptValue.objects.filter(pk=UUID(old.id), by=actor).first()
        if found is not None:
            return found
    if point is not None and value.recomputes is None:
        raise TerreauError("app.changed_meanwhile")
    return None


def _clipped(name: str, held: Any) -> Any:
    """A text as long as its column at most: a file may hold anything."""
    return held[: LONGEST[name]] if name in LONGEST else held


def _name(organisation: Any, key: str) -> str:
    return definitions_of(organisation, [key])[key].name.fr


def _told(organisation: Any, actor: Any, action: str, row: KeptValue) -> None:
    facts = {"indicator": row.indicator, "name": _name(organisation, row.indicator), "on": row.on.isoformat(), "group": row.group,
             "value": row.value, "unit": row.unit, "key": str(row.pk)}  # fmt: skip
    if row.corrects:
        facts["corrects"] = str(row.corrects)
    if row.recomputes:
        facts["recomputes"] = str(row.recomputes)
    journal.record(organisation, actor, action, facts | ({"why": row.explained[:400]} if row.explained else {}))
