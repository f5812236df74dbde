"""From a result to what the footprint pages print: charts, tables and sentences; nothing is computed but sums shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from terreau.app.footprint import honesty, words
from terreau.app.footprint.results import UNKNOWN, Result
from terreau.factors.criteria import CRITERIA, Criterion
from terreau.kernel.interval import Interval
from terreau.publishing import numbers
from terreau.publishing.figure import Figure, figure
from terreau.publishing.table import Row, Table, columns


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go, or where one is."""

    label: str
    url: str
    current: bool = False


def interval(one: dict[str, Any] | None) -> Interval | None:
    """The interval of a total or an impact of the public JSON."""
    return Interval(one["low"], one["central"], one["high"]) if one else None


class Pages:
    """Addresses of one organisation's footprint pages, keeping the criterion from page to page."""

    def __init__(self, slug: str, criterion: str) -> None:
        self.slug, self.criterion = slug, criterion

    def to(self, name: str, criterion: str | None = None, **where: str) -> str:
        """The address of a page of this room, for a criterion and a place."""
        asked = {"critere": criterion or self.criterion, **where}
        return f"{reverse(f'empreinte:{name}', args=[self.slug])}?{urlencode(asked)}"

    def csv(self, reading: str) -> str:
        """The address of a reading as CSV."""
        return reverse("empreinte:csv", args=[self.slug, reading]) + "?" + urlencode({"critere": self.criterion})

    def tabs(self, here: str) -> tuple[Link, ...]:
        """The readings, one of them current."""
        labels = {
            "home": gettext("Catégories et étapes"),
            "entities": gettext("Entités"),
            "criteria": gettext("Tous les critères"),
            "heaviest": gettext("Les dix plus lourds"),
            "rules": gettext("Deux jeux de règles"),
        }
        return tuple(Link(label, self.to(name), name == here) for name, label in labels.items())

    def choices(self, here: str) -> tuple[Link, ...]:
        """The three first criteria, and the one looked at when it is another."""
        keys = dict.fromkeys((*words.FIRST, self.criterion))
        return tuple(Link(words.short(key), self.to(here, key), key == self.criterion) for key in keys)


def frame(result: Result, pages: Pages, criterion: Criterion, here: str) -> dict[str, Any]:
    """What every reading of one criterion prints around its chart."""
    return {
        "heading": gettext("Les dix plus lourds") if here == "heaviest" else gettext("Combien, et d'où ?"),
        "lead": lead(result),
        "tabs": pages.tabs(here),
        "choices": pages.choices(here),
        "all_criteria": pages.to("criteria"),
        "criterion": words.short(criterion.key),
        "figure": headline_figure(result, criterion),
        "per_person": per_person(result, criterion),
        "why": pages.to("why"),
        "coverage": coverage(result, criterion.key),
        "stages_known": stages_known(result, criterion.key),
        "unsettled": unsettled(result),
        "apart": apart(result),
    }


def lead(result: Result) -> str:
    """When, how many, with which factors, under which rules, which run."""
    contract, language = result.contract, result.language
    return gettext("Douze mois jusqu'au %(day)s, jeu de facteurs %(factors)s, règles %(rules)s, calcul %(run)s.") % {
        "day": numbers.day(result.asked.at, language),
        "factors": contract["factor_set"],
        "rules": contract["rules"],
        "run": contract["run"][:8],
    }


def partial(result: Result, criterion: str) -> bool:
    """A total that leaves something known to exist aside: it says « au moins »."""
    return bool(result.coverage(criterion).get("at_least"))


def headline_figure(result: Result, criterion: Criterion, key: str = "total") -> Figure:
    """The total of a criterion, with its interval."""
    total = result.total(criterion.key)
    return figure(key, interval(total), criterion.unit, result.language, at_least=partial(result, criterion.key))


def per_person(result: Result, criterion: Criterion) -> str:
    """« 79 kg CO₂ éq. par personne, soit 8 % du budget annuel d'une personne », '' when the headcount is unknown."""
    total, people, language = result.total(criterion.key), result.contract["people"], result.language
    if not total or not people:
        return ""
    known = result.coverage(criterion.key)
    value = honesty.at_least(numbers.quantity(total["central"] / people, criterion.unit, language), known)
    if not isinstance(total["boundary_share"], float) or not known.get("known"):
        return begun(gettext("%(value)s par personne et par an.") % {"value": value})
    share = honesty.share(total["boundary_share"], known, language)
    text = gettext("%(value)s par personne et par an, soit %(share)s du budget annuel d'une personne.")
    return begun(text % {"value": value, "share": share})


def begun(sentence: str) -> str:
    """A sentence with its capital: « Au moins 79 kg… »."""
    return sentence[:1].upper() + sentence[1:]


def coverage(result: Result, criterion: str) -> Table:
    """Shares of devices and of the result by how closely a factor describes them; empty levels are not listed."""
    known, language = result.coverage(criterion), result.language
    by_quantity, by_impact = known.get("quantity", {}), known.get("impact", {})
    rows = tuple(
        Row(
            label,
            (
                numbers.percent(by_quantity.get(key, 0.0), language),
                numbers.percent(by_impact[key], language) if key in by_impact else "–",
            ),
        )
        for key, label in words.levels().items()
        if by_quantity.get(key) or by_impact.get(key)
    )
    heads = columns(gettext("Équipements"), gettext("Résultat"))
    caption = gettext("Sur quoi repose ce chiffre")
    return Table(caption=caption, axis=gettext("Facteur"), heads=heads, rows=rows, quiet_caption=True)


def stages_known(result: Result, criterion: str) -> str:
    """What is known of making and of use, in a sentence; '' when all is."""
    lacking = {one["why"] for one in result.contract["missing"] if one["criterion"] == criterion}
    return honesty.stages_known(result.coverage(criterion), result.language, no_mix="no_mix" in lacking)


def unsettled(result: Result) -> str:
    """« 41 équipements sans catégorie », '' when every one is known."""
    found = [one["quantity"] for one in result.contract["missing"] if one["category"] == UNKNOWN]
    if not found:
        return ""
    devices = max(found)
    text = ngettext("%(n)s équipement sans catégorie", "%(n)s équipements sans catégorie", max(1, round(devices)))
    return text % {"n": numbers.count(devices, result.language)}


def apart(result: Result) -> tuple[str, ...]:
    """Devices of the inventory that the footprint leaves aside, each with its number."""
    fates = {
        "stock": gettext("En stock : %(n)s"),
        "retired": gettext("Sortis du parc : %(n)s"),
        "virtual": gettext("Machines virtuelles : %(n)s"),
        "personal": gettext("Appareils personnels : %(n)s"),
        "merged": gettext("Doublons comptés une fois : %(n)s"),
    }
    told = result.contract["lines"]["quantity"]
    return tuple(
        text % {"n": numbers.count(told[key], result.language)} for key, text in fates.items() if told.get(key)
    )


def criteria_table(result: Result, pages: Pages, kind: str) -> Table:
    """Every criterion of a kind ("impact" or "flow"): total, interval, per person, share of budget, coverage."""
    people = result.contract["people"]
    heads = [gettext("Total du parc"), gettext("Intervalle (95 %)")]
    heads += [gettext("Par personne")] if people else []
    heads += [gettext("Part du budget")] if people and kind == "impact" else []
    heads.append(gettext("Couverture"))
    chosen = [one for one in CRITERIA if one.kind == kind]
    chosen.sort(key=lambda one: words.FIRST.index(one.key) if one.key in words.FIRST else len(words.FIRST))
    rows = tuple(criterion_row(result, one, pages, len(heads)) for one in chosen)
    caption, axis = (
        (gettext("Impacts, par an"), gettext("Critère"))
        if kind == "impact"
        else (gettext("Flux, par an"), gettext("Flux"))
    )
    return Table(caption=caption, axis=axis, heads=columns(*heads), rows=rows, stacked=True)


def criterion_row(result: Result, one: Criterion, pages: Pages, width: int) -> Row:
    """One criterion: a link to its reading when something is known, « donnée manquante » otherwise."""
    language, people, total = result.language, result.contract["people"], result.total(one.key)
    if not total:
        return Row(
            words.short(one.key), (numbers.MISSING[language], *("–",) * (width - 2), numbers.percent(0, language))
        )
    value = Interval(total["low"], total["central"], total["high"])
    shown = figure(one.key, value, one.unit, language, at_least=partial(result, one.key))
    cells = [shown.text, numbers.between(value, one.unit, language)]
    known = result.coverage(one.key)
    if people:
        cells.append(honesty.at_least(numbers.quantity(total["central"] / people, one.unit, language), known))
    if people and one.kind == "impact":
        cells.append(honesty.share(total["boundary_share"], known, language))
    covered = numbers.percent(total["coverage"], language)
    cells.append(covered if honesty.ranked(known) else gettext("%(share)s, non classé") % {"share": covered})
    return Row(words.short(one.key), tuple(cells), pages.to("home", one.key))


def all_criteria(result: Result, pages: Pages, criterion: Criterion) -> dict[str, Any]:
    """« Au-delà du climat »: every criterion side by side, never added."""
    impacts, flows = (criteria_table(result, pages, kind) for kind in ("impact", "flow"))
    return {
        "lead": lead(result),
        "tabs": pages.tabs("criteria"),
        "impacts": impacts,
        "flows": flows,
        "csv": pages.csv("criteria"),
    }
