"""What a check or a judgement of the plan says: a code with facts, its words beside in ``errors.toml`` (constat)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from terreau.kernel.errors import Words, words_of
from terreau.kernel.term import figure
from terreau.plan.words import listed

ERROR, WARNING, ADVICE = SEVERITIES = ("error", "warning", "advice")
"""error: the promise cannot be judged as it stands; warning: it can, badly; advice: it would be better otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One remark.

    code: ``plan.due_before_start``, …; severity: one of SEVERITIES; subject: key of what it is about (commitment, decision)
    facts: what fills the words (days, figures, keys of milestones, names of criteria)
    """

    code: str
    severity: str = ADVICE
    subject: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str = "fr") -> Words:
        """What, why and remedy in ``language``."""
        facts = {name: fact_word(name, value, language) for name, value in self.facts.items()}
        return words_of(self.code, {"subject": self.subject, **facts}, language)

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values: code, severity, subject, facts, what, why, remedy."""
        words = self.words(language)
        return {"code": self.code, "severity": self.severity, "subject": self.subject,
                "facts": {name: plain_fact(value) for name, value in self.facts.items()},
                "what": words.what, "why": words.why, "remedy": words.remedy}  # fmt: skip


def fact_word(name: str, value: object, language: str = "fr") -> str:
    """A fact as a sentence holds it: days as people write them, numbers in the manner of the language, keys as words."""
    if isinstance(value, date):
        return value.isoformat()[:10] if language == "en" else f"{value:%d/%m/%Y}"
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, int) and name in ("year", "first_year", "last_year"):
        return str(value)
    if isinstance(value, Decimal | float | int):
        return figure(float(value), language)
    if isinstance(value, tuple):
        return ", ".join(listed(name, str(one), language) for one in value)
    return listed(name, str(value), language)


def plain_fact(value: object) -> object:
    """A fact or a record as JSON holds it: days as ISO text, decimals as text, tuples as lists, records as objects."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain_fact(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain_fact(getattr(value, one.name)) for one in fields(value)}
    return str(value) if isinstance(value, Decimal) else value
