"""Plan: commitments, their trajectory, what was decided between benefits and risks, and the days to come.

A trajectory, in a notebook as on the command line::

    from terreau.plan import outlook, simulate
    found = simulate([Path("parc.csv")], levers=["LV01=7", "pue=1.2"], years=10, starts={"pue": 3})
    found.value("climate_change", 10), found.gains("climate_change", 10), found.as_json()

Nothing heavy is imported before a function is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from terreau.footprint.result import Footprint
    from terreau.inventory.reconciliation.sources import NamedSource
    from terreau.levers import Lever
    from terreau.plan.changes import Change
    from terreau.plan.trajectory import Outlook, Trajectory

__all__ = ["outlook", "simulate"]


def simulate(
    files: Sequence[Path | str | NamedSource],
    *,
    levers: Iterable[str | Change] = (),
    years: int,
    starts: Mapping[str, int] | None = None,
    growth: Mapping[str, float] | None = None,
    backlog: float | None = None,
    more_levers: Iterable[Lever] = (),
    progress: Callable[[str], None] | None = None,
    **run: Any,
) -> Trajectory:
    """The trajectory of the fleet that ``files`` describe: the reference, and the plan that ``levers`` make.

    levers: as typed ("LV01=7", "life:monitor=+1", "pue=1.2") or changes; starts: first year of each, 1 unless said;
    growth: % a year by category; backlog: years to renew what is past its lifespan; more_levers: of the organisation;
    run: options of ``terreau.footprint.footprint``. TerreauError when something cannot be used.
    """
    from terreau.plan.simulating import simulate as simulated

    return simulated(
        files, levers=levers, years=years, starts=starts or {}, growth=growth or {}, backlog=backlog,
        more_levers=more_levers, progress=progress, **run,
    )  # fmt: skip


def outlook(
    footprint: Footprint, years: int, *, growth: Mapping[str, float] | None = None, backlog: float | None = None
) -> Outlook:
    """A footprint already measured, ready for any number of plans: ``outlook(...).simulate(changes)``."""
    from terreau.plan.trajectory import Outlook

    return Outlook(footprint=footprint, years=years, growth=growth or {}, backlog=backlog)
