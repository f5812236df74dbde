"""Pieces of evidence, and what each is tied to: never erased by hand, withdrawn with a reason."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Membership, Role
from terreau.evidence.addresses import answers
from terreau.evidence.records import EvidenceRecord, LinkRecord


class Kind(models.TextChoices):
    """What sort of piece it is; a statement alone is the weakest."""

    DOCUMENT = "document", _("Document")
    MEASURE = "measure", _("Mesure")
    SCREENSHOT = "screenshot", _("Capture d’écran")
    DATASET = "dataset", _("Jeu de données")
    STATEMENT = "statement", _("Déclaration, entretien")
    FIGURE = "figure", _("Chiffre de Terreau")
    LINK = "link", _("Lien")


class Confidentiality(models.TextChoices):
    """Who may open it."""

    TEAM = "team", _("L’équipe qui répond")
    ORGANISATION = "organisation", _("Toute l’organisation")
    AUDITOR = "auditor", _("L’organisation et l’auditeur")
    PUBLIC = "public", _("Tout le monde")


class Strength(models.TextChoices):
    """How firmly it supports the answer."""

    PROVES = "proves", _("prouve")
    SUPPORTS = "supports", _("appuie")
    MENTIONS = "mentions", _("mentionne")


class Opinion(models.TextChoices):
    """What a reviewer thinks of it, there."""

    NONE = "none", _("pas encore relue")
    ACCEPTED = "accepted", _("acceptée")
    QUESTIONED = "questioned", _("contestée")
    REFUSED = "refused", _("refusée")


# What each role may open: the external auditor sees only what was made for the auditor.
OPENS: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset(Confidentiality.values),
    Role.EDITOR: frozenset(Confidentiality.values),
    Role.CONTRIBUTOR: frozenset(Confidentiality.values),
    Role.READER: frozenset({Confidentiality.ORGANISATION, Confidentiality.AUDITOR, Confidentiality.PUBLIC}),
    Role.AUDITOR: frozenset({Confidentiality.AUDITOR, Confidentiality.PUBLIC}),
}


UNTOLD = "…"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, by who may see it."""

    def visible_to(self, user: object) -> EvidenceQuerySet:
        """What this person's role opens, in the organisations they may enter."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        held = Membership.objects.in_force().filter(user=user)  # type: ignore[misc]
        allowed = Q(pk__in=[])
        for role, opened in OPENS.items():
            allowed |= Q(organisation__in=held.filter(role=role).values("organisation"), confidentiality__in=opened)
        return self.filter(allowed)


class Evidence(models.Model):
    """One piece (preuve): a file, a link, a figure of Terreau, or what somebody said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("Sorte"), max_length=12, choices=Kind.choices, default=Kind.DOCUMENT)
    title = models.CharField(_("Titre"), max_length=200)
    received_on = models.DateTimeField(default=timezone.now, editable=False)
    effective_on = models.DateField(_("Date du document"), null=True, blank=True)
    period_start = models.DateField(_("Couvre depuis le"), null=True, blank=True)
    period_end = models.DateField(_("Couvre jusqu’au"), null=True, blank=True)
    valid_until = models.DateField(_("Valable jusqu’au"), null=True, blank=True)
    scope_percent = models.PositiveSmallIntegerField(_("Part du périmètre couverte (%)"), null=True, blank=True)
    confidentiality = models.CharField(
        _("Qui peut l’ouvrir"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.AUDITOR
    )
    owner = models.CharField(_("Personne qui en répond"), max_length=160, blank=True)
    file = models.UUIDField(null=True, blank=True, editable=False)  # key of a kept file
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    name = models.CharField(max_length=200, blank=True, editable=False)
    held_back = models.BooleanField(default=False, editable=False)
    url = models.CharField(_("Adresse"), max_length=1000, blank=True)
    url_asked_on = models.DateTimeField(null=True, blank=True, editable=False)
    url_status = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    url_trouble = models.CharField(max_length=60, blank=True, editable=False)
    figure = models.CharField(_("Chiffre"), max_length=240, blank=True)
    figure_text = models.CharField(max_length=240, blank=True, editable=False)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")
    withdrawn_on = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(max_length=400, blank=True, editable=False)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "id"]
        indexes = [
            models.Index(fields=["organisation", "-received_on"], name="evidence_by_arrival"),
            models.Index(fields=["organisation", "file"], name="evidence_by_file"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day it covers; None when one of them is not said."""
        return period_of(self)

    @property
    def silent(self) -> bool:
        """True when its link did not answer the last time it was asked."""
        return self.url_asked_on is not None and not answers(self.url_status or 0)

    def as_record(self) -> EvidenceRecord:
        """The piece as the knowledge rooms read it."""
        return recorded(self)

    @property
    def told_to_auditors(self) -> bool:
        """True when an external auditor may open it: they read the journal too, and nothing written there goes away."""
        return self.confidentiality in OPENS[Role.AUDITOR]

    @property
    def journal_title(self) -> str:
        """Its title as the journal keeps it for good: a mark in its place when auditors may not open the piece."""
        return self.title if self.told_to_auditors else UNTOLD

    def facts(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        return {"evidence": str(self.pk), "title": self.journal_title, "kind": self.kind, "sha256": self.sha256,
                "confidentiality": self.confidentiality}  # fmt: skip


RECORDED = (
    "pk", "kind", "title", "received_on", "effective_on", "period_start", "period_end", "valid_until", "scope_percent", "confidentiality",
    "owner", "sha256", "size", "name", "url", "figure", "withdrawn_on", "withdrawn_why",
)  # fmt: skip
"""The columns that ``recorded`` reads."""


def period_of(piece: Any) -> tuple[date, date] | None:
    """First and last day a piece, or a row of it, covers; None when one of them is not said."""
    return (piece.period_start, piece.period_end) if piece.period_start and piece.period_end else None


def recorded(piece: Any) -> EvidenceRecord:
    """A piece, or a row of its columns ``RECORDED``, as the knowledge rooms read it."""
    return EvidenceRecord(
        key=str(piece.pk), kind=piece.kind, title=piece.title, received_on=piece.received_on,
        effective_on=piece.effective_on, period=period_of(piece), valid_until=piece.valid_until,
        scope_percent=piece.scope_percent, confidentiality=piece.confidentiality, owner=piece.owner,
        sha256=piece.sha256 or None, size=piece.size, name=piece.name or None, url=piece.url or None,
        figure=piece.figure or None, withdrawn=piece.withdrawn_on is not None, withdrawn_why=piece.withdrawn_why,
    )  # fmt: skip


class EvidenceLink(models.Model):
    """One piece tied to one facet of one subject; a subject is another room's key, opaque here."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="links")
    subject = models.CharField(max_length=240)
    facet = models.CharField(max_length=24)
    locator = models.CharField(_("Où regarder (page, section)"), max_length=160, blank=True)
    proves = models.CharField(_("Ce que cela montre"), max_length=400, blank=True)
    strength = models.CharField(_("Force"), max_length=8, choices=Strength.choices, default=Strength.SUPPORTS)
    opinion = models.CharField(_("Avis"), max_length=10, choices=Opinion.choices, default=Opinion.NONE)
    opinion_text = models.CharField(_("Pourquoi"), max_length=400, blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["facet", "made_on", "id"]
        indexes = [models.Index(fields=["organisation", "subject"], name="links_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "subject", "facet", "locator"], name="one_link_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.evidence} → {self.subject} ({self.facet})"

    def as_record(self) -> LinkRecord:
        """The link as the knowledge rooms read it."""
        return LinkRecord(
            evidence=str(self.evidence_id), subject=self.subject, facet=self.facet, locator=self.locator,
            proves=self.proves, strength=self.strength, opinion=self.opinion, opinion_text=self.opinion_text,
        )  # fmt: skip
