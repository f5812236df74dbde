"""Two people changed the same answer: what differs, side by side, and what the person then chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from terreau.app.accounts.models import User
from terreau.app.diagnosis.answering import plain
from terreau.app.diagnosis.editions import language, said
from terreau.app.diagnosis.models import Answer, AnswerChange
from terreau.publishing import numbers

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition

THEIRS, MINE = "theirs", "mine"
FACET_NAMES = {
    "documents": lambda: _("Documents"),
    "means": lambda: _("Moyens"),
    "results": lambda: _("Résultats"),
    "verdict": lambda: _("Verdict"),
}
PARTS = {
    "verdict": lambda: _("réponse"),
    "text": lambda: _("en clair"),
    "value": lambda: _("valeur mesurée"),
    "absence": lambda: _("pourquoi sans valeur"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field two people left differently; ``chosen``: the side proposed, '' when both changed it."""

    name: str
    label: str
    theirs: str
    mine: str
    chosen: str


def facet_name(key: str) -> str:
    """How a facet is called."""
    return FACET_NAMES[key]() if key in FACET_NAMES else key


def flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with each part of each facet apart: "facets/documents/verdict"."""
    found = {name: value for name, value in fields.items() if name != "facets"}
    for facet, parts in fields.get("facets", {}).items():
        found |= {f"facets/{facet}/{part}": value for part, value in parts.items()}
    return found


def differences(answer: Answer, given: Mapping[str, Any], base: Mapping[str, Any], edition: Edition,
                names: Mapping[int, str]) -> list[Difference]:  # fmt: skip
    """What the sent fields and the answer as it is now say differently."""
    now, mine = flat({name: plain(getattr(answer, name)) for name in given}), flat(_plain(given))
    before = flat({name: base.get(name, _empty(name)) for name in given})
    found = []
    for name in sorted({*now, *mine}, key=_order):
        here, there = mine.get(name) or None, now.get(name) or None
        if here == there or (name == "owner_text" and "owner_id" in mine and mine["owner_id"] != now["owner_id"]):
            continue
        was = before.get(name) or None
        chosen = THEIRS if here == was else MINE if there == was else ""
        found.append(Difference(name=name, label=label_of(name), theirs=shown(name, there, edition, names),
                                mine=shown(name, here, edition, names), chosen=chosen))  # fmt: skip
    return found


def base_of(answer: Answer, revision: int) -> dict[str, Any]:
    """The fields as they stood at ``revision``, told again from the history."""
    found: dict[str, Any] = {}
    for change in AnswerChange.objects.filter(answer=answer, revision__lte=revision).order_by("revision"):
        found |= change.after
    return found


def chosen(answer: Answer, given: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """The sent fields, but for those where the person keeps what is there now (``keep-<field>`` = theirs)."""
    kept = dict(given)
    facets = {facet: dict(parts) for facet, parts in given.get("facets", {}).items()}
    for field, side in sent.items():
        name = field.removeprefix("keep-")
        if name == field or side != THEIRS:
            continue
        if name.startswith("facets/") and name.count("/") == 2:
            _put(facets, name, answer.facets)
        elif name in kept:
            kept[name] = getattr(answer, name)
            if name == "owner_id":
                kept["owner_text"] = answer.owner_text
    if "facets" in kept:
        kept["facets"] = {facet: parts for facet, parts in facets.items() if parts}
    return kept


def shown(name: str, value: Any, edition: Edition, names: Mapping[int, str]) -> str:
    """A value of a field, as people read it."""
    if value in (None, ""):
        return "–"
    if name.endswith("/verdict"):
        return next((said(one.label) for one in edition.scale if one.key == value), str(value))
    if name == "owner_id":
        return names.get(value, "–")
    if name == "applicable":
        return _("oui") if value else _("non")
    return numbers.dated(value, language()) if name in ("due", "decided_on", "reviewed_on") else str(value)


def label_of(name: str) -> str:
    """How a field is called on the pages."""
    if name.startswith("facets/"):
        _root, facet, part = name.split("/")
        return f"{facet_name(facet)}, {PARTS[part]() if part in PARTS else part}"
    return {
        "text": _("Ce que l'on fait, en clair"),
        "owner_id": _("Qui en répond"),
        "owner_text": _("Qui en répond"),
        "due": _("Pour le"),
        "applicable": _("Applicable"),
        "reason": _("Raison"),
        "state": _("État"),
        "decided_by": _("Décidé par"),
        "decided_on": _("Décidé le"),
        "reviewed_on": _("Relu le"),
        "reviewed_by": _("Relu par"),
        "review_text": _("Mot de la relecture"),
    }.get(name, name)


def names_of(users: set[int]) -> dict[int, str]:
    """How these people are called."""
    return {one.pk: str(one) for one in User.objects.filter(pk__in=users)} if users else {}


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in fields.items()}


def _put(facets: dict[str, dict[str, Any]], name: str, kept: Mapping[str, Any]) -> None:
    _root, facet, part = name.split("/")
    value = kept.get(facet, {}).get(part)
    if value is None:
        facets.get(facet, {}).pop(part, None)
    else:
        facets.setdefault(facet, {})[part] = value


def _empty(name: str) -> Any:
    return {} if name == "facets" else None


def _order(name: str) -> tuple[int, str]:
    return (0 if name.startswith("facets/") else 1, name)
