"""Answers and an edition make a score; nothing else does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from terreau.diagnosis.records import AnswerRecord, AssessmentRecord
from terreau.diagnosis.scoring import levels
from terreau.diagnosis.scoring.counting import Standing, part, points_of, shares_of, standing
from terreau.diagnosis.scoring.registry import rule_for
from terreau.diagnosis.scoring.results import Part, Points, Score
from terreau.diagnosis.scoring.rule import Rule
from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition

Answers = AssessmentRecord | Mapping[str, AnswerRecord]


def score(answers: Answers, edition: Edition, rule: str | None = None) -> Score:
    """The score of ``answers`` (a whole assessment, or answers by criterion key) by ``rule``, or by the edition's first.

    An assessment is scored on its variant; bare answers on the edition as given. Answers to what the edition does not ask are
    left aside. TerreauError when the edition does not offer the rule.
    """
    chosen = rule_for(edition, rule)
    edition = as_asked(answers, edition)
    stood, shares = standings(answers, edition, chosen), shares_of(edition)
    whole = part(stood, single=chosen.single)
    steps = chosen.levels(edition, stood, shares)
    return Score(
        **{name: getattr(whole, name) for name in Part.__dataclass_fields__},
        rule=chosen.key, version=chosen.version, title=chosen.title, formula=chosen.formula,
        edition=edition.key, edition_version=edition.version, single=chosen.single,
        legal=(not whole.provisional and not whole.undefined) if chosen.legal else None,
        status=chosen.status(whole), levels=levels.reached(steps), steps=steps,
        points=_points(stood) if chosen.in_points else None,
        by_theme=_parts("theme", stood, chosen), by_rubric=_parts("rubric", stood, chosen),
        left_open=tuple(one.criterion.key for one in stood if one.counts and not one.told),
    )  # fmt: skip


def as_asked(answers: Answers, edition: Edition) -> Edition:
    """The edition as this assessment sees it: its variant's criteria and words; TerreauError for an unknown variant."""
    if not isinstance(answers, AssessmentRecord):
        return edition
    try:
        return edition.for_variant(answers.variant)
    except KeyError:
        known = ", ".join(one.key for one in edition.variants) or "–"
        raise TerreauError("diagnosis.variant_unknown", variant=answers.variant, known=known) from None


def standings(answers: Answers, edition: Edition, chosen: Rule) -> tuple[Standing, ...]:
    """Where each criterion of ``edition`` stands for this rule, in the order of the grid."""
    found = answers.answers if isinstance(answers, AssessmentRecord) else answers
    shares = shares_of(edition)
    return tuple(
        standing(criterion, found.get(criterion.key), shares, weight=chosen.weight, worth=chosen.share)
        for criterion in edition.criteria
    )


def _parts(what: str, stood: Sequence[Standing], chosen: Rule) -> dict[str, Part]:
    grouped: dict[str, list[Standing]] = {}
    for one in stood:
        grouped.setdefault(getattr(one.criterion, what), []).append(one)
    return {key: part(ones, key=key, single=chosen.single) for key, ones in grouped.items()}


def _points(stood: Sequence[Standing]) -> Points:
    total = points_of(stood)
    grid = sum((one.weight for one in stood), Fraction(0))
    return Points(earned=total.earned, open=total.open, applicable=total.whole, grid=grid)
