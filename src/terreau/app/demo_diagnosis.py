"""What the two fictitious organisations answer: our grid, partly filled, and the RGESN for one service of Valmont.

Everything is invented. The addresses never change from one making to the next, so that a tutorial can name them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.diagnosis import answering
from terreau.app.diagnosis.models import Assessment, Comment, Interview, OffGrid, TeamNote
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import door as evidence
from terreau.app.portfolio.models import Service
from terreau.app.referentials import door as referentials

SCALE = {"0": "none", "1": "partial", "2": "yes", "c": "conforming", "n": "non_conforming"}
# criterion, documents means results, what is done in plain words, value measured
VALMONT = (
    (
        "1.1.1",
        "221",
        "Note de vision de trois pages, votée en conseil le 12 mars 2026.",
        "4 projets réorientés, 1 refusé en 2026",
    ),
    ("1.1.2", "210", "La délibération engage quatre objectifs ; le suivi chiffré commence.", ""),
    (
        "1.1.3",
        "121",
        "Tableau tenu par le service juridique : REEN, RGAA, AGEC, RGPD.",
        "9 obligations sur 11 couvertes",
    ),
    ("1.2.1", "220", "Une référente à 60 %, lettre de mission du directeur général.", ""),
    (
        "1.2.2",
        "221",
        "Comité numérique responsable tous les deux mois, présidé par une élue.",
        "5 réunions, 14 décisions en 2026",
    ),
    ("1.2.3", "110", "Une ligne de 40 000 euros, sans suivi séparé de la dépense.", ""),
    (
        "1.3.1",
        "222",
        "Calcul fait dans Terreau sur le parc, matériel et usage.",
        "Empreinte annuelle publiée avec son intervalle",
    ),
    ("1.3.2", "211", "Six indicateurs, quatre ont une cible.", "4 cibles sur 6"),
    ("1.3.3", "220", "Plan d'action de 22 lignes, avec pilote et échéance.", ""),
    ("1.3.4", "000", "", ""),
    ("2.1.1", "111", "Atelier de deux heures, par direction.", "31 % des agents en 2026"),
    ("2.1.2", "100", "Formation prévue pour les acheteurs et les chefs de projet.", ""),
    ("2.1.4", "211", "Charte des usages annexée au règlement intérieur.", ""),
    ("2.2.1", "221", "Fiche de besoin obligatoire avant toute commande.", "12 % des demandes abandonnées"),
    ("2.2.2", "220", "Clauses type : durée de garantie, pièces, réparabilité.", ""),
    ("2.2.3", "111", "Un marché de téléphones reconditionnés.", "18 % des téléphones achetés"),
    (
        "3.1.1",
        "222",
        "Inventaire GLPI et gestionnaire de terminaux, rapprochés chaque mois.",
        "Âge connu pour 9 appareils sur 10",
    ),
    ("3.1.3", "121", "Ordinateurs gardés six ans, écrans huit ans.", "5,1 ans en moyenne à la sortie"),
    ("3.2.1", "120", "Atelier interne, pièces en stock.", ""),
    (
        "3.2.2",
        "221",
        "Convention de don avec trois associations, signée en 2025.",
        "38 % des sorties réemployées en 2025",
    ),
    ("3.2.3", "211", "Bordereaux de suivi par lot.", "100 % des lots suivis depuis 2025"),
    ("3.3.2", "010", "Virtualisation faite ; taux d'emploi non mesuré.", ""),
    ("3.4.3", "221", "Registre des traitements tenu par la déléguée.", ""),
    ("3.5.1", "100", "Liste des services ; peu ont une date de fin de maintenance.", ""),
    ("5.1.1", "110", "Questionnaire d'utilité en amont, pour les nouveaux projets.", ""),
    ("5.2.1", "111", "Portail et site audités ; six applications restent.", "2 services audités sur 8"),
    ("5.2.2", "220", "Guichet et téléphone gardés pour chaque démarche.", ""),
)
NUMA = (
    ("1.1.1", "210", "Une page, relue en séminaire.", ""),
    ("1.2.1", "120", "Un jour par semaine, sans lettre de mission.", ""),
    ("1.3.1", "221", "Calcul annuel dans Terreau.", "Empreinte par personne publiée en interne"),
    ("2.1.1", "022", "Fresque jouée par toute l'équipe.", "43 personnes sur 45"),
    ("2.2.3", "121", "Reconditionné par défaut depuis 2025.", "60 % des achats de 2026"),
    ("3.1.1", "221", "Tableur tenu par l'office manager.", "Tout le matériel y est"),
    ("3.1.3", "110", "Pas de renouvellement avant cinq ans.", ""),
    ("5.1.2", "110", "Revue d'écoconception à deux étapes sur quatre.", ""),
    ("5.2.1", "111", "Deux développeuses formées, audits à la demande.", "3 projets sur 10 audités"),
)
RGESN = "1.1c 1.2c 1.3c 1.4n 1.5n 1.6c 1.8n 1.9c 2.1c 2.2n 2.3n 2.4c 2.5c 2.6n 2.7n 4.1c 4.2c 4.3c 4.4n 4.5c 4.6c 4.8c 4.9n 4.10c 4.11n 5.1n 5.2c"
FOUND = {
    "1.1": "Le portail remplace douze formulaires papier ; l'accueil au guichet reste ouvert.",
    "1.2": "Trois profils de familles, vus en entretien en 2025.",
    "2.2": "Le calendrier ne s'affiche pas sur le téléphone le plus ancien essayé.",
    "4.9": "La recherche d'école interroge le serveur à chaque lettre.",
    "5.1": "Photos d'écoles en JPEG, 400 ko chacune.",
}
PIECES = (
    ("1.1.1", "documents", "Note de vision numérique", "Délibération du 12 mars 2026", "p. 1 à 3", "proves", date(2026, 3, 12)),
    ("1.2.2", "documents", "Comptes rendus du comité", "Cinq comptes rendus", "relevés de décisions", "proves", date(2026, 9, 15)),
    ("2.2.1", "documents", "Fiche de besoin", "Modèle en vigueur", "p. 1", "supports", date(2026, 1, 8)),
    ("3.2.2", "documents", "Convention de don 2025", "Trois associations", "p. 2", "proves", date(2025, 12, 2)),
    ("3.2.2", "results", "Bilan des sorties 2025", "Lignes 4 à 9", "tableau 2", "proves", date(2026, 2, 3)),
    ("3.4.3", "documents", "Registre des traitements", "Extrait", "fiche 12", "mentions", date(2026, 5, 20)),
)  # fmt: skip


def seed(owner: Any, valmont: Organisation, numa: Organisation) -> None:
    """Make the assessments of both examples, unless they are there."""
    portal, _made = Service.objects.get_or_create(organisation=valmont, name="Portail famille",
                                                  defaults={"client": "Les familles de la métropole"})  # fmt: skip
    mine = _begun(valmont, owner, "nr-terreau", "Autodiagnostic 2026", variant="local-authorities", path="debutant",
                  target_level="socle", profile={"uses_ai": True, "foreign_sites": False})  # fmt: skip
    if mine:
        _graded(mine, owner, VALMONT)
        _around(mine, owner)
    ours = _begun(
        valmont, owner, "rgesn-2024", "Portail famille, écoconception", service=portal.pk, service_name=portal.name
    )
    if ours:
        _judged(ours, owner)
    theirs = _begun(numa, owner, "nr-terreau", "Premier tour", variant="it-services", path="debutant")
    if theirs:
        _graded(theirs, owner, NUMA)


def uuid_of(organisation: Organisation, referential: str) -> UUID:
    """The number of the example assessment of this organisation against this referential."""
    return uuid5(NAMESPACE_URL, f"terreau:example:{organisation.slug}/{referential}")


def _begun(organisation: Organisation, owner: Any, key: str, title: str, **more: Any) -> Assessment | None:
    pk = uuid_of(organisation, key)
    if Assessment.objects.filter(pk=pk).exists():
        return None
    edition = referentials.edition_for(organisation, key)
    variant = more.get("variant", "")
    if variant:
        more["profile"] = dict(edition.variant(variant).profile) | more.get("profile", {})
    return Assessment.objects.create(
        pk=pk, organisation=organisation, referential=edition.key, version=edition.version, digest=edition.digest, title=title,
        period_start=date(2025, 10, 1), period_end=date(2026, 9, 30), target_on=timezone.localdate() + timedelta(days=75),
        made_by=owner, **more,
    )  # fmt: skip


@transaction.atomic
def _graded(assessment: Assessment, owner: Any, answers: tuple[tuple[str, str, str, str], ...]) -> None:
    writer, today = answering.Writer(label=str(owner), user=owner, edits=True), timezone.localdate()
    for rank, (short, grades, text, value) in enumerate(answers):
        facets: dict[str, dict[str, str]] = {
            facet: {"verdict": SCALE[grade]}
            for facet, grade in zip(("documents", "means", "results"), grades, strict=True)
        }
        if value:
            facets["results"]["value"] = value
        fields: dict[str, Any] = {"facets": facets, "text": text, "owner_id": owner.pk}
        if rank % 3 == 0:
            fields |= {"state": "accepted", "reviewed_on": today, "reviewed_by": str(owner)}
        elif rank % 3 == 1:
            fields |= {"due": today + timedelta(days=5 + 4 * rank)}
        answering.write(answering.locked(assessment, f"{assessment.referential}:{short}"), writer, fields)


@transaction.atomic
def _judged(assessment: Assessment, owner: Any) -> None:
    writer = answering.Writer(label=str(owner), user=owner, edits=True)
    for one in RGESN.split():
        short, grade = one[:-1], one[-1]
        fields = {"facets": {"verdict": {"verdict": SCALE[grade]}}, "text": FOUND.get(short, "")}
        answering.write(answering.locked(assessment, f"{assessment.referential}:{short}"), writer, fields)
    gone = {"applicable": False, "reason": "Aucun objet ni appareil n'est vendu avec le service.", "decided_by": str(owner),
            "decided_on": timezone.localdate()}  # fmt: skip
    answering.write(answering.locked(assessment, f"{assessment.referential}:3.4"), writer, gone)


def _around(assessment: Assessment, owner: Any) -> None:
    """Evidence, a question, a note, an interview and a practice beside the grid."""
    for short, facet, title, proves, locator, strength, day in PIECES:
        described = {"title": title, "kind": "document", "confidentiality": "auditor", "effective_on": day}
        text = f"{title}\n\nDocument fictif de l'exemple : {proves}.\n"
        upload = SimpleUploadedFile(f"{title}.txt", text.encode("utf-8"), "text/plain")
        evidence.receive(assessment.organisation, owner, described, facet=facet, upload=upload, locator=locator, proves=proves,
                         subject=subject_of(assessment, f"{assessment.referential}:{short}"), strength=strength)  # fmt: skip
    key = f"{assessment.referential}:3.2.2"
    who = {"by": owner, "by_label": str(owner)}
    Comment.objects.create(assessment=assessment, criterion=key, text="La convention 2026 est-elle signée ?", **who)
    TeamNote.objects.create(
        assessment=assessment, criterion=key, text="Demander le bilan aux associations avant l'audit.", **who
    )
    Interview.objects.create(assessment=assessment, role="Responsable des achats", on=date(2026, 6, 4), profession="purchasing",
                             criteria=[f"{assessment.referential}:2.2.1", f"{assessment.referential}:2.2.2"],
                             notes="Les clauses existent ; leur respect n'est pas encore contrôlé à la livraison.")  # fmt: skip
    OffGrid.objects.create(assessment=assessment, title="Prêt d'outils entre communes", owner_text="Direction de la mutualisation",
                           text="Vidéoprojecteurs, tablettes et bornes prêtés aux communes plutôt qu'achetés.",
                           facets={"means": {"verdict": "yes"}, "results": {"verdict": "partial", "value": "41 prêts en 2026"}},
                           existing_action="Plan de mutualisation 2024-2028")  # fmt: skip
