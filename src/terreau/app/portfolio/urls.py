"""Addresses of the services of one organisation."""

from django.urls import path

from terreau.app.portfolio import views, views_gates

app_name = "portfolio"
urlpatterns = [
    path("", views.services, name="services"),
    path("fichier/", views.services_csv, name="csv"),
    path("nouveau/", views.new, name="new"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/fiche/", views_gates.service, name="service"),
    path("<int:pk>/passage/<slug:stage>/", views_gates.gate, name="gate"),
    path("<int:pk>/passage/<slug:stage>/historique/", views_gates.history, name="history"),
    path("<int:pk>/retirer/", views.remove, name="remove"),
]
