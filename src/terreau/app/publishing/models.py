"""Dossiers made, and what is pinned beside a freeze so that it always gives the same one."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Membership, Role

KEPT_DAYS = 30


class Audience(models.TextChoices):
    """Who receives it: that decides the pieces that leave."""

    AUDITOR = "auditor", _("L’auditeur")
    ORGANISATION = "organisation", _("L’organisation elle-même")
    PUBLIC = "public", _("Tout le monde")


def in_thirty_days() -> datetime:
    """Until when the archive made now is kept."""
    return timezone.now() + timedelta(days=KEPT_DAYS)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers, by who may see them."""

    def visible_to(self, user: object) -> DossierQuerySet:
        """Those of the organisations this person may enter; an auditor may see what was frozen for one, while examining it."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        held = Membership.objects.in_force().filter(user=user)  # type: ignore[misc]
        inside = held.exclude(role=Role.AUDITOR).values("organisation")
        auditing = held.filter(role=Role.AUDITOR).values("organisation")
        frozen = Q(organisation__in=auditing, freeze__isnull=False) & ~Q(audience=Audience.ORGANISATION)
        return self.filter(Q(organisation__in=inside) | frozen)


class Dossier(models.Model):
    """One dossier made (dossier): of a freeze, or of the work as it stood, a draft.

    digest: SHA-256 of its manifest, the number to quote; aside: reason -> how many pieces it names without holding them
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    assessment = models.UUIDField()
    freeze = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=160)
    name = models.CharField(max_length=120)
    audience = models.CharField(_("Pour qui"), max_length=12, choices=Audience.choices, default=Audience.AUDITOR)
    language = models.CharField(_("Langue"), max_length=2, default="fr")
    frozen_on = models.DateField()
    digest = models.CharField(max_length=64)
    files = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    aside = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateTimeField(default=in_thirty_days)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def draft(self) -> bool:
        """True when nothing was frozen."""
        return self.freeze is None

    @property
    def source(self) -> str:
        """What it was made of, as forms and addresses name it."""
        return f"gel-{self.freeze}" if self.freeze else f"brouillon-{self.assessment}"


class Pin(models.Model):
    """What a dossier of a freeze says besides the freeze, kept the first time one is made: the next ones say the same.

    told: name and people of the organisation, and what each link of the evidence last answered
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    freeze = models.UUIDField()
    told: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "freeze"], name="one_pin_per_freeze")]

    def __str__(self) -> str:
        return str(self.freeze)
