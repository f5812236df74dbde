"""One assessment at a glance: answered k of n, floor to ceiling, three bars apart, the score with its rule."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from terreau.app.diagnosis import calendar, inheriting, paths, recording
from terreau.app.diagnosis.drawing import bar
from terreau.app.diagnosis.editions import changed_since, edition_of, language, said
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.diagnosis.parting import facet_name
from terreau.app.diagnosis.showing import address, told

if TYPE_CHECKING:
    from terreau.diagnosis.scoring import Bar, Part, Score
    from terreau.referentials.edition import Edition

FACETS = ("documents", "means", "results")


def page(
    assessment: Assessment, answers: Mapping[str, Answer], rule: str = "", *, auditor: bool = False
) -> dict[str, Any]:
    """Everything of the page of one assessment; ``rule``: one of those its edition offers."""
    edition = edition_of(assessment)
    offered = rule if rule in edition.scoring else None
    score = recording.scored(assessment, answers, offered, auditor=auditor)
    whole = {**answers, **inheriting.handed(assessment, answers, auditor=auditor)}
    first = next((one for one in edition.criteria if not told(edition, one, whole.get(one.key))), None)
    path = paths.chosen(edition, assessment.path)
    # The path chosen at the start comes first: the one button of the page must not contradict the list beside it.
    first = (
        next((one for one, _why in path.steps if not told(edition, one, whole.get(one.key))), first) if path else first
    )
    return {
        "assessment": assessment, "referential": said(edition.title), "score": score_box(score, edition),
        "themes": [_theme(assessment, edition, theme, score) for theme in edition.themes],
        "first": address("criterion", assessment, first.short) if first else "",
        "calendar": calendar.days(assessment, edition, auditor=auditor),
        "path": _path(assessment, edition, path, answers) if path else None,
        "pending": len(pending(assessment, edition, answers)), "changed": changed_since(assessment),
        "rules": _rules(edition, score), "reading": edition.mode == "reading", "mode": edition.mode,
    }  # fmt: skip


def pending(assessment: Assessment, edition: Edition, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Criterion -> reason proposed, for those the profile makes inapplicable and nobody has decided."""
    from terreau.referentials.applying import propose

    return {key: words for key, words in propose(edition, assessment.profile).items()
            if key not in answers or answers[key].applicable is None}  # fmt: skip


def part_shown(part: Part) -> dict[str, Any]:
    """Counts of a part, with its bars apart."""
    return {
        "answered": part.answered, "applicable": part.applicable, "justified": part.justified_na,
        "unjustified": part.unjustified_na, "met": part.met, "provisional": part.provisional, "undefined": part.undefined,
        "bars": [bar_shown(key, one) for key, one in part.bars.items()],
        "floor": percent(part.floor), "value": percent(part.value), "ceiling": percent(part.ceiling),
        "bar": bar(part.floor, part.ceiling), "single": part.floor is not None,
    }  # fmt: skip


def bar_shown(key: str, one: Bar, width: int = 96) -> dict[str, Any]:
    """One facet: its drawing, and its figures in words."""
    return {
        "label": facet_name(key), "drawing": bar(one.floor, one.ceiling, width=width), "floor": percent(one.floor),
        "ceiling": percent(one.ceiling), "answered": one.answered, "applicable": one.applicable,
        "same": one.floor == one.ceiling,
    }  # fmt: skip


def score_box(score: Score, edition: Edition) -> dict[str, Any]:
    """The score with its rule beside it: never without its floor while something is open."""
    titles = {one.key: said(one.title) for one in edition.levels}
    meanings = {one.key: said(one.meaning) for one in edition.levels}
    steps = [
        {"title": said(one.title), "met": one.met, "asked": one.asked, "reached": one.reached, "within": one.within_reach,
         "missing": len(one.missing), "meaning": meanings.get(one.key, ""), "drawing": bar(share(one.met, one.asked), share(one.met, one.asked)), "points": _step_points(score, one)}
        for one in score.steps
    ]  # fmt: skip
    return {
        **part_shown(score), "rule": said(score.title), "rule_key": score.rule, "version": score.version,
        "formula": said(score.formula), "status": said(score.status), "legal": score.legal, "single": score.single,
        "reached": titles.get(score.levels.reached or "", ""), "next": titles.get(score.levels.next or "", ""),
        "next_key": score.levels.next or "", "steps": steps, "points": _points(score),
    }  # fmt: skip


def percent(share: Fraction | None) -> str:
    """A share for reading, never rounded up to the whole."""
    from terreau.diagnosis.scoring import percent as written

    return written(share, language(), 0)


def _points(score: Score) -> dict[str, str] | None:
    from terreau.diagnosis.scoring import points_text

    if score.points is None:
        return None
    lang = language()
    return {name: points_text(getattr(score.points, name), lang) for name in ("earned", "open", "applicable", "grid")}


def _step_points(score: Score, step: Any) -> str:
    """What is earned of the points a level of a received grid asks: « 13,75 / 50 points »."""
    from terreau.diagnosis.scoring import points_text

    if score.points is None or step.points is None:
        return ""
    lang = language()
    earned, asked = points_text(score.points.earned, lang), points_text(step.points, lang)
    return _("%(n)s points") % {"n": f"{earned}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{asked}"}


def share(met: int, of: int) -> Fraction | None:
    """``met`` of ``of``; None of nothing."""
    return Fraction(met, of) if of else None


def _theme(assessment: Assessment, edition: Edition, theme: Any, score: Score) -> dict[str, Any]:
    rubrics = []
    for one in theme.rubrics:
        part = score.by_rubric[one.key]
        bars = {key: bar_shown(key, part.bars[key], width=44) for key in part.bars}
        rubrics.append({
            "key": one.key, "title": said(one.title), "url": address("rubric", assessment, one.key), "answered": part.answered,
            "applicable": part.applicable, "bars": [bars.get(key) for key in FACETS] if edition.mode == "dmr" else [],
            "drawing": bar(part.floor, part.ceiling), "floor": percent(part.floor), "ceiling": percent(part.ceiling),
        })  # fmt: skip
    part = score.by_theme[theme.key]
    return {"title": said(theme.title), "rubrics": rubrics, "answered": part.answered, "applicable": part.applicable}


def _path(assessment: Assessment, edition: Edition, path: Any, answers: Mapping[str, Answer]) -> dict[str, Any]:
    steps = [
        {"number": one.number, "question": said(one.question), "why": why, "url": address("criterion", assessment, one.short),
         "done": told(edition, one, answers.get(one.key))}
        for one, why in path.steps
    ]  # fmt: skip
    return {"title": path.title, "text": path.text, "steps": steps, "done": sum(one["done"] for one in steps)}


def _rules(edition: Edition, score: Score) -> list[dict[str, Any]]:
    from terreau.diagnosis.scoring import rule

    if len(edition.scoring) < 2:
        return []
    return [{"key": key, "title": said(rule(key).title), "current": key == score.rule} for key in edition.scoring]


def subject_shown(assessment: Assessment) -> str:
    """What is assessed, in words."""
    return assessment.service_name or _("L'organisation")
