"""Arbitrations as the pages show them: options side by side, criteria as rows, what was decided, the whole history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.plan import arbitrating
from terreau.app.plan.forms_arbitration import called, tension_names
from terreau.app.plan.models_arbitration import Arbitration
from terreau.plan import arbitration as pure
from terreau.publishing import numbers

CHIPS = {"open": "info", "decided": "ok", "review_due": "warn", "replaced": ""}


def states() -> dict[str, str]:
    """Where a decision stands."""
    return {
        "open": _("à trancher"),
        "decided": _("décidé"),
        "review_due": _("à revoir"),
        "replaced": _("remplacé"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One arbitration in a list."""

    question: str
    url: str
    state: str
    chip: str
    option: str
    tensions: str
    decided_on: date | None
    review_on: date | None


def line(row: Arbitration, record: pure.Decision, slug: str) -> Line:
    """A row of the register."""
    state = pure.state_of(record, timezone.localdate())
    option = record.option(record.decided)
    return Line(
        question=row.question, url=reverse("plan:arbitration", args=[slug, row.pk]), state=states()[state], chip=CHIPS[state],
        option=option.title if option else "", tensions=named(record.tensions), decided_on=row.decided_on, review_on=row.review_on,
    )  # fmt: skip


def named(tensions: tuple[str, ...]) -> str:
    """« Coût, Environnement »."""
    names = tension_names()
    return ", ".join(_word(one, names) for one in tensions)


def _word(criterion: str, names: dict[str, str]) -> str:
    """What a criterion is called: one of the usual tensions, or what people wrote."""
    return called(names.get(criterion, criterion))


def table(record: pure.Decision) -> list[dict[str, Any]]:
    """Criteria as rows, options as columns: what each brings and costs."""
    names = tension_names()
    wanted = dict.fromkeys([*record.criteria, *record.tensions])
    return [
        {"criterion": _word(one, names), "cells": [_effect(option, one) for option in record.options]} for one in wanted
    ]


def columns(record: pure.Decision, rules: dict[str, Any], slug: str, pk: Any) -> list[dict[str, Any]]:
    """One option per column: its title, whether it is the one decided, the rules it goes by."""
    return [
        {
            "key": one.key, "title": one.title, "chosen": bool(record.decided) and one.key == record.decided,
            "weigh": reverse("plan:arbitration_weigh", args=[slug, pk, one.key]),
            "rules": [(rules[key].title.in_(language()), reverse("plan:rule", args=[slug, key])) for key in one.rules if key in rules],
        }
        for one in record.options
    ]  # fmt: skip


def history(row: Arbitration) -> list[dict[str, Any]]:
    """Each state it went through, oldest first, with what was then new: the words, the options weighed, the reason."""
    found: list[dict[str, Any]] = []
    before: dict[str, Any] = {"question": "", "options": []}
    for one in row.versions.all():
        now, known = one.told, {each["key"]: each for each in before["options"]}
        titles = [each["title"] for each in now["options"]]
        same = now["question"] == before["question"] and titles == [each["title"] for each in before["options"]]
        weighed = [each["title"] for each in now["options"]
                   if each["effects"] != known.get(each["key"], {"effects": []})["effects"]]  # fmt: skip
        found.append({"what": one.get_what_display(), "on": one.on, "by": one.by, "question": "" if same else now["question"],
                      "options": [] if same else titles, "weighed": weighed, "why": now["why"] if one.what == "decided" else ""})  # fmt: skip
        before = now
    return found


def faults(row: Arbitration) -> list[Any]:
    """What the record lacks, in words: (severity, words)."""
    return [(one.severity, one.words(language())) for one in arbitrating.faults(row)]


def overdue(records: tuple[pure.Decision, ...]) -> list[Any]:
    """Decisions whose review day is past, in words."""
    return [(one.subject, one.words(language())) for one in pure.overdue(records, timezone.localdate())]


def csv_rows(rows: list[Arbitration]) -> list[list[Any]]:
    """One row per option, so that nothing of a decision is lost in a spreadsheet."""
    told: list[list[Any]] = []
    today, names = timezone.localdate(), tension_names()
    colon = ": " if language() == "en" else "\N{NO-BREAK SPACE}: "
    for row in rows:
        record = arbitrating.record_of(row)
        head = [
            row.question,
            states()[pure.state_of(record, today)],
            named(record.tensions),
            "; ".join(record.took_part),
        ]
        tail = [record.why, _iso(record.decided_on), _iso(record.review_on), len(record.reviews)]
        for option in record.options or (pure.Option(key="", title=""),):
            brings = "; ".join(
                f"{_word(one.criterion, names)}{colon}{one.brings}" for one in option.effects if one.brings
            )
            costs = "; ".join(f"{_word(one.criterion, names)}{colon}{one.costs}" for one in option.effects if one.costs)
            chosen = "1" if record.decided and option.key == record.decided else ""
            told.append([*head, option.title, brings, costs, "; ".join(option.rules), chosen, *tail])
    return told


HEADERS = {
    "fr": ("Question", "État", "En tension", "Ont pris part", "Option", "Ce qu’elle apporte", "Ce qu’elle coûte", "Clés des règles", "Retenue",
           "Pourquoi", "Décidé le", "À revoir le", "Revues"),
    "en": ("Question", "State", "In tension", "Took part", "Option", "What it brings", "What it costs", "Rule keys", "Chosen",
           "Why", "Decided on", "To review on", "Reviews"),
}  # fmt: skip


def day(value: date | None) -> str:
    """A date as people write it."""
    return numbers.day(value, language()) if value else "–"


def _effect(option: pure.Option, criterion: str) -> dict[str, str]:
    found = next((one for one in option.effects if one.criterion == criterion), None)
    return {"brings": found.brings if found else "", "costs": found.costs if found else "", "option": option.title}


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
