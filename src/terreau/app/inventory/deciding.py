"""What people settled: remembered for the organisation, journalled, applied to every import to come."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.db import transaction

from terreau.app.inventory.models import Decision
from terreau.app.journal import door as journal
from terreau.inventory.decisions import NONE, Decisions, model_name
from terreau.kernel.text import normal


def decisions_of(organisation: Any) -> Decisions:
    """Every decision of the organisation, as the frozen record the engine reads."""
    known = NONE
    for one in Decision.objects.of(organisation).order_by("created_at"):
        known = _with(known, one)
    return known


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
    """Forget one decision: the model is a question again."""
    with transaction.atomic():
        journal.record(decision.organisation, actor, "inventory.unsettled", {**decision.subject, **decision.answer})
        decision.delete()


def _with(known: Decisions, one: Decision) -> Decisions:
    subject, answer = one.subject, one.answer
    if one.kind == Decision.QUANTITY:
        return known.with_quantity(subject["line_key"], Decimal(answer["quantity"]))
    if subject["model"]:
        return known.with_model(subject["maker"], subject["model"], answer["category"], answer["size_class"])
    return known.with_type(subject["type_word"], answer["category"], answer["size_class"])


def _key(subject: dict[str, str]) -> str:
    name = (
        model_name(subject["maker"], subject["model"]) if subject["model"] else f"type {normal(subject['type_word'])}"
    )
    return hashlib.sha256(json.dumps(name).encode()).hexdigest()
