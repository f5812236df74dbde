"""Addresses about the person and the instance."""

from django.urls import path

from terreau.app.accounts import views, views_joining

app_name = "accounts"
urlpatterns = [
    path("", views.start, name="start"),
    path("moi/", views.me, name="me"),
    path("langue/", views.language, name="language"),
    path("organisations/nouvelle/", views.new_organisation, name="new_organisation"),
    path("premiere-connexion/", views_joining.first_sign_in, name="first_sign_in"),
    path("invitation/<str:token>/", views_joining.invitation, name="invitation"),
    path("invitation/<str:token>/accepter/", views_joining.accept, name="accept"),
]
