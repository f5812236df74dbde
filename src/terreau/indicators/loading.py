"""From a document to an indicator and back: every field checked, every finding told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from terreau.indicators.definition import (
    AUDIENCES,
    BOUNDS,
    DIRECTIONS,
    FREQUENCIES,
    NATURES,
    ORGANISATION,
    SETS,
    SOURCES,
    STANDINGS,
    THEMES,
    Caution,
    Indicator,
    MeterRef,
    TypicalTarget,
)
from terreau.indicators.units import UNITS
from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Words
from terreau.referentials.gathering import Fields, Gathering

SCOPES = ("1", "2", "3")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


def from_document(document: Mapping[str, Any], where: str, *, organisation: str = "") -> Indicator:
    """The indicator a document describes; TerreauError indicators.refused tells every finding at once.

    organisation: the identifier of the organisation it belongs to, which makes its key private ("org:<uuid>/KEY")
    """
    gathering = Gathering(where)
    fields = Fields(gathering, document, "")
    made = _indicator(fields)
    fields.done()
    try:
        gathering.refuse_if_any()
    except TerreauError as refused:
        raise TerreauError("indicators.refused", **refused.facts) from None
    return private(made, organisation) if organisation else made


def private(one: Indicator, organisation: str) -> Indicator:
    """The same indicator as one of an organisation: invisible elsewhere, never mistaken for one of the catalogue."""
    return replace(one, key=f"{ORGANISATION}{organisation}/{one.short}", origin="organisation")


def to_document(one: Indicator) -> dict[str, Any]:
    """The document of an indicator, fields in the order of the page, what is empty left out."""
    target = one.typical_target
    document: dict[str, Any] = {
        "key": one.short,
        "set": one.set,
        "name": _said(one.name),
        "question": _said(one.question),
        "numerator": _said(one.numerator),
        "denominator": _said(one.denominator),
        "formula": one.formula,
        "unit": one.unit,
        "theme": one.theme,
        "scope": _said(one.scope),
        "audience": one.audience,
        "nature": one.nature,
        "direction": one.direction,
        "frequency": one.frequency,
        "source": one.source,
        "where": _said(one.where),
        "meter": {"key": one.meter.key, "groups": list(one.meter.groups)} if one.meter else None,
        "pair": one.pair,
        "typical_target": _target_document(target) if target else None,
        "in_use_by": list(one.in_use_by),
        "scope_ghg": list(one.scope_ghg),
        "cautions": [{"key": caution.key, "words": _said(caution.words)} for caution in one.cautions],
    }
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def _said(words: Words) -> dict[str, str] | None:
    return {"fr": words.fr, "en": words.en} if words else None


def _target_document(target: TypicalTarget) -> dict[str, Any]:
    document = {
        "words": _said(target.words),
        "value": None if target.value is None else f"{target.value:g}",
        "bound": target.bound,
        "standing": target.standing,
        "verification": target.verification,
        "source": target.source,
    }
    return {name: value for name, value in document.items() if value not in (None, "")}


def _indicator(fields: Fields) -> Indicator:
    made = Indicator(
        key=fields.key(),
        set=fields.choice("set", SETS) or "extended",
        name=fields.words("name", required=True),
        question=fields.words("question", required=True),
        numerator=fields.words("numerator", required=True),
        denominator=fields.words("denominator"),
        formula=fields.text("formula", required=True),
        unit=fields.choice("unit", UNITS, required=True),
        theme=fields.choice("theme", THEMES, required=True),
        scope=fields.words("scope"),
        audience=fields.choice("audience", AUDIENCES, required=True),
        nature=fields.choice("nature", NATURES, required=True),
        direction=fields.choice("direction", DIRECTIONS, required=True),
        frequency=fields.choice("frequency", FREQUENCIES, required=True),
        source=fields.choice("source", SOURCES, required=True),
        where=fields.words("where"),
        meter=_meter(fields),
        pair=fields.text("pair"),
        typical_target=_target(fields),
        in_use_by=fields.texts("in_use_by"),
        scope_ghg=fields.texts("scope_ghg", SCOPES),
        cautions=_cautions(fields),
    )
    if (made.source == "meter") != (made.meter is not None):
        fields.gathering.say("missing", "meter" if made.source == "meter" else "source", fields.line)
    return made


def _meter(fields: Fields) -> MeterRef | None:
    inner = fields.inner("meter")
    if inner is None:
        return None
    made = MeterRef(key=inner.text("key", required=True), groups=inner.texts("groups"))
    inner.done()
    return made


def _target(fields: Fields) -> TypicalTarget | None:
    inner = fields.inner("typical_target")
    if inner is None:
        return None
    made = TypicalTarget(
        words=inner.words("words", required=True),
        standing=inner.choice("standing", STANDINGS, required=True),
        value=_number(inner, "value"),
        bound=inner.choice("bound", BOUNDS),
        verification=inner.choice("verification", ("read", "inferred"), required=True),
        source=inner.text("source"),
    )
    if made.verification == "read" and not made.source:
        fields.gathering.say("missing", f"{inner.at} › source", inner.line)
    inner.done()
    return made


def _number(fields: Fields, name: str) -> float | None:
    """A number written between quotes, its sign kept; None when absent."""
    text = fields.text(name)
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        fields.gathering.say("bad_number", f"{fields.at} › {name}", fields.line, value=text[:40])
        return None
    return float(text)


def _cautions(fields: Fields) -> tuple[Caution, ...]:
    made = []
    for one in fields.each("cautions", "caution"):
        made.append(Caution(key=one.text("key", required=True), words=one.words("words", required=True)))
        one.done()
    return tuple(made)
