"""This room, as Django knows it."""

from django.apps import AppConfig


class Inventory(AppConfig):
    """The fleet: sources, imports, what is to settle (parc)."""

    name = "terreau.app.inventory"
    label = "parc"
    # In the main navigation when set: room_home = "parc:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
