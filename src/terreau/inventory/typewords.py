"""What a type, category or designation column says: a category, how many, how big (mots de type)."""

import re
from dataclasses import dataclass
from functools import cache

from terreau.inventory.needles import Guarded
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal


@dataclass(frozen=True, slots=True)
class TypeRead:
    """One cell: the vocabulary's word ('' when it says none), its confidence, inches, and a proposal on quantity.

    hint: "n=12" (twelve devices in the line), "bundle=desktop+monitor", "skip" (a total), or None.
    """

    word: str = ""
    confidence: str = ""
    inches: float | None = None
    hint: str | None = None


@cache
def read(text: str) -> TypeRead:
    """Read one type word, already in its normal form: exact words first, then patterns in file order."""
    if not text:
        return TypeRead()
    for whole in _ways(text):
        if exact := _exact().get(whole):
            return TypeRead(*exact)
    word, confidence, inches, hint = "", "", None, None
    for pattern, category, sure, rule in _patterns():
        found = pattern.search(text)
        if not found:
            continue
        groups = found.groupdict()
        hint = hint or _hint(rule, groups)
        if rule.startswith("bundle") and "2 ecran" in found[0]:
            hint = f"{rule}+monitor"
        if category and not word:
            word, confidence = category, sure
            inches = float(groups["inch"]) if groups.get("inch") else None
    return TypeRead(word, confidence, inches, hint)


def quantity_in_model(text: str) -> tuple[str, str | None]:
    """A model without its count, and the count: "12 x latitude 3540" is twelve of them."""
    for pattern in _COUNTS:
        found = pattern.search(text)
        if found:
            return pattern.sub(" ", text).strip(), _hint("n", found.groupdict())
    return text, None


_COUNTS = (
    re.compile(r"^(?P<n>\d{1,3}) ?x (?=\D)"),
    re.compile(r"\b(?:lot|pack|ensemble) de (?P<n>\d{1,3})\b"),
    re.compile(r"\((?P<n>\d{1,3}) (?:pcs|pieces|unites|u|postes|ex)\.?\)"),
)


def _ways(text: str) -> tuple[str, ...]:
    """The cell whole, then the steps of a tree from the last ("materiel > portable")."""
    steps = [step.strip() for step in re.split(r"[>|]", text)]
    return (text, *reversed(steps)) if len(steps) > 1 else (text,)


def _hint(rule: str, groups: dict[str, str | None]) -> str | None:
    if rule == "n":
        count = int(groups.get("n") or 0)
        return f"n={count}" if count > 1 else None
    return rule if rule and rule != "size" else None


@cache
def _exact() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for row in rows("type-words"):
        if row["kind"] == "exact":
            table.setdefault(normal(row["word"]), (row["category"], row["confidence"]))
    for row in rows("category-labels"):  # our own labels, when an everyday word does not already say as much
        table.setdefault(normal(row["label"]), (row["word"], "high"))
    return table


@cache
def _patterns() -> tuple[tuple[Guarded, str, str, str], ...]:
    return tuple(
        (Guarded(row["word"]), row["category"], row["confidence"], row["quantity_hint"])
        for row in rows("type-words")
        if row["kind"] == "regex"
    )
