"""What an organisation declared about its fleet: sources, imports under way, snapshots kept, decisions made.

Rows only: the devices themselves stand in immutable Parquet files under the organisation's own folder.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from terreau.app.accounts import access


class OfOneOrganisation(models.QuerySet):
    """Queries that start from the organisation a person was already allowed to read."""

    def of(self, organisation: Any) -> OfOneOrganisation:
        """Only the rows of ``organisation``: another organisation's row is as good as absent (404)."""
        return self.filter(organisation=organisation)

    def visible_to(self, user: Any) -> OfOneOrganisation:
        """Rows of the organisations this person may enter today."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Kept(models.Model):
    """Base of every row of this room: whose it is, and since when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfOneOrganisation.as_manager()

    class Meta:
        abstract = True


class Source(Kept):
    """Where an inventory comes from, declared once: "GLPI, ordinateurs, siège"."""

    FILE, QUICK = "file", "quick"
    KINDS = ((FILE, "fichier"), (QUICK, "formulaire rapide"))

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=KINDS, default=FILE)
    perimeter = models.CharField(max_length=300, blank=True)
    # corrections a person made when importing (columns, order of dates), by heading: they survive re-imports
    choices = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_name_per_source")]

    def __str__(self) -> str:
        return self.name


class Draft(Kept):
    """An import being looked at. Nothing of it counts before it is confirmed.

    files: [{"name": what the person called it, "stored": our own name for it, "sha256": of its bytes}];
    understood: what the reading child process answered; kept_original: the file stays after confirmation;
    left_since: when it was first seen left aside (see ``leftovers``); drop: the same for the imports whose files were dropped together and sorted by tool, else NULL.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_on = models.DateField()
    files = models.JSONField(default=list)
    choices = models.JSONField(default=dict, blank=True)
    understood = models.JSONField(default=dict, blank=True)
    keep_original = models.BooleanField(default=False)
    drop = models.UUIDField(null=True, editable=False, db_index=True)
    left_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.source} ({self.taken_on})"


class Snapshot(Kept):
    """What one source held on one day (instantané), named by its content; a content may be the state of several days.

    Its Parquet is written once however many days it stands for: a row that goes never takes it away.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="snapshots")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField()
    # what was read: lines {read, accepted, doubtful, rejected}, file names, their digests, counts
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ("-taken_on", "-created_at")
        constraints = [models.UniqueConstraint(fields=["source", "sha256", "taken_on"], name="same_content_kept_once_a_day")]  # fmt: skip

    def __str__(self) -> str:
        return self.sha256[:12]


class Decision(Kept):
    """What a person settled once, and every later import remembers.

    kind "model": this maker and model (or these type words) are that category;
    kind "quantity": this line stands for that many devices;
    kind "same", "apart": these two lines are one device, or are not;
    kind "sources": the order in which the sources are believed;
    kind "owner": the device of this line is the organisation's, or somebody's own.
    """

    MODEL, QUANTITY, SAME, APART, SOURCES, OWNER = "model", "quantity", "same", "apart", "sources", "owner"
    KINDS = ((MODEL, "modèle"), (QUANTITY, "quantité"), (SAME, "même appareil"), (APART, "appareils distincts"),
             (SOURCES, "ordre des sources"), (OWNER, "à qui est l'appareil"))  # fmt: skip

    kind = models.CharField(max_length=10, choices=KINDS, default=MODEL)
    subject = models.JSONField()
    answer = models.JSONField()
    key = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-created_at",)
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "key"], name="settled_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"
