"""What an indicator may stand beside (repères): figures as published, with sample, year and method; never a ranking."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from terreau.app.indicators import showing
from terreau.app.indicators.fields import written
from terreau.app.language import language
from terreau.indicators.benchmarks import Reference, compare
from terreau.indicators.definition import Indicator


def block(one: Indicator, unit: str = "", group: str = "") -> dict[str, Any]:
    """The references that compare, those that do not with the reason, and the sentence said when none does."""
    found = compare(one, unit, group=group)
    return {"references": [_told(each) for each in found.references], "context": [_told(each) for each in found.context],
            "words": found.words.in_(language()) if found.words else ""}  # fmt: skip


def _told(one: Reference) -> dict[str, Any]:
    lang = language()
    low, high = written(one.low), showing.joined(written(one.high), one.unit)
    text = high if one.low == one.high else _("de %(low)s à %(high)s") % {"low": low, "high": high}
    figures = [
        {"year": each.year, "value": showing.joined(written(each.value), each.unit), "sample": each.sample.in_(lang), "geography": each.geography,
         "papers": f"{each.papers.publisher}, {each.papers.title} ({each.papers.year})", "seen": each.papers.seen}
        for each in one.figures
    ]  # fmt: skip
    return {"text": text, "name": one.method.name.in_(lang), "scope": one.method.scope.in_(lang), "figures": figures,
            "why": one.why.in_(lang) if one.why else ""}  # fmt: skip
