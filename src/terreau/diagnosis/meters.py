"""The meters of the diagnosis (compteurs): answered, proven, level reached, freshness of evidence."""

from __future__ import annotations

from datetime import date

from terreau.diagnosis.proof import Sight, sights
from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.scoring import Score, score
from terreau.evidence.quality import disqualified
from terreau.kernel.meter import Measured, Meter, PaperRow, register
from terreau.kernel.period import Period
from terreau.referentials.edition import Edition

METERS = register(
    Meter(key="diagnosis.answered", unit="share", nature="state", by="referential", fr="Critères répondus", en="Criteria answered",
          question_fr="À quelle part des critères applicables a-t-on répondu ?",
          question_en="Which share of the criteria that apply is answered?"),
    Meter(key="diagnosis.proven", unit="share", nature="state", by="referential", fr="Réponses prouvées", en="Answers proven",
          question_fr="Quelle part des réponses qui affirment quelque chose repose sur un écrit ou une mesure qui tient ?",
          question_en="Which share of the answers that claim something rests on something written or measured that holds?"),
    Meter(key="diagnosis.level", unit="count", nature="result", by="referential", fr="Niveau atteint", en="Level reached",
          question_fr="Combien de niveaux du référentiel sont atteints ?", question_en="How many levels of the referential are reached?"),
    Meter(key="diagnosis.evidence_fresh", unit="share", nature="state", by="referential", fr="Preuves qui tiennent",
          en="Evidence that holds", question_fr="Quelle part des preuves liées tient encore ce jour-là ?",
          question_en="Which share of the evidence tied still holds on that day?"),
    Meter(key="diagnosis.conformity", unit="share", nature="result", by="referential", fr="Taux de conformité", en="Conformity rate",
          question_fr="Quelle part des critères applicables est conforme ?",
          question_en="Which share of the criteria that apply is met?"),
)  # fmt: skip
"""Every meter of this module, known to ``kernel.meter`` as soon as it is imported."""

CONFORMITY = ("rgaa-rate-1", "rgesn-conforming-1")
"""Rules under which a share of criteria met is a rate of conformity."""


def measures(
    record: AssessmentRecord, edition: Edition, on: date | None = None, rule: str | None = None
) -> tuple[Measured, ...]:
    """The meters of one assessment on the day ``on`` (the day it aims at), with their papers.

    The conformity is told of the grids that one answer a criterion settles (RGESN, RGAA, WSG), not of the others.
    """
    day = on or record.as_of
    told, seen = score(record, edition, rule), sights(record, edition, day)
    common = (answered(told, record), proven(seen, record), level(told, record), evidence_fresh(record, day))
    rate = next((one for one in CONFORMITY if one in edition.scoring), None)
    return (*common, conformity(score(record, edition, rate), record)) if rate else common


def conformity(told: Score, record: AssessmentRecord) -> Measured:
    """Criteria met over criteria that apply; at most, those still open turning out met."""
    rows = (
        _row("numerator", "critères conformes", "criteria met", told.met),
        _row("denominator", "critères applicables", "criteria that apply", told.applicable),
        _row("between", "critères encore à examiner", "criteria still to examine", told.applicable - told.answered),
        _row("excluded", "non applicables, avec leur raison", "not applicable, with the reason", told.justified_na),
    )
    floor, ceiling = (None if one is None else float(one) for one in (told.floor, told.ceiling))
    return Measured(
        meter="diagnosis.conformity", value=floor, low=floor, high=ceiling, period=_period(record), group=record.edition,
        numerator=float(told.met), denominator=float(told.applicable) or None, perimeter=_perimeter(record), papers=rows,
    )  # fmt: skip


def answered(told: Score, record: AssessmentRecord) -> Measured:
    """Criteria answered over criteria that apply; what is left out with a reason is counted apart."""
    rows = (
        _row("numerator", "critères répondus", "criteria answered", told.answered),
        _row("denominator", "critères applicables", "criteria that apply", told.applicable),
        _row("context", "dits non applicables sans raison, donc comptés", "said not to apply without a reason, hence counted",
             told.unjustified_na),
        _row("excluded", "non applicables, avec leur raison", "not applicable, with the reason", told.justified_na),
    )  # fmt: skip
    return _share("diagnosis.answered", told.answered, told.applicable, record, rows)


def proven(seen: tuple[Sight, ...], record: AssessmentRecord) -> Measured:
    """Answered criteria whose every claim is carried, over answered criteria that claim something."""
    claiming = [one for one in seen if one.told and one.claimed]
    held = sum(one.carried for one in claiming)
    said = sum(bool(one.only_said) and not one.bare for one in claiming)
    silent = sum(one.told and not one.claimed for one in seen)
    rows = (
        _row("numerator", "réponses prouvées", "answers proven", held),
        _row("denominator", "réponses qui affirment quelque chose", "answers that claim something", len(claiming)),
        _row("context", "dont reposent sur des déclarations seules", "of which rest on statements alone", said),
        _row("excluded", "réponses qui n'affirment rien", "answers that claim nothing", silent),
    )
    return _share("diagnosis.proven", held, len(claiming), record, rows)


def level(told: Score, record: AssessmentRecord) -> Measured:
    """Levels reached; at most, those still within reach if what is open turns out at its best. None without levels."""
    reached, possible = (sum(getattr(step, name) for step in told.steps) for name in ("reached", "within_reach"))
    asking = told.steps and not told.undefined
    rows = tuple(
        _row("context", f"{step.title.fr} : critères au seuil, sur {step.asked}", f"{step.title.en}: criteria at the threshold, of {step.asked}", step.met)
        for step in told.steps
    )  # fmt: skip
    return Measured(
        meter="diagnosis.level", value=float(reached) if asking else None, low=float(reached) if asking else None,
        high=float(possible) if asking else None, period=_period(record), group=record.edition, numerator=float(reached),
        denominator=float(len(told.steps)), perimeter=_perimeter(record),
        papers=(*rows, _row("between", "réponses encore ouvertes", "answers still open", len(told.left_open))),
    )  # fmt: skip


def evidence_fresh(record: AssessmentRecord, on: date) -> Measured:
    """Evidence tied to an answer that holds on the day, over evidence tied; withdrawn ones are left out and counted."""
    used = {link.evidence for answer in record.answers.values() for link in answer.links} & set(record.evidence)
    kept = [record.evidence[key] for key in sorted(used) if not record.evidence[key].withdrawn]
    weak = [disqualified(one, on=on, period=record.period) for one in kept]
    rows = (
        _row("numerator", "preuves qui tiennent", "evidence that holds", weak.count(())),
        _row("denominator", "preuves liées", "evidence tied", len(kept)),
        _row("context", "périmées", "expired", sum("expired" in codes for codes in weak)),
        _row("context", "hors de la période", "out of the period", sum("out_of_period" in codes for codes in weak)),
        _row("context", "sans date", "undated", sum("undated" in codes for codes in weak)),
        _row("excluded", "preuves retirées", "evidence withdrawn", len(used) - len(kept)),
        _row("excluded", "preuves liées à rien", "evidence tied to nothing", len(set(record.evidence) - used)),
    )
    return _share("diagnosis.evidence_fresh", weak.count(()), len(kept), record, rows)


def _share(meter: str, above: int, below: int, record: AssessmentRecord, rows: tuple[PaperRow, ...]) -> Measured:
    value = above / below if below else None
    return Measured(meter=meter, value=value, low=value, high=value, period=_period(record), group=record.edition,
                    numerator=float(above), denominator=float(below), perimeter=_perimeter(record), papers=rows)  # fmt: skip


def _row(role: str, fr: str, en: str, value: int) -> PaperRow:
    return PaperRow(role=role, fr=fr, en=en, value=float(value))


def _period(record: AssessmentRecord) -> Period:
    return Period(*record.period)


def _perimeter(record: AssessmentRecord) -> tuple[str, ...]:
    return tuple(name for name in (record.organisation, record.subject) if name)
