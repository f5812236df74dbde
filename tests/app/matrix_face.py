"""Addresses of the pages about the whole and of the footprint."""

from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Snapshot
from tests.app.matrix import HOST, PUBLIC, READ, SIGNED_IN, VISITORS, Row
from tests.app.matrix_parc import opened


def weighed(world):
    """Two screens, kept: enough for every page of the footprint to be its real one."""
    if not Snapshot.objects.filter(organisation=world.organisation).exists():
        draft = opened(world)
        arrivals.confirm(draft, world.owner, draft.understood["snapshot"]["sha256"])


def free_names(client, world):
    """The names of the examples are taken by the organisations of the tests: give them others."""
    for one in (world.organisation, world.other_organisation):
        one.slug = f"{one.slug}-vrai"
        one.save()


HOW_MUCH = "Combien, et d'où ?"

ROWS = (
    Row("pages:home", READ, "Où en sommes-nous ?", given=weighed),
    Row("pages:welcome", SIGNED_IN, "Un premier chiffre en dix minutes"),
    Row(
        "pages:example",
        HOST,
        goes_to="/o/valmont/",
        method="POST",
        prepare=free_names,
        but={name: 403 for name in VISITORS if name not in ("host", "signed_out")},
    ),
    Row("pages:accessibility", PUBLIC, "Accessibilité : non conforme, faute d'audit"),
    Row("pages:sobriety", PUBLIC, "Écoconception : ce que nous nous imposons"),
    Row("pages:about", PUBLIC, "Terreau, l'établi du numérique responsable"),
    Row("pages:site_map", PUBLIC, "Plan du site"),
    Row("empreinte:home", READ, HOW_MUCH, given=weighed),
    Row("empreinte:entities", READ, HOW_MUCH, given=weighed),
    Row("empreinte:heaviest", READ, "Les dix plus lourds", given=weighed),
    Row("empreinte:criteria", READ, "Au-delà du climat", given=weighed),
    Row("empreinte:rules", READ, "Deux jeux de règles, un même parc", given=weighed),
    Row("empreinte:rules_csv", READ, file="text/csv", given=weighed),
    Row("empreinte:rules_json", READ, file="application/json", given=weighed),
    Row("empreinte:rules_errors", READ, file="text/csv", given=weighed),
    Row("empreinte:why", READ, "Pourquoi ce chiffre ?", given=weighed, query="?categorie=monitor"),
    Row("empreinte:why_csv", READ, file="text/csv", given=weighed),
    Row("empreinte:why_json", READ, file="application/json", given=weighed),
    Row("empreinte:redo", READ, file="application/zip", given=weighed),
    Row("empreinte:detail", READ, file="application/vnd.apache.parquet", given=weighed),
    Row("empreinte:json", READ, file="application/json", given=weighed),
    Row("empreinte:csv", READ, file="text/csv", given=weighed, args=lambda world: {"table": "stages"}),
)
