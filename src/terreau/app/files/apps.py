"""This room, as Django knows it."""

from django.apps import AppConfig


class Files(AppConfig):
    """Files kept for an organisation, named by their content."""

    name = "terreau.app.files"
    label = "files"
    # In the main navigation when set: room_home = "files:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
