"""Addresses of the work under way and finished, under /o/<slug>/travaux/."""

from django.urls import path

from terreau.app.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:pk>/", views.job, name="job"),
    path("<uuid:pk>/annuler/", views.cancel, name="cancel"),
    path("<uuid:pk>/relancer/", views.again, name="again"),
]
