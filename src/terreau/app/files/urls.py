"""Addresses of the files of one organisation."""

from django.urls import path

from terreau.app.files import views

app_name = "files"
urlpatterns = [path("<uuid:pk>/", views.download, name="download")]
