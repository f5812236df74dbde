"""This room, as Django knows it."""

from django.apps import AppConfig


class Sources(AppConfig):
    """The factor packs and their papers (sources)."""

    name = "terreau.app.sources"
    label = "sources"
    # In the main navigation when set: room_home = "sources:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
