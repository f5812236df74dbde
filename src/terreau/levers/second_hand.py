"""What a reconditioned device weighs against a new one (reconditionné), where a study says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from terreau.kernel.bilingual import NO_WORDS, Words
from terreau.levers.fields import Fields
from terreau.levers.records import Ratio
from terreau.levers.sources import DATA, papers


def second_hand_ratio(category: str) -> Ratio | None:
    """Impact of making, of a reconditioned device over a new one, per year of use [1]; None where no study says it.

    Multiply the yearly embodied impact of a new device of the same lifespan: the ratio is per year already, so the
    shorter second life must not be counted again. Use is left as it is. Source: ADEME, 2022.
    """
    held = _ratios().get(category)
    return held[0] if held else None


def second_hand_words(category: str) -> Words:
    """How the ratio of ``category`` was derived; empty words where there is none."""
    held = _ratios().get(category)
    return held[1] if held else NO_WORDS


def second_hand_categories() -> tuple[str, ...]:
    """The categories with a ratio."""
    return tuple(_ratios())


@lru_cache(maxsize=1)
def _ratios() -> Mapping[str, tuple[Ratio, Words]]:
    written = tomllib.loads((DATA / "second_hand.toml").read_text(encoding="utf-8"))
    fields, found = Fields(written), {}
    for category in written:
        if one := fields.inner(category):
            bounds = [one.number(name, required=True) or 0.0 for name in ("low", "central", "high")]
            source = papers()[one.text("source", required=True)]
            found[category] = (Ratio(bounds[0], bounds[1], bounds[2], source), one.words("derived", required=True))
            one.done()
    fields.refuse_if_any("second_hand.toml")
    return found
