"""This room, as Django knows it."""

from django.apps import AppConfig


class Footprint(AppConfig):
    """Readings of the footprint and why-pages (empreinte)."""

    name = "terreau.app.footprint"
    label = "empreinte"
    # In the main navigation when set: room_home = "empreinte:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
