"""One sheet a criterion (fiche): its verdicts, what was written, and each piece with where to look in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from terreau.diagnosis.records import AnswerRecord, FacetAnswer
from terreau.evidence import words as evidence_words
from terreau.evidence.quality import weaknesses
from terreau.evidence.records import LinkRecord
from terreau.publishing.blocks import Block, Bullets, Chip, Facts, Heading, Table, Text
from terreau.publishing.blocks import Criterion as Sheet
from terreau.publishing.dossier.grid import verdict_word
from terreau.publishing.dossier.held import Held
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.words import FACETS, STATES, day, say, word
from terreau.referentials.edition import Criterion


def sheets(package: DossierPackage, held: Held) -> Iterator[Block]:
    """Every criterion that applies, theme by theme."""
    lang = package.language
    for theme in package.asked.themes:
        yield Heading(text=f"{theme.key}. {theme.title.in_(lang)}", fresh=True)
        for rubric in theme.rubrics:
            yield Heading(text=f"{rubric.key} {rubric.title.in_(lang)}", level=2)
            for criterion in rubric.criteria:
                yield from _sheet(package, held, criterion)


def _sheet(package: DossierPackage, held: Held, criterion: Criterion) -> Iterator[Block]:
    lang, answer = package.language, package.told.answer(criterion.key)
    out = answer.applicable is False
    chips = () if out else tuple(_chip(package, answer, facet.key) for facet in criterion.facets)
    yield Sheet(number=criterion.number, question=criterion.question.in_(lang), chips=chips)
    if out:
        yield Text(
            text=say(lang, "Ne s’applique pas : ", "Does not apply: ")
            + (answer.reason.strip() or say(lang, "sans raison donnée.", "no reason given."))
        )
        return
    if rows := tuple(_about(package, criterion, answer)):
        yield Facts(rows=rows)
    if answer.text.strip():
        yield Text(text=answer.text)
    yield from facets_told(package, held, answer.facets, answer.links)
    if criterion.reading and not (answer.text.strip() or answer.links):
        yield Bullets(items=tuple(one.in_(lang) for one in criterion.reading.questions))


def _about(package: DossierPackage, criterion: Criterion, answer: AnswerRecord) -> Iterator[tuple[str, str]]:
    lang = package.language
    if criterion.link and package.edition.reformulation:
        yield say(lang, "Critère officiel", "Official criterion"), criterion.link
    state = [word(STATES, answer.state, lang)] if answer.changed_on or answer.facets else []
    if answer.reviewed_on:
        state.append(say(lang, "relue le {}", "reviewed on {}").format(day(answer.reviewed_on, lang)))
    if answer.inherited_from:
        state.append(say(lang, "reprise de {}", "taken from {}").format(answer.inherited_from.removeprefix("service:")))
    if answer.owner:
        yield say(lang, "Responsable", "Owner"), answer.owner
    if state:
        yield say(lang, "Réponse", "Answer"), ", ".join(state)
    for facet in criterion.facets:
        said = package.verdict_of(criterion.key, facet.key)
        if said:
            name = say(lang, "Auditeur, ", "Auditor, ") + word(FACETS, facet.key, lang).lower()
            yield name, ". ".join(filter(None, (verdict_word(package, said.verdict) or "–", said.reason)))


def facets_told(
    package: DossierPackage, held: Held, facets: Sequence[FacetAnswer], links: Sequence[LinkRecord]
) -> Iterator[Block]:
    """What was written facet by facet, then the evidence in one table."""
    lang = package.language
    rows = []
    for told in facets:
        said = "\n".join(filter(None, (told.text.strip(), _valued(told, lang), told.absence.strip())))
        if said:
            rows.append((word(FACETS, told.facet, lang), said))
    if rows:
        yield Facts(rows=tuple(rows))
    if links:
        yield Table(caption=say(lang, "Preuves", "Evidence"),
                    heads=(say(lang, "Facette", "Facet"), say(lang, "Pièce", "Evidence"), say(lang, "Où regarder", "Where to look"), say(lang, "Ce qu’elle montre", "What it shows")),
                    rows=tuple(_piece(package, held, link) for link in links), widths=(4, 10, 4, 7))  # fmt: skip


def _valued(told: FacetAnswer, lang: str) -> str:
    return say(lang, "Valeur : ", "Value: ") + told.value.strip() if told.value and told.value.strip() else ""


def _piece(package: DossierPackage, held: Held, link: LinkRecord) -> tuple[str, ...]:
    lang = package.language
    one = package.told.evidence.get(link.evidence)
    facet = word(FACETS, link.facet, lang)
    if one is None:
        return facet, say(lang, "pièce inconnue du gel", "piece unknown to the freeze"), link.locator, link.proves
    about = [
        word(evidence_words.KINDS, one.kind, lang),
        day(one.effective_on, lang) if one.effective_on else say(lang, "sans date", "undated"),
    ]
    codes = weaknesses(one, on=package.record.as_of, period=package.record.period)
    weak = [word(evidence_words.WEAKNESSES, code, lang) for code in codes]
    lines = [one.title, ", ".join(about) + (f" ({' ; '.join(weak)})" if weak else ""), held.where(one, lang)]
    strength = word(evidence_words.STRENGTHS, link.strength, lang)
    shows = strength + say(lang, " : ", ": ") + link.proves
    if link.opinion != "none":
        opinion = word(evidence_words.OPINIONS, link.opinion, lang)
        shows += "\n" + say(lang, "Relecture : ", "Review: ") + ". ".join(filter(None, (opinion, link.opinion_text)))
    return facet, "\n".join(lines), link.locator or "–", shows if link.proves or link.opinion != "none" else strength


def _chip(package: DossierPackage, answer: AnswerRecord, facet: str) -> Chip:
    lang = package.language
    verdict = answer.verdict(facet)
    known = package.step(verdict)
    words = verdict_word(package, verdict) or say(lang, "pas de réponse", "no answer")
    share = None if known is None or known.share is None else round(Fraction(known.share) * 1000)
    return Chip(label=word(FACETS, facet, lang), words=words, share=share)
