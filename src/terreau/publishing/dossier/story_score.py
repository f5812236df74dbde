"""The score and the readiness, as the dossier tells them: the rule beside, floor and ceiling, three bars, never one average."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from terreau.diagnosis.scoring import Bar as Got
from terreau.diagnosis.scoring import Part, Score, percent, points_text
from terreau.diagnosis.words import counter_word
from terreau.publishing.blocks import Bar, Bars, Block, Facts, Heading, Table, Text
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.words import FACETS, day, say, word


def score_told(package: DossierPackage) -> Iterator[Block]:
    """Our score, then the auditor's beside when there is one."""
    lang = package.language
    yield Heading(text=say(lang, "Score", "Score"), fresh=True)
    yield from _one(package, package.own, say(lang, "Notre évaluation", "Our own assessment"))
    if package.auditor:
        yield from _one(
            package, package.auditor, say(lang, "Avec les verdicts de l’auditeur", "With the auditor’s verdicts")
        )


def _one(package: DossierPackage, got: Score, title: str) -> Iterator[Block]:
    lang = package.language
    yield Heading(text=title, level=2)
    if got.undefined:
        yield Text(text=say(lang, "Rien ne s’applique : il n’y a pas de score.", "Nothing applies: there is no score."))
        return
    yield Facts(rows=tuple(_summary(package, got)))
    if got.provisional:
        yield Text(style="note", text=say(lang, "Score provisoire : tout n’est pas répondu, ou un critère est laissé de côté sans raison.",
                                          "Provisional score: not everything is answered, or a criterion is left aside without a reason."))  # fmt: skip
    if got.bars:
        yield Bars(caption=say(lang, "Facette par facette : en foncé ce qui est acquis, en clair ce qui reste à répondre",
                               "Facet by facet: dark for what is held, light for what is left to answer"),
                   heads=_bar_heads(lang, say(lang, "Facette", "Facet")),
                   rows=tuple(_bar(word(FACETS, key, lang), bar, lang) for key, bar in got.bars.items()))  # fmt: skip
    yield from _levels(package, got)
    yield from _themes(package, got)


def _summary(package: DossierPackage, got: Score) -> Iterator[tuple[str, str]]:
    lang = package.language
    yield (
        say(lang, "Règle", "Rule"),
        f"{got.title.in_(lang)} ({got.rule}, {say(lang, 'version', 'version')} {got.version})",
    )
    yield say(lang, "Formule", "Formula"), got.formula.in_(lang)
    if got.single:
        yield say(lang, "Score", "Score"), percent(got.value, lang)
        yield (
            say(lang, "Au moins, au plus", "At least, at most"),
            f"{percent(got.floor, lang)} – {percent(got.ceiling, lang)}",
        )
    if got.points:
        yield (
            say(lang, "Points", "Points"),
            f"{points_text(got.points.earned, lang)} / {points_text(got.points.applicable, lang)}",
        )
    if got.status:
        yield say(lang, "Ce que dit la règle", "What the rule says"), got.status.in_(lang)
    reached = next(
        (step.title.in_(lang) for step in got.steps if step.key == got.levels.reached), say(lang, "aucun", "none")
    )
    if got.steps:
        yield say(lang, "Niveau atteint", "Level reached"), reached
    yield say(lang, "Répondus", "Answered"), f"{got.answered} / {got.applicable}"
    yield (say(lang, "Non applicables", "Not applicable"),
           say(lang, "{} avec une raison, {} sans", "{} with a reason, {} without").format(got.justified_na, got.unjustified_na))  # fmt: skip


def _levels(package: DossierPackage, got: Score) -> Iterator[Block]:
    lang = package.language
    if not got.steps:
        return
    rows = []
    for step in got.steps:
        state = say(lang, "atteint", "reached") if step.reached else (
            say(lang, "possible", "possible") if step.within_reach else say(lang, "pas atteint", "not reached"))  # fmt: skip
        left = ", ".join(_number(package, key) for key in step.missing) or "–"
        rows.append((step.title.in_(lang), state, f"{step.met} / {step.asked}", left))
    yield Table(caption=say(lang, "Niveaux, et les critères qui manquent à chacun", "Levels, and the criteria each one lacks"),
                heads=(say(lang, "Niveau", "Level"), say(lang, "État", "State"), say(lang, "Seuils tenus", "Thresholds met"), say(lang, "Manquent", "Lacking")),
                rows=tuple(rows), widths=(3, 3, 3, 10))  # fmt: skip


def _themes(package: DossierPackage, got: Score) -> Iterator[Block]:
    lang = package.language
    titles = {theme.key: theme.title.in_(lang) for theme in package.edition.themes}
    if got.single:
        rows = tuple(_bar(titles.get(key, key), part, lang) for key, part in got.by_theme.items())
        yield Bars(
            caption=say(lang, "Thème par thème", "Theme by theme"),
            heads=_bar_heads(lang, say(lang, "Thème", "Theme")),
            rows=rows,
        )
        return
    facets = tuple(got.bars)
    cells = tuple((titles.get(key, key), f"{part.answered} / {part.applicable}", *(_between(part, facet, lang) for facet in facets))
                  for key, part in got.by_theme.items())  # fmt: skip
    heads = (
        say(lang, "Thème", "Theme"),
        say(lang, "Répondus", "Answered"),
        *(word(FACETS, facet, lang) for facet in facets),
    )
    yield Table(caption=say(lang, "Thème par thème, au moins et au plus", "Theme by theme, at least and at most"), heads=heads, rows=cells,
                widths=(6, 3, *(3 for _ in facets)))  # fmt: skip


def _between(part: Part, facet: str, lang: str) -> str:
    bar = part.bars.get(facet)
    return f"{percent(bar.floor, lang, 0)} – {percent(bar.ceiling, lang, 0)}" if bar else "–"


def _bar_heads(lang: str, first: str) -> tuple[str, ...]:
    return (first, say(lang, "De 0 à 100 %", "0 to 100%"), say(lang, "Au moins", "At least"), say(lang, "Au plus", "At most"),
            say(lang, "Répondus", "Answered"))  # fmt: skip


def _bar(label: str, got: Got | Part, lang: str) -> Bar:
    words = (percent(got.floor, lang), percent(got.ceiling, lang), f"{got.answered} / {got.applicable}")
    return Bar(label=label, floor=_thousandths(got.floor), ceiling=_thousandths(got.ceiling), words=words)


def _thousandths(share: Fraction | None) -> int | None:
    return None if share is None else round(share * 1000)


def _number(package: DossierPackage, key: str) -> str:
    return package.edition.criterion(key).number


def preparation(package: DossierPackage) -> Iterator[Block]:
    """Five counters on the day aimed at; what stands in the way is in the open points."""
    lang, ready = package.language, package.readiness
    yield Heading(text=say(lang, "Préparation", "Readiness"), level=2)
    yield Text(text=say(lang, "Au {} :", "On {}:").format(day(ready.on, lang)))
    rows = tuple((counter_word(key, lang), f"{one.done} / {one.of}") for key, one in ready.counters.items())
    yield Table(caption=say(lang, "Cinq compteurs, jamais un seul pourcentage", "Five counters, never a single percentage"),
                heads=(say(lang, "Critères", "Criteria"), say(lang, "Combien", "How many")), rows=rows, widths=(5, 2))  # fmt: skip
