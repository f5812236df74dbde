"""The pages the browser visits, on the seeded instance; every address with a page of its own is there, or excused."""

VALMONT = "/o/valmont"
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
    f"{VALMONT}/reglages/",
    f"{VALMONT}/reglages/organisation/",
    f"{VALMONT}/reglages/durees-de-vie/",
    f"{VALMONT}/reglages/personnes/",
    f"{VALMONT}/reglages/personnes/inviter/",
    f"{VALMONT}/reglages/journal/",
    "/o/numa/empreinte/",
)
# Lists a person works through: a little more room.
LISTS = frozenset(
    {
        f"{VALMONT}/parc/rapprochement/questions/",
        f"{VALMONT}/parc/a-regler/",
        f"{VALMONT}/parc/colonnes/",
        f"{VALMONT}/sources/",
        f"{VALMONT}/reglages/journal/",
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
    "/accessibilite/",
)
LIST_ELEMENTS = 380
