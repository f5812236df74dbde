"""From papers to what the sources pages print: age, state, redistribution, in the language of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terreau.app.language import language
from terreau.factors.criteria import criterion
from terreau.factors.flags import sentences
from terreau.factors.g4it import UNKNOWN_DAY
from terreau.factors.packs import Pack
from terreau.kernel.source import Source
from terreau.publishing import numbers

SOON = timedelta(days=90)
MOST_ROWS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A chip: words and colour."""

    text: str
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """One pack in the list. ``pk`` is set for the organisation's own."""

    key: str
    title: str
    publisher: str
    version: str
    licence: str
    redistribution: State
    age: str
    state: State
    pk: Any = None


def pack_row(pack: Pack, pk: Any = None) -> PackRow:
    """The papers of a pack, as printed."""
    papers = pack.papers
    return PackRow(
        key=pack.key, title=title(pack.key, papers.title), publisher=publisher(pack.key, papers.publisher),
        version=papers.version, licence=licence(papers.licence),
        redistribution=redistribution(pack.redistribution), age=age(papers.checked_on), state=state(papers), pk=pk,
    )  # fmt: skip


def title(key: str, written: str) -> str:
    """The title of a pack; the references of G4IT write none."""
    known = {
        "g4it-types": gettext("Types d'équipements"),
        "g4it-models": gettext("Modèles et équipements de référence"),
    }
    return known.get(key, written)


def publisher(key: str, written: str) -> str:
    """Who publishes a pack; a file of references does not say."""
    return gettext("Fichier de l'organisation") if key in ("g4it-types", "g4it-models") else written


def kept(papers: dict[str, str]) -> str:
    """What is said once a pack is kept; ``papers`` as ``dropping.keep`` returns them."""
    named = {"title": title(papers["key"], papers["title"])}
    if papers["replaces"]:
        return gettext("Jeu de facteurs « %(title)s » remplacé : le précédent avait la même clé.") % named
    return gettext("Jeu de facteurs « %(title)s » ajouté.") % named


def licence(name: str) -> str:
    """The name of a licence; a file of the organisation's own has none but « privée »."""
    return gettext("privée") if name == "private" else name


def redistribution(word: str) -> State:
    """May the figures be passed on? Certain, to confirm, or private."""
    known = {
        "certain": State(text=gettext("permise"), css="ok"),
        "to_confirm": State(text=gettext("à confirmer"), css="warn"),
        "private": State(text=gettext("privée"), css="info"),
    }
    return known[word]


def state(papers: Source) -> State:
    """Fresh, soon to reread, or past its date."""
    if papers.checked_on == UNKNOWN_DAY:
        return State(text=gettext("date inconnue"), css="warn")
    today = timezone.localdate()
    when = numbers.day(papers.best_before, language())
    if papers.stale(today):
        return State(text=gettext("à relire depuis le %(day)s") % {"day": when}, css="bad")
    if papers.best_before - today <= SOON:
        return State(text=gettext("à relire avant le %(day)s") % {"day": when}, css="warn")
    return State(text=gettext("à jour jusqu'au %(day)s") % {"day": when}, css="ok")


def age(checked_on: date) -> str:
    """Time since someone checked the source."""
    if checked_on == UNKNOWN_DAY:
        return "–"
    days = (timezone.localdate() - checked_on).days
    if days < 31:
        return gettext("ce mois-ci")
    if days < 365:
        return ngettext("il y a %(n)d mois", "il y a %(n)d mois", days // 30) % {"n": days // 30}
    return ngettext("il y a %(n)d an", "il y a %(n)d ans", days // 365) % {"n": days // 365}


def papers_facts(pack: Pack) -> list[tuple[str, str]]:
    """The papers, name by name."""
    lang, papers = language(), pack.papers
    days = (papers.checked_on, papers.best_before)
    checked, again = ("–", "–") if papers.checked_on == UNKNOWN_DAY else (numbers.day(day, lang) for day in days)
    return [
        (gettext("Éditeur"), publisher(pack.key, papers.publisher)),
        (gettext("Version"), papers.version),
        (gettext("Licence"), licence(papers.licence)),
        (gettext("Vérifié le"), checked),
        (gettext("À relire avant le"), again),
    ]


def contents(pack: Pack) -> list[tuple[str, str]]:
    """How many figures by criterion (or kind), the most numerous first."""
    lang = language()
    counted = Counter(_kind(row, lang) for row in pack.rows)
    counted[gettext("types d'équipements")] = len(pack.references.types)
    counted[gettext("modèles reliés à un équipement")] = len(pack.references.models)
    return [(words, numbers.count(n, lang)) for words, n in counted.most_common(MOST_ROWS) if n]


def set_aside(pack: Pack) -> list[tuple[str, str]]:
    """Lines read but not used, by reason."""
    lang = language()
    return [
        (_reason(reason, lang), numbers.count(n, lang))
        for reason, n in Counter(one.reason for one in pack.set_aside).most_common(8)
    ]


def _reason(reason: str, lang: str) -> str:
    said = {
        "negative_credit": gettext("crédit de fin de vie négatif : la donnée manque plutôt que de compenser"),
        "net_negative": gettext("somme négative : la donnée manque plutôt que de compenser"),
        "zero_means_missing": gettext("zéro qui veut dire « inconnu »"),
        "outlier_do_not_use": gettext("valeur aberrante"),
        "unreliable_end_of_life": gettext("fin de vie peu fiable"),
        "part_of_climate": gettext("part du climat déjà comprise dans le total"),
        "use_stage": gettext("étape d'utilisation : l'électricité a ses propres facteurs"),
        "not_equipment": gettext("ni un équipement, ni un mélange électrique"),
        "not_for_boundary": gettext("ne se compare pas à une limite planétaire"),
    }
    return said.get(reason) or ", ".join(sentences(reason, lang)) or reason.replace("_", " ")


def sources_inside(pack: Pack) -> list[dict[str, Any]]:
    """The documents whose figures the pack gathers, other than its own papers."""
    others = [source for key, source in pack.sources.items() if key != pack.papers.key]
    return [
        {
            "source": one,
            "licence": licence(one.licence),
            "state": state(one),
            "redistribution": redistribution(one.redistribution),
        }
        for one in others[:12]
    ]


def csv_table(pack: Pack) -> tuple[list[str], Iterable[list[Any]]]:
    """Every figure of the pack; masked values stay masked."""
    heads = [
        "kind",
        "subject",
        "criterion",
        "stage",
        "low",
        "value",
        "high",
        "unit",
        "method",
        "source",
        "year",
        "note",
    ]
    return heads, (_csv_row(row) for row in pack.rows)


def _csv_row(row: Any) -> list[Any]:
    values = ["", "", ""] if row.masked else [row.value.low, row.value.central, row.value.high]
    note = row.note_en if language() == "en" and row.note_en else row.note_fr
    return [
        row.kind,
        row.subject,
        row.criterion,
        row.stage,
        *values,
        row.unit,
        row.method,
        ";".join(row.sources),
        row.year,
        note,
    ]


def _kind(row: Any, lang: str) -> str:
    named = {
        "energy": gettext("Consommation annuelle"), "lifespan": gettext("Durée de vie"), "pue": "PUE",
        "population": gettext("Population"), "range": gettext("Intervalles"),
    }  # fmt: skip
    if row.kind in named:
        return named[row.kind]
    known = criterion(row.criterion)
    return str(known.en if lang == "en" else known.fr)
