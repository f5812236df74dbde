"""What the tests of the fleet do as a person would: drop files, confirm, settle."""

import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app.inventory.models import Draft

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
GLPI = EXAMPLES / "inventories" / "glpi10_fr_ordinateurs.csv"
SMALL = """Type;Modèle;Quantité;Date d'achat;Statut
Ordinateur portable;Latitude 5540;3;15/03/2024;En service
Écran;U2419H;4;11/03/2021;En service
Imprimante;Zorglub 3000;1;;En service
Machin;Zorglub 4000;2;?;En service
"""


def drop(client, *files, source="new", name="Essai", day="2026-09-30", follow=True, **more):
    """Post the first page of the wizard; ``files`` are paths or (name, bytes)."""
    uploads = [
        SimpleUploadedFile(one.name, one.read_bytes()) if isinstance(one, Path) else SimpleUploadedFile(*one)
        for one in files
    ]
    sent = {"files": uploads, "source": source, "name": name, "perimeter": "", "taken_on": day, **more}
    return client.post(reverse("parc:arrival", args=["valmont"]), sent, follow=follow)


def drop_text(client, text, **more):
    """Drop a small CSV written in the test."""
    return drop(client, ("parc.csv", text.encode()), **more)


def confirm(client, slug="valmont"):
    """Confirm the only import under way, as shown."""
    draft = Draft.objects.get()
    digest = draft.understood["snapshot"]["sha256"]
    return client.post(reverse("parc:confirm", args=[slug, draft.pk]), {"digest": digest}, follow=True)


def correct(client, **sent):
    """Send corrections of the first sheet of the only import under way."""
    draft = Draft.objects.get()
    sheet = draft.understood["sheets"][0]["name"]
    return client.post(reverse("parc:understood", args=["valmont", draft.pk]), {"sheet": sheet, **sent}, follow=True)


def text_of(response):
    """What a person reads of a page: no tag, single spaces."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[\s\u00a0\u202f]+", " ", bare)
