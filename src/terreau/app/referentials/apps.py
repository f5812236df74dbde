"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Referentials(AppConfig):
    """The referentials an organisation knows: shipped, imported, private."""

    name = "terreau.app.referentials"
    label = "referentials"
    verbose_name = _("Référentiels")
