"""Addresses of this room, under /o/<slug>/sources/."""

from django.urls import path

from terreau.app.sources import views

app_name = "sources"
urlpatterns = [
    path("", views.packs, name="packs"),
    path("mes-jeux/<uuid:pk>/", views.own, name="own"),
    path("mes-jeux/<uuid:pk>/retirer/", views.remove, name="remove"),
    path("<slug:key>/", views.pack, name="pack"),
    path("<slug:key>.csv", views.pack_csv, name="pack_csv"),
]
