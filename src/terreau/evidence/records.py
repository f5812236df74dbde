"""What proves, and what it is tied to (preuve, lien de preuve): frozen records, with a canonical JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from terreau.kernel import canonical

KINDS = ("document", "measure", "screenshot", "dataset", "statement", "figure", "link")
CONFIDENTIALITIES = ("team", "organisation", "auditor", "public")
STRENGTHS = ("proves", "supports", "mentions")
OPINIONS = ("none", "accepted", "questioned", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One piece of evidence (preuve).

    key: stable and opaque; kind: one of KINDS
    received_on: when it came in, never changed; effective_on: the day it speaks of, or was signed
    period: first and last day it covers; valid_until: last day it holds; scope_percent: share of the perimeter, 1 to 100
    confidentiality: one of CONFIDENTIALITIES, who may read it besides its owner
    sha256, size, name: of the file, None without one; url: of a link
    figure: ``figure:<run>/<criterion>/<group>`` when a figure of Terreau is the evidence
    withdrawn: it was taken away, and ``withdrawn_why``; it stays named
    """

    key: str
    kind: str
    title: str
    received_on: datetime
    effective_on: date | None = None
    period: tuple[date, date] | None = None
    valid_until: date | None = None
    scope_percent: int | None = None
    confidentiality: str = "organisation"
    owner: str = ""
    sha256: str | None = None
    size: int | None = None
    name: str | None = None
    url: str | None = None
    figure: str | None = None
    withdrawn: bool = False
    withdrawn_why: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same record."""
        found: dict[str, Any] = canonical.plain(self)
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> EvidenceRecord:
        """Back from ``as_json``; ValueError naming the field that does not fit."""
        return canonical.record(cls, found)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form."""
        return canonical.digest(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One evidence tied to one facet of one subject (lien de preuve).

    evidence: its key; subject: an opaque key (a criterion, an action); facet: an opaque key (documents, means, results, verdict)
    locator: where to look (page, section); proves: what it shows there, in words
    strength: one of STRENGTHS; opinion: what the reviewer thinks, one of OPINIONS, with ``opinion_text``
    """

    evidence: str
    subject: str
    facet: str
    locator: str = ""
    proves: str = ""
    strength: str = "supports"
    opinion: str = "none"
    opinion_text: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same record."""
        found: dict[str, Any] = canonical.plain(self)
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> LinkRecord:
        """Back from ``as_json``; ValueError naming the field that does not fit."""
        return canonical.record(cls, found)
