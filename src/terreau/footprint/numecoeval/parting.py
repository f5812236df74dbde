"""Where two rule sets part: one rule switched at a time, in a stated order; the parts add up to the difference (écart).

The order matters when rules meet (a presence multiplies a lifespan): it is stated, always the same, and never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint import formulas as ours
from terreau.footprint.figures import Figures, figures_of
from terreau.footprint.matched import PUE_SCALE, Matched
from terreau.footprint.numecoeval import formulas as theirs
from terreau.footprint.numecoeval.joint import Joint
from terreau.footprint.numecoeval.matching import floor, mode
from terreau.footprint.numecoeval.reading import NO_ITEM, Reading
from terreau.footprint.rules import FIXE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

STEPS = ("presence", "perimeter", "rate", "reference", "lifespan", "pue", "country", "errors")
"""Order in which the rules are switched, from terreau-1 to numecoeval-2.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one group is multiplied by, under the rules switched so far; one entry per group.

    share: presence × rate [year]; life [year]; pue; zone, item: places in the figures; spread: making counts;
    nameless: a line without item counts its own consumption.
    """

    share: Floats
    life: Floats
    pue: Floats
    zone: Ints
    item: Ints
    spread: Flags
    nameless: bool


def parts(joint: Joint, first: Matched, second: Matched) -> dict[str, Floats]:
    """Difference that each step brings, by criterion (``figures.KEYS``); first: terreau-1, second: numecoeval-2.2."""
    figures, states = _states(joint, first, second)
    totals = [_total(joint, figures, state) for state in states]
    return {name: totals[n + 1] - totals[n] for n, name in enumerate(STEPS)}


def _total(joint: Joint, figures: Figures, state: State) -> Floats:
    """[criterion]: the whole fleet in one state."""
    known = state.item >= 0
    in_use = joint.quantity * state.share
    making = np.nansum(figures.stage.central, axis=1)
    lives = np.where(known & state.spread, in_use / state.life, 0.0)
    kwh = np.where(known, figures.kwh.central[state.item], np.nan)
    drawn = np.where(joint.codes["own"] == 1, joint.energy * state.share, in_use * kwh)
    drawn = np.where(known | (state.nameless & (joint.codes["own"] == 1)), np.nan_to_num(drawn), 0.0) * state.pue
    mixes = np.nan_to_num(figures.mix.central)
    return _by(state.item * known, lives, len(making)) @ making + _by(state.zone, drawn, len(mixes)) @ mixes


def _by(of: Ints, values: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(of, weights=values, minlength=size), dtype=np.float64)


def _states(joint: Joint, first: Matched, second: Matched) -> tuple[Figures, list[State]]:
    """terreau-1, then each step of ``STEPS`` applied on top of the one before."""
    codes, conventions = joint.codes, second.rules.conventions
    assert conventions is not None
    figures, kinds = _kinds(joint, first, second, conventions)
    days = float(first.weights.period.days)
    mine = codes["ours"] == 1
    age = np.maximum(codes["months"], 0) / 12 if first.rules.age_extends else np.zeros(len(joint))
    state = State(
        share=np.where(mine, ours.presence(codes["days"].astype(np.float64), days), 0.0),
        life=np.asarray(ours.life_used(kinds["life_ours"], age), dtype=np.float64),
        pue=np.where(_room(joint, kinds["policy"]), _pue(joint, first.pue_slopes[0]), 1.0),
        zone=kinds["zone_ours"],
        item=kinds["item_ours"],
        spread=np.ones(len(joint), dtype=bool),
        nameless=False,
    )
    states = [state]
    fixed = mode(conventions, second.parameters) == FIXE
    faulty = np.zeros(len(joint), dtype=bool) if fixed else codes["life_days"] == 0
    dated = np.where(codes["planned"] > 0, codes["planned"] / 10_000, np.nan) if fixed else np.where(
        codes["life_days"] > 0, theirs.life_from_days(codes["life_days"] * 1.0, conventions.days_per_year), np.nan
    )  # fmt: skip
    life = np.where(np.isnan(dated), kinds["life_theirs"], dated)
    life = np.asarray(theirs.floored(life, floor(conventions, second.parameters)), dtype=np.float64)
    changes: list[dict[str, Any]] = [
        {"share": np.where(mine, 1.0, 0.0)},
        {"share": np.ones(len(joint))},
        {"share": theirs.served(1.0, codes["rate"] / 1e6)},
        {"item": kinds["item_theirs"]},
        # a line whose dates make no lifespan keeps ours until errors are counted
        {"life": np.where(faulty, state.life, life)},
        {"pue": np.where(kinds["server"], _pue(joint, second.pue_slopes[0]), 1.0)},
        {"zone": kinds["zone_theirs"]},
        {"spread": ~faulty, "nameless": True},
    ]
    for change in changes:
        state = replace(state, **change)
        states.append(state)
    return figures, states


def _room(joint: Joint, policy: Ints) -> Flags:
    inside = (joint.codes["in_datacentre"] == 1) | (joint.codes["own_pue"] > 0)
    found: Flags = (policy == 2) | ((policy == 1) & inside)
    return found


def _pue(joint: Joint, usual: float) -> Floats:
    own = joint.codes["own_pue"]
    return np.where(own > 0, own / PUE_SCALE, usual)


def _kinds(
    joint: Joint, first: Matched, second: Matched, conventions: Any
) -> tuple[Figures, dict[str, Any]]:  # fmt: skip
    """Figures of both rule sets, and what each group is under one and the other."""
    known, reading = first.factor_set, Reading(second.known, conventions)
    said = list(_said(joint))
    distinct = sorted(set(said))
    mine = {one: known.match(one[0] or None, one[1] or None, one[2], one[3]).item for one in distinct}
    resolved = {one: reading.resolve(*one) for one in distinct}
    items = tuple(sorted({i for i in mine.values() if i} | {r.item for r in resolved.values() if r.item})) + (NO_ITEM,)
    default = first.parameters.zone
    zones = tuple(sorted({*joint.words["zone"], *joint.words["room_zone"], default} - {""}))
    figures = figures_of(reading, items, zones, first.rules)
    place = {zone: n for n, zone in enumerate(zones)}
    policy = second.parameters.lifespans
    pairs = list(zip(joint.words["zone"], joint.words["room_zone"], strict=True))
    return figures, {
        "item_ours": np.array([_place(items, mine[one]) for one in said], dtype=np.int64),
        "item_theirs": np.array([_place(items, resolved[one].item) for one in said], dtype=np.int64),
        "life_ours": np.array([_life(first, one[0], mine[one]) for one in said]),
        "life_theirs": np.array([policy.get(one[0]) or resolved[one].life.central for one in said]),
        "policy": np.array([figures.pue[_place(items, mine[one])] if mine[one] else 0 for one in said], dtype=np.int64),
        "server": np.array([resolved[one].server and bool(resolved[one].item) for one in said], dtype=bool),
        "zone_ours": np.array([place[zone or default] for zone, _ in pairs], dtype=np.int64),
        "zone_theirs": np.array([place[room or zone or default] for zone, room in pairs], dtype=np.int64),
    }


def _place(items: tuple[str, ...], item: str | None) -> int:
    return items.index(item) if item else -1


def _life(first: Matched, category: str, item: str | None) -> float:
    """The lifespan that terreau-1 retains for an item: settled for its category, else the usual one."""
    if category in first.settled:
        return first.settled[category].central
    return first.factor_set.lifespan(item).value.central if item else 1.0


def _said(joint: Joint) -> Iterator[tuple[str, str, bool, str, str, str]]:
    words = joint.words
    for n in range(len(joint)):
        yield (words["category"][n], words["size_class"][n], bool(joint.codes["size_known"][n]), words["model_key"][n],
               words["type_word"][n], words["model"][n])  # fmt: skip
