"""Addresses of this room, under /o/<slug>/parc/."""

from django.urls import path

from terreau.app.inventory import views, views_import

app_name = "parc"
urlpatterns = [
    path("", views.fleet, name="fleet"),
    path("categories.csv", views.counts, name="counts"),
    path("lignes.csv", views.lines, name="lines"),
    path("instantanes/", views.snapshots, name="snapshots"),
    path("a-regler/", views.settle, name="settle"),
    path("a-regler/<uuid:pk>/retirer/", views.unsettle, name="unsettle"),
    path("colonnes/", views.device, name="device"),
    path("modele.<slug:form>", views.template, name="template"),
    path("dix-lignes/", views_import.ten_lines, name="quick"),
    path("importer/", views_import.arrival, name="arrival"),
    path("importer/<uuid:pk>/", views_import.understood, name="understood"),
    path("importer/<uuid:pk>/raisons.csv", views_import.reasons, name="reasons"),
    path("importer/<uuid:pk>/confirmer/", views_import.confirm, name="confirm"),
    path("importer/<uuid:pk>/abandonner/", views_import.abandon, name="abandon"),
]
