"""What an assessment lacks: for the next level, for a day, and under the eye of an auditor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from terreau.app.diagnosis import gathering, overview, recording
from terreau.app.diagnosis.drawing import bar
from terreau.app.diagnosis.editions import edition_of, language, said
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.parting import facet_name
from terreau.app.diagnosis.showing import DIFFICULTY, PRIORITY, address
from terreau.evidence import words as proof_words

if TYPE_CHECKING:
    from fractions import Fraction

    from terreau.diagnosis.gaps import Gap
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.edition import Edition

ROWS = 25
COUNTERS = {
    "answered": lambda: (_("Répondus"), _("tout ce qui s'applique a une réponse")),
    "justified": lambda: (_("Écartés avec une raison"), _("chaque critère écarté dit pourquoi")),
    "evidenced": lambda: (
        _("Prouvés dans la période"),
        _("chaque affirmation repose sur une pièce qui tient ce jour-là"),
    ),
    "reviewed": lambda: (_("Relus"), _("relus depuis leur dernier changement")),
    "fresh": lambda: (_("Frais"), _("touchés depuis moins d'un an")),
}


def readiness_page(assessment: Assessment, on: date, *, auditor: bool, opened: frozenset[str]) -> dict[str, Any]:
    """« Serons-nous prêts ? » : five counters, never one percentage, and one list of what stands in the way."""
    from terreau.diagnosis.readiness import readiness

    edition = edition_of(assessment)
    found = readiness(_shown_to(opened, recording.record_of(assessment, auditor=auditor)), edition, on)
    counters = []
    for key, one in found.counters.items():
        name, meaning = COUNTERS[key]()
        share = overview.share(one.done, one.of)
        counters.append(
            {
                "name": name,
                "meaning": meaning,
                "done": one.done,
                "of": one.of,
                "full": one.full,
                "drawing": bar(share, share),
            }
        )
    return {"assessment": assessment, "on": on, "counters": counters, "ready": found.ready,
            "groups": gathering.groups(assessment, edition, found.blockers)}  # fmt: skip


def xray_page(assessment: Assessment, *, auditor: bool, opened: frozenset[str]) -> dict[str, Any]:
    """« Que demanderait un auditeur ? »"""
    from terreau.diagnosis.xray import xray

    edition = edition_of(assessment)
    found = xray(_shown_to(opened, recording.record_of(assessment, auditor=auditor)), edition)
    return {"assessment": assessment, "groups": gathering.groups(assessment, edition, found)}


def _shown_to(opened: frozenset[str], record: AssessmentRecord) -> AssessmentRecord:
    """The record with the pieces this person may not open left nameless: they count, their words stay where they are."""
    closed = {key for key, one in record.evidence.items() if one.confidentiality not in opened}
    if not closed:
        return record
    nameless = proof_words.word(proof_words.NAMELESS, language())
    kept = {
        key: replace(one, title=nameless, withdrawn_why="") if key in closed else one
        for key, one in record.evidence.items()
    }
    answers = {
        key: replace(one, links=tuple(replace(link, opinion_text="") if link.opinion_text and link.evidence in closed else link for link in one.links))
        for key, one in record.answers.items()
    }  # fmt: skip
    return replace(record, evidence=kept, answers=answers)


def gaps_page(assessment: Assessment, level: str, order: str, *, auditor: bool) -> dict[str, Any]:
    """« Que manque-t-il pour le niveau suivant ? » : the criteria that would close the gap, in one order or the other."""
    from terreau.diagnosis.gaps import gap

    edition = edition_of(assessment)
    record = recording.record_of(assessment, auditor=auditor, with_evidence=False)
    aimed = level if any(one.key == level for one in edition.levels) else None
    aimed = aimed or _target(assessment, edition)
    found = gap(record.answers, edition, aimed)
    listed = found.by_impact() if order == "apport" else found.by_difficulty()
    labels = {one.key: said(one.label) for one in edition.scale}
    titles = {one.key: said(one.title) for one in edition.levels}
    return {
        "assessment": assessment, "levels": [{"key": one.key, "title": titles[one.key], "current": one.key == found.level} for one in edition.levels],
        "level": titles.get(found.level or "", ""), "closed": found.closed, "order": order, "without": _without(found, record, edition), "lacking": _lacking(found, edition),
        "rows": [_row(assessment, edition, one, labels) for one in listed], "gains": any(one.gain is not None for one in listed), "needed": sum(one.needed for one in found.criteria),
    }  # fmt: skip


def _without(found: Gap, record: AssessmentRecord, edition: Edition) -> str:
    """What there is none of, when nothing can be short: "score" (nothing applies), "level" (the grid has none), '' otherwise."""
    from terreau.diagnosis.scoring import score

    if found.level is not None or found.lacking is not None:
        return ""
    told = score(record.answers, edition)
    return "score" if told.undefined else "" if told.levels.reached else "level"


def _target(assessment: Assessment, edition: Edition) -> str | None:
    known = {one.key for one in edition.levels}
    return assessment.target_level if assessment.target_level in known else None


def _lacking(found: Any, edition: Edition) -> str:
    from terreau.diagnosis.scoring import points_text

    if not found.lacking:
        return ""
    in_points = any(one.points is not None for one in edition.levels)
    return (
        _("%(n)s points") % {"n": points_text(found.lacking, language())}
        if in_points
        else overview.percent(found.lacking)
    )


def _gain(gain: Fraction | None, edition: Edition) -> str:
    """What a criterion adds to the least score: points of the grid, or a share; '' when the rule gives no single number."""
    from terreau.diagnosis.scoring import percent, points_text
    from terreau.diagnosis.scoring.registry import rule_for

    if gain is None:
        return ""
    if rule_for(edition).in_points:
        return _("%(n)s points") % {"n": points_text(gain, language())}
    return percent(gain, language())


def _row(assessment: Assessment, edition: Edition, one: Any, labels: dict[str, str]) -> dict[str, Any]:
    criterion = edition.criterion(one.criterion)
    facets = [_("%(label)s : %(verdict)s") % {"label": facet_name(each.facet), "verdict": labels.get(each.verdict, each.verdict)}
              for each in one.facets]  # fmt: skip
    states = {
        "unanswered": _("sans réponse"),
        "without_reason": _("écarté sans raison"),
        "below": _("répondu, sous le seuil"),
    }
    # A criterion may be open by a facet this level does not ask: what it asks is then answered, only too low.
    low = one.state == "unanswered" and all(each.now is not None for each in one.facets)
    return {
        "number": one.number, "question": said(criterion.question), "url": address("criterion", assessment, criterion.short),
        "facets": facets, "state": states["below"] if low else states.get(one.state, one.state), "needed": one.needed,
        "difficulty": DIFFICULTY[one.difficulty]() if one.difficulty in DIFFICULTY else "–",
        "gain": _gain(one.gain, edition),
        "priority": PRIORITY[one.priority]() if one.priority in PRIORITY else "–",
    }  # fmt: skip
