"""The digital services and projects of an organisation, at whatever stage of their life."""

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
    address = models.URLField(_("Adresse web"), max_length=500, blank=True)
    created_on = models.DateTimeField(auto_now_add=True)
    changed_on = models.DateTimeField(auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_service_per_name")]

    def __str__(self) -> str:
        return self.name
