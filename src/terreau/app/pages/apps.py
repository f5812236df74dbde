"""This room, as Django knows it."""

from django.apps import AppConfig


class Pages(AppConfig):
    """Pages about the whole: home, first run, accessibility, about."""

    name = "terreau.app.pages"
    label = "pages"
    # In the main navigation when set: room_home = "pages:<name of its first page>", room_label = gettext_lazy("…").
    room_home = ""
    room_label = ""
    room_order = 0
