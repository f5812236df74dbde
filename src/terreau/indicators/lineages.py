"""Values and what corrects them (lignées): a chain is followed whole, the last correction wins, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from terreau.indicators.remarks import Remark, remark
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """One value, everything that corrects it, near or far, in the order it came in; ``current`` is the one that holds."""

    held: tuple[Value, ...]
    current: Value

    @property
    def recomputes(self) -> str | None:
        """The value this lineage tells again; None when it was measured."""
        return self.current.recomputes or self.held[0].recomputes

    def holds(self, id: str) -> bool:
        """True when the value of this identifier belongs here."""
        return any(one.id == id for one in self.held)


def lineages(values: Sequence[Value]) -> tuple[tuple[Lineage, ...], tuple[Remark, ...]]:
    """The lineages of the values of one series, and a remark for each link that leads nowhere or goes round.

    Of two corrections of one value the last that came in holds. TerreauError indicators.value_id_twice.
    """
    by_id: dict[str, Value] = {}
    for value in values:
        if by_id.setdefault(value.id, value) is not value:
            raise TerreauError("indicators.value_id_twice", id=value.id)
    if not any(value.corrects for value in values):
        return tuple(Lineage(held=(value,), current=value) for value in values), ()
    remarks = [remark("corrects_unknown", indicator=one.indicator, on=one.on, id=one.corrects)
               for one in values if one.corrects is not None and one.corrects not in by_id]  # fmt: skip
    held: dict[str, list[Value]] = {}
    roots = {value.id: _root(value, by_id) for value in values}
    for value in sorted(values, key=lambda one: one.moment):
        held.setdefault(roots[value.id], []).append(value)
    found = tuple(_lineage(tuple(family), root) for root, family in held.items())
    looped = [one for one in found if all(value.corrects for value in one.held) and one.held[0].corrects in by_id]
    remarks += [remark("corrections_go_round", indicator=one.current.indicator, on=one.current.on) for one in looped]
    return found, tuple(remarks)


def _lineage(family: tuple[Value, ...], root: str) -> Lineage:
    """The last value that nothing corrects; the last of all when corrections go round."""
    corrected = {value.corrects for value in family}
    leaves = [value for value in family if value.id not in corrected] or list(family)
    first = sorted(family, key=lambda one: (one.id != root, one.moment))
    return Lineage(held=tuple(first), current=max(leaves, key=lambda one: one.moment))


def _root(value: Value, by_id: dict[str, Value]) -> str:
    """The value at the start of the chain; of a chain that goes round, the first that came in."""
    met = [value.id]
    while value.corrects in by_id:
        value = by_id[value.corrects]
        if value.id in met:
            return min(met[met.index(value.id) :], key=lambda id: by_id[id].moment)
        met.append(value.id)
    return value.id
