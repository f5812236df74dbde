"""What the NumEcoEval rules hold true, and the share of the result that each part carries (hypothèses)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.coverage import coverages
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import RUN_PUE, Matched
from terreau.footprint.numecoeval.matching import floor, mode
from terreau.footprint.numecoeval.weighing import conventions_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.footprint.cells import Cells

    Shares = Callable[..., dict[str, float]]
    Told = dict[str, Any]


def held(matched: Matched, some: Cells, origin: NDArray[np.int64], share: Shares) -> Iterator[Told]:
    """Facts of each assumption (see ``footprint.assumptions.Assumption``); share: of the cells chosen.

    origin: where the lifespan of each cell comes from, as its place in ``lifespans.ORIGINS``.
    """
    conventions = conventions_of(matched.rules)
    everything = np.ones(len(some.label), dtype=bool)
    yield {"key": "numecoeval_year", "value": "365", "share": share(everything)}
    if not np.allclose(matched.present, matched.grain.quantity, rtol=1e-12):
        yield {"key": "numecoeval_rate", "value": float(matched.present.sum()), "count": _devices(matched)}
    told = (("dates", "numecoeval_dates"), ("planned", "numecoeval_planned"), ("type", "numecoeval_type"),
            ("hypothesis", "numecoeval_life"), ("policy", "numecoeval_policy"))  # fmt: skip
    for name, key in told:
        mine = (origin == ORIGINS.index(name)) & some.spread
        if mine.any():
            value = conventions.default_life if name == "hypothesis" else mode(conventions, matched.parameters)
            yield {"key": key, "value": value, "unit": "year", "share": share(mine, using=False)}
    least = floor(conventions, matched.parameters)
    if least:
        yield {"key": "numecoeval_floor", "value": least, "unit": "year"}
    runs = some.pue == RUN_PUE
    if runs.any() and matched.parameters.pue is None:
        yield {"key": "numecoeval_pue", "value": conventions.pue, "share": share(runs, making=False)}
    lost = in_error(matched)
    if lost:
        yield {"key": "numecoeval_errors", "value": lost}


def _devices(matched: Matched) -> float:
    return float(np.rint(matched.grain.quantity * 1e6).sum()) / 1e6


def in_error(matched: Matched) -> float:
    """Devices of which a stage at least is an error for climate, and so counts as zero."""
    covered = coverages(matched).get("climate_change")
    return 0.0 if covered is None else round((1.0 - covered.known) * _devices(matched), 6)
