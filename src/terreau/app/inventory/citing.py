"""Measures of the fleet that may be cited as evidence, pinned to what they were computed from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.urls import reverse

from terreau.app.evidence.door import Citable
from terreau.app.language import language
from terreau.app.tasks.needing import NotMadeYet, only_kept
from terreau.kernel.errors import TerreauError


def citable(organisation: Any) -> tuple[Citable, ...]:
    """Every measure of the last year of the fleet, for the whole fleet; none before the page of the years was looked at."""
    # Late: all this is heavy, and only a page that offers figures needs it.
    from terreau.app.inventory.door import measures
    from terreau.app.inventory.years_showing import figure_text
    from terreau.kernel.meter import meter

    lang = language()
    try:
        with only_kept():
            found = measures(organisation)
    except (TerreauError, NotMadeYet):
        return ()
    url = reverse("parc:years_why", args=[organisation.slug])
    return tuple(
        Citable(key=f"figure:{_pin(one)}/{one.meter}/total", label=meter(one.meter).label(lang),
                text=figure_text(one, lang), url=url)
        for one in found if not one.group and one.value is not None
    )  # fmt: skip


def _pin(one: Any) -> str:
    return hashlib.sha256(json.dumps(one.as_json("en"), sort_keys=True).encode()).hexdigest()
