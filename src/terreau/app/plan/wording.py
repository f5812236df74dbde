"""What a check of the plan says, as a page says it: indicators by their name, figures with their unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _lazy

from terreau.app.language import language, quoted
from terreau.app.plan import knowing
from terreau.indicators.definition import ORGANISATION, Indicator
from terreau.kernel.errors import Words
from terreau.plan.aims import Aim
from terreau.plan.faults import Fault
from terreau.publishing import numbers

LOST = _lazy("un indicateur dont la définition a été retirée")
FIGURES = ("value", "low", "high", "target", "baseline")
"""Facts that are in the unit of the aim; all but the target were measured."""


def words_of(fault: Fault, aim: Aim | None = None, known: Mapping[str, Indicator] | None = None) -> Words:
    """What, why and remedy; ``aim``: the one its figures are about."""
    facts = {name: _plain(value) for name, value in fault.facts.items()}
    for name in FIGURES:
        value = facts.get(name)
        if aim is not None and isinstance(value, float | int):
            facts[name] = (knowing.told if name == "target" else knowing.measured)(float(value), aim.unit)
    definition = (known or {}).get(str(facts.get("indicator", "")))
    if definition is not None:
        facts["indicator"] = quoted(definition.name.in_(language()))
    elif str(facts.get("indicator", "")).startswith(ORGANISATION):
        facts["indicator"] = LOST
    return replace(fault, facts=facts).words(language())


def _plain(value: object) -> object:
    """Days, and what is under zero, as pages write them."""
    if isinstance(value, date):
        return numbers.day(value, language())
    if isinstance(value, int) and value < 0:
        return f"−{-value}"
    if isinstance(value, tuple):
        return ", ".join(str(_plain(one)) for one in value)
    return value


def line(fault: Fault, aim: Aim | None = None, known: Mapping[str, Indicator] | None = None) -> str:
    """What is wrong and how to mend it, in one line."""
    words = words_of(fault, aim, known)
    return f"{words.what} {words.remedy}"
