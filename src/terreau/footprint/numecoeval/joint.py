"""One reading of the fleet with the keys of both rule sets, so that each rule can be switched alone (pesée commune)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.numecoeval.weighing import conventions_of, kept_words, lay_known, line_columns
from terreau.footprint.rules import Rules
from terreau.footprint.weighing import device_columns
from terreau.kernel.period import Period
from terreau.tables.engine import Engine, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from terreau.factors.catalogue import FactorSet

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

WORDS = ("category", "size_class", "model_key", "type_word", "model", "zone", "room_zone")
CODES = ("size_known", "in_datacentre", "own", "own_pue", "ours", "days", "months", "life_days", "planned", "rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """Groups of lines alike under both rule sets; one entry per group.

    words: text keys; codes: ``ours`` (1: terreau-1 counts it), ``days`` in service in the period, ``months`` of age (-1
    unknown), ``life_days`` (-1 unknown, 0 undeterminable), ``planned`` years and ``own_pue`` in ten-thousandths, ``rate`` in
    millionths. quantity [device]; energy [kWh/year], own consumption only, before any rate or presence.
    """

    words: dict[str, Sequence[str]]
    codes: dict[str, Ints]
    quantity: Floats
    energy: Floats

    def __len__(self) -> int:
        return len(self.quantity)


def weigh_jointly(con: Engine, relation: str, *, period: Period, ours: Rules, theirs: Rules, known: FactorSet) -> Joint:
    """Weights of the lines that one rule set at least counts."""
    lay_known(con, relation, [known])
    fates = sorted({*ours.fates, *theirs.fates})
    mine = ", ".join(literal(fate) for fate in ours.fates)
    keys = ", ".join((*WORDS, *CODES))
    either = f"(SELECT * FROM {quoted(relation)} WHERE fate IN ({', '.join(map(literal, fates))}))"
    told = f"(SELECT *, fate IN ({mine}) AS ours, {device_columns(period)} FROM {either})"
    columns = line_columns(f"DATE '{period.end}'", conventions_of(theirs)).replace(" AS days", " AS life_days")
    columns = columns.replace("coalesce(room_zone, zone, '') AS zone", "coalesce(zone, '') AS zone")
    found = con.execute(f"""
        SELECT {keys}, sum(micro)::DOUBLE / 1e6 AS quantity,
               sum(CASE WHEN own THEN micro * micro_kwh ELSE 0::HUGEINT END)::DOUBLE / 1e12 AS energy
        FROM (
            SELECT {kept_words()}, coalesce(room_zone, '') AS room_zone, in_datacentre, ours, days, months, {columns},
                   (quantity * 1000000)::HUGEINT AS micro, (own_kwh * 1000000)::HUGEINT AS micro_kwh
            FROM {told}
        ) GROUP BY ALL ORDER BY ALL""").fetchnumpy()
    arrays: dict[str, Any] = {k: a.filled() if hasattr(a, "filled") else a for k, a in found.items()}
    return Joint(
        words={name: [str(word) for word in arrays[name]] for name in WORDS},
        codes={name: np.asarray(arrays[name], dtype=np.int64) for name in CODES},
        quantity=np.asarray(arrays["quantity"], dtype=np.float64),
        energy=np.asarray(arrays["energy"], dtype=np.float64),
    )
