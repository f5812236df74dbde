"""The values an indicator may take (bornes): what stands outside is told, never put right."""

from __future__ import annotations

from terreau.indicators.definition import Indicator

Bounds = tuple[float | None, float | None]
_UNITS: dict[str, Bounds] = {"%": (0, 100), "score_10": (0, 10), "score_100": (0, 100), "point": (-100, 100)}
"""A gain is a difference of two scores: it may be negative. Every other unit counts something, from zero up."""
_OWN: dict[str, Bounds] = {
    "HEB01": (1, None),  # the whole energy of a site over a part of it
    "DAT02": (1, None),  # every copy over the one that is useful
    "HEB07": (0, 1),
    "HEB08": (0, 1),
    "EMP03": (0, None),  # the share of a planetary budget one may well overspend
    "ACH08": (0, None),  # a fleet that doubles buys more than its average
}
"""Indicators of the catalogue that their unit alone does not bound well."""


def bounds(one: Indicator) -> Bounds:
    """The least and the most that ``one`` may be worth; None where nothing stops it."""
    return _OWN.get(one.key) or _UNITS.get(one.unit, (0, None))
