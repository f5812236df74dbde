"""Addresses of the settings of one organisation."""

from django.urls.resolvers import URLPattern

app_name = "reglages"
urlpatterns: list[URLPattern] = []
