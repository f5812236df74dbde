"""Addresses of this room, under /o/<slug>/formation/."""

from django.urls import path

from terreau.app.training import views, views_people, views_settling

app_name = "training"
urlpatterns = [
    path("", views.home, name="home"),
    path("csv/", views.rates_csv, name="csv"),
    path("parcours/", views.paths, name="paths"),
    path("parcours/<slug:key>/", views.path, name="path"),
    path("parcours/<slug:key>/reprendre/", views_settling.adopt, name="adopt"),
    path("formations/", views_settling.courses, name="courses"),
    path("formations/nouvelle/", views_settling.course, name="new_course"),
    path("formations/<int:pk>/", views_settling.course, name="course"),
    path("formations/<int:pk>/retirer/", views_settling.remove_course, name="remove_course"),
    path("metiers/", views_settling.professions, name="professions"),
    path("metiers/ajouter/", views_settling.add_profession, name="add_profession"),
    path("metiers/proposes/", views_settling.add_proposed, name="add_proposed"),
    path("metiers/<int:pk>/retirer/", views_settling.remove_profession, name="remove_profession"),
    path("seance/", views_people.session, name="session"),
    path("importer/", views_people.bring, name="import"),
    path("modele/<slug:kind>/<slug:extension>/", views_people.template_file, name="template"),
    path("apports/", views_people.batches, name="batches"),
    path("apports/<int:pk>/retirer/", views_people.remove_batch, name="remove_batch"),
    path("personne/", views_people.person, name="person"),
]
