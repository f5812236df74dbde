"""Everything as CSV (export): each value ever recorded, which one holds, and what replaced it; no cell runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from terreau.indicators.definition import Indicator
from terreau.indicators.relative import relative
from terreau.indicators.series import every_series
from terreau.indicators.value_columns import IN_FORCE, REPLACED
from terreau.indicators.values import Value
from terreau.tables.export import Writes, write_csv

_LONE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
HEADERS = {
    "fr": ("Indicateur", "Nom", "Groupe", "Date", "Valeur", "Minimum", "Maximum", "Unité", "Numérateur", "Dénominateur",
           "Valeur relative", "Méthode", "Version de la méthode", "État", "Début de période", "Fin de période", "Précision",
           "Commentaire", "Signé par", "Enregistré le", "Origine", "Identifiant", "Corrige", "Recalcule", "Preuves"),
    "en": ("Indicator", "Name", "Group", "Date", "Value", "Low", "High", "Unit", "Numerator", "Denominator",
           "Relative value", "Method", "Method version", "State", "Period start", "Period end", "Precision",
           "Comment", "Signed by", "Recorded on", "Origin", "Identifier", "Corrects", "Recomputes", "Evidence"),
}  # fmt: skip


def write_values(
    values: Sequence[Value], indicators: Iterable[Indicator], target: Writes, language: str = "fr"
) -> None:
    """Every value as CSV to an open text ``target``, by indicator, group and day; numbers keep a point.

    A line whose state is not « en vigueur » was replaced: ``importing.read_values`` leaves it out when the file comes back.
    """
    spoken = "en" if language == "en" else "fr"
    known = {one.key: one for one in indicators}
    write_csv(value_rows(values, known, spoken), HEADERS[spoken], target)


def value_rows(values: Sequence[Value], known: Mapping[str, Indicator], language: str) -> Iterator[tuple[object, ...]]:
    """The rows of the export, in the order of ``HEADERS``."""
    for (key, _), told in every_series(values).items():
        name = known[key].name.in_(language) if key in known else ""
        used = {point.used.id for point in told.points}
        tails = {one.recomputes for one in told.kept if one.id in used}
        for one in sorted(told.kept, key=lambda value: (value.on, value.moment)):
            yield _row(one, name, _state(one, used, tails, language))


def _state(value: Value, used: set[str], recomputed: set[str | None], language: str) -> str:
    if value.id in used:
        return IN_FORCE[language]
    return REPLACED["recomputed" if value.id in recomputed else "corrected"][language == "en"]


def _row(one: Value, name: str, state: str) -> tuple[object, ...]:
    ratio = plain(relative(one).value)
    start, end = (one.period.start.isoformat(), one.period.end.isoformat()) if one.period else ("", "")
    return (one.indicator, name, one.group, one.on.isoformat(), *map(plain, (one.value, one.low, one.high)), one.unit,
            plain(one.numerator), plain(one.denominator), ratio, one.method, one.method_version, state, start, end, one.precision, one.explained,
            one.signed_by, one.recorded_at.isoformat(), one.origin, one.id, one.corrects or "", one.recomputes or "",
            " ".join(one.proofs))  # fmt: skip


def plain(number: float | Decimal | None) -> float | Decimal | str | None:
    """A number that nobody can take for thousands: 1.234 is written 1.2340."""
    return f"{number}0" if number is not None and _LONE.fullmatch(str(number)) else number
