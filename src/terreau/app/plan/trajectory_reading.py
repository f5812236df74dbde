"""Trajectories of an organisation: computed by a worker, kept under all that decides them (``terreau.app.results``)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from terreau.app.footprint import door as footprint
from terreau.app.plan import packs
from terreau.app.plan.trajectory_asking import Asked
from terreau.app.plan.weighed import weighed
from terreau.app.results import kept_json

TRAJECTORY = "plan.trajectory"
SHAPE = 3  # counts up when a trajectory says more, so that older ones are made again


def begun(organisation: Any) -> footprint.Weighable | None:
    """The inventory where trajectories begin; None when there is nothing to weigh yet."""
    return footprint.weighable(organisation)


def of(
    organisation: Any, ready: footprint.Weighable, criterion: str, years: int, plans: Sequence[Asked],
    target: dict[str, Any] | None = None, *, doubt: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What is told of ``plans`` on the inventory ``ready``: see ``trajectory_computing.told``."""
    inputs = {
        "criterion": criterion,
        "years": years,
        "target": target,
        "doubt": doubt,
        "plans": [one.as_json() for one in plans],
    }
    return again(organisation, ready, inputs)


def again(organisation: Any, ready: footprint.Weighable, inputs: dict[str, Any]) -> dict[str, Any]:
    """The same from the inputs of a job."""
    decided = json.dumps([SHAPE, inputs, packs.levers_digest(organisation)], sort_keys=True)
    name = f"{ready.digest}-trajectory-{hashlib.sha256(decided.encode()).hexdigest()[:20]}"

    def make() -> dict[str, Any]:
        from terreau.app.plan.trajectory_computing import told

        return told(weighed(ready), inputs, packs.own_levers(organisation))

    found: dict[str, Any] = kept_json(organisation, name, make, kind=TRAJECTORY, inputs=inputs)
    return found


def day(text: str) -> date:
    """A day as results keep it."""
    return date.fromisoformat(text)
