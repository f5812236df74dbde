"""Addresses of this room, under /o/<slug>/parc/."""

from django.urls import path

from terreau.app.inventory import views, views_drop, views_import, views_reconcile, views_years

app_name = "parc"
urlpatterns = [
    path("", views.fleet, name="fleet"),
    path("categories.csv", views.counts, name="counts"),
    path("lignes.csv", views.lines, name="lines"),
    path("g4it.zip", views.g4it_files, name="g4it"),
    path("rapprochement/", views_reconcile.page, name="reconcile"),
    path("rapprochement/questions/", views_reconcile.pairs, name="reconcile_pairs"),
    path("rapprochement/decider/", views_reconcile.decide, name="reconcile_decide"),
    path("rapprochement/ordre/", views_reconcile.reorder, name="reconcile_order"),
    path("rapprochement/decisions/<uuid:pk>/retirer/", views_reconcile.undo, name="reconcile_undo"),
    path("rapprochement/champ/<slug:field>/", views_reconcile.disagreements, name="reconcile_field"),
    path("rapprochement/champ/<slug:field>.csv", views_reconcile.disagreements_csv, name="reconcile_field_csv"),
    path("rapprochement/appareil/<int:device>/", views_reconcile.device, name="device_lineage"),
    path("rapprochement/<slug:listing>.csv", views_reconcile.listing_csv, name="reconcile_csv"),
    path("rapprochement/<slug:listing>/", views_reconcile.listing, name="reconcile_list"),
    path("annees/", views_years.page, name="years"),
    path("annees/pourquoi/", views_years.why, name="years_why"),
    path("annees/<slug:name>.csv", views_years.table, name="years_csv"),
    path("instantanes/", views.snapshots, name="snapshots"),
    path("instantanes/<uuid:pk>/retirer/", views.withdraw, name="withdraw"),
    path("a-regler/", views.settle, name="settle"),
    path("a-regler/<uuid:pk>/retirer/", views.unsettle, name="unsettle"),
    path("colonnes/", views.device, name="device"),
    path("modele.<slug:form>", views.template, name="template"),
    path("dix-lignes/", views_import.ten_lines, name="quick"),
    path("importer/", views_import.arrival, name="arrival"),
    path("importer/depot/<uuid:drop>/", views_drop.drop, name="drop"),
    path("importer/depot/<uuid:drop>/confirmer/", views_drop.confirm, name="drop_confirm"),
    path("importer/depot/<uuid:drop>/abandonner/", views_drop.abandon, name="drop_abandon"),
    path("importer/<uuid:pk>/", views_import.understood, name="understood"),
    path("importer/<uuid:pk>/raisons.csv", views_import.reasons, name="reasons"),
    path("importer/<uuid:pk>/confirmer/", views_import.confirm, name="confirm"),
    path("importer/<uuid:pk>/abandonner/", views_import.abandon, name="abandon"),
]
