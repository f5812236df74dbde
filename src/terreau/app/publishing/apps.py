"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Publishing(AppConfig):
    """What is handed over: dossiers and compiled documents."""

    name = "terreau.app.publishing"
    label = "publishing"
    verbose_name = _("Dossiers")
