"""What is kept of training: courses, professions, and who followed what under identifiers that no name can be read from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access

HANDLES = 70
"""Letters of the identifiers of a person, the surest first, a space between two (indicators.people)."""


class OfAnOrganisation(models.QuerySet[Any]):
    """Rows by who may see them."""

    def visible_to(self, user: object) -> OfAnOrganisation:
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Frame(models.Model):
    """What an organisation settles once: the days after an arrival; ``key_mark`` tells which key made the identifiers."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    onboarding_days = models.PositiveSmallIntegerField(
        _("Jours pour former une personne qui arrive"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    key_mark = models.CharField(max_length=32, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0)

    objects = OfAnOrganisation.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation} ({self.onboarding_days})"


class Profession(models.Model):
    """A profession (métier) of the organisation; ``headcount``: people in it, when no list of staff says so."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="professions")
    key = models.SlugField(max_length=60)
    name = models.CharField(_("Métier"), max_length=80)
    headcount = models.PositiveIntegerField(
        _("Effectif"), null=True, blank=True, validators=[MaxValueValidator(9_999_999)]
    )

    objects = OfAnOrganisation.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_profession_per_key")]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """A course (formation); ``professions``: keys of those it concerns, none for everybody."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="courses")
    key = models.SlugField(max_length=80)
    title = models.CharField(_("Titre"), max_length=120)
    professions = models.JSONField(default=list, blank=True)
    onboarding = models.BooleanField(_("Suivie à l’arrivée"), default=False)
    hours = models.DecimalField(_("Durée, en heures"), max_digits=5, decimal_places=2, null=True, blank=True,
                                validators=[MinValueValidator(0)])  # fmt: skip
    revision = models.PositiveIntegerField(default=0)
    made_on = models.DateTimeField(auto_now_add=True)

    objects = OfAnOrganisation.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_course_per_key")]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """What came at once, so that it may be taken back at once: a session typed in, a file. The file itself is never kept."""

    class Kind(models.TextChoices):
        """How it came."""

        SESSION = "session", _("séance notée")
        ATTENDANCES = "attendances", _("fichier de présences")
        STAFF = "staff", _("liste des effectifs")

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    kept = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    doubtful = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfAnOrganisation.as_manager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.kept})"


class Attendance(models.Model):
    """One person followed one course on one day; ``person``: identifiers made with the key of the organisation.

    batch: what first told it; also: what told it again since, for it to stay when the first is taken back
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="attendances")
    person = models.CharField(max_length=HANDLES)
    followed_on = models.DateField()
    profession = models.CharField(max_length=60, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="attendances")
    also = models.ManyToManyField(Batch, related_name="confirmed", editable=False)

    objects = OfAnOrganisation.as_manager()

    class Meta:
        ordering = ["followed_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person", "followed_on"], name="one_person_once_a_day_per_course")
        ]
        indexes = [models.Index(fields=["organisation", "followed_on"], name="attendances_by_day")]

    def __str__(self) -> str:
        return f"{self.course} ({self.followed_on:%Y-%m-%d})"


class Staff(models.Model):
    """One person of the organisation, by identifiers: profession, arrival, departure. A new list replaces the older."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=HANDLES)
    profession = models.CharField(max_length=60, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="staff")

    objects = OfAnOrganisation.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="one_person_once_in_the_staff")]

    def __str__(self) -> str:
        return self.profession or "?"
