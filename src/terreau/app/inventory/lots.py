"""Lines read as lots ("classe mobile 12 postes"): how many devices each stands for, to confirm once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from terreau.inventory.decisions import NONE
from terreau.inventory.lines import MOST_DEVICES

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

MOST_LOTS = 6
LONGEST = 300
SMALLEST = Decimal("0.000001")  # as quantities are kept: a longer fraction would be lost in silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One line that seems to stand for several devices. ``quantity``: how it was read [count]."""

    line_key: str
    label: str
    said: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """The lots, the largest first; nameless: lines read as lots that nothing identifies [count]."""

    to_confirm: tuple[Lot, ...] = ()
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class LotAnswer:
    """What a person said a line stands for [count]."""

    line_key: str
    quantity: Decimal


def read_as_lots(con: Engine, lines: str) -> Lots:
    """The lots of ``lines`` (``gather``); an answer about a line that nothing identifies could not be remembered."""
    from terreau.inventory.classes import classes, same_class
    from terreau.inventory.keys import junk_serials, keyed

    kinds = classes(con, lines, NONE)
    rows = con.execute(f"""
        SELECT l.line_key, min(coalesce(l.name, l.source_id, l.serial)), min(l.type_word), max(l.quantity), count(*)
        FROM {keyed(lines, junk_serials(con, lines))} l JOIN {kinds} k ON {same_class("l", "k")}
        WHERE k.hint_count IS NOT NULL
        GROUP BY l.line_key ORDER BY 4 DESC, 1""").fetchall()
    return Lots(
        to_confirm=tuple(
            Lot(line_key=key, label=label or key, said=said or "–", quantity=quantity)
            for key, label, said, quantity, _lines in rows
            if key
        ),
        nameless=sum(lines for key, *_told, lines in rows if not key),
    )


def read_answers(sent: Mapping[str, str]) -> tuple[list[LotAnswer], dict[str, str]]:
    """``l<n>`` says which line, ``q<n>`` how many devices; blanks are not answers. Answers, then refused texts by line."""
    answers, refused = [], {}
    for name, key in sent.items():
        text = sent.get(f"q{name[1:]}", "").strip() if name.startswith("l") and name[1:].isdigit() else ""
        if not text or not 0 < len(key) <= LONGEST or not writable(key):
            continue
        quantity = _number(text)
        if quantity is None:
            refused[key] = text[:20]
        else:
            answers.append(LotAnswer(key, quantity))
    return answers, refused


def writable(text: str) -> bool:
    """True when every database can hold this text: no NUL, no half of a character."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _number(text: str) -> Decimal | None:
    try:
        quantity = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not quantity.is_finite() or not 0 < quantity <= MOST_DEVICES:
        return None
    exact = quantity.quantize(SMALLEST)
    return exact.normalize() if exact == quantity else None
