"""Addresses of the trajectory, its scenarios and its differences, under /o/<slug>/plan/ too."""

from django.urls import path

from terreau.app.plan import views_difference, views_scenarios, views_trajectory, views_trajectory_setting

urlpatterns = [
    path("trajectoire/", views_trajectory.trajectory, name="trajectory"),
    path("trajectoire/csv/", views_trajectory.trajectory_file, name="trajectory_csv"),
    path("trajectoire/cible/", views_trajectory_setting.target, name="trajectory_target"),
    path("trajectoire/hypotheses/", views_trajectory_setting.hypotheses, name="trajectory_hypotheses"),
    path("scenarios/", views_scenarios.scenarios, name="scenarios"),
    path("scenarios/csv/", views_scenarios.scenarios_file, name="scenarios_csv"),
    path("scenarios/essayer/", views_scenarios.try_one, name="scenario_try"),
    path("scenarios/garder/", views_scenarios.keep, name="scenario_keep"),
    path("scenarios/<uuid:pk>/ranger/", views_scenarios.retire, name="scenario_retire"),
    path("ecarts/", views_difference.difference, name="difference"),
    path("ecarts/csv/", views_difference.difference_file, name="difference_csv"),
]
