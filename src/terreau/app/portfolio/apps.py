"""This room, as Django knows it."""

from django.apps import AppConfig


class Portfolio(AppConfig):
    """The digital services and projects of an organisation."""

    name = "terreau.app.portfolio"
    label = "portfolio"
    # In the main navigation when set: room_home = "portfolio:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
