"""The meters of the plan (compteurs): what was promised for today and is done with a proof, and what is judged on results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from terreau.kernel.meter import Measured, Meter, PaperRow, register
from terreau.kernel.period import Period
from terreau.plan.standing import Standing

METERS = register(
    Meter(key="plan.progress", unit="share", nature="state", fr="Avancement du plan", en="Progress of the plan",
          question_fr="Quelle part de ce qui était promis pour aujourd’hui est faite, avec une preuve ?",
          question_en="Which share of what was promised for today is done, with evidence?"),
    Meter(key="plan.with_result_indicator", unit="share", nature="state", fr="Engagements jugés au résultat",
          en="Commitments judged on results", question_fr="Quelle part des engagements porte un indicateur de résultat ?",
          question_en="Which share of the commitments has a result indicator?"),
)  # fmt: skip
"""Every meter of this module, known to ``kernel.meter`` as soon as it is imported."""


def measures(standings: Iterable[Standing], on: date, perimeter: str = "") -> tuple[Measured, ...]:
    """Both meters on a day; ``standings``: every commitment of the plan as it stands that day, drafts too."""
    held = tuple(standings)
    names = (perimeter,) if perimeter else ()
    return progress(held, on, names), with_result(held, on, names)


def progress(standings: Iterable[Standing], on: date, perimeter: tuple[str, ...] = ()) -> Measured:
    """Actions due by the day and done with evidence, over actions due by the day.

    An action is a milestone, or the due day of the whole; it is done when the milestone is, or when the commitment is kept. It is
    proven when evidence is tied to its commitment. Done without evidence is told apart, and counts as not done. What was
    stopped, and what was never taken, is left out.
    """
    held = [one for one in standings if one.commitment.adopted(on)]
    running = [one for one in held if one.status != "stopped"]
    due = [(one, done) for one in running for done in _actions_due(one, on)]
    done = [one for one, is_done in due if is_done]
    proven = sum(bool(one.commitment.evidence) for one in done)
    rows = (
        _row("numerator", "actions faites avec une preuve", "actions done with evidence", proven),
        _row("denominator", "actions dues ce jour-là", "actions due by that day", len(due)),
        _row("context", "faites sans preuve, donc comptées comme non faites", "done without evidence, hence counted as not done",
             len(done) - proven),
        _row("excluded", "engagements arrêtés", "commitments stopped", len(held) - len(running)),
    )  # fmt: skip
    return _share("plan.progress", proven, len(due), on, perimeter, rows)


def with_result(standings: Iterable[Standing], on: date, perimeter: tuple[str, ...] = ()) -> Measured:
    """Commitments with a result indicator, over commitments taken and not stopped."""
    held = [one for one in standings if one.commitment.adopted(on)]
    running = [one for one in held if one.status != "stopped"]
    found = sum(one.commitment.result is not None for one in running)
    rows = (
        _row("numerator", "engagements avec un indicateur de résultat", "commitments with a result indicator", found),
        _row("denominator", "engagements pris", "commitments made", len(running)),
        _row("excluded", "engagements arrêtés", "commitments stopped", len(held) - len(running)),
    )
    return _share("plan.with_result_indicator", found, len(running), on, perimeter, rows)


def _actions_due(one: Standing, on: date) -> Iterator[bool]:
    """Whether each action due by the day is done."""
    for step in one.steps:
        if step.due <= on:
            yield step.milestone.done(on)
    if one.due <= on:
        yield one.status == "kept"


def _row(role: str, fr: str, en: str, value: int) -> PaperRow:
    return PaperRow(role=role, fr=fr, en=en, value=float(value))


def _share(
    meter: str, above: int, below: int, on: date, perimeter: tuple[str, ...], rows: tuple[PaperRow, ...]
) -> Measured:
    value = above / below if below else None  # nothing due is not zero done
    return Measured(
        meter=meter, value=value, low=value, high=value, period=Period(on, on), numerator=float(above),
        denominator=float(below) or None, perimeter=perimeter, papers=rows,
    )  # fmt: skip
