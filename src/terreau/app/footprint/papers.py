"""The papers of one figure, as the why-page prints them: every table short, the whole in the CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.footprint import honesty, redoing, words
from terreau.app.footprint.drawing import PLACES, name
from terreau.app.footprint.reading import Link, Pages, apart, interval
from terreau.app.footprint.results import Result
from terreau.factors.criteria import criterion
from terreau.footprint.sentences import HIDDEN
from terreau.publishing import numbers
from terreau.publishing.figure import figure
from terreau.publishing.table import Row, Table, columns

MOST = 7
FEW = 5
Told = dict[str, Any]


def place(asked: Mapping[str, str]) -> dict[str, str]:
    """The place of a figure in an address (``?categorie=laptop``), as axes of the engine."""
    return {axis: asked[word] for axis, word in PLACES.items() if word in asked}


def page(told: Told, result: Result, pages: Pages, where: dict[str, str]) -> dict[str, Any]:
    """Everything the why-page prints."""
    one = criterion(told["criterion"])
    shown = figure("why", interval(told), one.unit, result.language, at_least=told["at_least"])
    here = {PLACES[axis]: value for axis, value in where.items()}
    return {
        "title": title(result, pages, where),
        "figure": shown,
        "lead": lead(told, result, where),
        "crumbs": crumbs(result, pages, where),
        "formulas": formulas(told),
        "inputs": inputs(told, result, pages, here),
        "factors": factors(told, result),
        "masked": masked(told),
        "assumptions": assumptions(told, result),
        "sources": [source(paper, result.language) for paper in told["sources"][:MOST]],
        "more_sources": max(0, len(told["sources"]) - MOST),
        "left_out": left_out(told, result, where),
        "ranking": honesty.ranking(told["coverage"], result.language),
        "run": redoing.run(told),
        "bundle": pages.to("redo", **here),
        "command": redoing.command(told, where),
        "beyond": redoing.beyond_the_command(result.asked),
        "csv": pages.to("why_csv", **here),
        "json": pages.to("why_json", **here),
    }


def title(result: Result, pages: Pages, where: dict[str, str]) -> str:
    """« Climat, ordinateur portable », or « Climat, tout le parc »."""
    places = ", ".join(place_name(result, axis, value) for axis, value in where.items())
    whole = gettext("tout le parc")  # apart: a string within an f-string is not found by the translation tool
    return f"{words.short(pages.criterion)}, {places or whole}"


def lead(told: Told, result: Result, where: dict[str, str]) -> str:
    """How many devices, over which period, which share of the whole."""
    language = result.language
    facts = {
        "devices": numbers.count(told["quantity"], language),
        "share": numbers.percent(told["share_of_total"], language),
        "day": numbers.day(result.asked.at, language),
    }
    if not where:
        return gettext("%(devices)s équipements en service, douze mois jusqu'au %(day)s.") % facts
    return gettext("%(devices)s équipements, %(share)s du total, douze mois jusqu'au %(day)s.") % facts


def place_name(result: Result, axis: str, value: str) -> str:
    """The words of a place: a category, an entity, a kind of device, a stage."""
    return words.stages()[value].label if axis == "stage" and value in words.stages() else name(result, axis, value)


def crumbs(result: Result, pages: Pages, where: dict[str, str]) -> list[Link]:
    """Footprint › criterion › place."""
    trail = [
        Link(gettext("Empreinte"), pages.to("home")),
        Link(words.short(pages.criterion), pages.to("why") if where else ""),
    ]
    return trail + [Link(place_name(result, axis, value), "") for axis, value in where.items()]


def formulas(told: Told) -> list[dict[str, str]]:
    """The formula of making, once for all the stages it serves, and that of use."""
    stages = words.stages()
    making = [one for one in told["formulas"] if one["stage"] != "use"]
    using = [one for one in told["formulas"] if one["stage"] == "use"]
    others = ", ".join(stages[one["stage"]].label.lower() for one in making[1:])
    likewise = gettext("De même pour : %(stages)s.") % {"stages": others} if others else ""
    return [{"words": unbroken(one["words"]), "likewise": likewise} for one in making[:1]] + [
        {"words": unbroken(one["words"])} for one in using
    ]


def unbroken(sentence: str) -> str:
    """No line begins with a semicolon."""
    return sentence.replace(" ;", f"{numbers.NBSP};")


def inputs(told: Told, result: Result, pages: Pages, here: dict[str, str]) -> Table:
    """The heaviest products of the sum: the computation with its figures, how closely it fits, its share."""
    stages, levels, language = words.stages(), words.levels(), result.language
    rows = []
    for one in told["inputs"][:MOST]:
        label = f"{one['label']}, {stages[one['stage']].label.lower()}"
        href = "" if "type" in here else pages.to("why", type=one["item"])
        rows.append(
            Row(
                label,
                (
                    worked_out(one, told["unit"], language),
                    rests_on(one, language),
                    levels[one["match"]],
                    numbers.percent(one["share"], language),
                ),
                href,
            )
        )
    others = len(told["inputs"]) - len(rows) + told["others"]["count"]
    if others > 0:
        rest = sum(one["share"] for one in told["inputs"][MOST:]) + told["others"]["share"]
        label = ngettext("%(n)s autre entrée", "%(n)s autres entrées", others) % {"n": others}
        rows.append(Row(label, (gettext("dans le CSV"), "", "", numbers.percent(rest, language))))
    figures, rest_on, match = gettext("Opération"), gettext("Repose sur"), gettext("Correspondance")
    heads = columns(figures, rest_on, match, gettext("Part"), words=(figures, rest_on, match))
    caption = gettext("Ce qui pèse le plus : vies consommées × impact d'un appareil, ou kWh × PUE × impact d'un kWh")
    return Table(
        caption=caption, axis=gettext("Entrée"), heads=heads, rows=tuple(rows), stacked=True, quiet_caption=True
    )


def worked_out(one: Told, unit: str, language: str) -> str:
    """The product with its figures, and what it makes: ``89 × 170 = 15 t CO₂ éq.``."""
    return f"{one['figures']} = {numbers.quantity(one['central'], unit, language)}"


def rests_on(one: Told, language: str) -> str:
    """The lifespan or the consumption behind an input, and where it comes from."""
    origins = {
        "observed": gettext("observés chez vous"),
        "policy": gettext("votre politique"),
        "policy_capped": gettext("votre politique, ramenée aux âges observés"),
        "category": gettext("usage de la catégorie"),
    }
    if one["stage"] != "use":
        # No value: the licence of its pack masks it.
        value = numbers.decimal(one["lifespan"], language) if one["lifespan"] else HIDDEN
        return gettext("%(years)s ans, %(origin)s") % {"years": value, "origin": origins[one["lifespan_origin"]]}
    if one["kwh_origin"] == "line":
        return gettext("kWh relevés dans l'inventaire")
    value = numbers.number(one["kwh"], language) if one["kwh"] is not None else HIDDEN
    return gettext("%(kwh)s kWh par an, %(origin)s") % {"kwh": value, "origin": origins["category"]}


def factors(told: Told, result: Result) -> Table:
    """The factors behind the heaviest inputs, values masked when the licence of their pack asks for it."""
    stages, language = words.stages(), result.language
    used = list(dict.fromkeys(one["factor"] for one in told["inputs"]))
    found = sorted(told["factors"], key=lambda one: used.index(one["key"]) if one["key"] in used else len(used))
    rows = []
    for one in found[:FEW]:
        stage = stages[one["stage"]].label if one["stage"] in stages else gettext("Électricité, par kWh")
        value = factor_value(one, language)
        rows.append(Row(item_name(result, one["item_or_zone"]), (stage, value, one["source"])))
    origin, stage = gettext("Source"), gettext("Étape")
    heads = columns(stage, gettext("Valeur"), origin, words=(stage, origin))
    left = len(found) - len(rows)
    caption = gettext("Par appareil ou par kWh")
    if left > 0:
        caption += " " + ngettext("(%(n)s autre dans le CSV)", "(%(n)s autres dans le CSV)", left) % {"n": left}
    return Table(
        caption=caption, axis=gettext("Facteur"), heads=heads, rows=tuple(rows), stacked=True, quiet_caption=True
    )


def factor_value(one: Told, language: str) -> str:
    """A factor with its range when it has one of its own."""
    if one["masked"]:
        return gettext("masquée")
    value = numbers.quantity(one["central"], one["unit"], language)
    if not one["own_range"]:
        return value
    bounds = interval(one)
    return f"{value} ({numbers.between(bounds, one['unit'], language)})" if bounds else value


def item_name(result: Result, key: str) -> str:
    """A kind of device or a country in words."""
    factors_known = result.asked.factors
    if len(key) == 3 and key.isupper():
        return factors_known.zone_label(key, result.language)
    return result.labels.get(key) or factors_known.label(key, result.language)


def masked(told: Told) -> str:
    """What to say when values are hidden."""
    hidden = sum(one["masked"] for one in told["factors"])
    if not hidden:
        return ""
    text = ngettext("%(n)s valeur est masquée", "%(n)s valeurs sont masquées", hidden) % {"n": hidden}
    return gettext("%(values)s : la licence de leur paquet ne permet pas de les montrer.") % {"values": text}


def assumptions(told: Told, result: Result) -> Table:
    """What is held true for want of better, with the share of the figure it carries."""
    language, key = result.language, told["criterion"]
    found = sorted(told["assumptions"], key=lambda one: -one["share"].get(key, 0.0))
    rows = tuple(
        Row(numbers.dated(one["text"], language), (numbers.percent(one["share"][key], language),))
        for one in found[:MOST]
        if one["share"].get(key)
    )
    left = len(found) - len(rows)
    caption = gettext("Part du chiffre que chacune porte")
    if left > 0:
        caption += " " + ngettext("(%(n)s autre dans le CSV)", "(%(n)s autres dans le CSV)", left) % {"n": left}
    return Table(
        caption=caption, axis=gettext("Hypothèse"), heads=columns(gettext("Part")), rows=rows, quiet_caption=True
    )


def source(paper: Told, language: str) -> dict[str, str]:
    """One source: who, what, which version, under which licence, checked when, to be reread or not."""
    checked = numbers.day(date.fromisoformat(paper["checked_on"]), language)
    until = numbers.day(date.fromisoformat(paper["best_before"]), language)
    licence = gettext("privée") if paper["licence"] == "private" else paper["licence"]
    facts = {"version": paper["version"], "licence": licence, "day": checked}
    if paper["stale"]:
        state, chip = "warn", gettext("à relire depuis le %(day)s") % {"day": until}
    elif paper["redistribution"] == "to_confirm":
        state, chip = "info", gettext("redistribution à confirmer")
    else:
        state, chip = "ok", gettext("à jour jusqu'au %(day)s") % {"day": until}
    papers = gettext("%(version)s, licence %(licence)s, vérifié le %(day)s") % facts
    return {
        "publisher": paper["publisher"],
        "title": paper["title"],
        # An organisation's own pack says what it likes: only addresses of the web become links.
        "link": paper["link"] if paper["link"].startswith(("https://", "http://")) else "",
        "papers": papers,
        "state": state,
        "chip": chip,
    }


def left_out(told: Told, result: Result, where: dict[str, str]) -> list[str]:
    """What this figure does not count, in sentences."""
    reasons = {
        "unknown_category": gettext("%(n)s équipements sans catégorie"),
        "no_factor": gettext("%(category)s : %(n)s sans facteur"),
        "no_making": gettext("%(category)s : fabrication inconnue pour %(n)s"),
        "no_energy": gettext("%(category)s : consommation inconnue pour %(n)s"),
        "no_mix": gettext("%(category)s : électricité sans facteur pour %(n)s"),
    }
    found = []
    for one in told["missing"][:FEW]:
        facts = {
            "category": name(result, "category", one["category"]),
            "n": numbers.count(one["quantity"], result.language),
        }
        found.append(reasons[one["why"]] % facts)
    if len(told["missing"]) > FEW:
        found.append(gettext("et %(n)s autres manques, dans le CSV") % {"n": len(told["missing"]) - FEW})
    if not where:
        found += apart(result)
    no_mix = any(one["why"] == "no_mix" for one in told["missing"])
    known = honesty.stages_known(told["coverage"], result.language, no_mix=no_mix)
    if known:
        found.insert(0, known)
    return [*found, gettext("Réseaux, services en ligne, déplacements : hors de ce calcul.")]
