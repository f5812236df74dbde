"""Addresses of this room."""

from django.urls import path

from terreau.app.pages import views

app_name = "pages"
urlpatterns = [
    path("o/<slug:slug>/", views.home, name="home"),
    path("bienvenue/", views.welcome, name="welcome"),
    path("exemple/", views.show_example, name="example"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("ecoconception/", views.sobriety, name="sobriety"),
    path("a-propos/", views.about, name="about"),
    path("plan-du-site/", views.site_map, name="site_map"),
]
