"""A value typed in a form, read with the very checks of a file of values: what is refused there is refused here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from terreau.app.indicators.fields import plain, written
from terreau.app.language import language
from terreau.indicators.cells import Mark
from terreau.indicators.days import days
from terreau.indicators.definition import Indicator
from terreau.indicators.lines import REJECTING, Context, LineRead, kept_points, read_line
from terreau.indicators.naming import Names
from terreau.indicators.remarks import Remark
from terreau.indicators.table_file import Row
from terreau.indicators.values import Value

TYPED = ("date", "group", "value", "numerator", "denominator", "low", "high", "method", "explained")
"""The fields of the form, named as the columns of a file."""
LONGEST = {"group": 160, "method": 200, "explained": 2000}


def read(
    one: Indicator, sent: Mapping[str, str], known: Sequence[Value], *, at: date, recorded_at: datetime, signed_by: str
) -> LineRead:
    """What was typed, accepted, doubtful or rejected with its remarks; their ``column`` is the name of a field."""
    cells = {name: text for name in TYPED if (text := plain(sent.get(name) or "", LONGEST.get(name, 40)))}
    lang = language()
    context = Context(
        file="", names=Names([one]), mark=Mark("." if lang == "en" else ",", False), workbook=False, percentages="percent", at=at,
        recorded_at=recorded_at, signed_by=signed_by, known=kept_points(known), heading={name: name for name in TYPED},
        days=days([cells["date"]] if "date" in cells else [], at=at, language=lang),
    )  # fmt: skip
    found = read_line(Row(sheet="", line=0, cells=cells | {"indicator": one.key}, lost={}), context)
    if found.value is None:
        return found
    value = replace(found.value, id=str(uuid4()), origin="form", explained=cells.get("explained", ""))
    return replace(found, value=value)


def refused(found: LineRead) -> list[Remark]:
    """The remarks that leave the value out."""
    return [each for each in found.remarks if each.code in REJECTING]


def doubts(found: LineRead) -> list[Remark]:
    """The remarks to be looked at before the value is signed."""
    return [each for each in found.remarks if each.code not in REJECTING]


def cells_of(one: Indicator, value: Value) -> dict[str, Any]:
    """A value as the form types it."""
    told = {name: written(getattr(value, name)) for name in ("value", "low", "high", "numerator", "denominator")}
    if one.denominator and value.numerator is not None and value.denominator is not None:
        told["value"] = ""  # made of its two terms: changing one changes it
    return told | {"date": value.on.isoformat(), "group": value.group, "method": value.method, "explained": ""}
