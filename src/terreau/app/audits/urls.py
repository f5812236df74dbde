"""Addresses of this room, in one organisation."""

from django.urls import URLPattern

app_name = "audits"
urlpatterns: list[URLPattern] = []
