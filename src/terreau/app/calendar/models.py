"""What a calendar needs besides the other rooms: facts of the organisation, its labels, links and letters of its people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LINK_DAYS = 365


class Nature(models.TextChoices):
    """What the organisation is before the law: that decides the duties shown."""

    UNTOLD = "", _("non renseigné")
    AUTHORITY = "authority", _("commune, métropole ou communauté (EPCI à fiscalité propre)")
    # The strategy of the law is for the former alone, however many live there; buying and giving away, for these too.
    TERRITORY = "territory", _("autre collectivité : département, région, syndicat…")
    MISSION = "mission", _("société à mission")
    OTHER = "other", _("autre : entreprise, association, établissement public…")


class Facts(models.Model):
    """The few facts that duties depend on (faits), one row an organisation."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    nature = models.CharField(_("Nature de l’organisation"), max_length=12, choices=Nature.choices, blank=True)
    population = models.PositiveIntegerField(_("Nombre d’habitants"), null=True, blank=True)
    debate_on = models.DateField(_("Prochain débat sur le budget"), null=True, blank=True)
    mission_on = models.DateField(_("Qualité de société à mission publiée le"), null=True, blank=True)
    permanent_staff = models.PositiveIntegerField(_("Salariés permanents"), null=True, blank=True)
    checked_on = models.DateField(_("Dernière vérification par l’organisme tiers"), null=True, blank=True)
    waits_three_years = models.BooleanField(_("Vérification demandée tous les trois ans"), default=False)
    accounts_closed_on = models.DateField(_("Dernier exercice clos le"), null=True, blank=True)
    # Grows at each change: two people writing at once are told.
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organisation} ({self.nature})"


class HeldLabel(models.Model):
    """A label that the organisation holds, obtained outside Terreau (label obtenu)."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Label"), max_length=120)
    granted_on = models.DateField(_("Obtenu le"))
    years = models.PositiveSmallIntegerField(_("Durée en années"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)])  # fmt: skip
    ends_on = models.DateField(_("Dernier jour, si le certificat le dit"), null=True, blank=True)
    prepare_months = models.PositiveSmallIntegerField(_("Préparer le renouvellement, mois avant"), default=6, validators=[MaxValueValidator(36)])  # fmt: skip

    class Meta:
        ordering = ["granted_on", "id"]

    def __str__(self) -> str:
        return self.name


def in_a_year() -> datetime:
    """When a link made now expires."""
    return timezone.now() + timedelta(days=LINK_DAYS)


class Subscription(models.Model):
    """One person's link to this calendar (abonnement): known by its hash, expires, withdrawn by removing the row.

    read_on: the last day it was read
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(max_length=2, default="fr")
    made_on = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateTimeField(default=in_a_year)
    read_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_link_per_person_and_calendar")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

    @property
    def holds(self) -> bool:
        """False once its time is over."""
        return self.expires_on > timezone.now()

    @property
    def last_day(self) -> date:
        """The last day it opens."""
        return timezone.localdate(self.expires_on)


class Digest(models.Model):
    """One person's weekly letter of what comes (résumé): the day of the week they chose, 0 for Monday."""

    class Weekday(models.IntegerChoices):
        """Days as ``date.weekday`` counts them."""

        MONDAY = 0, _("lundi")
        TUESDAY = 1, _("mardi")
        WEDNESDAY = 2, _("mercredi")
        THURSDAY = 3, _("jeudi")
        FRIDAY = 4, _("vendredi")

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("Jour"), choices=Weekday.choices, default=Weekday.MONDAY)
    language = models.CharField(max_length=2, default="fr")
    # The last day a letter was due and left; the day it was asked for, before the first.
    sent_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_letter_per_person_and_calendar")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

    def due_on(self, today: date) -> date | None:
        """The day of the letter now due, whatever nights were missed; None when it left already."""
        last = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return last if self.sent_on < last else None
