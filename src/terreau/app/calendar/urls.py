"""Addresses of this room, under /o/<slug>/calendrier/."""

from django.urls import path

from terreau.app.calendar import views, views_facts, views_link

app_name = "calendar"
urlpatterns = [
    path("", views.home, name="home"),
    path("fichier/", views.file, name="file"),
    path("organisation/", views_facts.facts, name="facts"),
    path("labels/nouveau/", views_facts.new_label, name="new_label"),
    path("labels/<int:pk>/", views_facts.label, name="label"),
    path("labels/<int:pk>/retirer/", views_facts.remove_label, name="remove_label"),
    path("recevoir/", views_link.subscription, name="subscription"),
    path("recevoir/lien/", views_link.make, name="make_link"),
    path("recevoir/lien/retirer/", views_link.withdraw, name="withdraw_link"),
    path("recevoir/courriel/", views_link.digest, name="digest"),
    path("lien/<str:token>/terreau.ics", views_link.feed, name="feed"),
]
