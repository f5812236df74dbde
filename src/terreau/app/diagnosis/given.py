"""What a person sent to answer one criterion: read, checked, and kept as typed when something does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from terreau.app.accounts.models import Membership
from terreau.app.diagnosis.models import Answer, OffGrid

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition

MOST_LETTERS = 20_000
SHORT = 160
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(slots=True)
class Given:
    """Fields to write, and what is wrong with them: (anchor, words)."""

    fields: dict[str, Any] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)


def read(
    sent: Mapping[str, str], criterion: Criterion, edition: Edition, answer: Answer | OffGrid, *, prefix: str = ""
) -> Given:
    """The facets, words, owner and date of a sent form; a field that was not sent keeps what it holds."""
    found = Given()
    verdicts = {one.key for one in edition.scale}
    facets = {key: dict(kept) for key, kept in answer.facets.items()}
    for facet in criterion.facets:
        said = _facet(sent, f"{prefix}{facet.key}", facets.get(facet.key, {}), verdicts, found)
        if said:
            facets[facet.key] = said
        else:
            facets.pop(facet.key, None)
    found.fields["facets"] = facets
    if (text := sent.get(f"{prefix}text")) is not None:
        found.fields["text"] = _words(text, f"{prefix}text", found)
    return found


def _facet(
    sent: Mapping[str, str], name: str, held: dict[str, Any], verdicts: set[str], found: Given
) -> dict[str, Any]:
    said = dict(held)
    verdict = sent.get(f"{name}-verdict")
    if verdict is not None:
        if verdict and verdict not in verdicts:
            found.errors.append((f"{name}-verdict", _("Choisissez une des réponses proposées.")))
        said["verdict"] = verdict or None
    for part in ("text", "value", "absence"):
        if (words := sent.get(f"{name}-{part}")) is not None:
            said[part] = _words(words, f"{name}-{part}", found)
    return {part: value for part, value in said.items() if value}


def read_people(sent: Mapping[str, str], members: Iterable[Membership], found: Given) -> None:
    """Who answers for it and for when, when these were sent."""
    if (name := sent.get("owner")) is not None:
        name = " ".join(name.split())[:SHORT]
        one = next((each for each in members if name and name in (str(each.user), each.user.email)), None)
        found.fields |= {"owner_id": one.user_id if one else None, "owner_text": "" if one else name}
    if (day := sent.get("due")) is not None:
        found.fields["due"] = read_day(day, "due", found)


def read_day(text: str, anchor: str, found: Given) -> date | None:
    """A day as the browser sends it, or nothing; a day that cannot be is an error."""
    if not text.strip():
        return None
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        found.errors.append((anchor, _("Donnez une date, entre 2000 et 2100.")))
        return None
    return day


def cleaned(text: str, most: int | None = MOST_LETTERS) -> str:
    """A text of a form without invisible zeroes, which a database refuses, nor spaces around; cut at ``most`` letters."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()[:most]


def revision_in(sent: Mapping[str, str], name: str = "revision") -> int:
    """The revision a form was made from; 0, the empty answer, when it cannot be read."""
    text = sent.get(name, "")
    return int(text[:9]) if text.isdecimal() else 0


def _words(text: str, anchor: str, found: Given) -> str:
    kept = cleaned(text, None)
    if len(kept) > MOST_LETTERS:
        found.errors.append(
            (anchor, _("Ce texte est trop long : 20 000 caractères au plus. Joignez plutôt un document."))
        )
    return kept
