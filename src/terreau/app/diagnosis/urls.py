"""Addresses of this room, under /o/<slug>/diagnostic/."""

from django.urls import path

from terreau.app.diagnosis import views, views_answering, views_talking

app_name = "diagnosis"
urlpatterns = [
    path("", views.home, name="home"),
    path("nouveau/", views.start, name="start"),
    path("<uuid:pk>/", views.assessment, name="assessment"),
    path("<uuid:pk>/applicabilite/", views.applicability, name="applicability"),
    path("<uuid:pk>/reglages/", views.frame, name="frame"),
    path("<uuid:pk>/supprimer/", views.remove, name="remove"),
    path("<uuid:pk>/rubrique/<str:rubric>/", views_answering.rubric, name="rubric"),
    path("<uuid:pk>/rubrique/<str:rubric>/repondre/", views_answering.several, name="several"),
    path("<uuid:pk>/critere/<str:criterion>/", views_answering.criterion, name="criterion"),
    path("<uuid:pk>/critere/<str:criterion>/historique/", views_answering.history, name="history"),
    path("<uuid:pk>/critere/<str:criterion>/etat/", views_answering.move, name="move"),
    path("<uuid:pk>/critere/<str:criterion>/applicabilite/", views_answering.decide, name="decide"),
    path("<uuid:pk>/critere/<str:criterion>/discussion/", views_talking.talk, name="talk"),
]
