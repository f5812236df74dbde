"""What a person does, from the file they have to the figure explained, without help and without script."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator

from terreau.app.demo import examples
from terreau.cli import main

from .visited import LIST_ELEMENTS
from .visiting import ELEMENTS, OVERFLOW, led_on

PHRASE = "une phrase assez longue"
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


CLICK = Locator.click


def click_and_see(self, **how):
    """A click ends when the page it leads to is there: what is counted next must not be a page half come."""
    CLICK(self, **how)
    self.page.wait_for_load_state("load")


@pytest.fixture
def page(browser, address, cookies, monkeypatch):
    """A signed-in person whose browser runs no script."""
    monkeypatch.setattr(Locator, "click", click_and_see)
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(120_000)  # a busy machine may take a minute over what takes a second
    yield page
    context.close()


def opened(page, name):
    """A new organisation of one's own; its address."""
    page.goto("/organisations/nouvelle/")
    page.locator("[name=name]").fill(name)
    page.locator("main form .button").first.click()
    return re.match(r".*?(/o/[^/]+)", page.url)[1]


def shown(page, address):
    """Go there, by the page that says how far a long work is when the machine is busy."""
    page.goto(address)
    led_on(page)


def test_a_file_nobody_prepared_goes_from_drop_to_explained_footprint(page):
    place = opened(page, "Commune de l'Essai")
    page.goto(f"{place}/")
    page.get_by_role("link", name="J'ai un fichier d'inventaire").click()
    page.locator("input[type=file]").set_input_files(examples() / "inventories/glpi10_fr_ordinateurs.csv")
    page.locator("[name=name]").fill("GLPI")
    page.get_by_role("button", name="Lire les fichiers").click()
    led_on(page)
    assert page.locator("h1").inner_text() == "Ce qui a été compris"
    assert page.evaluate(ELEMENTS) <= LIST_ELEMENTS
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_role("button", name="Confirmer cet import").click()
    led_on(page)
    shown(page, f"{place}/")
    assert "Empreinte annuelle du parc" in page.inner_text("main")
    page.get_by_role("link", name="Pourquoi ce chiffre ?").click()
    text = page.inner_text("main")
    for expected in ("Le calcul, en mots", "Facteurs utilisés", "Sources", "Laissé de côté", "Refaire ce calcul"):
        assert expected in text


def test_ten_lines_are_enough_for_a_first_number(page):
    place = opened(page, "Épicerie du Coin")
    page.goto(f"{place}/")
    page.get_by_role("link", name="Je n'ai pas de fichier").click()
    for box in page.locator("main input[type=number]").all()[:4]:
        box.fill("3")
    with page.expect_navigation():  # a slow machine is still writing when the next page is asked for
        page.locator("main form .button").first.click()
    shown(page, f"{place}/empreinte/")
    assert "CO₂" in page.inner_text("main")


def test_three_exports_that_disagree_become_one_fleet_with_its_unknown_laptops_named(page):
    place = opened(page, "Ville des Trois Exports")
    files = ("glpi10_fr_ordinateurs.csv", "intune_devices.csv", "parc_ecoles_cp1252.csv")
    page.goto(f"{place}/parc/importer/")
    page.locator("input[type=file]").set_input_files([examples() / "inventories" / name for name in files])
    page.locator("[name=taken_on]").fill("2026-09-30")
    page.get_by_role("button", name="Lire les fichiers").click()
    led_on(page)
    page.get_by_role("button", name="Confirmer ces sources").wait_for()
    assert page.locator("fieldset").count() == 3
    assert page.evaluate(ELEMENTS) <= LIST_ELEMENTS
    page.get_by_role("button", name="Confirmer ces sources").click()
    page.get_by_role("link", name="Vus par un outil, inconnus de l'inventaire").click()
    # 45 laptops and one that two names hide: 24 of the organisation, 22 personal and set apart
    assert "ordinateur portable 24" in page.inner_text("main")
    assert page.locator("tbody tr").count() == 25
    page.locator("tbody th a").first.click()
    assert page.locator("h1").inner_text().startswith("D'où vient « DESKTOP-")
    assert page.evaluate(ELEMENTS) <= LIST_ELEMENTS
    page.go_back()
    page.get_by_role("link", name="Appareils personnels inconnus de l'inventaire").click()
    assert "ordinateur portable 22" in page.inner_text("main")
    whose_they_are_is_answered_and_taken_back(page, place)
    shown(page, f"{place}/parc/")
    # 335 by their serials, less the nine whose serial says "To Be Filled By O.E.M.": those are asked
    page.get_by_text("326 appareils connus de plusieurs sources").wait_for()  # by its progress page on a busy machine
    shown(page, f"{place}/empreinte/")
    page.get_by_role("link", name="Pourquoi ce chiffre ?").first.click()
    page.get_by_role("heading", name="Le calcul, en mots").wait_for()
    assert "95 %" in page.inner_text("main")


def whose_they_are_is_answered_and_taken_back(page, place):
    """Two laptops of the inventory that Intune says are their user's: one is ours, then nothing was answered."""
    shown(page, f"{place}/parc/rapprochement/")
    page.get_by_role("link", name="À l'inventaire, mais personnels selon un outil").click()
    assert page.locator("tbody tr").count() == 2
    page.get_by_role("button", name="C'est à nous").first.click()
    led_on(page)
    assert page.locator("tbody tr").count() == 1
    shown(page, f"{place}/parc/rapprochement/")
    decided = page.locator("section[aria-labelledby=decide]")
    assert "à l'organisation, compté" in decided.inner_text()
    decided.get_by_role("button", name="Revenir dessus").click()
    led_on(page)
    page.get_by_role("link", name="À l'inventaire, mais personnels selon un outil").click()
    assert page.locator("tbody tr").count() == 2


def test_a_label_is_prepared_from_the_first_door_to_a_dossier_that_verifies(page, browser, tmp_path):
    place = opened(page, "Régie de l'Essai")
    page.goto(f"{place}/")
    page.get_by_role("link", name="Je veux m'autodiagnostiquer").click()
    page.get_by_role("link", name="Grille Terreau du numérique responsable").click()
    page.get_by_role("button", name="Commencer").click()
    grid = re.match(r".*?(/o/[^/]+/diagnostic/[0-9a-f-]{36}/)", page.url)[1]
    answer_with_evidence(page, grid, tmp_path)
    answer_by_a_link(page, browser, grid)
    page.goto(grid)
    assert "provisoire" in page.inner_text("main")
    page.get_by_role("link", name="Geler").click()
    page.get_by_role("button", name="Geler").click()
    assert page.get_by_text("Empreinte").first.is_visible()
    examined_by_an_auditor(page, browser, place, grid)
    page.goto(f"{place}/dossiers/nouveau/")
    page.get_by_role("button", name="Faire le dossier").click()
    led_on(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Télécharger l’archive").click()
    kept.value.save_as(tmp_path / "dossier.zip")
    assert main(["dossier", "verify", str(tmp_path / "dossier.zip")]) == 0


def answer_with_evidence(page, grid, folder):
    """The first criterion: what is written, and a file that proves it."""
    note = folder / "note.txt"
    note.write_text("Note de vision, votée le 12 mars 2026.", encoding="utf-8")
    page.goto(f"{grid}critere/1.1.1/")
    page.locator("[name=documents-verdict][value=yes]").check()
    page.locator("[name=documents-text]").fill("Une note de trois pages.")
    page.get_by_role("button", name="Ajouter une preuve").first.click()
    page.locator("input[type=file]").set_input_files(note)
    page.locator("[name=effective_on]").fill("2026-03-12")
    page.locator("main form .button").first.click()
    assert "note.txt" in page.inner_text("main")
    assert page.locator("[name=documents-text]").input_value() == "Une note de trois pages.", "kept on the way out"


def answer_by_a_link(page, browser, grid):
    """Someone without an account answers what was entrusted, and nothing else is open."""
    page.goto(f"{grid}confier/?criteres=2.1.1")
    page.locator("[name=name]").fill("Ressources humaines")
    page.get_by_role("button", name="Confier ces critères").click()
    link = page.locator("main input[readonly], main code, main textarea").first
    address = link.input_value() if link.evaluate("e => 'value' in e") else link.inner_text()
    stranger = browser.new_context(java_script_enabled=False)
    theirs = stranger.new_page()
    theirs.goto(address.strip())
    theirs.get_by_role("button", name="Voir mes questions").click()
    theirs.get_by_role("link").filter(has_text="sensibilisée").first.click()
    theirs.locator("[name=means-verdict][value=partial]").check()
    theirs.get_by_role("button", name="Soumettre").click()
    assert theirs.goto(f"{address.split('/o/')[0]}{grid}").url.endswith("connexion/") or "connexion" in theirs.url
    stranger.close()
    page.goto(f"{grid}critere/2.1.1/")
    assert "Soumise" in page.inner_text("main")


def examined_by_an_auditor(page, browser, place, grid):
    """Someone from outside makes an account by the link, and writes a verdict beside ours."""
    page.goto(f"{place}/audits/nouveau/{grid.rstrip('/').rpartition('/')[2]}/")
    today = date.today()
    for name, value in (("body", "Tiers"), ("window_from", today), ("window_until", today + timedelta(days=9))):
        page.locator(f"[name={name}]").fill(str(value))
    page.get_by_role("button", name="Voir la liste de la demande").click()
    page.locator("[name=note]").fill("Premier tour.")
    page.get_by_role("button", name="Geler et demander l’audit").click()
    page.get_by_role("button", name="Ouvrir l’examen").click()
    audit = page.url
    page.get_by_text("Inviter l’auditeur").click()
    page.get_by_role("button", name="Créer le lien").click()
    outside = browser.new_context(java_script_enabled=False)
    theirs = outside.new_page()
    theirs.goto(page.locator("#lien").input_value())
    told = {"email": "auditrice@tiers.example", "password": PHRASE, "again": PHRASE}
    for name, value in told.items():
        theirs.locator(f"[name={name}]").fill(value)
    theirs.get_by_role("button", name="Créer mon compte et accepter").click()
    assert theirs.locator("h1").inner_text() == "Qui nous examine, et sur quoi ?"
    theirs.goto(f"{audit}criteres/1.1.1/")
    theirs.locator("[name=documents-verdict][value=partial]").check()
    theirs.locator("[name=documents-reason]").fill("La note n'est pas signée.")
    theirs.get_by_role("button", name="Enregistrer", exact=True).click()
    outside.close()
    page.goto(f"{audit}criteres/1.1.1/")
    assert "La note n'est pas signée." in page.inner_text("main")


def test_five_questions_and_four_steps_make_an_indicator_and_a_file_of_names_makes_a_rate(page, tmp_path):
    place = opened(page, "Commune qui forme")
    page.goto(f"{place}/indicateurs/bon-indicateur/")
    page.locator("[name=nom]").fill("Écrans réparés")
    for _question in range(5):
        page.locator("main [type=radio]").first.check()
        page.get_by_role("button", name="Continuer").click()
    page.get_by_role("link", name="Écrire sa définition").click()
    page.locator("[name=question]").fill("Réparons-nous les écrans ?")
    page.get_by_role("button", name="Continuer").click()
    page.locator("[name=numerator]").fill("écrans réparés")
    page.locator("[name=denominator]").fill("écrans en panne")
    page.get_by_role("button", name="Continuer").click()
    for choice in ("direction", "nature", "audience"):
        page.locator(f"[name={choice}]").first.check()
    page.get_by_role("button", name="Continuer").click()
    page.locator("[name=source][value=file]").check()
    page.get_by_role("button", name="Continuer").click()
    assert "écrans réparés ÷ écrans en panne" in page.inner_text("main")
    page.get_by_role("button", name="Enregistrer et suivre").click()
    assert page.url.endswith("/suivre/")

    page.goto(f"{place}/formation/parcours/tous/")
    page.get_by_role("button", name="En faire une formation").first.click()
    page.goto(f"{place}/formation/metiers/")
    page.locator("[name=name]").fill("Accueil")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.locator("main [type=number]").first.fill("4")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(f"{place}/formation/importer/")
    course = "Premier jour : ce que nous faisons et pourquoi"
    lines = [
        "Nom;Métier;Formation;Date",
        f"Aline Sorel;Accueil;{course};{date.today():%d/%m/%Y}",
        f"SOREL Aline;accueil;{course};{date.today():%d/%m/%Y}",
    ]
    listed = tmp_path / "presences.csv"
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(listed)
    page.get_by_role("button", name="Lire et garder").click()
    assert "1 ligne gardée" in page.inner_text("main") and "Sorel" not in page.inner_text("main")
    page.get_by_role("link", name="Voir les taux").click()
    assert re.search(r"25\s%", page.inner_text("main")) and "1 personne sur 4" in page.inner_text("main")


def test_an_indicator_is_followed_given_a_target_and_its_values_corrected_in_sight(page, tmp_path):
    place = opened(page, "Commune qui compte")
    page.goto(f"{place}/indicateurs/")
    page.get_by_role("link", name="Choisir un premier indicateur").click()
    page.locator("[name=q]").fill("reconditionnés")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Suivre : Part des achats d’équipements reconditionnés").click()
    page.locator("[name=role][value=flagship]").check()
    page.locator("[name=owner]").fill("Achats")
    page.get_by_role("button", name="Enregistrer").click()
    page.locator("[name=baseline_value]").fill("8,5")
    page.locator("[name=baseline_on]").fill("2023-12-31")
    page.locator("[name=target_value]").fill("4")
    page.locator("[name=target_due]").fill("2028-12-31")
    page.get_by_role("button", name="Enregistrer").click()
    assert "doit monter, mais sa cible (4) est sous son départ (8,5)" in page.inner_text("main")
    page.locator("[name=target_value]").fill("40")
    page.get_by_role("button", name="Enregistrer").click()

    page.goto(f"{place}/indicateurs/importer/")
    values = tmp_path / "valeurs.csv"
    values.write_text(
        "Indicateur;Date;Valeur;Numérateur;Dénominateur\nACH01;2023;8,5;;\nACH01;2024;;12;80\nACH01;2025;;12;0\n",
        encoding="utf-8",
    )
    page.locator("input[type=file]").set_input_files(values)
    page.get_by_role("button", name="Lire ce fichier").click()
    assert "le dénominateur est zéro" in page.inner_text("main")
    page.get_by_role("button", name="Enregistrer les 2 valeurs sûres").click()
    page.get_by_role("link", name="Part des achats d’équipements reconditionnés").click()
    page.get_by_role("link", name="Donner une valeur").click()
    page.locator("[name=date]").fill("2025")
    page.locator("[name=numerator]").fill("19")
    page.locator("[name=denominator]").fill("90")
    page.get_by_role("button", name="Enregistrer et signer").click()
    page.get_by_role("link", name="Corriger").click()
    page.locator("[name=numerator]").fill("27")
    page.locator("[name=explained]").fill("Huit commandes oubliées")
    page.get_by_role("button", name="Enregistrer et signer").click()
    page.goto(f"{place}/indicateurs/")
    assert re.search(r"30\s%", page.inner_text("main")) and "dans les temps" in page.inner_text("main")
    page.goto(f"{place}/indicateurs/fiche/ACH01/valeurs/")
    assert "remplacée" in page.inner_text("main")


def test_a_lever_becomes_a_first_commitment_then_is_kept_in_sight(page):
    """From the lever to the promise in one page; then a milestone is missed out loud, answered, and the plan says it."""
    place = opened(page, "Village du Premier Engagement")
    page.goto(f"{place}/plan/")
    assert "Commencez par un seul" in page.inner_text("main")
    page.goto(f"{place}/plan/nouveau/?levier=LV01")
    assert page.locator("[name=statement]").input_value() == "Garder les ordinateurs portables six ans"
    page.locator("[name=owner]").fill("Secrétaire de mairie")
    page.locator("[name=result_baseline]").fill("7,5")
    page.locator("[name=result_baseline_on]").fill(f"{date.today() - timedelta(days=30):%Y-%m-%d}")
    page.locator("[name=result_target]").fill("6")
    page.get_by_role("button", name="Prendre l’engagement").click()
    assert "Corrigez la cible" in page.locator(".errors").inner_text()  # the wrong way: named, nothing is lost
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(OVERFLOW) == 0
    page.locator("[name=result_baseline]").fill("4,2")
    page.get_by_role("button", name="Prendre l’engagement").click()
    assert page.locator("h1").inner_text() == "Garder les ordinateurs portables six ans"
    assert "en bonne voie" in page.inner_text("main") and "4,2\xa0ans" in page.inner_text("main")

    page.get_by_role("link", name="Déplacer : Moyens réunis").click()
    page.locator("[name=due]").fill(f"{date.today() + timedelta(days=60):%Y-%m-%d}")
    page.locator("[name=why]").fill("Les batteries arrivent en janvier.")
    page.get_by_role("button", name="Enregistrer").click()
    assert "promis d’abord pour le" in page.inner_text("main")
    page.get_by_role("link", name="C’est fait : Moyens réunis").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Passer en revue").click()
    page.locator("[name=decision][value=continue]").check()
    page.locator("[name=comment]").fill("La règle tient.")
    page.get_by_role("button", name="Enregistrer").click()
    assert "La règle tient." in page.inner_text("main") and "Les batteries arrivent en janvier." in page.inner_text(
        "main"
    )
    page.goto(f"{place}/plan/")
    assert "Garder les ordinateurs portables six ans" in page.inner_text("main") and "1 fait" in page.inner_text("main")


def test_a_target_is_set_a_scenario_kept_and_the_gap_read_without_a_slider(page):
    """From ten lines to a target, its gap in words, and a scenario put beside nothing at all."""
    place = opened(page, "Mairie de la Pente")
    page.goto(f"{place}/parc/dix-lignes/")
    for box in page.locator("main input[type=number]").all()[:4]:
        box.fill("8")
    with page.expect_navigation():
        page.locator("main form .button").first.click()
    shown(page, f"{place}/plan/trajectoire/")
    page.get_by_role("link", name="Fixer une cible").click()
    page.get_by_label("Combien ?").fill("-30")
    page.get_by_label("En quelle année ?").fill(str(date.today().year + 3))
    page.get_by_role("button", name="Enregistrer la cible").click()
    assert "sans signe" in page.get_by_role("alert").inner_text()
    page.get_by_label("Combien ?").fill("30")
    page.get_by_role("button", name="Enregistrer la cible").click()
    led_on(page)
    assert "30 % de moins en" in page.inner_text("main").replace(
        "\u202f", " "
    ) and "de la baisse visée" in page.inner_text("main")
    page.get_by_role("link", name="Scénarios").click()
    page.get_by_role("link", name="Faire durer").click()
    led_on(page)
    page.get_by_label("Combien d’années", exact=True).fill("4")
    page.get_by_role("button", name="Recalculer").click()
    led_on(page)
    page.get_by_label("Sous quel nom ?").fill("Quatre ans de patience")
    page.get_by_role("button", name="Garder ce scénario").click()
    page.get_by_label("Quatre ans de patience").check()
    page.get_by_role("button", name="Mettre côte à côte").click()
    led_on(page)
    text = page.inner_text("main")
    assert "Quatre ans de patience" in text and "de moins par an que sans rien changer" in text
    assert page.evaluate(ELEMENTS) <= LIST_ELEMENTS
