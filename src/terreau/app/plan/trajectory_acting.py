"""What is done with a target, hypotheses and scenarios: each act journalled in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from terreau.app import onscreen
from terreau.app.accounts.alone import alone
from terreau.app.journal import door as journal
from terreau.app.plan.acting import name_of
from terreau.app.plan.models_scenarios import Scenario, TrajectoryHypotheses, TrajectoryTarget


def set_target(
    organisation: Any,
    actor: Any,
    criterion: str,
    row: Mapping[str, Any],
    *,
    run: str,
    why: str,
    seen: int | None = None,
) -> TrajectoryTarget:
    """A new target of one criterion; the one before stays in the history. run: of the footprint it starts from. Sent twice, it is one.

    seen: the one that was on screen; app.written_before_you when somebody else set another since.
    """
    told = {name: row[name] for name in ("rule", "amount", "year", "baseline_value", "baseline_on")}
    told |= {"criterion": criterion, "why": why, "baseline_run": "" if row.get("own_baseline") else run}
    with alone(organisation):
        before = TrajectoryTarget.objects.filter(organisation=organisation, criterion=criterion).first()
        if before is not None and _says(before, told):
            return before
        onscreen.check(before, seen)
        kept = TrajectoryTarget.objects.create(organisation=organisation, set_by=name_of(actor), **told)
        action = "plan.target_dropped" if row["rule"] == TrajectoryTarget.Rule.NONE else "plan.target_set"
        journal.record(
            organisation,
            actor,
            action,
            {"impact": criterion, "rule": row["rule"], "amount": row["amount"], "year": row["year"], "why": why[:200]},
        )
    return kept


def hold(
    organisation: Any, actor: Any, *, years: int, growth: Mapping[str, float], backlog: float | None, why: str,
    seen: int | None = None,
) -> TrajectoryHypotheses:  # fmt: skip
    """What the trajectory holds true from now on. Sent twice, it is one line of the history. ``seen``: as for a target."""
    told = {"years": years, "growth": dict(growth), "backlog": backlog, "why": why}
    with alone(organisation):
        before = TrajectoryHypotheses.objects.filter(organisation=organisation).first()
        if before is not None and _says(before, told):
            return before
        onscreen.check(before, seen)
        kept = TrajectoryHypotheses.objects.create(organisation=organisation, set_by=name_of(actor), **told)
        journal.record(organisation, actor, "plan.hypotheses_set", told | {"why": why[:200]})
    return kept


def keep(
    organisation: Any, actor: Any, name: str, *, years: int, growth: Mapping[str, float], backlog: float | None,
    levers: Sequence[Mapping[str, Any]], told: Mapping[str, Any], key: UUID | None = None,
) -> Scenario:  # fmt: skip
    """A scenario under its name, with what it promises today; ``told``: what the engine said of it; key: its own unless given.

    Sent twice it is one: the same levers under the same name, on the same calculation, are the scenario already kept.
    """
    asked = {"years": years, "growth": dict(growth), "backlog": backlog, "levers": [dict(one) for one in levers]}
    with alone(organisation):
        alike = Scenario.objects.filter(organisation=organisation, name=name, run=told["run"]).standing()
        if found := next((one for one in alike if _says(one, asked)), None):
            return found
        kept = Scenario.objects.create(
            pk=key or uuid4(), organisation=organisation, name=name, at=told["at"], run=told["run"], parameters=_settings(organisation),
            told=_promised(told), made_by=actor, by=name_of(actor), **asked,
        )  # fmt: skip
        journal.record(
            organisation,
            actor,
            "plan.scenario_kept",
            {"scenario": str(kept.pk), "name": name, "levers": [one["text"] for one in levers], "years": years},
        )
    return kept


def retire(row: Scenario, actor: Any) -> None:
    """Put a scenario away; the journal remembers it, and so does the row."""
    with transaction.atomic():
        held = Scenario.objects.select_for_update().get(pk=row.pk)
        if held.retired_on is None:
            held.retired_on = timezone.now()
            held.save(update_fields=["retired_on"])
            journal.record(
                held.organisation, actor, "plan.scenario_retired", {"scenario": str(held.pk), "name": held.name}
            )


def _says(row: Model, told: Mapping[str, Any]) -> bool:
    """Whether a row holds exactly this already."""
    return all(getattr(row, name) == value for name, value in told.items())


def _settings(organisation: Any) -> dict[str, Any]:
    """The settings of the footprint that day."""
    return {"zone": organisation.zone, "lifespans": dict(sorted(organisation.lifespans.items())), "people": organisation.headcount,
            "pue": None if organisation.pue is None else float(organisation.pue)}  # fmt: skip


def _promised(told: Mapping[str, Any]) -> dict[str, Any]:
    """For each criterion, the curve of the plan (low, central, high) and its causes, year 0 first."""
    every = told["plans"][0]["every"]
    return {key: {"plan": one["amortised"]["plan"], "causes": one["causes"]} for key, one in every.items()}
