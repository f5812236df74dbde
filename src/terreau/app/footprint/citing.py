"""Figures of the footprint that may be cited as evidence: the three first criteria, pinned to their run."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from terreau.app.evidence.door import Citable
from terreau.app.tasks.needing import NotMadeYet, only_kept
from terreau.kernel.errors import TerreauError


def citable(organisation: Any) -> tuple[Citable, ...]:
    """Total of the fleet for each of the three first criteria; none before it was looked at once."""
    # Late: all this is heavy, and only a page that offers figures needs it.
    from terreau.app.footprint import reading, results, words
    from terreau.factors.criteria import criterion

    try:
        with only_kept():
            result = results.of(organisation, words.language())
    except (TerreauError, NotMadeYet):
        return ()
    if result is None:
        return ()
    run, found = result.contract["run"], []
    for key in words.FIRST:
        shown = reading.headline_figure(result, criterion(key), key=key)
        text = f"{shown.text} ({shown.interval})" if shown.interval else shown.text
        url = reading.Pages(organisation.slug, key).to("why")
        label = gettext("Empreinte du parc, %(criterion)s") % {"criterion": words.short(key)}
        found.append(Citable(key=f"figure:{run}/{key}/total", label=label, text=text, url=url))
    return tuple(found)
