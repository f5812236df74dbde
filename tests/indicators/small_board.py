"""A board small enough to check by hand: three indicators, and values written in one line."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from terreau.indicators.definition import Indicator
from terreau.indicators.values import Value
from terreau.referentials.edition import NO_WORDS, Words

_COUNT = count(1)
START = datetime(2026, 1, 1, 8, tzinfo=UTC)


def an_indicator(
    key: str = "KEPT", unit: str = "year", direction: str = "up", frequency: str = "yearly", **more
) -> Indicator:
    """An indicator with every needed word."""
    words = Words(fr=f"Nom de {key}", en=f"Name of {key}")
    return Indicator(**{"key": key, "name": words, "question": words, "numerator": words, "unit": unit, "theme": "fleet",
                        "audience": "performance", "nature": "result", "direction": direction, "frequency": frequency,
                        "source": "form", "formula": "N/N", **more})  # fmt: skip


YEARS = an_indicator("KEPT", "year", name=Words(fr="Durée de vie réelle", en="Actual lifespan"))
RATE = an_indicator(
    "TRAINED",
    "%",
    denominator=Words(fr="personnes", en="people"),
    name=Words(fr="Taux de formation", en="Training rate"),
)
CARBON = an_indicator("CARBON", "t CO2 eq", "down", denominator=NO_WORDS)
PER_PERSON = an_indicator("CARBONPP", "kg CO2 eq/user", "down", denominator=Words(fr="personnes", en="people"))
BOARD = (YEARS, RATE, CARBON, PER_PERSON)


def a_value(
    value: float | None, on: date = date(2025, 12, 31), *, indicator: str = "KEPT", unit: str = "year", **more
) -> Value:
    """A value recorded one minute after the one before."""
    rank = next(_COUNT)
    told = {"id": f"v{rank}", "indicator": indicator, "on": on, "value": value, "unit": unit, "explained": "mesuré",
            "recorded_at": START + timedelta(minutes=rank), "signed_by": "référente"}  # fmt: skip
    return Value(**(told | more))


def later(value: Value, minutes: int = 60) -> datetime:
    """A moment after a value came in."""
    return value.recorded_at + timedelta(minutes=minutes)
