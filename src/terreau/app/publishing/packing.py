"""From a freeze, or from the work as it stands, to the package a dossier is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone, translation

from terreau.app.audits import door as audits
from terreau.app.diagnosis import door as diagnosis
from terreau.app.evidence import door as evidence
from terreau.app.publishing.models import Pin
from terreau.app.referentials import door as referentials
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from pathlib import Path

    from terreau.diagnosis.records import AssessmentRecord
    from terreau.evidence.records import EvidenceRecord
    from terreau.publishing.dossier.records import DossierPackage

GEL, DRAFT = "gel", "brouillon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a dossier may be made of. key: "gel-<uuid>" or "brouillon-<uuid>"; on: the day it was frozen, None for a draft."""

    key: str
    assessment: UUID
    freeze: UUID | None
    title: str
    referential: str
    on: date | None


def sources(organisation: Any, *, auditor: Any = None) -> tuple[Source, ...]:
    """Freezes, the latest first, then the work under way; for ``auditor`` (a person), only the freezes they examine today."""
    heads = diagnosis.assessments_of(organisation)
    examined = audits.examined_today(auditor, organisation) if auditor else None
    known = {one.pk: one.referential for one in heads}
    frozen = tuple(
        Source(key=f"{GEL}-{one.pk}", assessment=one.assessment, freeze=one.pk, title=one.title,
               referential=known.get(one.assessment, ""), on=timezone.localdate(one.frozen_on))
        for one in audits.freezes_of(organisation)
        if examined is None or one.pk in examined
    )  # fmt: skip
    if auditor:
        return frozen
    return frozen + tuple(
        Source(
            key=f"{DRAFT}-{one.pk}",
            assessment=one.pk,
            freeze=None,
            title=one.title,
            referential=one.referential,
            on=None,
        )
        for one in heads
    )


def source_of(organisation: Any, key: str, *, auditor: Any = None) -> Source | None:
    """The source ``key`` of this organisation, None when it has none."""
    return next((one for one in sources(organisation, auditor=auditor) if one.key == key), None)


def source_for(organisation: Any, referential: str, freeze: str = "") -> Source:
    """What the command line means: this freeze, else the latest one of this referential, else the work under way."""
    if freeze:
        offered = [one for one in sources(organisation) if one.freeze and str(one.freeze).startswith(freeze)]
    else:
        offered = [one for one in sources(organisation) if one.referential == referential]
    if not offered:
        raise TerreauError("app.dossier_without_source", referential=referential, organisation=organisation.slug)
    return offered[0]


def package_of(organisation: Any, source: Source, *, language: str, audience: str) -> DossierPackage:
    """The package of a source; TerreauError when the freeze is damaged or the edition cannot be read any more."""
    if source.freeze:
        return _frozen(organisation, source.freeze, language, audience)
    record = diagnosis.record_of(organisation, source.assessment)
    if record is None:
        raise TerreauError("app.dossier_without_source", referential=source.referential, organisation=organisation.slug)
    return _draft(organisation, record, language, audience)


def paths(organisation: Any, audience: str = "") -> Any:
    """Digest -> where the bytes are, LookupError when nobody has them, or when this audience may not have them any more.

    A piece withdrawn since the freeze, or closed to the audience, is named by the frozen record and no longer handed over.
    """
    opened = still_open(organisation, audience) if audience else None

    def found(sha256: str) -> Path:
        if opened is not None and sha256 not in opened:
            raise LookupError(sha256)
        try:
            path: Path = evidence.path_of(organisation, sha256)
        except ObjectDoesNotExist as gone:
            raise LookupError(sha256) from gone
        return path

    return found


def still_open(organisation: Any, audience: str) -> frozenset[str]:
    """The digests of the files that may be handed to this audience today."""
    from terreau.publishing.dossier.records import OPENED

    return evidence.open_bytes(organisation, OPENED[audience])


def fills_grid(organisation: Any, package: DossierPackage) -> Callable[[Path], object] | None:
    """What writes the received workbook, filled in place; None when the referential does not come from one.

    Nor in public: a received workbook is not the organisation's to publish.
    """
    if package.audience == "public":
        return None
    suffix = referentials.workbook_suffix(organisation, package.edition.key, package.edition.version)
    if not suffix:
        return None

    def write(path: Path) -> Path:
        target = path.with_suffix(suffix)
        target.write_bytes(referentials.filled_workbook(organisation, package.told))
        return target

    return write


def _frozen(organisation: Any, freeze: UUID, language: str, audience: str) -> DossierPackage:
    from terreau.publishing.dossier.records import JournalHead, LinkCheck, OrganisationFacts, packaged

    found = audits.frozen(organisation, freeze)
    if found is None:
        raise TerreauError("app.dossier_without_source", referential=str(freeze), organisation=organisation.slug)
    told = _pinned(organisation, freeze, found.record)
    links = {
        key: LinkCheck(checked_on=date.fromisoformat(one[0]), status=one[1], trouble=one[2])
        for key, one in told["links"].items()
    }
    return packaged(
        found.record, found.edition, OrganisationFacts(name=found.record.organisation, slug=told["slug"], headcount=told["headcount"]),
        timezone.localdate(found.frozen_on), audience=audience, frozen_sha256=found.record_sha256, freeze=str(freeze),
        freeze_digest=found.digest, journal=JournalHead(number=found.journal_number, digest=found.journal_head),
        links=links, since=_since(organisation, found.record), language=language, **_audited(organisation, freeze, language),
    )  # fmt: skip


def _since(organisation: Any, record: AssessmentRecord) -> dict[str, EvidenceRecord]:
    """The pieces withdrawn since the freeze, or shown to others than then, as they stand today."""
    return {
        key: one
        for key, one in evidence.standing(organisation, record.evidence).items()
        if (one.withdrawn, one.confidentiality)
        != (record.evidence[key].withdrawn, record.evidence[key].confidentiality)
    }


def _audited(organisation: Any, freeze: UUID, language: str) -> dict[str, Any]:
    """What the auditor and the committee said of it, when an audit rests on this freeze."""
    with translation.override(language):
        told = audits.audit_of(organisation, freeze)
    if told is None:
        return {}
    return {
        "verdicts": told.verdicts,
        "findings": told.findings,
        "remarks": told.remarks,
        "decisions": told.decisions,
        "auditor": told.score,
    }


def _draft(organisation: Any, record: AssessmentRecord, language: str, audience: str) -> DossierPackage:
    from terreau.publishing.dossier.records import LinkCheck, OrganisationFacts, packaged

    edition = referentials.edition_for(organisation, record.edition, record.version)
    days = [one.changed_on.date() for one in record.answers.values() if one.changed_on]
    days += [one.received_on.date() for one in record.evidence.values()]
    checks = {
        key: LinkCheck(checked_on=one[0], status=one[1], trouble=one[2])
        for key, one in _checks(organisation, record).items()
    }
    facts = OrganisationFacts(name=organisation.name, slug=organisation.slug, headcount=organisation.headcount)
    return packaged(
        record, edition, facts, max(days, default=record.period[1]), audience=audience, links=checks, language=language
    )


def _checks(organisation: Any, record: AssessmentRecord) -> dict[str, tuple[date, int, str]]:
    return evidence.link_checks(organisation, [key for key, one in record.evidence.items() if one.url])


def _pinned(organisation: Any, freeze: UUID, record: AssessmentRecord) -> dict[str, Any]:
    """What is said besides the freeze: as it was the first time a dossier of it was made."""
    with transaction.atomic():
        pin = Pin.objects.filter(organisation=organisation, freeze=freeze).first()
        if pin is None:
            links = {key: [one[0].isoformat(), one[1], one[2]] for key, one in _checks(organisation, record).items()}
            told = {"slug": organisation.slug, "headcount": organisation.headcount, "links": links}
            pin = Pin.objects.get_or_create(organisation=organisation, freeze=freeze, defaults={"told": told})[0]
    kept: dict[str, Any] = pin.told
    return kept
