"""Addresses of this room, under /o/<slug>/audits/."""

from django.urls import path

from terreau.app.audits import views, views_audit, views_committee, views_examining, views_findings

app_name = "audits"
urlpatterns = [
    path("", views.home, name="home"),
    path("geler/<uuid:assessment>/", views.freeze, name="freeze"),
    path("gels/<uuid:pk>/", views.frozen, name="frozen"),
    path("gels/<uuid:pk>/json/", views.frozen_json, name="frozen_json"),
    path("gels/<uuid:pk>/depuis/<uuid:other>/", views.compare, name="compare"),
    path("nouveau/<uuid:assessment>/", views_audit.prepare, name="prepare"),
    path("<uuid:pk>/", views_audit.audit, name="audit"),
    path("<uuid:pk>/cadre/", views_audit.frame, name="frame"),
    path("<uuid:pk>/demande/", views_audit.request_audit, name="request"),
    path("<uuid:pk>/etape/", views_audit.move, name="move"),
    path("<uuid:pk>/inviter/", views_audit.invite, name="invite"),
    path("<uuid:pk>/rapport/", views_examining.paper, name="paper"),
    path("<uuid:pk>/criteres/", views_examining.criteria, name="criteria"),
    path("<uuid:pk>/criteres/<str:criterion>/", views_examining.criterion, name="criterion"),
    path("<uuid:pk>/criteres/<str:criterion>/verdicts/", views_examining.judge, name="judge"),
    path("<uuid:pk>/preuves/<str:key>/", views_examining.evidence_file, name="evidence"),
    path("<uuid:pk>/constats/", views_findings.findings, name="findings"),
    path("<uuid:pk>/constats/csv/", views_findings.findings_csv, name="findings_csv"),
    path("<uuid:pk>/constats/nouveau/", views_findings.find, name="find"),
    path("<uuid:pk>/constats/<int:finding>/", views_findings.finding, name="finding"),
    path("<uuid:pk>/comite/", views_committee.committee, name="committee"),
    path("<uuid:pk>/comite/decision/", views_committee.decide, name="decide"),
    path("<uuid:pk>/suivi/", views_committee.follow_up, name="follow_up"),
    path("<uuid:pk>/suivi/<int:remark>/", views_committee.remark, name="remark"),
]
