"""Addresses of the trajectory, its scenarios and its differences, under /o/<slug>/plan/ too."""

from django.urls import path

from terreau.app.plan import views_trajectory

urlpatterns = [
    path("trajectoire/", views_trajectory.trajectory, name="trajectory"),
    path("trajectoire/csv/", views_trajectory.trajectory_file, name="trajectory_csv"),
]
