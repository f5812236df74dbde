"""Addresses of the evidence of one organisation."""

from django.urls import path

from terreau.app.evidence import views, views_adding

app_name = "evidence"
urlpatterns = [
    path("", views.pieces, name="list"),
    path("liste/", views.pieces_csv, name="csv"),
    path("liens/verifier/", views.check_links, name="check_links"),
    path("nouvelle/", views_adding.new, name="new"),
    path("choisir/", views_adding.choose, name="choose"),
    path("rattachement/<int:pk>/detacher/", views.untie, name="untie"),
    path("rattachement/<int:pk>/avis/", views.opinion, name="opinion"),
    path("<uuid:pk>/", views.piece, name="piece"),
    path("<uuid:pk>/fichier/", views.file, name="file"),
    path("<uuid:pk>/retirer/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/remplacer/", views_adding.replace, name="replace"),
]
