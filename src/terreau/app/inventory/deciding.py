"""What people settled: remembered for the organisation, journalled, applied to every import to come."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from terreau.app.inventory.models import Decision, Source
from terreau.app.journal import door as journal
from terreau.app.reading_once import once
from terreau.inventory.decisions import NONE, Decisions, model_name
from terreau.inventory.ownership import ORG
from terreau.inventory.reconciliation.handles import SEPARATOR
from terreau.kernel.text import normal

_ABOUT_SOURCES = (Decision.SAME, Decision.APART, Decision.SOURCES, Decision.OWNER)


@once
def decisions_of(organisation: Any) -> Decisions:
    """Every decision of the organisation, as the frozen record the engine reads."""
    known = NONE
    names = {str(pk): name for pk, name in Source.objects.of(organisation).values_list("pk", "name")}
    for one in Decision.objects.of(organisation).order_by("created_at"):
        known = _with(known, one, names)
    return known


def settle_pair(organisation: Any, actor: Any, *, kind: str, keys: tuple[str, str], label: str) -> None:
    """These two lines are one device (kind "same") or are not (kind "apart"); the opposite answer is forgotten.

    A key quotes the name of a source: it is remembered by source, so that renaming one changes nothing.
    """
    by_name = {name: str(pk) for pk, name in Source.objects.of(organisation).values_list("pk", "name")}
    pair = sorted(_quoting(key, by_name) for key in keys)
    key = hashlib.sha256(json.dumps(pair).encode()).hexdigest()
    other = Decision.APART if kind == Decision.SAME else Decision.SAME
    with transaction.atomic():
        Decision.objects.of(organisation).filter(kind=other, key=key).delete()
        Decision.objects.update_or_create(
            organisation=organisation, kind=kind, key=key,
            defaults={"subject": {"keys": pair, "label": label}, "answer": {}, "by": actor},
        )  # fmt: skip
        action = "inventory.joined" if kind == Decision.SAME else "inventory.parted"
        journal.record(organisation, actor, action, {"label": label, "keys": sorted(keys)})


def settle_owner(organisation: Any, actor: Any, *, line_key: str, owner: str, label: str) -> None:
    """The device of this line is the organisation's ("org") or somebody's own ("personal"), whatever its sources say.

    The key quotes its source as those of pairs do: renaming one changes nothing.
    """
    by_name = {name: str(pk) for pk, name in Source.objects.of(organisation).values_list("pk", "name")}
    kept = _quoting(line_key, by_name)
    with transaction.atomic():
        Decision.objects.update_or_create(
            organisation=organisation, kind=Decision.OWNER, key=hashlib.sha256(kept.encode()).hexdigest(),
            defaults={"subject": {"line": kept, "label": label}, "answer": {"ownership": owner}, "by": actor},
        )  # fmt: skip
        action = "inventory.ours" if owner == ORG else "inventory.personal"
        journal.record(organisation, actor, action, {"label": label, "line": line_key})


def order_sources(organisation: Any, actor: Any, sources: Sequence[Source]) -> None:
    """These sources are believed in this order; remembered by source, so that renaming one changes nothing."""
    with transaction.atomic():
        Decision.objects.update_or_create(
            organisation=organisation, kind=Decision.SOURCES, key=Decision.SOURCES,
            defaults={"subject": {"order": [str(one.pk) for one in sources]}, "answer": {}, "by": actor},
        )  # fmt: skip
        facts = {"sources": " › ".join(one.name for one in sources)}
        journal.record(organisation, actor, "inventory.sources_ordered", facts)


def about_sources(organisation: Any) -> Any:
    """The decisions about what several sources share, the latest first (a queryset)."""
    return Decision.objects.of(organisation).filter(kind__in=_ABOUT_SOURCES)


def ordered_by_hand(organisation: Any) -> Decision | None:
    """The decision about the order of sources, when there is one."""
    return Decision.objects.of(organisation).filter(kind=Decision.SOURCES).first()


def settle(
    organisation: Any, actor: Any, *, maker: str, model: str, type_word: str, item: tuple[str, str | None]
) -> None:
    """This model (or, without model, this type word) is a device of category and size class ``item``."""
    subject = {"maker": maker, "model": model, "type_word": type_word}
    category, size_class = item
    answer = {"category": category, "size_class": size_class}
    with transaction.atomic():
        Decision.objects.update_or_create(
            organisation=organisation, kind=Decision.MODEL, key=_key(subject),
            defaults={"subject": subject, "answer": answer, "by": actor},
        )  # fmt: skip
        journal.record(organisation, actor, "inventory.settled", {**subject, **answer})


def settle_quantity(organisation: Any, actor: Any, *, line_key: str, quantity: Decimal) -> None:
    """This line stands for ``quantity`` devices [count]."""
    with transaction.atomic():
        Decision.objects.update_or_create(
            organisation=organisation, kind=Decision.QUANTITY, key=hashlib.sha256(line_key.encode()).hexdigest(),
            defaults={"subject": {"line_key": line_key}, "answer": {"quantity": str(quantity)}, "by": actor},
        )  # fmt: skip
        facts = {"line": line_key, "quantity": str(quantity)}
        journal.record(organisation, actor, "inventory.quantity_settled", facts)


def unsettle(decision: Decision, actor: Any) -> None:
    """Forget one decision: what it answered is a question again."""
    action = "inventory.reconciliation_undone" if decision.kind in _ABOUT_SOURCES else "inventory.unsettled"
    with transaction.atomic():
        journal.record(decision.organisation, actor, action, {**decision.subject, **decision.answer})
        decision.delete()


def _with(known: Decisions, one: Decision, names: Mapping[str, str]) -> Decisions:
    """names: of the sources, by their key."""
    subject, answer = one.subject, one.answer
    if one.kind in (Decision.SAME, Decision.APART):
        first, second = (_quoting(key, names) for key in subject["keys"])
        return known.with_same(first, second) if one.kind == Decision.SAME else known.with_apart(first, second)
    if one.kind == Decision.OWNER:
        return known.with_owner(_quoting(subject["line"], names), answer["ownership"])
    if one.kind == Decision.SOURCES:
        return known.with_sources(*(names[pk] for pk in subject["order"] if pk in names))
    if one.kind == Decision.QUANTITY:
        return known.with_quantity(subject["line_key"], Decimal(answer["quantity"]))
    if subject["model"]:
        return known.with_model(subject["maker"], subject["model"], answer["category"], answer["size_class"])
    return known.with_type(subject["type_word"], answer["category"], answer["size_class"])


def _quoting(key: str, called: Mapping[str, str]) -> str:
    """The key of a line, its source called otherwise; a source that ``called`` does not know stays as it is."""
    line, *rest = key.split(SEPARATOR)
    return SEPARATOR.join([line, called.get(rest[0], rest[0]), *rest[1:]]) if rest else key


def _key(subject: dict[str, str]) -> str:
    name = (
        model_name(subject["maker"], subject["model"]) if subject["model"] else f"type {normal(subject['type_word'])}"
    )
    return hashlib.sha256(json.dumps(name).encode()).hexdigest()
