"""One line of a file of values (ligne): read whole, every trouble told, accepted, doubtful or rejected."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from terreau.indicators.bounds import bounds
from terreau.indicators.cells import PERCENT_WORDS, Mark, Percentage, as_percent, blank, in_error, number
from terreau.indicators.days import Day
from terreau.indicators.definition import Indicator
from terreau.indicators.naming import Names
from terreau.indicators.relative import SCALES
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.series import Point, every_series
from terreau.indicators.table_file import Row
from terreau.indicators.unit_reading import unit_of
from terreau.indicators.units import unit_words
from terreau.indicators.value_columns import REPLACED, WHOLE
from terreau.indicators.values import Value
from terreau.kernel.canonical import digest_of
from terreau.kernel.text import normal
from terreau.referentials.edition import Words

REJECTING = frozenset(f"indicators.{code}" for code in (
    "unknown", "unknown_far", "formula_in_error", "indicator_absent", "date_absent", "date_unreadable", "future_date", "value_absent", "value_unreadable",
    "unit_differs", "denominator_zero", "denominator_negative", "denominator_absent", "duplicate_in_file", "already_known",
    "line_superseded", "sheet_not_understood", "text_too_long",
))  # fmt: skip
"""The remarks that leave a line out; any other makes it doubtful."""
_REPLACED = frozenset(normal(word) for pair in REPLACED.values() for word in pair)
_TERMS = ("numerator", "denominator")
MOST_SIGNS = {"group": 160, "method": 200, "method_version": 80, "explained": 2000}
"""Signs a text of a line may have: a group of more is a slip of columns, not the name of a part."""
Points = Mapping[tuple[str, str, date], Point]
"""What is already kept: indicator, group and day -> its point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRead:
    """What became of one line: "accepted", "doubtful" or "rejected" with its remarks; its value unless rejected."""

    sheet: str
    line: int
    outcome: str
    value: Value | None = None
    remarks: tuple[Remark, ...] = ()

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values, with the words of ``language``."""
        return {"sheet": self.sheet, "line": self.line, "outcome": self.outcome,
                "value": self.value.as_json() if self.value else None,
                "remarks": [one.as_json(language) for one in self.remarks]}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is decided for a whole sheet before its lines are read; ``dated``: a date as written -> its first line."""

    file: str
    names: Names
    mark: Mark
    workbook: bool
    percentages: str
    days: Mapping[str, Day]
    heading: Mapping[str, str]
    at: date
    recorded_at: datetime
    signed_by: str
    known: Points
    dated: Mapping[str, int] = field(default_factory=dict)


def kept_points(values: Sequence[Value]) -> Points:
    """The points of the values already kept, every indicator and group."""
    return {(*place, point.on): point for place, one in every_series(values).items() for point in one.points}


def read_line(row: Row, context: Context) -> LineRead:
    """One line, with everything that is wrong in it."""
    return _Reader(row, context).read()


def duplicates(lines: Sequence[LineRead]) -> list[LineRead]:
    """The lines, the second that speaks of one indicator, group and day rejected: it names the first."""
    first: dict[tuple[str, str, date, str], LineRead] = {}
    told = []
    for one in lines:
        if one.value is not None:
            key = (one.value.indicator, one.value.group, one.value.on, one.value.method_mark)
            other = first.setdefault(key, one)
            if other is not one:
                why = remark(
                    "duplicate_in_file", line=one.line, indicator=one.value.indicator, on=one.value.on, first=other.line
                )
                one = replace(one, outcome="rejected", value=None, remarks=(*one.remarks, why))
        told.append(one)
    return told


@dataclass
class _Reader:
    """Reads one line and gathers its remarks."""

    row: Row
    context: Context
    remarks: list[Remark] = field(default_factory=list)

    def read(self) -> LineRead:
        """The line with its value, when one can be made."""
        for column, code in self.row.lost.items():
            self.say(code, column)
        self.state()
        self.lengths()
        indicator, day = self.indicator(), self.day()
        figures = self.figures(indicator) if indicator else None
        value = None
        if indicator and day and day.on and figures and not self.rejected:
            value = self.linked(self.value(indicator, day, figures))
        if self.rejected:
            value = None
        outcome = "rejected" if value is None else "doubtful" if self.remarks else "accepted"
        return LineRead(
            sheet=self.row.sheet, line=self.row.line, outcome=outcome, value=value, remarks=tuple(self.remarks)
        )

    @property
    def rejected(self) -> bool:
        """True once a remark leaves the line out."""
        return any(one.code in REJECTING for one in self.remarks)

    def say(self, code: str, column: str, **facts: object) -> None:
        """Gather one remark on a column of this line."""
        heading = (
            self.row.under if column in ("date", "value") and self.row.under else self.context.heading.get(column, "")
        )
        self.remarks.append(remark(code, line=self.row.line, column=heading, **facts))

    def state(self) -> None:
        """Our own export tells the values since replaced: they are not read back as new ones."""
        if (said := self.row.get("state")) and normal(said) in _REPLACED:
            self.say("line_superseded", "state", state=self.row.get("state"))

    def lengths(self) -> None:
        """Texts are kept whole or not at all."""
        for name, most in MOST_SIGNS.items():
            if len(self.row.get(name)) > most:
                self.say("text_too_long", name, most=most, text=self.row.get(name)[:40])

    def indicator(self) -> Indicator | None:
        """The indicator of the line."""
        said = self.row.get("indicator")
        if not said:
            self.say("indicator_absent", "indicator")
            return None
        found = self.context.names.find(said)
        if found is None:
            near = self.context.names.nearest(said)
            self.say("unknown" if near else "unknown_far", "indicator", key=said[:80], nearest=", ".join(near))
        return found

    def day(self) -> Day | None:
        """The day the line speaks of."""
        said = self.row.get("date")
        if not said:
            self.say("date_absent", "date")
            return None
        day = self.context.days[said]
        if day.code:
            self.say(day.code, "date", text=said[:40], read=day.on or "–", today=self.context.at,
                     **witnessed(day, self.context.dated))  # fmt: skip
        return day

    def figures(self, indicator: Indicator) -> dict[str, float | None] | None:
        """The numbers of the line, in the unit of the indicator; None when it has none that can be used."""
        if (unit := self.row.get("unit")) and unit_of(unit) != indicator.unit:
            self.say("unit_differs", "unit", unit=unit[:40], expected=unit_words(indicator.unit))
        terms = {name: self.number(name, "") for name in _TERMS}
        below = terms["denominator"]
        if below is not None and below <= 0:
            self.say("denominator_zero" if below == 0 else "denominator_negative", "denominator", denominator=below)
            return None
        told = self.told(indicator, terms)
        value = told["value"] if not blank(self.row.get("value")) else self.from_terms(indicator, terms)
        if value is None:
            return None
        self.possible(indicator, value)
        return {**terms, **self.bounded(value, told["low"], told["high"])}

    def told(self, indicator: Indicator, terms: Mapping[str, float | None]) -> dict[str, float | None]:
        """Value and bounds as they are told, percentages read as the column reads them."""
        found: dict[str, float | None] = {}
        reading = self.context.percentages
        for name in ("value", "low", "high"):
            number, signed = self.number(name, indicator.unit), self.signed(name)
            if number is not None and indicator.unit == "%":
                above, below = terms["numerator"], terms["denominator"]
                ratio = above / below if name == "value" and above is not None and below else None
                number, doubtful, read = as_percent(Percentage(number, signed, ratio), reading)
                if not math.isfinite(number):
                    self.say("value_unreadable", name, text=self.row.get(name)[:40])
                    return dict.fromkeys(("value", "low", "high"))
                if name == "value":
                    reading = read if not signed else reading
                    if doubtful or self.called_percent(read, signed, ratio, number):
                        self.percent_doubt(number, read)
            found[name] = number
        if found["value"] is not None and indicator.denominator:
            self.against_terms(found["value"], indicator, terms)
        return found

    def called_percent(self, read: str, signed: bool, ratio: float | None, value: float) -> bool:
        """True for a bare share that its unit or its heading calls a percentage: 0,45 in "%" may be 0,45 % after all."""
        said = normal(self.row.get("unit")) in PERCENT_WORDS or "%" in self.context.heading.get("value", "")
        return said and read == "share" and not signed and ratio is None and value != 0

    def percent_doubt(self, value: float, read: str) -> None:
        """Say how an ambiguous percentage was read, and how else it could be."""
        other = value / 100 if read == "share" else value * 100
        self.say("percent_ambiguous", "value", text=self.row.get("value"), read=value, other=round(other, 12))

    def possible(self, indicator: Indicator, value: float) -> None:
        """Say a value beyond what the indicator may be worth."""
        least, most = bounds(indicator)
        beyond = (least is not None and value < least) or (most is not None and value > most)
        if beyond and (least, most) == (0, 100) and indicator.unit == "%":
            self.say("percent_out_of_range", "value", value=value)
        elif least is not None and value < least:
            self.say("value_below_least", "value", value=value, least=float(least), unit=unit_words(indicator.unit))
        elif most is not None and value > most:
            self.say("value_above_most", "value", value=value, most=float(most), unit=unit_words(indicator.unit))

    def against_terms(self, value: float, indicator: Indicator, terms: Mapping[str, float | None]) -> None:
        """The value must be what its two terms divided make, but for rounding."""
        above, below = terms["numerator"], terms["denominator"]
        if above is None or not below:
            return
        made = above / below * SCALES.get(indicator.unit, 1)
        if abs(made - value) > max(0.01 * abs(made), _half_a_unit(value)):
            self.say("value_is_not_its_ratio", "value", value=value, made=made)

    def from_terms(self, indicator: Indicator, terms: Mapping[str, float | None]) -> float | None:
        """A value left blank is made of its two terms; never of one."""
        above, below = terms["numerator"], terms["denominator"]
        if above is None and below is None:
            self.say("value_absent", "value")
            return None
        if not indicator.denominator:
            self.say("value_absent", "value")
            return None
        if above is None or below is None:
            self.say("denominator_absent" if below is None else "value_absent", "value")
            return None
        made = above / below * SCALES.get(indicator.unit, 1)
        if not math.isfinite(made):
            self.say(
                "value_unreadable", "value", text=f"{self.row.get('numerator')} / {self.row.get('denominator')}"[:40]
            )
            return None
        return made

    def bounded(self, value: float, low: float | None, high: float | None) -> dict[str, float | None]:
        """The value with its bounds: swapped when they are reversed, dropped when the value is outside; both said."""
        if low is not None and high is not None and low > high:
            self.say("bounds_reversed", "low", low=low, high=high)
            low, high = high, low
        if (low is not None and low > value) or (high is not None and high < value):
            self.say("value_outside_bounds", "value", value=value, low=low if low is not None else "–",
                     high=high if high is not None else "–")  # fmt: skip
            low = high = None
        return {"value": value, "low": low, "high": high}

    def number(self, name: str, unit: str) -> float | None:
        """A numeric cell; None when blank or unreadable. ``unit``: the one that may stand behind the figure."""
        text = self.row.get(name)
        if blank(text):
            return None
        if in_error(text):
            self.say("formula_in_error", name, text=text[:40])
            return None
        read = number(text, self.context.mark, workbook=self.context.workbook)
        behind = unit_of(read.unit) if read.unit else unit
        words = read.unit and behind is None
        if read.value is None or not math.isfinite(read.value) or (words and any(c.isdigit() for c in read.unit)):
            self.say("value_unreadable", name, text=text[:40])
            return None
        if words:
            self.say("number_among_words", name, text=text[:40], read=read.value)
        elif behind != unit and unit:
            self.say("unit_differs", name, unit=read.unit[:40], expected=unit_words(unit))
        if read.ambiguous:
            self.say("number_ambiguous", name, text=text[:40], read=read.value)
        return read.value

    def signed(self, name: str) -> bool:
        """True when a percent sign stands behind the figure."""
        return number(self.row.get(name), self.context.mark, workbook=self.context.workbook).percent

    def value(self, indicator: Indicator, day: Day, figures: Mapping[str, float | None]) -> Value:
        """The value of the line."""
        assert day.on
        row, numbers = self.row, dict[str, Any](figures)
        group = "" if normal(row.get("group")) in WHOLE else row.get("group")
        return Value(
            id=digest_of(self.context.file, row.sheet, str(row.line), row.under, self.context.recorded_at.isoformat())[:32],
            indicator=indicator.key, group=group, on=day.on, period=day.period, precision=day.precision, unit=indicator.unit,
            method=row.get("method"), method_version=row.get("method_version"), origin="file",
            explained=row.get("explained") or f"{self.context.file}:{row.line}", signed_by=self.context.signed_by,
            recorded_at=self.context.recorded_at, **numbers,
        )  # fmt: skip

    def linked(self, value: Value) -> Value | None:
        """The value tied to the one already kept for its day: the same (left out), a correction, or a recomputation."""
        point = self.context.known.get((value.indicator, value.group, value.on))
        if point is None:
            return value
        old = next((one for one in (point.original, *point.recomputed) if one.method_mark == value.method_mark), None)
        if old is None:
            self.say("will_recompute", "method", on=value.on, old=point.original.value, new=value.value,
                     method=value.method_mark or "–")  # fmt: skip
            return replace(value, recomputes=point.original.id)
        if _same(old, value):
            self.say("already_known", "value", on=value.on, value=value.value)
            return None
        self.say("will_correct", "value", on=value.on, old=old.value, new=value.value)
        return replace(value, corrects=old.id, recomputes=old.recomputes)


def witnessed(day: Day, dated: Mapping[str, int]) -> dict[str, object]:
    """The cells that contradict one another on the order of a date, each with its line."""
    if day.witnesses is None:
        return {}
    places = [
        Words(fr=f"ligne {dated[text]}", en=f"line {dated[text]}")
        if text in dated
        else Words(fr="un titre de colonne", en="a heading")
        for text in day.witnesses
    ]
    return dict(zip(("day_first", "month_first", "day_line", "month_line"), (*day.witnesses, *places), strict=True))


def _half_a_unit(value: float) -> float:
    """Half a unit of the last decimal written: what rounding may hide (33 for 33,3 %)."""
    places = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(places), 0)


def _same(old: Value, new: Value) -> bool:
    """True when every figure is the same, but for the rounding of a decimal text."""
    for name in ("value", "low", "high", "numerator", "denominator"):
        one, other = getattr(old, name), getattr(new, name)
        if (one is None) != (other is None) or (one is not None and not math.isclose(one, other, rel_tol=1e-9)):
            return False
    return True
