"""Addresses about the person and the instance."""

from django.urls import path

from terreau.app.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("moi/", views.me, name="me"),
    path("langue/", views.language, name="language"),
]
