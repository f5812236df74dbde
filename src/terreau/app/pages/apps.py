"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Pages(AppConfig):
    """Pages about the whole: home, first run, statements, about."""

    name = "terreau.app.pages"
    label = "pages"
    room_home = "pages:home"
    room_label = _("Accueil")
    room_order = 0
