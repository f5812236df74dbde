"""What ``dossier.pdf`` tells, in the order an auditor reads it: context, method, score, criterion by criterion, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from terreau.evidence.words import CONFIDENTIALITIES
from terreau.publishing.blocks import Block, Bullets, Document, Facts, Heading, Table, Text
from terreau.publishing.dossier.held import Held, reason
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.story_audit import audit
from terreau.publishing.dossier.story_score import preparation, score_told
from terreau.publishing.dossier.story_sheets import facets_told, sheets
from terreau.publishing.dossier.words import AUDIENCES, day, say, size, span, word


def title_of(package: DossierPackage) -> str:
    """The title of the dossier."""
    return say(package.language, "Dossier de preuves", "Evidence dossier")


def document(package: DossierPackage, held: Held) -> Document:
    """The whole document."""
    lang = package.language
    edition = package.edition
    return Document(
        title=title_of(package), subtitle=f"{edition.title.in_(lang)} ({edition.version})", author=package.organisation.name,
        language=lang, on=package.frozen_on, cover=tuple(_cover(package)), blocks=tuple(_blocks(package, held)),
        notice=say(lang, "Brouillon : rien n’est gelé", "Draft: nothing is frozen") if package.draft else "",
        stamp=say(lang, "Brouillon", "Draft") if package.draft else "", contents=say(lang, "Sommaire", "Contents"),
    )  # fmt: skip


def _cover(package: DossierPackage) -> Iterator[tuple[str, str]]:
    lang, record = package.language, package.record
    if record.subject.startswith("service:"):
        yield say(lang, "Service évalué", "Assessed service"), record.subject.removeprefix("service:")
    yield say(lang, "Période évaluée", "Assessed period"), span(record.period, lang)
    if package.draft:
        yield say(lang, "Dernier changement", "Last change"), day(package.frozen_on, lang)
    else:
        yield say(lang, "Gelé le", "Frozen on"), day(package.frozen_on, lang)
    yield from digests(package)
    if package.journal:
        yield (
            say(lang, "Journal", "Journal"),
            say(lang, "entrée {}, {}", "entry {}, {}").format(package.journal.number, package.journal.digest),
        )
    yield say(lang, "Destinataire", "Made for"), word(AUDIENCES, package.audience, lang)


def digests(package: DossierPackage) -> Iterator[tuple[str, str]]:
    """The digest a freeze is called by, over the record and its edition, then that of the record alone: each by its name."""
    lang = package.language
    if package.freeze_digest:
        yield say(lang, "Empreinte du gel (SHA-256)", "Digest of the freeze (SHA-256)"), package.freeze_digest
    frozen = say(lang, "Empreinte du contenu gelé (SHA-256)", "Digest of the frozen content (SHA-256)")
    draft = say(lang, "Empreinte du contenu (SHA-256)", "Digest of the content (SHA-256)")
    yield draft if package.draft else frozen, package.record.digest


def _blocks(package: DossierPackage, held: Held) -> Iterator[Block]:
    yield from _context(package)
    yield from _method(package)
    yield from score_told(package)
    yield from preparation(package)
    yield from sheets(package, held)
    yield from _not_applicable(package)
    yield from _figures(package)
    yield from _interviews(package)
    yield from _off_grid(package, held)
    yield from audit(package)
    yield from _open_points(package)
    yield from _pieces(package, held)
    yield from _verifying(package)


def _context(package: DossierPackage) -> Iterator[Block]:
    lang, record, facts = package.language, package.record, package.organisation
    subject = (
        record.subject.removeprefix("service:")
        if record.subject != "organisation"
        else say(lang, "toute l’organisation", "the whole organisation")
    )
    rows = [
        (say(lang, "Organisation", "Organisation"), facts.name),
        (say(lang, "Ce qui est évalué", "What is assessed"), subject),
    ]
    if facts.headcount:
        rows.append((say(lang, "Personnes", "People"), str(facts.headcount)))
    rows += [
        *facts.more,
        (say(lang, "Période", "Period"), span(record.period, lang)),
        (say(lang, "Visé pour le", "Aimed at"), day(record.as_of, lang)),
    ]
    yield Heading(text=say(lang, "Contexte", "Context"), fresh=True)
    yield Facts(rows=tuple(rows))
    asked = {one.key: one.question.in_(lang) for one in package.edition.profile}
    profile = tuple(
        (asked[key], say(lang, "oui", "yes") if record.profile[key] else say(lang, "non", "no"))
        for key in asked
        if key in record.profile
    )
    if profile:
        yield Heading(text=say(lang, "Profil déclaré", "Declared profile"), level=2)
        yield Table(caption=say(lang, "Ce que l’organisation a répondu au départ", "What the organisation answered at the start"),
                    heads=(say(lang, "Question", "Question"), say(lang, "Réponse", "Answer")), rows=profile, widths=(5, 1))  # fmt: skip


def _method(package: DossierPackage) -> Iterator[Block]:
    lang, edition = package.language, package.edition
    yield Heading(text=say(lang, "Périmètre et méthode", "Scope and method"))
    yield Facts(rows=tuple(_papers(package)))
    if edition.reformulation:
        yield Text(style="note", text=say(lang, "Les questions reformulent les critères officiels, dont elles gardent le numéro ; le texte officiel seul fait foi.",
                                          "The questions restate the official criteria, whose numbers they keep; the official text alone is authoritative."))  # fmt: skip
    yield Heading(text=say(lang, "Comment le score est fait", "How the score is made"), level=2)
    yield Bullets(items=tuple(_principles(lang)))


def _papers(package: DossierPackage) -> Iterator[tuple[str, str]]:
    lang, edition = package.language, package.edition
    yield say(lang, "Référentiel", "Referential"), edition.title.in_(lang)
    yield say(lang, "Édition", "Edition"), f"{edition.key} {edition.version}"
    if package.record.variant:
        yield say(lang, "Variante", "Variant"), edition.variant(package.record.variant).title.in_(lang)
    if edition.authority:
        yield say(lang, "Autorité", "Authority"), edition.authority.in_(lang)
    if edition.link:
        yield say(lang, "Texte officiel", "Official text"), edition.link
    if edition.licence:
        yield say(lang, "Licence des questions", "Licence of the questions"), edition.licence
    yield say(lang, "Empreinte de l’édition (SHA-256)", "Digest of the edition (SHA-256)"), edition.digest


def _principles(lang: str) -> Iterator[str]:
    yield say(lang, "Un critère sans réponse vaut zéro dans le score au moins, et tout dans le score au plus : l’écart entre les deux est ce qui reste à répondre.",
              "A criterion without an answer is worth nothing in the least score and everything in the most: the gap is what is left to answer.")  # fmt: skip
    yield say(lang, "Un critère ne sort du compte que si l’on dit pourquoi il ne s’applique pas.",
              "A criterion leaves the count only when somebody says why it does not apply.")  # fmt: skip
    yield say(lang, "Documents, moyens et résultats se lisent séparément : aucune moyenne ne cache l’un derrière l’autre.",
              "Documents, means and results are read apart: no average hides one behind another.")  # fmt: skip
    yield say(lang, "Une preuve vaut si elle est datée, en vigueur et de la période ; une déclaration est plus faible qu’un document, un document qu’une mesure.",
              "Evidence holds when it is dated, in force and of the period; a statement is weaker than a document, a document than a measure.")  # fmt: skip


def _not_applicable(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    rows = []
    for criterion in package.asked.criteria:
        answer = package.record.answer(criterion.key)
        if answer.applicable is False:
            why = answer.reason.strip() or say(
                lang,
                "Aucune raison donnée : le critère reste compté, et vaut zéro.",
                "No reason given: the criterion stays counted, worth nothing.",
            )
            who = ", ".join(
                filter(None, (answer.decided_by, day(answer.decided_on, lang) if answer.decided_on else ""))
            )
            rows.append((criterion.number, criterion.question.in_(lang), why, who))
    yield Heading(text=say(lang, "Critères non applicables", "Criteria that do not apply"))
    if not rows:
        yield Text(text=say(lang, "Tous les critères s’appliquent.", "Every criterion applies."))
        return
    yield Table(caption=say(lang, "Ce qui est laissé de côté, pourquoi et par qui", "What is left aside, why and by whom"),
                heads=(say(lang, "N°", "No."), say(lang, "Question", "Question"), say(lang, "Raison", "Reason"), say(lang, "Décidé par", "Decided by")),
                rows=tuple(rows), widths=(2, 8, 10, 5))  # fmt: skip


def _figures(package: DossierPackage) -> Iterator[Block]:
    lang, record = package.language, package.record
    values = [
        (one.number, told.value)
        for one in package.asked.criteria
        for told in record.answer(one.key).facets
        if told.value
    ]
    if not record.figures and not values:
        return
    yield Heading(text=say(lang, "Chiffres", "Figures"))
    if record.figures:
        rows = tuple((one.title, f"{one.value} {one.unit}".strip(), f"{one.low} – {one.high}" if one.low and one.high else "–",
                      day(one.on, lang), one.key) for one in record.figures.values())  # fmt: skip
        yield Table(caption=say(lang, "Chiffres de Terreau, chacun lié au calcul qui l’a donné", "Figures of Terreau, each tied to the run that gave it"),
                    heads=(say(lang, "Chiffre", "Figure"), say(lang, "Valeur", "Value"), say(lang, "Entre", "Between"), say(lang, "Au", "On"), say(lang, "Source", "Source")),
                    rows=rows, widths=(5, 3, 3, 2, 5))  # fmt: skip
    if values:
        yield Table(caption=say(lang, "Valeurs écrites dans les réponses", "Values written in the answers"),
                    heads=(say(lang, "Critère", "Criterion"), say(lang, "Valeur", "Value")), rows=tuple((number, str(value)) for number, value in values),
                    widths=(1, 6))  # fmt: skip


def _interviews(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    if not package.record.interviews:
        return
    yield Heading(text=say(lang, "Entretiens", "Interviews"))
    rows = tuple(
        (one.role, day(one.on, lang), ", ".join(key.rpartition(":")[2] for key in one.criteria), one.notes)
        for one in package.record.interviews
    )
    yield Table(caption=say(lang, "Ce qui a été dit, par rôle : plus faible qu’un document ou une mesure", "What was said, by role: weaker than a document or a measure"),
                heads=(say(lang, "Rôle", "Role"), say(lang, "Date", "Date"), say(lang, "Critères", "Criteria"), say(lang, "Notes", "Notes")),
                rows=rows, widths=(4, 3, 4, 9))  # fmt: skip


def _off_grid(package: DossierPackage, held: Held) -> Iterator[Block]:
    lang = package.language
    if not package.record.off_grid:
        return
    yield Heading(text=say(lang, "Hors grille", "Off the grid"))
    yield Text(
        style="lead",
        text=say(
            lang, "Ce que la grille ne demande pas, et qui est fait.", "What the grid does not ask for, and is done."
        ),
    )
    places = [place for place in held.layout.places if not place.criterion]
    for practice, place in zip(package.record.off_grid, places, strict=True):
        yield Heading(text=practice.title, level=2)
        rows = ((say(lang, "Thème", "Theme"), practice.theme), (say(lang, "Responsable", "Owner"), practice.owner),
                (say(lang, "Action existante", "Existing action"), practice.existing_action))  # fmt: skip
        yield Facts(rows=tuple((name, value) for name, value in rows if value))
        yield Text(text=practice.text)
        yield from facets_told(package, held, practice.facets, place.links)


def _open_points(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    yield Heading(text=say(lang, "Points ouverts", "Open points"), fresh=True)
    blockers = package.readiness.blockers
    if not blockers:
        yield Text(
            text=say(
                lang,
                "Aucun : tout est répondu, prouvé, relu et récent.",
                "None: everything is answered, evidenced, reviewed and recent.",
            )
        )
        return
    rows = tuple((one.criterion.rpartition(":")[2], one.words(lang).what) for one in blockers)
    yield Table(caption=say(lang, "Ce qui manque encore le jour visé", "What is still missing on the day aimed at"),
                heads=(say(lang, "Critère", "Criterion"), say(lang, "Ce qui manque", "What is missing")), rows=rows, widths=(2, 13))  # fmt: skip


def _pieces(package: DossierPackage, held: Held) -> Iterator[Block]:
    lang = package.language
    weight = size(sum(copy.size for copy in held.copies), lang)
    yield Heading(text=say(lang, "Pièces jointes", "Attached evidence"))
    yield Text(text=say(lang, "Fichiers joints : {} ({}). Chacun est rangé une seule fois, sous le premier critère qu’il sert.",
                        "Files attached: {} ({}). Each is kept once, under the first criterion it serves.").format(len(held.copies), weight))  # fmt: skip
    absent = tuple(
        (one.evidence.title, reason(one.evidence, one.why, lang), word(CONFIDENTIALITIES, one.evidence.confidentiality, lang),
         ", ".join(dict.fromkeys(place.number for place, _ in held.layout.serves.get(one.evidence.key, ()))))
        for one in held.aside if one.why != "no_file"
    )  # fmt: skip
    if absent:
        yield Table(caption=say(lang, "Pièces citées qui ne sont pas jointes, et pourquoi", "Evidence named but not attached, and why"),
                    heads=(say(lang, "Pièce", "Evidence"), say(lang, "Raison", "Reason"), say(lang, "Confidentialité", "Confidentiality"), say(lang, "Critères", "Criteria")),
                    rows=absent, widths=(6, 6, 3, 3))  # fmt: skip


def _verifying(package: DossierPackage) -> Iterator[Block]:
    lang = package.language
    yield Heading(text=say(lang, "Vérifier ce dossier", "Verifying this dossier"))
    yield Text(text=say(lang, "Le dossier _manifeste liste chaque fichier avec son empreinte SHA-256. Refait du même gel, ce dossier donne les mêmes octets.",
                        "The _manifeste folder lists every file with its SHA-256. Made again of the same freeze, this dossier gives the same bytes."))  # fmt: skip
    yield Text(style="note", text="terreau dossier verify " + say(lang, "DOSSIER", "FOLDER"))
