"""Addresses of the settings of one organisation."""

from django.urls import path

from terreau.app.accounts import views_people, views_settings

app_name = "reglages"
urlpatterns = [
    path("", views_settings.overview, name="settings"),
    path("organisation/", views_settings.organisation, name="organisation"),
    path("durees-de-vie/", views_settings.lifespans, name="lifespans"),
    path("personnes/", views_people.people, name="people"),
    path("personnes/inviter/", views_people.invite, name="invite"),
    path("personnes/<int:pk>/", views_people.member, name="member"),
    path("personnes/<int:pk>/retirer/", views_people.remove, name="remove"),
    path("invitations/<int:pk>/retirer/", views_people.withdraw, name="withdraw"),
]
