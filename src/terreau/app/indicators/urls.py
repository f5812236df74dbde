"""Addresses of this room, under /o/<slug>/indicateurs/."""

from django.urls import path

from terreau.app.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.board, name="board"),
    path("fiche/<str:place>/", views.board, name="indicator"),
    path("fiche/<str:place>/valeurs/<uuid:pk>/", views.board, name="value"),
]
