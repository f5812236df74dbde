"""People, organisations, and what each may do where."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """People are made with an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> User:
        """One more person; without a password nobody can sign in under this address yet."""
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person of this address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("Adresse e-mail"), unique=True)
    name = models.CharField(_("Nom affiché"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_host = models.BooleanField(default=False, help_text="May open new organisations on this instance.")
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """The whole to which every row, file and figure belongs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Nom de l'organisation"), max_length=160)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    headcount = models.PositiveIntegerField(_("Effectif"), null=True, blank=True)
    zone = models.CharField(_("Pays"), max_length=3, default="FRA")
    pue = models.DecimalField(
        _("PUE mesuré de vos salles machines"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    lifespans = models.JSONField(default=dict, blank=True)
    is_example = models.BooleanField(default=False)
    created_on = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; each includes what the previous ones may, the auditor reads only."""

    AUDITOR = "auditor", _("Auditeur")
    READER = "reader", _("Lecteur")
    CONTRIBUTOR = "contributor", _("Contributeur")
    EDITOR = "editor", _("Éditeur")
    OWNER = "owner", _("Responsable")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, filtered by what still holds."""

    def in_force(self) -> MembershipQuerySet:
        """Those without an end, or whose end is still to come."""
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()))


class Membership(models.Model):
    """One person's role in one organisation, for a time when ``until`` is set."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Rôle"), max_length=12, choices=Role.choices)
    until = models.DateTimeField(_("Jusqu'au"), null=True, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__email"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_role_per_person_and_organisation"),
            models.CheckConstraint(
                condition=~Q(role="auditor") | Q(until__isnull=False), name="an_auditor_comes_for_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    @property
    def last_day(self) -> date | None:
        """The last day of this role, where the organisation lives; None when it has no end."""
        return last_day_before(self.until)


def last_day_before(until: datetime | None) -> date | None:
    """The last day wholly before ``until``: a role asked until the 31st ends at the first hour of the 1st."""
    return timezone.localdate(until - timedelta(seconds=1)) if until else None


def in_a_few_days() -> datetime:
    """When an invitation made now expires."""
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class Invitation(models.Model):
    """A link that makes its bearer a member, once. Only the hash of its token is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("Adresse e-mail"), blank=True)
    role = models.CharField(_("Rôle"), max_length=12, choices=Role.choices)
    until = models.DateTimeField(_("Accès jusqu'au"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateTimeField(default=in_a_few_days)
    used_on = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_on"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.role})"

    @property
    def last_day(self) -> date | None:
        """The last day of the role offered; None when it has no end."""
        return last_day_before(self.until)
