"""Addresses of this room, under /o/<slug>/rapports/."""

from django.urls import path

from terreau.app.reports import views, views_files, views_writing

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="list"),
    path("nouveau/", views.new, name="new"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/lire/", views.read, name="read"),
    path("<uuid:pk>/parties/<slug:key>/", views_writing.part, name="part"),
    path("<uuid:pk>/chiffres/", views_writing.redraft, name="redraft"),
    path("<uuid:pk>/publier/", views_writing.publish, name="publish"),
    path("<uuid:pk>/supprimer/", views_writing.remove, name="remove"),
    path("<uuid:pk>/brouillon.<str:extension>", views_files.draft_file, name="draft_file"),
    path("<uuid:pk>/versions/<int:number>/", views.publication, name="publication"),
    path(
        "<uuid:pk>/versions/<int:number>/rapport.<str:extension>", views_files.publication_file, name="publication_file"
    ),
]
