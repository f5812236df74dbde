"""What a person does to choose: read a lever, add another to it, write down a choice between two, without script."""

import pytest

from .test_journeys import opened, page, shown  # noqa: F401  the fixture of journeys
from .visiting import led_on

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_lever_is_tried_with_another_and_a_choice_between_objectives_is_written_for_good(page):  # noqa: F811
    shown(page, "/o/valmont/plan/leviers/")
    page.get_by_role("link", name="Garder les ordinateurs portables six ans").first.click()
    led_on(page)
    page.locator("[name=valeur]").fill("7")
    page.get_by_role("button", name="Recalculer").click()
    led_on(page)
    assert "7 ans" in page.inner_text("main")
    assert page.get_by_role("link", name="En faire un engagement").get_attribute("href").endswith("?levier=LV01%3D7")
    page.get_by_role("link", name="Avec d’autres leviers").click()
    led_on(page)
    page.get_by_label("Garder les ordinateurs portables huit ans").check()
    page.get_by_role("button", name="Calculer ensemble").click()
    led_on(page)
    assert "comptés deux fois" in page.inner_text("main")

    place = opened(page, "Village des Arbitrages")
    page.goto(f"{place}/plan/arbitrages/")
    page.get_by_role("link", name="Poser une question").click()
    page.locator("[name=question]").fill("Tout remplacer, ou garder ce qui marche ?")
    page.locator("[name=tensions][value=cost]").check()
    page.locator("[name=tensions][value=environment]").check()
    page.locator("[name=new_options]").fill("Tout remplacer\nGarder ce qui marche")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Peser cette option : Garder ce qui marche").click()
    page.locator("[name=cost_brings]").fill("Rien à acheter")
    page.locator("[name=environment_costs]").fill("Des écrans anciens, plus gourmands")
    page.get_by_role("button", name="Enregistrer").click()
    assert "Rien à acheter" in page.inner_text("main")
    page.get_by_role("link", name="Écrire la décision").click()
    page.get_by_label("Garder ce qui marche").check()
    page.locator("[name=why]").fill("Ils marchent encore.")
    page.get_by_role("button", name="Décider").click()
    assert "Elle ne change plus" in page.inner_text("main") and "Ils marchent encore." in page.inner_text("main")
    assert page.get_by_role("link", name="Reprendre la question").count() == 0
