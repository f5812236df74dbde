"""Countries in French and English words, as ISO 3166 alpha-3 codes (pays)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal


@dataclass(frozen=True, slots=True)
class CountryRead:
    """What a cell says: ``alpha3``, or None with the code of the finding."""

    alpha3: str | None
    code: str | None = None


def alpha3(text: str | None) -> str | None:
    """``"Allemagne"``, ``"Germany"``, ``"DE"`` and ``"DEU"`` are ``"DEU"``; None when not a country."""
    return _codes().get(_bare(text or ""))


def read(values: Iterable[str]) -> dict[str, CountryRead]:
    """Read the distinct values of a column."""
    found = {}
    for value in values:
        code = alpha3(value)
        found[value] = CountryRead(code) if code else CountryRead(None, "inventory.country_unknown")
    return found


@cache
def _codes() -> dict[str, str]:
    return {_bare(row["word"]): row["alpha3"] for row in rows("countries")}


def _bare(text: str) -> str:
    return normal(text).replace("-", " ").replace(".", "").replace("'", " ").strip()
