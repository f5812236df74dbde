"""The plan to take away: headings and words in the language of the reader, keys in columns of their own, as indicators have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpResponse

from terreau.app.language import language
from terreau.app.plan import knowing
from terreau.app.plan.levers_exporting import csv_answer
from terreau.indicators.definition import Indicator
from terreau.indicators.exporting import plain
from terreau.plan.commitments import AIMS
from terreau.plan.standing import Standing
from terreau.plan.words import ORIGINS, REVIEWS, STATUSES, STEPS, word

HEADERS = {
    "fr": ("Engagement", "Thème", "Clé du thème", "État", "Clé de l’état", "Pilote", "Pris le", "Début", "Première échéance", "Échéance",
           "Budget (€)", "Jours-personne", "Indicateur de moyens", "Nom de l’indicateur de moyens", "Départ des moyens", "Cible des moyens",
           "Indicateur de résultat", "Nom de l’indicateur de résultat", "Départ du résultat", "Cible du résultat", "Unités", "Jalons",
           "Échéances manquées", "Revues", "Leviers", "Vient de", "Actions liées"),
    "en": ("Commitment", "Theme", "Theme key", "Status", "Status key", "Owner", "Taken on", "Start", "First due day", "Due day",
           "Budget (€)", "Person-days", "Means indicator", "Name of the means indicator", "Means baseline", "Means target",
           "Result indicator", "Name of the result indicator", "Result baseline", "Result target", "Units", "Milestones",
           "Missed due days", "Reviews", "Levers", "Comes from", "Linked actions"),
}  # fmt: skip


def plan_csv(standings: Iterable[Standing], known: Mapping[str, Indicator], name: str) -> HttpResponse:
    """Every commitment as CSV; days as in files, numbers with a point. known: indicators, for their names."""
    return csv_answer(HEADERS[language()], (_cells(one, known) for one in standings), name)


def _cells(one: Standing, known: Mapping[str, Indicator]) -> Iterator[Any]:
    told, lang = one.commitment, language()
    theme = knowing.theme_name(told.theme) if told.theme else ""
    yield from (told.statement, theme, told.theme, word(STATUSES, one.status, lang), one.status, told.owner, _day(told.adopted_on),
                _day(told.start), _day(told.due), _day(one.due), plain(told.budget), plain(told.person_days))  # fmt: skip
    units = []
    for which in AIMS:
        aim = told.aim(which)
        if aim is None:
            yield from ("", "", "", "")
            continue
        name = known[aim.indicator].name.in_(lang) if aim.indicator in known else ""
        yield from (aim.indicator, name, plain(aim.baseline.value if aim.baseline else None), plain(aim.target))
        units.append(aim.unit)
    yield " / ".join(filter(None, units))
    yield " ; ".join(
        f"{step.due.isoformat()} {step.milestone.title} ({word(STEPS, step.state, lang)})" for step in one.steps
    )
    yield " ; ".join(sorted({_day(day) for day in (*one.missed, *(day for step in one.steps for day in step.missed))}))
    yield " ; ".join(
        f"{each.on.isoformat()} {word(REVIEWS, each.decision, lang)} {each.comment}" for each in told.reviews
    )
    yield " ; ".join(told.levers)
    yield f"{word(ORIGINS, told.origin.kind, lang)} {told.origin.reference}".strip() if told.origin else ""
    yield " ; ".join(action.title for action in told.linked)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
