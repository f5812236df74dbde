"""Addresses of levers, starter paths and arbitrations, under /o/<slug>/plan/ too."""

from django.urls import path

from terreau.app.plan import views_arbitration, views_levers, views_paths, views_rules

urlpatterns = [
    path("leviers/", views_levers.levers, name="levers"),
    path("leviers/csv/", views_levers.levers_csv, name="levers_csv"),
    path("leviers/un-an-de-plus/", views_levers.one_more_year, name="one_more_year"),
    path("leviers/ensemble/", views_levers.together, name="together"),
    path("leviers/fiche/<path:key>/", views_levers.lever, name="lever"),
    path("parcours/", views_paths.starter, name="paths"),
    path("arbitrages/", views_arbitration.arbitrations, name="arbitrations"),
    path("arbitrages/csv/", views_arbitration.arbitrations_csv, name="arbitrations_csv"),
    path("arbitrages/nouveau/", views_arbitration.pose, name="arbitration_pose"),
    path("arbitrages/<uuid:pk>/", views_arbitration.arbitration, name="arbitration"),
    path("arbitrages/<uuid:pk>/modifier/", views_arbitration.rework, name="arbitration_rework"),
    path("arbitrages/<uuid:pk>/options/<str:option>/", views_arbitration.weigh, name="arbitration_weigh"),
    path("arbitrages/<uuid:pk>/decider/", views_arbitration.decide, name="arbitration_decide"),
    path("arbitrages/<uuid:pk>/revoir/", views_arbitration.review, name="arbitration_review"),
    path("arbitrages/<uuid:pk>/retirer/", views_arbitration.discard, name="arbitration_discard"),
    path("regles/", views_rules.rules, name="rules"),
    path("regles/ajouter/", views_rules.drop, name="pack_drop"),
    path("regles/fiche/<path:key>/", views_rules.rule, name="rule"),
    path("regles/retirer/<path:key>/", views_rules.remove, name="pack_remove"),
]
