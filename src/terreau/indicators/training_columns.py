"""The files of training (fichiers de formation): their columns, the headings they go by, and the files to fill in."""

from __future__ import annotations

from terreau.indicators.headings import Headings, Known, to_fill
from terreau.tables.schema import Column


def _column(
    name: str, kind: str, fr: str, en: str, help: tuple[str, str], example: str = "", *, required: bool = False
) -> Column:
    return Column(
        name=name, kind=kind, fr=fr, en=en, help_fr=help[0], help_en=help[1], example=example, required=required
    )


_PEOPLE = (
    Known(_column("person", "text", "Nom et prénom", "Full name", ("Aussitôt remplacé par un identifiant : aucun nom n’est gardé.",
                  "Replaced at once by an identifier: no name is kept."), "Camille Exemple", required=True),
          ("nom", "noms", "personne", "participant", "stagiaire", "agent", "collaborateur", "salarié", "nom complet", "nom prénom",
           "prénom nom", "prénom et nom", "name", "last name", "surname", "family name", "person", "attendee", "employee", "learner")),
    Known(_column("first_name", "text", "Prénom", "First name", ("Si le nom est dans une autre colonne.", "When the name is in another column.")),
          ("prénoms", "given name", "forename")),
    Known(_column("number", "text", "Matricule", "Staff number", ("Plus sûr que le nom : deux personnes peuvent s’appeler pareil.",
                  "Surer than the name: two people may share one.")),
          ("numéro d'agent", "identifiant", "id", "employee id", "personnel number")),
    Known(_column("email", "text", "Adresse électronique", "E-mail", ("Sert de nom quand il n’y en a pas.", "Stands for the name when there is none.")),
          ("e-mail", "email", "mail", "courriel", "adresse mail", "adresse e-mail", "e-mail address")),
    Known(_column("profession", "text", "Métier", "Profession", ("La clé ou le nom d’un métier connu.", "The key or name of a known profession."), "it"),
          ("fonction", "emploi", "poste", "métiers", "job", "job title", "role")),
    Known(_column("arrived_on", "date", "Date d’arrivée", "Arrival date", ("Pour le taux à l’arrivée.", "For the rate at onboarding."), "2026-03-02"),
          ("arrivée", "arrivé le", "date d'entrée", "entrée", "date d'embauche", "embauche", "hired on", "hire date", "start date", "arrived on")),
)  # fmt: skip
ATTENDANCES = Headings((
    *_PEOPLE,
    Known(_column("course", "text", "Formation", "Course", ("La clé ou le titre d’une formation connue.", "The key or title of a known course."),
                  "onboarding", required=True),
          ("cours", "module", "stage", "session", "intitulé de la formation", "titre de la formation", "training", "course title")),
    Known(_column("followed_on", "date", "Suivie le", "Followed on", ("Le jour où elle a été suivie.", "The day it was followed."), "2026-04-14",
                  required=True),
          ("date", "date de formation", "date de la formation", "date de session", "date de suivi", "terminée le", "completed on",
           "completion date", "training date", "année", "year")),
))  # fmt: skip
STAFF = Headings((
    *_PEOPLE,
    Known(_column("left_on", "date", "Date de départ", "Departure date", ("Le dernier jour ; vide pour qui est là.",
                  "The last day; empty for who is there."), ""),
          ("départ", "parti le", "sortie", "date de sortie", "fin de contrat", "left on", "end date", "leaving date")),
))  # fmt: skip


def attendance_template(format: str, language: str = "fr") -> bytes:
    """The file of attendances to fill in, "csv" or "xlsx"."""
    title = "Attendances" if language == "en" else "Présences"
    return to_fill([one.column for one in ATTENDANCES.known], format, title=title, language=language)


def staff_template(format: str, language: str = "fr") -> bytes:
    """The file of staff to fill in, "csv" or "xlsx"."""
    title = "Staff" if language == "en" else "Effectifs"
    return to_fill([one.column for one in STAFF.known], format, title=title, language=language)
