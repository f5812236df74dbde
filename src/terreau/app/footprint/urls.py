"""Addresses of this room."""

from django.urls import path

from terreau.app.footprint import views, views_rules

app_name = "empreinte"
urlpatterns = [
    path("", views.stages, name="home"),
    path("entites/", views.entities, name="entities"),
    path("criteres/", views.criteria, name="criteria"),
    path("dix-premiers/", views.heaviest, name="heaviest"),
    path("regles/", views_rules.rules, name="rules"),
    path("regles.csv", views_rules.rules_csv, name="rules_csv"),
    path("regles.json", views_rules.rules_json, name="rules_json"),
    path("regles-erreurs.csv", views_rules.rules_errors, name="rules_errors"),
    path("pourquoi/", views.why, name="why"),
    path("pourquoi.csv", views.why_csv, name="why_csv"),
    path("pourquoi.json", views.why_json, name="why_json"),
    path("refaire.zip", views.redo, name="redo"),
    path("detail.parquet", views.detail, name="detail"),
    path("empreinte.json", views.result_json, name="json"),
    path("<slug:table>.csv", views.reading_csv, name="csv"),
]
