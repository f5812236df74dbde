"""What an organisation brought in: referentials of its own, official texts, received grids; what it confirmed."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access


class OfOrganisation(models.QuerySet[Any]):
    """Rows of organisations, by who may see them."""

    def of(self, organisation: Any) -> OfOrganisation:
        """Only those of ``organisation``."""
        return self.filter(organisation=organisation)

    def visible_to(self, user: object) -> OfOrganisation:
        """Those of the organisations this person may enter today."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Kept(models.Model):
    """Base of what is brought in: whose it is, by whom, when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kept_on = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfOrganisation.as_manager()

    class Meta:
        abstract = True


class PrivateReferential(Kept):
    """One edition of one organisation, never edited: another version supersedes it.

    document: what ``loading.edition_from`` reads; grid: what filling the received workbook needs, empty without one
    """

    class Origin(models.TextChoices):
        """Where it came from."""

        YAML = "yaml", _("fichier YAML")
        OFFICIAL = "official", _("fichier officiel")
        GRID = "grid", _("grille reçue")

    name = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    digest = models.CharField(max_length=64)
    criteria = models.PositiveIntegerField()
    document = models.JSONField()
    grid = models.JSONField(default=dict, blank=True)
    file = models.UUIDField(null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    withdrawn_on = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "-kept_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "version"], name="one_private_edition_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def key(self) -> str:
        """Its key for the other rooms: ``org:<organisation>/<name>``."""
        return f"org:{self.organisation_id}/{self.name}"


class OfficialTexts(Kept):
    """The official words of one referential (or of its methods, its glossary), as their publisher gives them."""

    referential = models.CharField(max_length=80)
    part = models.CharField(max_length=12)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    entries = models.JSONField()

    class Meta:
        ordering = ["referential", "part"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "referential", "part"], name="one_official_text_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class ReceivedGrid(Kept):
    """A received workbook being read: what was proposed or corrected, and what came out of it. Nothing counts yet.

    mapping: the reading; understood: what ``reading.understand`` told of it
    """

    file = models.UUIDField()
    file_name = models.CharField(max_length=200)
    mapping = models.JSONField(default=dict)
    understood = models.JSONField(default=dict)

    class Meta:
        ordering = ["-kept_on"]

    def __str__(self) -> str:
        return self.file_name


class CrosswalkConfirmation(models.Model):
    """Someone said whether two criteria of two referentials go together; it never moves an answer."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    a = models.CharField(max_length=240)
    b = models.CharField(max_length=240)
    relation = models.CharField(max_length=10)
    holds = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200)
    on = models.DateTimeField(default=timezone.now)

    objects = OfOrganisation.as_manager()

    class Meta:
        ordering = ["a", "b"]
        constraints = [models.UniqueConstraint(fields=["organisation", "a", "b"], name="one_word_per_crosswalk")]

    def __str__(self) -> str:
        return f"{self.a} ~ {self.b}"


class MigrationStep(models.Model):
    """One passage from an edition to the next that a person accepted or set aside.

    before, after: ``key@version`` of the editions; old, new: short criterion keys
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    before = models.CharField(max_length=200)
    after = models.CharField(max_length=200)
    old = models.JSONField(default=list)
    new = models.JSONField(default=list)
    kind = models.CharField(max_length=8)
    accepted = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_label = models.CharField(max_length=200)
    on = models.DateTimeField(default=timezone.now)

    objects = OfOrganisation.as_manager()

    class Meta:
        ordering = ["before", "after", "id"]
        indexes = [models.Index(fields=["organisation", "before", "after"], name="steps_between_editions")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}: {self.old} → {self.new}"
