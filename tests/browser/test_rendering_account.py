"""From what the law asks to a calendar one subscribes to, then a report one finishes and publishes; without script."""

import re
import urllib.request

import pytest

from .test_journeys import opened, page, shown  # noqa: F401  the same person, without script

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_person_follows_what_is_due_and_renders_an_account_of_it(page, address):  # noqa: F811
    place = opened(page, "Communauté du Rendu")
    page.goto(f"{place}/calendrier/")
    page.get_by_role("link", name="Dire ce qu’est l’organisation").click()
    page.locator("[name=nature]").select_option("authority")
    page.locator("[name=population]").fill("62000")
    page.locator("[name=debate_on]").fill("2031-02-03")
    page.get_by_role("button", name="Enregistrer").click()
    assert "Débat budgétaire" in page.inner_text("main")
    page.get_by_role("link", name="Recevoir ces dates").first.click()
    page.get_by_role("button", name="Faire mon lien").click()
    link = page.locator("#lien").input_value()
    with urllib.request.urlopen(f"{address}{re.sub(r'^https?://[^/]+', '', link)}", timeout=60) as answer:  # noqa: S310
        assert "DTSTART;VALUE=DATE:20310203" in answer.read().decode()
    shown(page, f"{place}/rapports/")
    page.get_by_role("link", name="Préparer le rapport annuel").click()
    page.get_by_role("button", name="Proposer le rapport").click()
    page.get_by_role("link", name="L’organisation et son numérique").click()
    page.locator("[name=text]").fill("Nous sommes jeunes, et nous avons commencé.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Prendre les chiffres d’aujourd’hui").click()
    page.get_by_role("button", name="Publier cette version").click()
    text = page.inner_text("main")
    assert "Nous sommes jeunes" in text and "Brouillon" not in text and "développement durable" in text
