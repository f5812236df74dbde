"""Addresses of this room, in one organisation."""

from django.urls import path

from terreau.app.referentials import views, views_import

app_name = "referentials"
urlpatterns = [
    path("", views.home, name="list"),
    path("importer/", views_import.bring, name="import"),
    path("recues/<uuid:pk>/", views_import.grid, name="grid"),
    path("recues/<uuid:pk>/lignes/", views_import.lines, name="lines"),
    path("recues/<uuid:pk>/abandonner/", views_import.abandon, name="abandon"),
    path("remplies/<uuid:assessment>/", views.returned, name="returned"),
    path("remplies/<uuid:assessment>/fichier/", views.filled, name="filled"),
    path("correspondances/", views.crosswalks, name="crosswalks"),
    path("<uuid:ref>/retirer/", views.withdraw, name="withdraw"),
    path("<str:ref>/", views.edition, name="edition"),
    path("<str:ref>/passage/", views.migration, name="migration"),
    path("<str:ref>/export/<str:form>/", views.export, name="export"),
    path("<str:ref>/critere/<str:short>/", views.criterion, name="criterion"),
]
