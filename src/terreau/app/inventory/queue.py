"""The queue of what is to settle: unknown models, the most numerous first, one answer each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import arrivals, kinds, questions
from terreau.app.inventory.lots import MOST_LOTS, Lot, LotAnswer, Lots, writable
from terreau.app.inventory.lots import read_answers as lots_answered
from terreau.app.inventory.models import Decision
from terreau.publishing import numbers

MOST_ROWS = 14
MOST_DECISIONS = 6
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question answered: what the line says, and what it is."""

    maker: str
    model: str
    type_word: str
    item: tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was sent: answers understood, and by question the text that names no category or no number."""

    settled: tuple[Answer, ...] = ()
    lots: tuple[LotAnswer, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Answers understood."""
        return len(self.settled) + len(self.lots)


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question, as printed."""

    index: int
    key: str
    model: str
    type_word: str
    quantity: str
    answer: str = ""
    error: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The queue, as printed."""

    lead: str
    rows: tuple[Row, ...]
    lots: tuple[Row, ...]
    more: str
    nameless: str
    decisions: tuple[dict[str, Any], ...]
    categories: tuple[str, ...]
    errors: tuple[dict[str, str], ...]


def page(organisation: Any, answers: Answers) -> Page:
    """The questions of the fleet of ``organisation``; texts that named nothing come back with their error."""
    current = arrivals.current(organisation)
    asked, found = questions.of(organisation, current) if current else ([], Lots())
    lots = tuple(
        _lot(index, one, answers, kinds.language()) for index, one in enumerate(found.to_confirm[:MOST_LOTS], start=1)
    )
    lang = kinds.language()
    rows = tuple(_row(index, one, answers, lang) for index, one in enumerate(asked[:MOST_ROWS], start=1))
    devices = sum(one.quantity for one in asked)
    lead = ngettext(
        "%(n)s modèle inconnu, %(devices)s équipements. Chacun attend une catégorie pour être pesé.",
        "%(n)s modèles inconnus, %(devices)s équipements. Chacun attend une catégorie pour être pesé.", len(asked),
    ) % {"n": numbers.count(len(asked), lang), "devices": numbers.count(float(devices), lang)}  # fmt: skip
    left = len(asked) - MOST_ROWS
    return Page(
        lead=lead, rows=rows, lots=lots, decisions=tuple(_decision(one, lang) for one in _decisions(organisation)),
        more=gettext("%(n)d autres modèles suivront, moins nombreux.") % {"n": left} if left > 0 else "",
        nameless=_nameless(found.nameless, lang), categories=tuple(kinds.labels()) if rows else (), errors=tuple(_error(row) for row in rows if row.error) + tuple(_lot_error(row) for row in lots if row.error),
    )  # fmt: skip


def read_answers(sent: Mapping[str, str]) -> Answers:
    """The answers of the form: ``k<n>`` says which question, ``a<n>`` what was answered; blanks are not answers."""
    settled, refused = [], {}
    for name, key in sent.items():
        text = sent.get(f"a{name[1:]}", "").strip() if name.startswith("k") else ""
        subject = _subject(key) if text else None
        if subject is None:
            continue
        item = kinds.item_of(text)
        if item is None:
            refused[key] = text[:80]
        else:
            settled.append(Answer(**subject, item=item))
    lots, unread = lots_answered(sent)
    return Answers(tuple(settled), tuple(lots), {**refused, **unread})


def _subject(key: str) -> dict[str, str] | None:
    try:
        # Nothing nested nor longer than what the page wrote is worth reading.
        maker, model, type_word = json.loads(key if len(key) <= 4 * LONGEST else "[]")
    except (ValueError, TypeError, RecursionError):
        return None
    parts = {"maker": maker, "model": model, "type_word": type_word}
    readable = all(isinstance(part, str) and len(part) <= LONGEST and writable(part) for part in parts.values())
    return parts if readable and (model or type_word) else None


def _row(index: int, one: Any, answers: Answers, lang: str) -> Row:
    maker, model, type_word = one.maker or "", one.model or "", one.type_word or ""
    key = json.dumps([maker, model, type_word], ensure_ascii=False)
    return Row(
        index=index, key=key, model=f"{maker} {model}".strip() or type_word, type_word=type_word or "–",
        quantity=numbers.count(float(one.quantity), lang), answer=answers.refused.get(key, ""), error=key in answers.refused,
    )  # fmt: skip


def _lot(index: int, one: Lot, answers: Answers, lang: str) -> Row:
    said = answers.refused.get(one.line_key, f"{one.quantity.normalize():f}")
    return Row(
        index=index, key=one.line_key, model=one.label, type_word=one.said, quantity=numbers.count(float(one.quantity), lang),
        answer=said, error=one.line_key in answers.refused,
    )  # fmt: skip


def _nameless(lines: int, lang: str) -> str:
    if not lines:
        return ""
    said = ngettext("%(n)s ligne lue comme un lot n'a ni numéro ni nom : elle ne peut pas être confirmée ici.",
                    "%(n)s lignes lues comme des lots n'ont ni numéro ni nom : elles ne peuvent pas être confirmées ici.", lines)  # fmt: skip
    return said % {"n": numbers.count(lines, lang)}


def _lot_error(row: Row) -> dict[str, str]:
    text = gettext("« %(text)s » n'est pas un nombre d'équipements.") % {"text": row.answer}
    return {"id": f"q{row.index}", "model": row.model, "text": text}


def _error(row: Row) -> dict[str, str]:
    text = gettext("« %(text)s » n'est pas une catégorie de la liste.") % {"text": row.answer}
    return {"id": f"a{row.index}", "model": row.model, "text": text}


def _decisions(organisation: Any) -> Any:
    kinds_here = (Decision.MODEL, Decision.QUANTITY)
    return Decision.objects.of(organisation).filter(kind__in=kinds_here)[:MOST_DECISIONS]


def _decision(one: Decision, lang: str) -> dict[str, Any]:
    subject = one.subject
    if one.kind == Decision.QUANTITY:
        devices = numbers.count(float(one.answer["quantity"]), lang)
        said = ngettext("%(n)s équipement", "%(n)s équipements", int(float(one.answer["quantity"]))) % {"n": devices}
        label = subject["line_key"].partition(":")[2]
        return {"pk": one.pk, "model": label, "category": said, "day": numbers.day(one.created_at.date(), lang)}
    model = f"{subject['maker']} {subject['model']}".strip() if subject["model"] else subject["type_word"]
    category = kinds.label_of(one.answer["category"], one.answer["size_class"])
    return {"pk": one.pk, "model": model, "category": category, "day": numbers.day(one.created_at.date(), lang)}
