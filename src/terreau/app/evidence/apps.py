"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Evidence(AppConfig):
    """The evidence an organisation gathers, and what each piece supports."""

    name = "terreau.app.evidence"
    label = "evidence"
    verbose_name = _("Preuves")
