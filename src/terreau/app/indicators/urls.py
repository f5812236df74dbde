"""Addresses of this room, under /o/<slug>/indicateurs/."""

from django.urls import path

from terreau.app.indicators import views, views_good, views_import, views_indicator, views_own, views_values, views_xray

app_name = "indicators"
urlpatterns = [
    path("", views.board, name="board"),
    path("csv/", views.csv, name="csv"),
    path("comite/", views.committee, name="committee"),
    path("catalogue/", views_indicator.catalogue, name="catalogue"),
    path("fiche/<str:place>/", views_indicator.indicator, name="indicator"),
    path("fiche/<str:place>/csv/", views_indicator.indicator_csv, name="indicator_csv"),
    path("fiche/<str:place>/suivre/", views_indicator.follow, name="follow"),
    path("fiche/<str:place>/cible/", views_indicator.aim, name="aim"),
    path("fiche/<str:place>/retirer/", views_indicator.unfollow, name="unfollow"),
    path("fiche/<str:place>/valeurs/", views_values.values, name="values"),
    path("fiche/<str:place>/valeurs/nouvelle/", views_values.give, name="give"),
    path("fiche/<str:place>/valeurs/<uuid:pk>/", views_values.value, name="value"),
    path("fiche/<str:place>/valeurs/<uuid:pk>/corriger/", views_values.correct, name="correct"),
    path("fiche/<str:place>/valeurs/<uuid:pk>/recalculer/", views_values.recompute, name="recompute"),
    path("compteurs/", views_values.meters, name="meters"),
    path("radiographie/", views_xray.radiography, name="xray"),
    path("bon-indicateur/", views_good.assistant, name="good"),
    path("propres/", views_own.owned, name="own"),
    path("propres/nouveau/", views_own.begin, name="own_new"),
    path("propres/deposer/", views_own.drop, name="own_drop"),
    path("propres/<int:pk>/", views_own.review, name="own_review"),
    path("propres/<int:pk>/etape/<slug:name>/", views_own.step, name="own_step"),
    path("propres/<int:pk>/yaml/", views_own.as_file, name="own_file"),
    path("propres/<int:pk>/retirer/", views_own.remove, name="own_remove"),
    path("importer/", views_import.bring, name="bring"),
    path("importer/modele/<str:format>/", views_import.template, name="template"),
    path("importer/<uuid:pk>/", views_import.understood, name="understood"),
    path("importer/<uuid:pk>/oublier/", views_import.forget, name="forget"),
]
