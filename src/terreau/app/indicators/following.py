"""What is followed and towards what: a full board resists, a target never changes without its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from terreau.app import onscreen
from terreau.app.accounts.alone import alone
from terreau.app.indicators import board
from terreau.app.indicators.models import Aim, Audience, Following, Role
from terreau.app.indicators.naming import definitions_of
from terreau.app.journal import door as journal
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Followed
from terreau.indicators.quality import Check, crowding
from terreau.kernel.errors import TerreauError

FULL = ("indicators.too_many_followed", "indicators.too_many_flagship", "indicators.too_many_public")
"""What the board resists, the gravest first: each is answered by taking a place or by saying why."""
NOBODY: Mapping[str, str] = {}
FRAMED = ("role", "audience", "owner", "review_body")


class Crowded(Exception):  # noqa: N818  what a page answers, not a failure
    """The board is full; ``checks`` say of what, with the remedy of each."""

    def __init__(self, checks: Sequence[Check]) -> None:
        super().__init__(", ".join(one.code for one in checks))
        self.checks = tuple(checks)


def resistance(before: Sequence[Followed], after: Sequence[Followed]) -> tuple[Check, ...]:
    """What a change would make too many of: each limit that it passes, or passes by more than before."""
    held = {one.code: one.facts["count"] for one in crowding(before) if one.code in FULL}
    found = [one for one in crowding(after) if one.code in FULL and one.facts["count"] != held.get(one.code)]
    worse = [one for one in found if int(str(one.facts["count"])) > int(str(held.get(one.code, 0)))]
    return tuple(sorted(worse, key=lambda one: FULL.index(one.code)))


def place_takers(organisation: Any, code: str, key: str) -> list[tuple[str, str]]:
    """The indicators whose place may be taken, for one limit passed: key and name."""
    from terreau.app.language import language

    held = [one for one in board.followed(organisation) if one.key != key and _counted(one, code)]
    return sorted(((one.key, one.indicator.name.in_(language())) for one in held), key=lambda pair: pair[1].casefold())


def follow(organisation: Any, actor: Any, one: Indicator, given: Mapping[str, Any], *, instead_of: Mapping[str, str] = NOBODY,
           why: str = "", seen: int | None = None) -> Following:  # fmt: skip
    """Follow an indicator, or change how it is followed (``seen``: the revision that was on screen).

    instead_of: limit passed (a code of ``FULL``) -> key of the indicator that makes room

    One that was taken off comes back with its targets. Crowded when the board is full and nothing makes room; app.changed_meanwhile when somebody else changed it first.
    """
    with alone(organisation):
        rows = {row.indicator: row for row in Following.objects.filter(organisation=organisation)}
        before = board.followed(organisation)
        row = rows.get(one.key)
        if (row.revision if row else None) != seen:
            raise TerreauError("app.changed_meanwhile")
        changed = {name: given[name] for name in FRAMED}
        after = _with(before, replace(_as(one, before), **{name: changed[name] for name in FRAMED}))
        checks = resistance(before, after)
        taken = [
            (check.code, rows[key])
            for check in checks
            if (key := instead_of.get(check.code, "")) in rows and key != one.key
        ]
        if taken:
            for code, other in taken:
                _make_room(other, actor, code)
            left = board.followed(organisation)
            checks = resistance(before, _with(left, next(each for each in after if each.key == one.key)))
        if checks and not why.strip():
            raise Crowded(checks)
        return _written(row, organisation, actor, one, changed, why.strip() if checks else "")


def unfollow(row: Following, actor: Any) -> None:
    """Take an indicator off the board: its values stay, its targets wait for it to be followed again."""
    organisation = row.organisation
    with alone(organisation):
        if not Following.objects.filter(pk=row.pk).exists():
            raise TerreauError("app.changed_meanwhile")
        one = definitions_of(organisation, [row.indicator])[row.indicator]
        facts = {
            "indicator": row.indicator,
            "name": one.name.fr,
            "role": row.role,
            "aims": [_facts(aim) for aim in row.aims.all()],
        }
        row.left_on, row.revision = timezone.localdate(), row.revision + 1
        row.save(update_fields=["left_on", "revision"])
        journal.record(organisation, actor, "indicators.unfollowed", facts)


def aim(row: Following, actor: Any, one: Indicator, given: Mapping[str, Any], *, seen: int | None = None) -> Aim:
    """Set where it starts and where it must arrive; the aims before stay. ``seen``: the one that was on screen (``app.onscreen``).

    TerreauError app.aim_unexplained without a reason to change, app.written_before_you when somebody else changed it first.
    """
    with alone(row.organisation):
        held = Following.objects.filter(pk=row.pk).first()
        if held is None:
            raise TerreauError("app.changed_meanwhile")
        before = held.aims.last()
        if before and all(getattr(before, name) == value for name, value in given.items()):
            return before  # sent twice: one line of history
        onscreen.check(before, seen)
        if before and not str(given.get("why") or "").strip():
            raise TerreauError("app.aim_unexplained")
        made = Aim.objects.create(following=held, unit=one.unit, by=actor, by_label=str(actor)[:200], **given)
        told = {"indicator": held.indicator, "name": one.name.fr, "why": made.why or "–", "after": _facts(made)}
        journal.record(
            row.organisation, actor, "indicators.aimed", told | ({"before": _facts(before)} if before else {})
        )
    return made


def _written(
    row: Following | None, organisation: Any, actor: Any, one: Indicator, changed: Mapping[str, Any], why: str
) -> Following:
    facts = {"indicator": one.key, "name": one.name.fr, "role": str(Role(changed["role"]).label)} | dict(changed)
    if why:
        facts["why_more"] = why
    if row is None:
        begun = {"by": actor, "since": timezone.localdate(), "left_on": None, "why_more": why[:400]}
        made, _new = Following.every.update_or_create(
            organisation=organisation, indicator=one.key, defaults=begun | dict(changed)
        )
        journal.record(organisation, actor, "indicators.followed", facts | {"role": changed["role"]})
        return made
    before = {name: getattr(row, name) for name in changed if getattr(row, name) != changed[name]}
    if before:
        for name, value in changed.items():
            setattr(row, name, value)
        row.why_more, row.revision = (why or row.why_more)[:400], row.revision + 1
        row.save()
        journal.record(organisation, actor, "indicators.reframed", facts | {"before": before})
    return row


def _make_room(row: Following, actor: Any, code: str) -> None:
    """The place is taken the least way: off the board, off the flagship, or off the public view."""
    organisation = row.organisation
    if code == FULL[0]:
        return unfollow(row, actor)
    if row.left_on:  # off the board already, for another limit
        return None
    name, value = ("role", Role.FOLLOWED) if code == FULL[1] else ("audience", Audience.PERFORMANCE)
    before = {name: getattr(row, name)}
    setattr(row, name, value)
    row.revision += 1
    row.save()
    one = definitions_of(organisation, [row.indicator])[row.indicator]
    facts = {"indicator": row.indicator, "name": one.name.fr, "before": before, name: str(value)}
    journal.record(organisation, actor, "indicators.reframed", facts)
    return None


def _counted(one: Followed, code: str) -> bool:
    return code == FULL[0] or (one.role == "flagship" if code == FULL[1] else one.shown_to == "public")


def _as(one: Indicator, held: Sequence[Followed]) -> Followed:
    return next((each for each in held if each.key == one.key), Followed(indicator=one))


def _with(held: Sequence[Followed], one: Followed) -> list[Followed]:
    return [*(each for each in held if each.key != one.key), one]


def _facts(aim: Aim) -> dict[str, Any]:
    days = {"baseline_on": aim.baseline_on, "target_due": aim.target_due}
    return {"unit": aim.unit, "baseline": aim.baseline_value, "target": aim.target_value} | {
        name: day.isoformat() if day else "" for name, day in days.items()
    }
