"""Addresses of the journal of one organisation."""

from django.urls import path

from terreau.app.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("fichier/", views.entries_csv, name="csv"),
]
