"""What the two fictitious organisations follow and promise: read from ``examples/plans``, made by the rooms' own acts.

Days are counted from today, so that a commitment late today is late whenever the example is opened; the history of the
indicators that a meter measures stands at the days of the inventories.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.demo_diagnosis import uuid_of
from terreau.app.evidence import door as evidence
from terreau.app.indicators import board, following, metering, valuing
from terreau.app.indicators.models import Following
from terreau.app.indicators.naming import definitions_of
from terreau.app.plan import acting, trajectory_acting
from terreau.app.plan.models import Commitment as Kept
from terreau.app.plan.recording import subject
from terreau.indicators.values import Value
from terreau.plan.aims import Aim, Baseline
from terreau.plan.commitments import Commitment, Origin, Review
from terreau.plan.milestones import Milestone

Told = Mapping[str, Any]


def seed(owner: Any, organisations: Mapping[str, Organisation], folder: Path) -> None:
    """The board, its history, the commitments and the target of each organisation, unless they are there."""
    for name, organisation in organisations.items():
        if Following.objects.filter(organisation=organisation).exists():
            continue
        with (folder / f"{name}.toml").open("rb") as file:
            told = tomllib.load(file)
        with transaction.atomic():
            for one in told["indicator"]:
                _followed(owner, organisation, one)
            for one in told["commitment"]:
                _keep(
                    owner, organisation, one.get("result", {}).get("indicator", ""), one.get("values", ()), one["name"]
                )
                _promised(owner, organisation, one)
            _measured(owner, organisation)
            _aimed(owner, organisation, told)


def _followed(owner: Any, organisation: Organisation, one: Told) -> None:
    definition = definitions_of(organisation, [one["key"]])[one["key"]]
    framed = {name: one[name] for name in ("role", "audience", "owner", "review_body")}
    row = following.follow(organisation, owner, definition, framed)
    Following.objects.filter(pk=row.pk).update(since=in_days(-700))
    if "aim" in one:
        given = {
            name: in_days(said) if name in ("baseline_on", "target_due") else said for name, said in one["aim"].items()
        }
        following.aim(row, owner, definition, given)
    _keep(owner, organisation, one["key"], one.get("values", ()), one["key"])


def _keep(owner: Any, organisation: Organisation, key: str, values: Sequence[Told], name: str) -> None:
    if not values:
        return
    unit = definitions_of(organisation, [key])[key].unit
    valuing.keep(organisation, owner, [
        Value(
            id=str(uuid_of(organisation, f"value/{name}/{rank}")), indicator=key, unit=unit, on=in_days(one["on"]), value=float(one["value"]),
            signed_by=valuing.signature(owner), recorded_at=_evening(in_days(one["on"])),
            **{said: one[said] for said in ("low", "high", "method", "method_version", "explained") if said in one},
        )
        for rank, one in enumerate(values)
    ])  # fmt: skip


def _measured(owner: Any, organisation: Organisation) -> None:
    """What the meters say today of what is followed, signed as a person would from the board."""
    rows = board.followings(organisation)
    lines = board.lines(organisation, rows, timezone.localdate())
    told = metering.measures(organisation)
    valuing.take(
        organisation, owner, [one for one in metering.readings(lines, told, valuing.signature(owner)) if one.news]
    )


def _promised(owner: Any, organisation: Organisation, one: Told) -> None:
    key = uuid_of(organisation, f"commitment/{one['name']}")
    promised = Commitment(
        key=str(key), statement=one["statement"], theme=one["theme"], owner=one.get("owner", ""), start=in_days(one["start"]),
        due=in_days(one["due"]), levers=tuple(one.get("levers", ())), budget=_decimal(one, "budget"),
        person_days=_decimal(one, "person_days"), origin=Origin(**one["origin"]) if "origin" in one else None,
        milestones=tuple(_milestone(each) for each in one.get("milestones", ())), means=_aim(one.get("means")),
        result=_aim(one.get("result")),
    )  # fmt: skip
    row = acting.write(organisation, owner, promised, take_on=in_days(one["adopted"]) if "adopted" in one else None)
    row = Kept.objects.get(pk=row.pk)
    for each in one.get("reviews", ()):
        told = Review(on=in_days(each["on"]), decision=each["decision"], comment=each["comment"], by=each["by"],
                      milestones=tuple(each.get("milestones", ())))  # fmt: skip
        acting.review(row, owner, told, in_days(one["next_review"]) if "next_review" in one else None)
    for each in one.get("linked", ()):
        acting.link(row, owner, each)
    if "next_review" in one and not one.get("reviews"):
        acting.reframe(row, owner, {"next_review": in_days(one["next_review"])})
    for title, facet, locator, proves, strength in one.get("evidence", ()):
        evidence.attach(
            organisation, owner, str(uuid_of(organisation, title)), subject=subject(row), facet=facet, locator=locator,
            proves=proves, strength=strength,
        )  # fmt: skip


def _aimed(owner: Any, organisation: Organisation, told: Told) -> None:
    """Where the footprint must go, and what the years to come are held to be."""
    for one in told.get("target", ()):
        row = {name: one[name] for name in ("rule", "amount", "baseline_value", "baseline_on")}
        row |= {"year": one.get("year"), "own_baseline": True}
        trajectory_acting.set_target(organisation, owner, one["criterion"], row, run="", why=one["why"])
    if held := told.get("hypotheses"):
        assumed = {"years": held["years"], "growth": held["growth"], "backlog": held.get("backlog"), "why": held["why"]}
        trajectory_acting.hold(organisation, owner, **assumed)


def _milestone(one: Told) -> Milestone:
    done = in_days(one["done"]) if "done" in one else None
    return Milestone(key=one["key"], title=one["title"], due=in_days(one["due"]), done_on=done)


def _aim(one: Told | None) -> Aim | None:
    if one is None:
        return None
    start = Baseline(value=float(one["baseline"]), on=in_days(one["baseline_on"]), method=one["method"])
    return Aim(
        indicator=one["indicator"],
        unit=one["unit"],
        direction=one["direction"],
        baseline=start,
        target=float(one["target"]),
    )


def _decimal(one: Told, name: str) -> Decimal | None:
    return Decimal(str(one[name])) if name in one else None


def in_days(said: int | date) -> date:
    """A day: as written, or counted from today."""
    return said if isinstance(said, date) else timezone.localdate() + timedelta(days=said)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18), tzinfo=timezone.get_current_timezone())
