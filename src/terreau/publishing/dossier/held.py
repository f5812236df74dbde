"""What the dossier holds once the copies are made (contenu): where each piece is, and what is not there, with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from terreau.evidence.records import EvidenceRecord
from terreau.publishing.dossier.copying import Copied
from terreau.publishing.dossier.layout import WITHDRAWN, Aside, Layout
from terreau.publishing.dossier.words import REASONS, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """paths: evidence key -> path; copies: the files there; aside: the pieces that are not, first those decided beforehand."""

    layout: Layout
    copies: tuple[Copied, ...]
    aside: tuple[Aside, ...]
    paths: dict[str, str]
    why: dict[str, str]

    def where(self, evidence: EvidenceRecord, language: str) -> str:
        """Where to find a piece, in words: its path, its address, or why it is not there."""
        if path := self.paths.get(evidence.key):
            return path
        if self.why.get(evidence.key) == "no_file":
            return evidence.url or evidence.figure or reason(evidence, "no_file", language)
        return reason(evidence, self.why.get(evidence.key, "missing"), language)


def held(layout: Layout, copies: Iterable[Copied]) -> Held:
    """The result of the copies."""
    made = tuple(copies)
    lost = [Aside(evidence=one, why=copy.why) for copy in made if copy.why for one in copy.filed.evidence]
    aside = (*layout.aside, *lost)
    there = tuple(copy for copy in made if not copy.why)
    paths = {one.key: copy.filed.path for copy in there for one in copy.filed.evidence}
    return Held(layout=layout, copies=there, aside=aside, paths=paths, why={one.evidence.key: one.why for one in aside})


def reason(evidence: EvidenceRecord, why: str, language: str) -> str:
    """Why a piece is not there, in words; a withdrawn one with the reason given then."""
    told = word(REASONS, why, language)
    if why == WITHDRAWN and evidence.withdrawn_why:
        return f"{told} ({evidence.withdrawn_why})"
    return told
