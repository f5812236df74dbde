"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Portfolio(AppConfig):
    """The digital services and projects of an organisation."""

    name = "terreau.app.portfolio"
    label = "portfolio"
    verbose_name = _("Services")
    room_home = "portfolio:services"
    room_label = _("Services")
    room_order = 30
