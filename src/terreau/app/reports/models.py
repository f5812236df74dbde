"""A report: the draft that figures make, the texts that people write beside it, and what was published."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access


class Kind(models.TextChoices):
    """What it is for: that decides its parts."""

    YEARLY = "yearly", _("Rapport annuel")
    REVIEW = "review", _("Revue de direction")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who may see them."""

    def visible_to(self, user: object) -> ReportQuerySet:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Report(models.Model):
    """One report over a period (rapport)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("Sorte"), max_length=8, choices=Kind.choices, default=Kind.YEARLY)
    title = models.CharField(_("Titre"), max_length=200)
    language = models.CharField(
        _("Langue"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )
    period_start = models.DateField(_("Période, du"))
    period_end = models.DateField(_("au"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self) -> str:
        return self.title


class Drafting(models.Model):
    """What the figures said once (brouillon proposé): every text and table, with the run they come from; never changed.

    content: {"parts": [{"key", "text", "blocks"}], "run": of the footprint, '' without}; digest: SHA-256 of its canonical text
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="draftings")
    content: Any = models.JSONField()
    run = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)
    drafted_on = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["drafted_on", "id"]
        get_latest_by = ["drafted_on", "id"]

    def __str__(self) -> str:
        return f"{self.report} ({self.drafted_on:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("a drafting is never changed")
        super().save(*args, **kwargs)


class Passage(models.Model):
    """What a person made of one part (passage): their text in place of the draft, or the part left out.

    own: ``text`` stands, even empty, in place of the text proposed; drafted: digest of the part of the drafting that the person had under their eyes
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=24)
    own = models.BooleanField(default=False)
    text = models.TextField(_("Texte"), max_length=20_000, blank=True)
    left_out = models.BooleanField(_("Laisser cette partie hors du rapport"), default=False)
    drafted = models.CharField(max_length=64, blank=True)
    # Grows at each change: two people writing at once are told.
    revision = models.PositiveIntegerField(default=0)
    edited_on = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_passage_per_part")]

    def __str__(self) -> str:
        return f"{self.report} : {self.key}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """What was published; rows are never changed in bulk."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Never: what was published stays."""
        raise TypeError("a publication is never changed")


class Publication(models.Model):
    """The whole report as it was published (publication): numbered, named by its digest, never changed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    content: Any = models.JSONField()
    digest = models.CharField(max_length=64)
    published_on = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_publication_per_number")]

    def __str__(self) -> str:
        return f"{self.report} n° {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("a publication is never changed")
        super().save(*args, **kwargs)
