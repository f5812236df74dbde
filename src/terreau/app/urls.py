"""Addresses: what belongs to an organisation lives under /o/<slug>/, the rest is about the person or the instance."""

from django.urls import include, path

urlpatterns = [
    path("", include("terreau.app.accounts.urls")),
    path("connexion/", include("terreau.app.accounts.urls_signin")),
    path("", include("terreau.app.pages.urls")),
    path("o/<slug:slug>/parc/", include("terreau.app.inventory.urls")),
    path("o/<slug:slug>/empreinte/", include("terreau.app.footprint.urls")),
    path("o/<slug:slug>/sources/", include("terreau.app.sources.urls")),
    path("o/<slug:slug>/services/", include("terreau.app.portfolio.urls")),
    path("o/<slug:slug>/referentiels/", include("terreau.app.referentials.urls")),
    path("o/<slug:slug>/preuves/", include("terreau.app.evidence.urls")),
    path("o/<slug:slug>/diagnostic/", include("terreau.app.diagnosis.urls")),
    path("o/<slug:slug>/audits/", include("terreau.app.audits.urls")),
    path("o/<slug:slug>/dossiers/", include("terreau.app.publishing.urls")),
    path("o/<slug:slug>/indicateurs/", include("terreau.app.indicators.urls")),
    path("o/<slug:slug>/plan/", include("terreau.app.plan.urls")),
    path("o/<slug:slug>/calendrier/", include("terreau.app.calendar.urls")),
    path("o/<slug:slug>/formation/", include("terreau.app.training.urls")),
    path("o/<slug:slug>/rapports/", include("terreau.app.reports.urls")),
    path("o/<slug:slug>/travaux/", include("terreau.app.tasks.urls")),
    path("o/<slug:slug>/fichiers/", include("terreau.app.files.urls")),
    path("o/<slug:slug>/reglages/", include("terreau.app.accounts.urls_settings")),
    path("o/<slug:slug>/reglages/journal/", include("terreau.app.journal.urls")),
]
handler404 = "terreau.app.security.refusals.not_found"
handler403 = "terreau.app.security.refusals.forbidden"
handler400 = "terreau.app.security.refusals.bad_request"
handler500 = "terreau.app.security.refusals.broken_down"
