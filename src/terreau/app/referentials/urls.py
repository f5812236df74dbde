"""Addresses of this room, in one organisation."""

from django.urls import URLPattern

app_name = "referentials"
urlpatterns: list[URLPattern] = []
