"""What is done with an arbitration: each act keeps the whole record as it stood, journalled in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from terreau.app.journal import door as journal
from terreau.app.plan.acting import FaultyError, name_of
from terreau.app.plan.models_arbitration import Arbitration, ArbitrationReview, ArbitrationVersion
from terreau.kernel.errors import TerreauError
from terreau.plan import arbitration as pure
from terreau.plan.faults import ERROR, Fault

What = ArbitrationVersion.What


def record_of(row: Arbitration) -> pure.Decision:
    """One arbitration whole; give it a row read with ``whole()``."""
    later = [one for one in row.successors.all() if one.decided]
    return pure.Decision(
        key=str(row.pk), question=row.question, tensions=tuple(row.tensions), options=tuple(_option(one) for one in row.options),
        took_part=tuple(row.took_part), decided=row.decided, why=row.why, decided_on=row.decided_on, review_on=row.review_on,
        reviews=tuple(pure.Reviewed(on=one.on, kept=one.kept, comment=one.comment, by=one.by) for one in row.reviews.all()),
        replaced_by=str(later[0].pk) if later else "", commitments=tuple(row.commitments),
    )  # fmt: skip


def records(organisation: Any) -> tuple[pure.Decision, ...]:
    """Every arbitration of the organisation, latest first."""
    return tuple(record_of(one) for one in Arbitration.objects.filter(organisation=organisation).whole())


def pose(organisation: Any, actor: Any, given: Mapping[str, Any], replaces: Arbitration | None = None) -> Arbitration:
    """A question to decide, under its own ``id`` when it comes with one; one that replaces another starts from its options."""
    with transaction.atomic():
        row = Arbitration(organisation=organisation, made_by=actor, replaces=replaces)
        row.pk = given.get("id") or row.pk
        row.question, row.tensions, row.took_part = given["question"], list(given["tensions"]), list(given["took_part"])
        row.commitments = list(given.get("commitments", ()))
        former = list(replaces.options) if replaces else []
        row.options = options_titled(former, given["titles"])
        row.save(force_insert=True)
        _kept(row, actor, What.OPENED, "plan.arbitration_posed", {})
    return row


def rework(row: Arbitration, actor: Any, given: Mapping[str, Any], *, seen: int | None = None) -> None:
    """Other words, other options, while nothing is decided; an option keeps what was said of it."""
    with _open(row, seen) as held:
        held.question, held.tensions, held.took_part = (
            given["question"],
            list(given["tensions"]),
            list(given["took_part"]),
        )
        held.commitments = list(given.get("commitments", ()))
        held.options = options_titled(held.options, given["titles"])
        held.save()
        _kept(held, actor, What.REWORKED, "plan.arbitration_reworked", {})


def weigh(row: Arbitration, actor: Any, key: str, effects: Iterable[Mapping[str, str]], rules: Iterable[str], *,
          seen: int | None = None) -> None:  # fmt: skip
    """What one option brings and costs, criterion by criterion, and the rules it was checked against."""
    with _open(row, seen) as held:
        told = [dict(one) for one in held.options]
        found = next((one for one in told if one["key"] == key), None)
        if found is None:
            raise TerreauError("app.arbitration_option_gone")
        found["effects"], found["rules"] = [dict(one) for one in effects], list(rules)
        held.options = told
        held.save()
        _kept(held, actor, What.REWORKED, "plan.arbitration_weighed", {"option": found["title"][:120]})


def decide(row: Arbitration, actor: Any, given: Mapping[str, Any], *, seen: int | None = None) -> None:
    """What was decided and why; from then on nothing of it changes. FaultyError when it lacks what makes it a decision."""
    with _open(row, seen) as held:
        held.decided, held.why, held.decided_on = given["decided"], given["why"], given["decided_on"]
        held.review_on, held.took_part = given["review_on"], list(given["took_part"])
        found = tuple(one for one in pure.check_decision(record_of(held)) if one.severity == ERROR)
        if found:
            raise FaultyError(found)
        held.save()
        option = record_of(held).option(held.decided)
        facts = {
            "option": option.title[:120] if option else "",
            "on": held.decided_on.isoformat(),
            "why": held.why[:200],
        }
        _kept(held, actor, What.DECIDED, "plan.arbitration_decided", facts)


def review(row: Arbitration, actor: Any, given: Mapping[str, Any], *, seen: int | None = None) -> None:
    """A decision looked at again, and the day of the next look; the decision itself stays as it was written."""
    with _held(row, seen) as held:
        if not held.decided or held.decided_on is None:
            raise TerreauError("app.arbitration_undecided")
        after = given["next_on"]
        if given["on"] < held.decided_on or (after and after <= given["on"]):
            raise TerreauError("app.arbitration_review_days", decided=held.decided_on.isoformat())
        ArbitrationReview.objects.create(arbitration=held, on=given["on"], kept=given["kept"], comment=given["comment"],
                                         by=given["by"], written_by=name_of(actor))  # fmt: skip
        held.review_on = after
        held.save(update_fields=["review_on"])
        fresh = Arbitration.objects.whole().get(pk=held.pk)
        _kept(fresh, actor, What.REVIEWED, "plan.arbitration_reviewed",
              {"on": given["on"].isoformat(), "kept": given["kept"], "comment": given["comment"][:200]})  # fmt: skip


def discard(row: Arbitration, actor: Any, *, seen: int | None = None) -> None:
    """A question that nobody will decide is removed; the journal remembers it. A decision stays."""
    with _open(row, seen) as held:
        _told(held, actor, "plan.arbitration_discarded", {})
        held.delete()


def faults(row: Arbitration) -> tuple[Fault, ...]:
    """Everything that the record lacks, errors first."""
    return pure.check_decision(record_of(row))


def options_titled(before: Sequence[Mapping[str, Any]], titles: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The options under their (key, title), in order; one without a key is given one, one no longer told is dropped."""
    known = {one["key"]: one for one in before}
    return [
        {**known.get(key, {"effects": [], "rules": []}), "key": key or secrets.token_hex(4), "title": title}
        for key, title in titles
    ]


def _option(one: Mapping[str, Any]) -> pure.Option:
    effects = tuple(
        pure.Effect(criterion=each["criterion"], brings=each.get("brings", ""), costs=each.get("costs", ""))
        for each in one.get("effects", ())
    )
    return pure.Option(key=one["key"], title=one["title"], effects=effects, rules=tuple(one.get("rules", ())))


@contextmanager
def _held(row: Arbitration, seen: int | None) -> Iterator[Arbitration]:
    """The arbitration as it is now, nobody else writing in it; its revision grows."""
    with transaction.atomic():
        held = Arbitration.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
        if seen is not None and held.revision != seen:
            raise TerreauError("app.arbitration_meanwhile")
        held.revision += 1
        held.save(update_fields=["revision"])
        yield held


@contextmanager
def _open(row: Arbitration, seen: int | None) -> Iterator[Arbitration]:
    """The same, while nothing is decided."""
    with _held(row, seen) as held:
        if held.decided:
            raise TerreauError("app.arbitration_decided")
        yield held


def _kept(row: Arbitration, actor: Any, what: str, action: str, facts: Mapping[str, Any]) -> None:
    ArbitrationVersion.objects.create(arbitration=row, what=what, told=record_of(row).as_json(), by=name_of(actor))
    _told(row, actor, action, facts)


def _told(row: Arbitration, actor: Any, action: str, facts: Mapping[str, Any]) -> None:
    journal.record(
        row.organisation, actor, action, {"arbitration": str(row.pk), "question": row.question[:160]} | dict(facts)
    )
