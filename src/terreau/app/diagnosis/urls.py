"""Addresses of this room, under /o/<slug>/diagnostic/."""

from django.urls import path

from terreau.app.diagnosis import (
    views,
    views_answering,
    views_beside,
    views_link,
    views_looking,
    views_moving,
    views_sharing,
    views_talking,
)

app_name = "diagnosis"
urlpatterns = [
    path("", views.home, name="home"),
    path("nouveau/", views.start, name="start"),
    path("contribution/<str:token>/", views_link.contribution, name="contribution"),
    path("contributions/<int:delegation>/", views_link.contributions, name="contributions"),
    path("contributions/<int:delegation>/<str:criterion>/", views_link.contribute, name="contribute"),
    path("<uuid:pk>/", views.assessment, name="assessment"),
    path("<uuid:pk>/applicabilite/", views.applicability, name="applicability"),
    path("<uuid:pk>/edition/", views_moving.moving, name="moving"),
    path("<uuid:pk>/reglages/", views.frame, name="frame"),
    path("<uuid:pk>/supprimer/", views.remove, name="remove"),
    path("<uuid:pk>/rubrique/<str:rubric>/", views_answering.rubric, name="rubric"),
    path("<uuid:pk>/rubrique/<str:rubric>/repondre/", views_answering.several, name="several"),
    path("<uuid:pk>/critere/<str:criterion>/", views_answering.criterion, name="criterion"),
    path("<uuid:pk>/critere/<str:criterion>/historique/", views_answering.history, name="history"),
    path("<uuid:pk>/critere/<str:criterion>/etat/", views_answering.move, name="move"),
    path("<uuid:pk>/critere/<str:criterion>/applicabilite/", views_answering.decide, name="decide"),
    path("<uuid:pk>/critere/<str:criterion>/famille/", views_answering.follow, name="follow"),
    path("<uuid:pk>/critere/<str:criterion>/discussion/", views_talking.talk, name="talk"),
    path("<uuid:pk>/ecarts/", views_looking.gaps, name="gaps"),
    path("<uuid:pk>/echeance/", views_looking.readiness, name="readiness"),
    path("<uuid:pk>/echeance.csv", views_looking.readiness_csv, name="readiness_csv"),
    path("<uuid:pk>/radiographie/", views_looking.xray, name="xray"),
    path("<uuid:pk>/radiographie.csv", views_looking.xray_csv, name="xray_csv"),
    path("<uuid:pk>/rappels/", views_looking.reminders, name="reminders"),
    path("<uuid:pk>/confier/", views_sharing.delegate, name="delegate"),
    path("<uuid:pk>/confier/<int:delegation>/lien/", views_sharing.renew, name="renew"),
    path("<uuid:pk>/confier/<int:delegation>/retirer/", views_sharing.withdraw, name="withdraw"),
    path("<uuid:pk>/entretiens/", views_beside.interviews, name="interviews"),
    path("<uuid:pk>/entretiens/nouveau/", views_beside.interview, name="new_interview"),
    path("<uuid:pk>/entretiens/<int:interview>/", views_beside.interview, name="interview"),
    path("<uuid:pk>/questions/", views_beside.questions, name="questions"),
    path("<uuid:pk>/hors-grille/", views_beside.off_grid, name="off_grid"),
    path("<uuid:pk>/hors-grille/nouvelle/", views_beside.practice, name="new_practice"),
    path("<uuid:pk>/hors-grille/<uuid:practice>/", views_beside.practice, name="practice"),
]
