"""This room, as Django knows it."""

from django.apps import AppConfig


class Journal(AppConfig):
    """Who changed what and when: append-only, chained."""

    name = "terreau.app.journal"
    label = "journal"
    # In the main navigation when set: room_home = "journal:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
