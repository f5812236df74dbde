"""Addresses of this room, under /o/<slug>/plan/."""

from django.urls import path

from terreau.app.plan import urls_levers, urls_trajectory, views, views_commitment, views_writing

app_name = "plan"
urlpatterns = [
    path("", views.home, name="home"),
    path("csv/", views.plan_csv, name="csv"),
    path("nouveau/", views_writing.new, name="new"),
    path("<uuid:pk>/", views_commitment.commitment, name="commitment"),
    path("<uuid:pk>/modifier/", views_writing.edit, name="edit"),
    path("<uuid:pk>/prendre/", views_writing.adopt, name="adopt"),
    path("<uuid:pk>/supprimer/", views_writing.discard, name="discard"),
    path("<uuid:pk>/fiche/", views_commitment.frame, name="frame"),
    path("<uuid:pk>/echeance/", views_commitment.put_off, name="put_off"),
    path("<uuid:pk>/objectif/<str:which>/", views_commitment.aim, name="aim"),
    path("<uuid:pk>/revue/", views_commitment.review, name="review"),
    path("<uuid:pk>/actions/", views_commitment.link, name="link"),
    path("<uuid:pk>/actions/<int:action>/retirer/", views_commitment.unlink, name="unlink"),
    path("<uuid:pk>/jalons/", views_commitment.new_milestone, name="new_milestone"),
    path("<uuid:pk>/jalons/<str:key>/fait/", views_commitment.finish, name="finish"),
    path("<uuid:pk>/jalons/<str:key>/date/", views_commitment.put_milestone_off, name="put_milestone_off"),
    *urls_levers.urlpatterns,
    *urls_trajectory.urlpatterns,
]
