"""From a drafting and what people wrote to one content, then to a document; and how each part stands between both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.reports.models import Drafting, Kind, Passage, Publication, Report
from terreau.app.reports.parts import PARTS, TITLES, blocks, digest_of
from terreau.publishing import numbers
from terreau.publishing.blocks import Block, Document, Heading, Text

LEAF = 230
"""Elements of the parts read on one page, what surrounds them left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One part: what is drafted, what is written, and whether the figures changed since it was written.

    kept: the part of the drafting, as plain values; was: that of the drafting it was written before, None when it is the same
    """

    key: str
    title: str
    kept: dict[str, Any]
    passage: Passage | None
    was: dict[str, Any] | None = None

    @property
    def written(self) -> bool:
        """True when a person's text stands in place of the one proposed."""
        return self.passage is not None and self.passage.own

    @property
    def left_out(self) -> bool:
        """True when the part stays out of the report."""
        return self.passage is not None and self.passage.left_out

    @property
    def to_read_again(self) -> bool:
        """True when the figures say something else than when the text was written."""
        return self.written and self.was is not None

    @property
    def empty(self) -> bool:
        """True when nothing would be printed of it."""
        return not self.text.strip() and not self.kept["blocks"]

    @property
    def text(self) -> str:
        """The text that stands: the person's, else the one proposed."""
        return self.passage.text if self.passage and self.passage.own else str(self.kept["text"])

    @property
    def digest(self) -> str:
        """Names what is drafted."""
        return digest_of(self.kept)


def title_of(key: str) -> str:
    """The title of a part, in the language of the moment."""
    return str(TITLES[key])


def last_drafting(report: Report) -> Drafting:
    """The drafting whose figures stand."""
    found = report.draftings.last()
    assert found is not None, "a report is drafted when it begins"
    return found


def standings(report: Report) -> list[Standing]:
    """Every part in its order, titles in the language of the moment."""
    draftings = list(report.draftings.all())
    last = {one["key"]: one for one in draftings[-1].content["parts"]}
    before = {digest_of(one): one for drafting in draftings[:-1] for one in drafting.content["parts"]}
    written = {one.key: one for one in report.passages.select_related("edited_by")}
    found = []
    for key in PARTS[report.kind]:
        kept = last.get(key) or {"key": key, "text": "", "blocks": []}
        passage = written.get(key)
        changed = passage is not None and passage.drafted and passage.drafted != digest_of(kept)
        was = before.get(passage.drafted) if changed and passage else None
        found.append(Standing(key=key, title=title_of(key), kept=kept, passage=passage, was=was))
    return found


def content(report: Report) -> dict[str, Any]:
    """The whole report as it stands, as plain values: what a publication keeps."""
    drafting = last_drafting(report)
    with translation.override(report.language):
        parts = [
            {"key": one.key, "title": one.title, "text": one.text, "blocks": one.kept["blocks"], "written": one.written}
            for one in standings(report) if not one.left_out and not one.empty
        ]  # fmt: skip
    return {
        "title": report.title, "organisation": report.organisation.name, "language": report.language, "kind": report.kind,
        "period": [report.period_start.isoformat(), report.period_end.isoformat()],
        "figures_on": timezone.localdate(drafting.drafted_on).isoformat(), "run": drafting.run, "drafting": drafting.digest, "parts": parts,
    }  # fmt: skip


def document(told: dict[str, Any], publication: Publication | None = None) -> Document:
    """A content as a document; without ``publication``, a draft, and it says so."""
    lang = told["language"]
    on = timezone.localdate(publication.published_on) if publication else date.fromisoformat(told["figures_on"])
    with translation.override(lang):
        return Document(
            title=told["title"], subtitle=str(Kind(told["kind"]).label), author=told["organisation"], language=lang, on=on,
            cover=tuple(_cover(told, publication)), blocks=tuple(_blocks(told)),
            notice="" if publication else _("Brouillon : ce rapport n’est pas publié"), stamp="" if publication else _("Brouillon"),
        )  # fmt: skip


def leaves(told: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Blocks (plain values) by pages on a screen: whole parts, as many as LEAF elements allow."""
    found: list[list[dict[str, Any]]] = []
    held = 0
    for part in _parts(told):
        weight = sum(map(_weight, part))
        if not found or held + weight > LEAF:
            found.append([])
            held = 0
        found[-1] += part
        held += weight
    return found


def _parts(told: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    starts = [rank for rank, block in enumerate(told) if block["kind"] == "heading"]
    yield from (told[start:end] for start, end in pairwise([*starts, len(told)]))


def _weight(block: dict[str, Any]) -> int:
    """How many elements a block adds to a page."""
    rows = block.get("rows", ())
    return (
        8 + sum(1 + len(row) + sum(str(cell).count("\n") for cell in row) for row in rows) + len(block.get("items", ()))
    )


def _cover(told: dict[str, Any], publication: Publication | None) -> Iterator[tuple[str, str]]:
    start, end = (numbers.day(date.fromisoformat(one), language()) for one in told["period"])
    yield _("Période"), _("du %(start)s au %(end)s") % {"start": start, "end": end}
    if publication:
        yield _("Publié le"), numbers.day(timezone.localdate(publication.published_on), language())
        yield _("Version"), f"{publication.number} ({publication.digest[:12]})"
    yield _("Chiffres du"), numbers.day(date.fromisoformat(told["figures_on"]), language())
    if told["run"]:
        yield _("Calcul de l’empreinte"), told["run"][:8]


def _blocks(told: dict[str, Any]) -> Iterator[Block]:
    for one in told["parts"]:
        yield Heading(text=one["title"], level=1)
        if one["text"].strip():
            yield Text(text=one["text"])
        yield from blocks(one["blocks"])
