"""Compiled documents (documents de synthèse): what answers and evidence say of one subject, in the order a reader asks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from terreau.diagnosis.records import AnswerRecord, FacetAnswer
from terreau.evidence.records import LinkRecord
from terreau.kernel.errors import TerreauError
from terreau.publishing.blocks import Block, Bullets, Document, Facts, Heading, Text
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.story import digests
from terreau.publishing.dossier.words import FACETS, day, say, span, word
from terreau.referentials.edition import Criterion, Words

FILE = Path(__file__).with_name("compiled.toml")
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a document: the criteria (short keys) that feed it."""

    title: Words
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """One document. referential: the one it reads, ANY for all; answered_only: criteria with nothing said are left out."""

    key: str
    referential: str
    title: Words
    intro: Words
    sections: tuple[Section, ...] = ()
    off_grid: bool = False
    answered_only: bool = False


@cache
def compilations() -> dict[str, Compilation]:
    """Every document by key, as ``compiled.toml`` defines them."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {key: _read(key, one) for key, one in told.items()}


def offered(referential: str) -> tuple[Compilation, ...]:
    """Those that an assessment against ``referential`` can feed."""
    return tuple(one for one in compilations().values() if one.referential in (ANY, referential))


def compiled(package: DossierPackage, key: str) -> Document:
    """The document ``key`` of one assessment; TerreauError publishing.compiled_unknown."""
    known = {one.key: one for one in offered(package.edition.key)}
    if key not in known:
        raise TerreauError("publishing.compiled_unknown", key=key, known=", ".join(known) or "–")
    one, lang = known[key], package.language
    return Document(
        title=one.title.in_(lang), subtitle=package.organisation.name, author=package.organisation.name, language=lang,
        on=package.frozen_on, cover=tuple(_cover(package)), blocks=tuple(_blocks(package, one)),
        notice=say(lang, "Brouillon : rien n’est gelé", "Draft: nothing is frozen") if package.draft else "",
        stamp=say(lang, "Brouillon", "Draft") if package.draft else "",
    )  # fmt: skip


def _read(key: str, told: dict[str, Any]) -> Compilation:
    sections = tuple(
        Section(title=Words(**one["title"]), criteria=tuple(one["criteria"])) for one in told.get("sections", ())
    )
    plain = {name: value for name, value in told.items() if name not in ("sections", "title", "intro")}
    return Compilation(key=key, title=Words(**told["title"]), intro=Words(**told["intro"]), sections=sections, **plain)


def _cover(package: DossierPackage) -> Iterator[tuple[str, str]]:
    lang = package.language
    yield say(lang, "Période", "Period"), span(package.record.period, lang)
    yield say(lang, "Tiré de", "Drawn from"), f"{package.edition.title.in_(lang)} ({package.edition.version})"
    yield (
        (say(lang, "Dernier changement", "Last change") if package.draft else say(lang, "Gelé le", "Frozen on")),
        day(package.frozen_on, lang),
    )
    yield from digests(package)


def _blocks(package: DossierPackage, one: Compilation) -> Iterator[Block]:
    lang = package.language
    yield Heading(text=one.title.in_(lang), fresh=True)
    yield Text(text=one.intro.in_(lang), style="lead")
    silent: list[str] = []
    for title, criteria in _sections(package, one):
        told = [each for each in criteria if _told(package.record.answer(each.key))]
        silent += [each.question.in_(lang) for each in criteria if each not in told]
        if told:
            yield Heading(text=title, level=2)
        for criterion in told:
            yield from _criterion(package, criterion)
    if one.off_grid and package.record.off_grid:
        yield Heading(text=say(lang, "Hors grille", "Off the grid"), level=2)
        for practice in package.record.off_grid:
            yield Heading(text=practice.title, level=3)
            yield from _said(package, practice.text, practice.facets, practice.links)
    if silent and not one.answered_only:
        yield Heading(text=say(lang, "Ce qui n’est pas encore écrit", "What is not written yet"), level=2)
        yield Bullets(items=tuple(silent))


def _sections(package: DossierPackage, one: Compilation) -> Iterator[tuple[str, list[Criterion]]]:
    lang = package.language
    if not one.sections:
        yield from ((rubric.title.in_(lang), list(rubric.criteria)) for rubric in package.asked.rubrics)
    asked = {criterion.short: criterion for criterion in package.asked.criteria}
    for section in one.sections:
        yield section.title.in_(lang), [asked[key] for key in section.criteria if key in asked]


def _told(answer: AnswerRecord) -> bool:
    said = answer.text.strip() or answer.links or any(one.text.strip() or one.value for one in answer.facets)
    return bool(said) or answer.applicable is False


def _criterion(package: DossierPackage, criterion: Criterion) -> Iterator[Block]:
    lang, answer = package.language, package.record.answer(criterion.key)
    yield Heading(text=criterion.question.in_(lang), level=3)
    if answer.applicable is False:
        why = answer.reason.strip() or say(lang, "sans raison donnée.", "no reason given.")
        yield Text(text=say(lang, "Ne s’applique pas : ", "Does not apply: ") + why)
    else:
        yield from _said(package, answer.text, answer.facets, answer.links)


def _said(
    package: DossierPackage, text: str, facets: tuple[FacetAnswer, ...], links: tuple[LinkRecord, ...]
) -> Iterator[Block]:
    lang = package.language
    if text.strip():
        yield Text(text=text)
    rows = tuple((word(FACETS, one.facet, lang), "\n".join(filter(None, (one.text.strip(), one.value or "", one.absence.strip()))))
                 for one in facets if one.text.strip() or one.value or one.absence.strip())  # fmt: skip
    if rows:
        yield Facts(rows=rows)
    if items := tuple(dict.fromkeys(_cited(package, links))):
        yield Bullets(items=items)


def _cited(package: DossierPackage, links: tuple[LinkRecord, ...]) -> Iterator[str]:
    """Pieces that this audience may open: a compiled document is made to be read outside."""
    lang = package.language
    for link in links:
        one = package.record.evidence.get(link.evidence)
        if one is None or package.gone(one) or not package.opened(one):
            continue
        about = ", ".join(filter(None, (day(one.effective_on, lang) if one.effective_on else "", link.locator)))
        yield (
            one.title + (f" ({about})" if about else "") + (say(lang, " : ", ": ") + link.proves if link.proves else "")
        )
