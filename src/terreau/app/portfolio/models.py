"""The digital services and projects of an organisation, at whatever stage of their life."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts import access


class Stage(models.TextChoices):
    """Where a service stands: thought about, being built, in use."""

    UPSTREAM = "upstream", _("En amont")
    BUILD = "build", _("En construction")
    RUN = "run", _("En service")


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services, by who may see them."""

    def visible_to(self, user: object) -> "ServiceQuerySet":
        """Those of the organisations this person may enter."""
        return self.filter(organisation__in=access.organisations_visible_to(user))


class Service(models.Model):
    """One digital service, or the project that prepares it (service, projet)."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="services")
    name = models.CharField(_("Nom"), max_length=160)
    client = models.CharField(_("Client ou bénéficiaire"), max_length=160, blank=True)
    stage = models.CharField(_("Étape"), max_length=8, choices=Stage.choices, default=Stage.RUN)
    owner = models.CharField(_("Personne responsable"), max_length=160, blank=True)
    public = models.BooleanField(_("Ouvert au public"), default=False)
    family = models.CharField(_("Famille de services semblables"), max_length=80, blank=True)
    address = models.URLField(_("Adresse web"), max_length=500, blank=True)
    maintained_until = models.DateField(_("Maintenu jusqu’au"), null=True, blank=True)
    impact = models.TextField(_("Impact positif"), max_length=1000, blank=True)
    accessibility_target = models.CharField(_("Cible d’accessibilité"), max_length=160, blank=True)
    ecodesign_target = models.CharField(_("Cible d’écoconception"), max_length=160, blank=True)
    created_on = models.DateTimeField(auto_now_add=True)
    changed_on = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_service_per_name")]

    def __str__(self) -> str:
        return self.name


class Decision(models.TextChoices):
    """What was decided at a gate; nothing yet is a draft."""

    DRAFT = "", _("pas encore décidé")
    GO = "go", _("on y va")
    GO_IF = "go_if", _("on y va, à des conditions")
    WAIT = "wait", _("on attend")
    STOP = "stop", _("on arrête")


DIMENSIONS = ("use", "people", "environment", "security", "cost")


class GateQuerySet(models.QuerySet["Gate"]):
    """Gates, by who may see them."""

    def visible_to(self, user: object) -> "GateQuerySet":
        """Those of the organisations this person may enter."""
        return self.filter(service__organisation__in=access.organisations_visible_to(user))


class Gate(models.Model):
    """What was weighed and decided before a stage of a service (passage): written once, a later one says what changed.

    answers: key of a question of ``edition`` -> what was answered; weighing: dimension -> {"benefit": …, "risk": …}
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="gates")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    edition = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    weighing = models.JSONField(default=dict)
    decision = models.CharField(_("Décision"), max_length=8, choices=Decision.choices, blank=True, default="")
    conditions = models.TextField(_("Conditions, ou raisons"), max_length=1000, blank=True)
    decided_by = models.CharField(_("Qui décide"), max_length=160, blank=True)
    decided_on = models.DateField(_("Le"), null=True, blank=True)
    review_on = models.DateField(_("À revoir le"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateTimeField(auto_now_add=True)

    objects = GateQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-id"]
        indexes = [models.Index(fields=["service", "stage", "-made_on"], name="gates_by_stage")]

    def __str__(self) -> str:
        return f"{self.service} ({self.stage})"
