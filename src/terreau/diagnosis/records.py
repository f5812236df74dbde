"""What an organisation answers to a referential (autodiagnostic): frozen records, with a canonical JSON form.

Team notes are not here: these records are what an auditor may read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.kernel import canonical
from terreau.kernel.errors import TerreauError

LAYOUT = "terreau-assessment-1"
STATES = ("draft", "submitted", "changes_asked", "accepted")
ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetAnswer:
    """The answer to one facet: documents, means, results, or the single verdict.

    verdict: a key of the edition's scale, None while nobody answered
    value: what was measured, with its unit, as written ("38 % in 2025"); for the result facet
    absence: why there is no value yet, in words: a stated absence is an answer, a blank is not
    """

    facet: str
    verdict: str | None = None
    text: str = ""
    value: str | None = None
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """The answer to one criterion.

    criterion: its full key (``rgesn-2024:1.1``)
    applicable: None while nobody decided (the criterion is then counted as applicable); False leaves the count only with a
    ``reason``; decided_by, decided_on: who and when
    reviewed_on: last day a person reread it; changed_on: last change of anything in it
    inherited_from: subject the answer comes from (``service:Portail``), None when it is its own
    """

    criterion: str
    facets: tuple[FacetAnswer, ...] = ()
    applicable: bool | None = None
    reason: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    state: str = "draft"
    owner: str = ""
    due: date | None = None
    text: str = ""
    links: tuple[LinkRecord, ...] = ()
    changed_on: datetime | None = None
    reviewed_on: date | None = None
    inherited_from: str | None = None

    def facet(self, key: str) -> FacetAnswer | None:
        """The answer to facet ``key``, None when there is none."""
        return next((one for one in self.facets if one.facet == key), None)

    def verdict(self, facet: str) -> str | None:
        """The verdict given to ``facet``, None when unanswered."""
        found = self.facet(facet)
        return found.verdict if found else None

    def links_of(self, facet: str) -> tuple[LinkRecord, ...]:
        """What is tied to ``facet``."""
        return tuple(link for link in self.links if link.facet == facet)

    @property
    def justified_not_applicable(self) -> bool:
        """True when the criterion is left out and someone said why."""
        return self.applicable is False and bool(self.reason.strip())

    @property
    def unjustified_not_applicable(self) -> bool:
        """True when the criterion is said not to apply and nobody said why."""
        return self.applicable is False and not self.reason.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class OffGridRecord:
    """A practice the grid does not ask for (hors grille); ``existing_action`` names the other team's action it is."""

    title: str
    theme: str = ""
    text: str = ""
    facets: tuple[FacetAnswer, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    owner: str = ""
    existing_action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRecord:
    """What a person said (entretien), by role; statements are weaker than documents and measures."""

    role: str
    on: date
    criteria: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """One figure of Terreau pinned to its run: value and bounds as text, unit, the day it speaks of."""

    key: str
    title: str
    value: str
    unit: str = ""
    low: str | None = None
    high: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRecord:
    """One assessment (autodiagnostic) of one subject against one edition.

    edition, version, edition_digest: the referential, pinned; variant: key of the edition's variant, '' without
    subject: ``organisation`` or ``service:<name>``; organisation: its name
    period: first and last day assessed; as_of: the day aimed at (audit, review)
    profile: answers to the edition's profile questions
    """

    edition: str
    version: str
    edition_digest: str = ""
    variant: str = ""
    subject: str = ORGANISATION
    organisation: str = ""
    period: tuple[date, date]
    as_of: date
    profile: dict[str, bool] = field(default_factory=dict)
    answers: dict[str, AnswerRecord] = field(default_factory=dict)
    evidence: dict[str, EvidenceRecord] = field(default_factory=dict)
    off_grid: tuple[OffGridRecord, ...] = ()
    interviews: tuple[InterviewRecord, ...] = ()
    figures: dict[str, FigureRecord] = field(default_factory=dict)

    def answer(self, criterion: str) -> AnswerRecord:
        """The answer to ``criterion``; an empty one when nobody answered."""
        return self.answers.get(criterion) or AnswerRecord(criterion=criterion)

    def as_json(self) -> dict[str, Any]:
        """Plain values with the name of their layout; the same record gives the same values."""
        return {"layout": LAYOUT, **canonical.plain(self)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> AssessmentRecord:
        """Back from ``as_json``; TerreauError when the layout or a field does not fit."""
        told = dict(found)
        if (layout := told.pop("layout", None)) != LAYOUT:
            raise TerreauError("diagnosis.layout_unknown", layout=layout, known=LAYOUT)
        try:
            return canonical.record(cls, told)
        except ValueError as trouble:
            raise TerreauError("diagnosis.record_unusable", where=str(trouble)) from trouble

    def as_text(self) -> str:
        """The canonical JSON text: what a frozen snapshot keeps, byte for byte."""
        return canonical.text(self.as_json())

    @property
    def digest(self) -> str:
        """SHA-256 of ``as_text``."""
        return canonical.digest(self.as_json())
