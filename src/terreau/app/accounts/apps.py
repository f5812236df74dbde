"""This room, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Accounts(AppConfig):
    """People, organisations, roles: who may enter, and what for."""

    name = "terreau.app.accounts"
    label = "accounts"
    verbose_name = _("Comptes")
    room_home = "reglages:settings"
    room_label = _("Réglages")
    room_order = 90
