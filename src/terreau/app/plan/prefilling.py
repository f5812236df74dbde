"""The form of a commitment, begun from what suggested it: a lever, a gap of the diagnosis, an auditor's remark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.plan import knowing, levers_words, packs
from terreau.app.plan.originating import lever_url
from terreau.indicators.definition import THEMES, Indicator
from terreau.kernel.errors import TerreauError
from terreau.levers.catalogue import lever as lever_of
from terreau.levers.records import Chosen, Lever
from terreau.plan.aims import UP
from terreau.plan.commitments import MEANS, RESULT

YEARS = 3
REVIEW_DAYS = 182
LIFESPAN = "fleet.lifespan_at_exit"
TOO_NEAR = 21
"""A milestone nearer than this leaves no time to do anything [day]."""
# Means that go with a theme when a lever names none: something the organisation does, that anyone can count.
MEANS_OF = {
    "fleet": "PARC12", "purchase": "ACH02", "end_of_life": "PARC12", "service": "SRV11", "data": "FOR02", "hosting": "HEB09",
    "ai": "IA03", "print": "FOR01", "use": "FOR01", "people": "FOR02", "governance": "GOV02", "accessibility": "ACC04",
    "footprint": "EMP07", "inclusion": "ACC04", "communication": "FOR01", "network": "FOR01",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """First values of the form, and where they come from: its words, its address ('' without), what to know of it.

    hints: a word beside the means or the result, by which
    """

    values: Mapping[str, Any]
    from_words: str = ""
    from_url: str = ""
    notes: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


def begun(organisation: Any, asked: Mapping[str, str], today: date) -> Begun:
    """What ``?levier=``, ``?ecart=`` or ``?remarque=`` begins; a blank plan of three years otherwise."""
    if asked.get("levier"):
        return _from_lever(organisation, asked["levier"], today)
    if asked.get("ecart"):
        return _from_gap(organisation, asked["ecart"], today)
    if asked.get("remarque"):
        return _from_remark(organisation, asked["remarque"], today)
    return Begun(values=_days(today, ""))


def _from_lever(organisation: Any, typed: str, today: date) -> Begun:
    from terreau.levers import parse

    own = packs.own_levers(organisation)
    chosen = parse(typed, own)
    lever, known = chosen.lever, knowing.definitions(organisation)
    theme = lever.domain if lever.domain in THEMES else ""
    named = [known[key] for key in lever.indicators if key in known]
    result = _measured(lever, named)
    means = next((one for one in named if one.nature == MEANS), None) or known.get(MEANS_OF.get(theme, ""))
    values = _days(today, result.name.in_(language()) if result else "")
    values |= {"statement": _statement(chosen, own), "theme": theme, "origin": "lever", "origin_reference": lever.key,
               "levers": [str(chosen)]}  # fmt: skip
    hints = {}
    for which, one, goal in ((RESULT, result, _goal(lever, chosen.value, result)), (MEANS, means, _typical(means))):
        found, hints[which] = _aim(organisation, which, one, goal, today)
        values |= found
    notes = [one.in_(language()) for one in lever.tradeoffs]
    if lever.caution:
        notes.append(lever.caution.in_(language()))
    return Begun(values=values, from_words=_("Levier %(key)s : %(title)s") % {"key": lever.key, "title": lever.title.in_(language())},
                 from_url=lever_url(organisation, lever.key), notes=tuple(notes), hints=hints)  # fmt: skip


def _measured(lever: Lever, named: Sequence[Indicator]) -> Indicator | None:
    """The result indicator of a lever: for a lifespan, the one measured on what really leaves."""
    results = [one for one in named if one.nature != MEANS]
    if lever.family == "lifespan":
        results.sort(key=lambda one: one.meter is None or one.meter.key != LIFESPAN)
    return results[0] if results else None


def _statement(chosen: Chosen, own: Sequence[Lever]) -> str:
    """The title of the lever; its setting too, when it is another than the one the title says."""
    lever, value = chosen.lever, chosen.value
    title = lever.title.in_(language())
    if value is None or value == lever_of(lever.key, own).value:
        return title
    told = levers_words.setting(lever, value, chosen.operator)
    if lever.family == "lifespan" and chosen.operator == "set":
        return _("Porter %(what)s à %(setting)s") % {"what": levers_words.changed(lever), "setting": told}
    return f"{title} ({told})"


def _goal(lever: Lever, value: float | str | None, result: Indicator | None) -> float | None:
    """The setting of the lever, when the indicator measures that very thing; else what others aim at."""
    if result is None or isinstance(value, str) or value is None:
        return _typical(result)
    if lever.family == "lifespan" and result.meter and result.meter.key == LIFESPAN and lever.operator == "set":
        return value
    if lever.family == "second_hand" and result.unit == "%":
        return round(100 * value, 2)
    if lever.family == "pue" and result.unit == "1":
        return value
    return _typical(result)


def _typical(one: Indicator | None) -> float | None:
    target = one.typical_target if one else None
    return target.value if target and target.bound in ("at_least", "at_most") else None


def _aim(
    organisation: Any, which: str, one: Indicator | None, goal: float | None, today: date
) -> tuple[dict[str, Any], str]:
    """An indicator with its last value as the baseline, and a target when it can be judged; else a word on the one proposed."""
    if one is None:
        return {}, ""
    found: dict[str, Any] = {f"{which}_indicator": one.key}
    last = knowing.last_value(organisation, one.key, today)
    if last is None:
        if goal is None:
            return found, ""
        told = {"goal": knowing.told(goal, one.unit)}
        return found, _("Cible souvent choisie : %(goal)s. Elle demande une valeur de départ et son jour.") % told
    found |= {f"{which}_baseline": last.value, f"{which}_baseline_on": last.on, f"{which}_baseline_method": last.method}
    if goal is None or ((goal <= last.value) if one.direction == UP else (goal >= last.value)):
        return found, ""
    return found | {f"{which}_target": goal}, ""


def _from_gap(organisation: Any, typed: str, today: date) -> Begun:
    from terreau.app.diagnosis import door as diagnosis

    assessment, _slash, key = typed.partition("/")
    head = next((one for one in diagnosis.assessments_of(organisation) if str(one.pk) == assessment), None)
    try:
        edition = diagnosis.edition_pinned(organisation, assessment) if head else None
        criterion = edition.criterion(key) if edition else None
    except (KeyError, TerreauError):
        criterion = None
    if head is None or criterion is None:
        raise Http404
    words = _("Écart du diagnostic : %(number)s %(question)s") % {
        "number": criterion.number, "question": criterion.question.in_(language())
    }  # fmt: skip
    values = _days(today, "") | {"origin": "gap", "origin_reference": typed, "criteria": criterion.key}
    due = head.target_on
    if due and due > today:
        values |= {"due": due} | _milestones(today, due, "")
    hints = (criterion.good_evidence.in_(language()),) if criterion.good_evidence else ()
    return Begun(values=values, from_words=words, from_url=f"{head.url}critere/{criterion.short}/", notes=hints)


def _from_remark(organisation: Any, typed: str, today: date) -> Begun:
    from terreau.app.audits import door as audits

    found = audits.remark(organisation, typed)
    if found is None:
        raise Http404
    values = _days(today, "") | {"origin": "remark", "origin_reference": typed, "criteria": found.criterion}
    if found.due and found.due > today:
        values |= {"due": found.due} | _milestones(today, found.due, "")
    return Begun(
        values=values, from_words=_("Remarque d’auditeur : « %(text)s »") % {"text": found.text}, from_url=found.url
    )


def _days(today: date, measured: str) -> dict[str, Any]:
    """Three years from today, a milestone a year, a first review in six months."""
    due = date(today.year + YEARS, 12, 31)
    return {"start": today, "due": due, "next_review": today + timedelta(days=REVIEW_DAYS)} | _milestones(
        today, due, measured
    )


def _milestones(today: date, due: date, measured: str) -> dict[str, Any]:
    """One milestone by calendar year before the last one, in words that fit most promises."""
    found: dict[str, Any] = {}
    ends = [date(year, 12, 31) for year in range(today.year, due.year)]
    if ends and (ends[0] - today).days < TOO_NEAR:
        ends = ends[1:]
    for place, end in enumerate(ends[:4]):
        if place == 0:
            words = _("Moyens réunis, personnes concernées prévenues")
        elif measured:
            words = _("Bilan de l’année : %(indicator)s") % {"indicator": measured}
        else:
            words = _("Bilan de l’année, devant qui décide")
        found |= {f"milestone_{place}": words[:200], f"milestone_{place}_due": end}
    return found
