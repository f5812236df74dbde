"""The pages the browser visits, on the seeded instance; every address with a page of its own is there, or excused."""

import os

VALMONT = "/o/valmont"
# The example assessments bear the same number at each making (app/demo_diagnosis.py), and so do its services, first made.
GRID = f"{VALMONT}/diagnostic/86a5484a-ce0d-5a0b-b72a-0f4aaf2a6a52"
RGESN = f"{VALMONT}/diagnostic/52624e80-a397-51cb-bfda-2b26cbe271fc"
HEIR = f"{VALMONT}/diagnostic/987eb5da-073d-5e69-82d0-01a501c4d335"
AUDIT = f"{VALMONT}/audits/19acf7ed-9302-5112-b4ae-e3dd8b17e245"
ANSWER = "answer:86a5484a-ce0d-5a0b-b72a-0f4aaf2a6a52/nr-terreau:3.2.2"
PRIVATE = f"{VALMONT}/referentiels/39d05750-50a0-57f1-908d-e4cbe07537ef"
RECEIVED = f"{VALMONT}/referentiels/recues/27849a89-7349-5fbc-8bb1-f0c3fea0d341"
FROZEN = f"{VALMONT}/audits/gels/8dd34387-5289-53f8-999e-6ad98cef870c"
SIGNED_OUT = frozenset({"/connexion/", "/connexion/mot-de-passe/oubli/"})
PAGES: tuple[str, ...] = (
    *sorted(SIGNED_OUT),
    "/connexion/second-facteur/",
    "/bienvenue/",
    "/a-propos/",
    "/accessibilite/",
    "/ecoconception/",
    "/plan-du-site/",
    "/moi/",
    "/organisations/nouvelle/",
    f"{VALMONT}/",
    f"{VALMONT}/empreinte/",
    f"{VALMONT}/empreinte/?critere=water_withdrawal",
    f"{VALMONT}/empreinte/entites/",
    f"{VALMONT}/empreinte/criteres/",
    f"{VALMONT}/empreinte/dix-premiers/",
    f"{VALMONT}/empreinte/regles/",
    f"{VALMONT}/empreinte/pourquoi/",
    f"{VALMONT}/empreinte/pourquoi/?critere=resource_use_minerals_metals&categorie=laptop",
    f"{VALMONT}/parc/",
    f"{VALMONT}/parc/annees/",
    f"{VALMONT}/parc/annees/pourquoi/",
    f"{VALMONT}/parc/rapprochement/",
    f"{VALMONT}/parc/rapprochement/questions/",
    f"{VALMONT}/parc/rapprochement/inconnus/",
    f"{VALMONT}/parc/rapprochement/champ/model/",
    f"{VALMONT}/parc/instantanes/",
    f"{VALMONT}/parc/a-regler/",
    f"{VALMONT}/parc/colonnes/",
    f"{VALMONT}/parc/dix-lignes/",
    f"{VALMONT}/parc/importer/",
    f"{VALMONT}/sources/",
    f"{VALMONT}/sources/boundaries-sala2020/",
    f"{VALMONT}/travaux/",
    f"{VALMONT}/services/",
    f"{VALMONT}/services/nouveau/",
    f"{VALMONT}/services/1/fiche/",
    f"{VALMONT}/services/1/passage/run/",
    f"{VALMONT}/services/1/passage/run/historique/",
    f"{VALMONT}/diagnostic/",
    f"{VALMONT}/diagnostic/nouveau/",
    f"{VALMONT}/diagnostic/nouveau/?referentiel=nr-terreau",
    f"{GRID}/",
    f"{GRID}/reglages/",
    f"{GRID}/rubrique/3.2/",
    f"{GRID}/critere/3.2.2/",
    f"{GRID}/critere/3.2.2/historique/",
    f"{GRID}/ecarts/",
    f"{GRID}/echeance/",
    f"{GRID}/radiographie/",
    f"{GRID}/rappels/",
    f"{GRID}/confier/",
    f"{GRID}/entretiens/",
    f"{GRID}/entretiens/1/",
    f"{GRID}/questions/?metier=purchasing",
    f"{GRID}/hors-grille/",
    f"{GRID}/hors-grille/4f3491e1-7fb0-59da-9097-42092fb101dc/",
    f"{RGESN}/",
    f"{RGESN}/applicabilite/",
    f"{RGESN}/rubrique/1/repondre/",
    f"{HEIR}/critere/1.1/",
    f"{HEIR}/critere/1.1/?autrement=1",
    f"{GRID}/edition/",
    f"{GRID}/echeance/?quoi=not_evidenced",
    f"{VALMONT}/preuves/",
    f"{VALMONT}/preuves/nouvelle/?pour={ANSWER}",
    f"{VALMONT}/preuves/choisir/?pour={ANSWER}",
    f"{VALMONT}/preuves/68d58052-b384-514f-bf1c-58fc214c6b52/",
    f"{VALMONT}/referentiels/",
    f"{VALMONT}/referentiels/importer/",
    f"{VALMONT}/referentiels/correspondances/",
    f"{VALMONT}/referentiels/nr-terreau/",
    f"{VALMONT}/referentiels/nr-terreau/critere/3.2.2/",
    f"{VALMONT}/dossiers/",
    f"{VALMONT}/dossiers/nouveau/",
    f"{VALMONT}/dossiers/synthese/",
    f"{VALMONT}/audits/",
    f"{GRID.replace('diagnostic', 'audits/geler')}/",
    f"{GRID.replace('diagnostic', 'audits/nouveau')}/",
    f"{FROZEN}/",
    f"{AUDIT}/",
    f"{AUDIT}/cadre/",
    f"{AUDIT}/rapport/",
    f"{AUDIT}/criteres/",
    f"{AUDIT}/criteres/3.2.2/",
    f"{AUDIT}/constats/",
    f"{AUDIT}/constats/1/",
    f"{AUDIT}/comite/",
    f"{AUDIT}/suivi/",
    f"{VALMONT}/reglages/",
    f"{VALMONT}/reglages/organisation/",
    f"{VALMONT}/reglages/durees-de-vie/",
    f"{VALMONT}/reglages/personnes/",
    f"{VALMONT}/reglages/personnes/inviter/",
    f"{VALMONT}/reglages/journal/",
    "/o/numa/empreinte/",
)
# Every page is visited whole in French; its English, one page in two, since both come from one template.
# TERREAU_EVERY_PAGE=1 visits all of them.
IN_ENGLISH = PAGES if os.environ.get("TERREAU_EVERY_PAGE") else PAGES[::2]
# Lists a person works through: a little more room.
LISTS = frozenset(
    {
        f"{RECEIVED}/",
        f"{VALMONT}/referentiels/correspondances/",
        f"{VALMONT}/parc/rapprochement/questions/",
        f"{VALMONT}/parc/a-regler/",
        f"{VALMONT}/parc/colonnes/",
        f"{VALMONT}/sources/",
        f"{VALMONT}/reglages/journal/",
        f"{GRID}/",
    }
)
# Pages one brings to a committee, and one of each other kind: a long form, a list, a statement.
PRINTED: tuple[str, ...] = (
    f"{VALMONT}/",
    f"{VALMONT}/empreinte/",
    f"{VALMONT}/empreinte/criteres/",
    f"{VALMONT}/empreinte/pourquoi/",
    f"{VALMONT}/parc/",
    f"{VALMONT}/parc/annees/",
    f"{VALMONT}/parc/dix-lignes/",
    f"{VALMONT}/sources/",
    f"{PRIVATE}/",
    f"{GRID}/",
    f"{GRID}/critere/3.2.2/",
    f"{GRID}/questions/?metier=purchasing",
    f"{AUDIT}/",
    "/accessibilite/",
)
LIST_ELEMENTS = 380
