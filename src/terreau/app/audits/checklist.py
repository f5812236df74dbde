"""What an auditor will look for first (liste de la demande), counted on the living assessment before it is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.app.audits.freezing import Frozen
from terreau.app.diagnosis import door as diagnosis
from terreau.app.language import language
from terreau.app.referentials import door as referentials
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.evidence.records import EvidenceRecord
    from terreau.referentials.edition import Edition

AUDITOR_OPENS = frozenset({"auditor", "public"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the list: what is asked, ``done`` of ``of``, where to mend it."""

    key: str
    words: str
    done: int
    of: int
    url: str = ""
    withheld: tuple[tuple[str, str], ...] = ()
    """Pieces the auditor will not open, for whoever may: title, address."""

    @property
    def met(self) -> bool:
        """True when nothing of it is missing."""
        return self.done == self.of


def points(organisation: Any, assessment: UUID, level: str, opens: frozenset[str] = frozenset()) -> tuple[Point, ...]:
    """The list for the assessment as it is now; app.nothing_to_freeze when it is gone.

    ``opens``: the confidentialities the reader of the list may open; a piece kept from them is counted, not named.
    """
    from terreau.diagnosis.readiness import readiness
    from terreau.diagnosis.xray import xray

    record = diagnosis.record_of(organisation, assessment)
    if record is None:
        raise TerreauError("app.nothing_to_freeze")
    edition = referentials.edition_for(organisation, record.edition, record.version)
    asked = edition.for_variant(record.variant)
    counted = readiness(record, asked).counters
    day, look = (_at(organisation, assessment, name) for name in ("readiness", "xray"))
    found = [Point(key=key, words=words, done=counted[key].done, of=counted[key].of, url=day)
             for key, words in _counters().items()]  # fmt: skip
    drafts = sum(one.state in ("draft", "changes_asked") for one in record.answers.values())
    total = len(record.answers)
    found.append(
        Point(key="handed", words=_("Réponses soumises : plus aucun brouillon"), done=total - drafts, of=total, url=day)
    )
    closed, tied = _closed(record)
    named = tuple((one.title, reverse("evidence:piece", args=[organisation.slug, one.key]))
                  for one in closed if one.confidentiality in opens)  # fmt: skip
    found.append(Point(key="opened", words=_("Preuves que l’auditeur pourra ouvrir"), done=tied - len(closed), of=tied,
                       url=reverse("evidence:list", args=[organisation.slug]), withheld=named))  # fmt: skip
    doubted = [one.criterion for one in xray(record, asked)]
    total = len(asked.criteria) + doubted.count("")  # a remark about the whole is one more
    found.append(Point(key="xray", words=_("Critères sur lesquels la radiographie ne signale rien"), done=total - len(set(doubted) - {""})
                       - doubted.count(""), of=total, url=look))  # fmt: skip
    if asked.levels:
        found.append(Point(key="level", words=_("Niveau demandé dit"), done=int(bool(level)), of=1))
    return tuple(found)


def missing(found: tuple[Point, ...]) -> int:
    """How many points are not met [count]."""
    return sum(not one.met for one in found)


def levels_of(edition: Edition | None) -> list[tuple[str, str]]:
    """The levels an edition offers, in words."""
    return [(one.key, said(one.title)) for one in edition.levels] if edition else []


def held(frozen: Frozen) -> dict[str, int]:
    """What a freeze holds, in counts."""
    record = frozen.record
    return {"answers": len(record.answers), "criteria": len(frozen.asked.criteria), "evidence": len(record.evidence),
            "links": sum(len(one.links) for one in record.answers.values()), "off_grid": len(record.off_grid),
            "interviews": len(record.interviews)}  # fmt: skip


def said(words: Any) -> str:
    """Words of a referential in the language of the page."""
    return str(words.in_(language()) or words.fr or words.en) if words else ""


def _counters() -> dict[str, str]:
    return {
        "answered": _("Tout ce qui s’applique a une réponse"),
        "justified": _("Chaque critère écarté dit pourquoi"),
        "evidenced": _("Chaque affirmation repose sur une preuve valable ce jour-là"),
        "reviewed": _("Réponses relues depuis leur dernier changement"),
        "fresh": _("Réponses touchées depuis moins d’un an"),
    }


def _closed(record: AssessmentRecord) -> tuple[list[EvidenceRecord], int]:
    tied = {link.evidence for one in record.answers.values() for link in one.links}
    kept = [one for key, one in record.evidence.items() if key in tied and not one.withdrawn]
    return [one for one in kept if one.confidentiality not in AUDITOR_OPENS], len(kept)


def _at(organisation: Any, assessment: UUID, name: str) -> str:
    return reverse(f"diagnosis:{name}", args=[organisation.slug, assessment])
