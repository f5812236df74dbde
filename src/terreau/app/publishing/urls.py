"""Addresses of this room, in one organisation."""

from django.urls import path

from terreau.app.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.dossiers, name="list"),
    path("nouveau/", views.new, name="new"),
    path("synthese/", views.compiled, name="compiled"),
    path("synthese/<slug:source>/<slug:key>/<slug:extension>/", views.document, name="document"),
    path("<uuid:pk>/", views.dossier, name="dossier"),
    path("<uuid:pk>/archive/", views.download, name="download"),
    path("<uuid:pk>/retirer/", views.remove, name="remove"),
]
