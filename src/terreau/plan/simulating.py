"""From files and levers, as a person types them, to a trajectory (simulation)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.footprint import footprint
from terreau.kernel.errors import TerreauError
from terreau.plan.changes import KINDS, Change, change_of, checked_years, out_of_bounds
from terreau.plan.trajectory import Outlook, Trajectory

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.sources import NamedSource
    from terreau.levers import Lever


def simulate(
    files: Sequence[Path | str | NamedSource],
    *,
    levers: Iterable[str | Change],
    years: int,
    starts: Mapping[str, int],
    growth: Mapping[str, float],
    backlog: float | None,
    more_levers: Iterable[Lever] = (),
    progress: Callable[[str], None] | None = None,
    **run: Any,
) -> Trajectory:
    """See ``terreau.plan.simulate``."""
    checked_years(years)
    changes = read_changes(levers, starts, more_levers)
    weighed = footprint(files, progress=progress, **run)
    return Outlook(footprint=weighed, years=years, growth=growth, backlog=backlog).simulate(changes)


def read_changes(
    levers: Iterable[str | Change], starts: Mapping[str, int], more_levers: Iterable[Lever] = ()
) -> tuple[Change, ...]:
    """Changes from levers as typed ("LV01", "LV01=7", "life:monitor=+1") or parameters ("lifespan:laptop=7", "pue=1,2")."""
    more, told = tuple(more_levers), []
    for one in levers:
        told.append(one if isinstance(one, Change) else _read(one.strip(), starts, more))
    unknown = sorted(set(starts) - {one.key for one in told})
    if unknown:
        raise TerreauError("plan.start_unknown", key=unknown[0], known=", ".join(one.key for one in told) or "–")
    return tuple(told)


def _read(text: str, starts: Mapping[str, int], more: tuple[Lever, ...]) -> Change:
    key = text.partition("=")[0].strip()
    if key.partition(":")[0] in KINDS:
        return _parameter(text, starts.get(key, 1))
    from terreau.levers import parse

    chosen = parse(text, more)
    return change_of(chosen, start=starts.get(chosen.lever.key, starts.get(key, 1)), key=key if key in starts else "")


def _parameter(text: str, start: int) -> Change:
    """A bare parameter with its value, as people type it; "+1" adds to a lifespan."""
    from terreau.levers.numbers import number

    key, _, typed = (part.strip() for part in text.partition("="))
    kind = key.partition(":")[0]
    added = typed.startswith("+") and kind == "lifespan"
    operator = "add" if added else KINDS[kind][0]
    if kind == "zone":
        return Change(key=key, parameter=key, operator=operator, value=typed, start=start)
    value = number(typed)
    if value is None:
        raise out_of_bounds(key, typed or "–", kind, operator)
    return Change(key=key, parameter=key, operator=operator, value=value, start=start)
