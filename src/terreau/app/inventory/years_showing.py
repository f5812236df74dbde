"""From the movements of a year to what its pages print: words in the language of the page, nothing computed."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from terreau.app.inventory import kinds
from terreau.app.inventory.years_words import assumptions, formula, left_out, status_words
from terreau.inventory.movements.meters import measures
from terreau.inventory.movements.records import ENTRIES, EXITS, KNOWN_DESTINATIONS, LEAVINGS, LifespanAtExit, Movements
from terreau.inventory.movements.reuse import reuse_counts, target, verdict
from terreau.inventory.movements.words import destination_words, kind_words
from terreau.kernel.meter import Measured, PaperRow, meter
from terreau.publishing import chart, numbers
from terreau.publishing.chart_target import target_gauge
from terreau.publishing.table import Head, Row, Table

MOST_CATEGORIES = 5
MOST_CHANGES = 5
SMALL = 5  # under this number of devices a mean is not a habit
SIGNS = {**dict.fromkeys(ENTRIES, "+"), **dict.fromkeys(LEAVINGS, "−")}
STYLES = {"donated": "leaf", "sold": "sky", "recycled": "straw", "lost": "clay", "retired": "bark", "gone": "mist",
          "taken_from_lot": "soil"}  # fmt: skip
EXPLAINED = ("fleet.reuse_rate", "fleet.purchases", "fleet.exits", "fleet.renewal_rate", "fleet.lifespan_at_exit")


def years_page(told: Movements) -> dict[str, Any]:
    """Everything the page of a year prints."""
    lang = kinds.language()
    by_key = {one.meter: one for one in reversed(measures(told)) if not one.group}
    return {
        "lead": _lead(told, lang),
        "reuse": _reuse(told, by_key["fleet.reuse_rate"], lang),
        "purchases": _purchases(told, by_key, lang),
        "exits": _exits(told, by_key["fleet.exits"], lang),
        "life": _life(told, lang),
        "balance": _balance(told, lang),
        "chart": _chart(told, lang),
        "lifespans": _lifespans(told, lang),
        "changes": _changes(told, lang),
        "left_out": left_out(told, lang),
    }


def why_page(told: Movements) -> dict[str, Any]:
    """The papers of the meters, one table each."""
    lang = kinds.language()
    measured = [one for key in EXPLAINED for one in measures(told) if one.meter == key and not one.group]
    return {
        "lead": _lead(told, lang),
        "meters": [_explained(one, lang) for one in measured],
        "assumptions": assumptions(),
    }


def _lead(told: Movements, lang: str) -> str:
    n = len(told.compared)
    sources = ngettext("%(n)d source comparée à elle-même", "%(n)d sources comparées à elles-mêmes", n) % {"n": n}
    facts = {"before": numbers.day(told.at_before, lang), "after": numbers.day(told.at_after, lang), "sources": sources}
    return gettext("Du %(before)s au %(after)s, %(sources)s.") % facts


def _reuse(told: Movements, rate: Measured, lang: str) -> dict[str, Any]:
    counts, wanted = reuse_counts(told.exits), target(told.at_after.year)
    if rate.value is None or rate.low is None or rate.high is None:
        return {"number": "–", "words": gettext("Rien de concerné n'est sorti : pas de taux, et surtout pas zéro.")}
    between = {"low": numbers.percent(rate.low, lang), "high": numbers.percent(rate.high, lang)}
    facts = {"reused": numbers.count(counts.reused, lang), "retired": numbers.count(counts.retired, lang),
             "unknown": numbers.count(counts.unknown, lang), "told": numbers.percent(rate.value, lang), **between}  # fmt: skip
    words = gettext("%(reused)s donnés ou vendus, sur %(retired)s sortis et concernés (%(told)s).") % facts
    if counts.unknown:
        words += " " + ngettext(
            "Pour %(unknown)s, la destination n'est pas dite.", "Pour %(unknown)s, la destination n'est pas dite.",
            round(counts.unknown)) % facts  # fmt: skip
    span = gettext("de %(low)s à %(high)s") % between if rate.in_doubt else between["low"]
    return {
        "number": span, "words": words, "untold": bool(counts.unknown), "verdict": _verdict(rate, wanted, told, lang),
        "gauge": mark_safe(target_gauge("reuse", low=rate.low, told=rate.value, high=rate.high, target=wanted, language=lang)),  # noqa: S308 written by publishing, numbers only
    }  # fmt: skip


def _verdict(rate: Measured, wanted: float | None, told: Movements, lang: str) -> dict[str, str] | None:
    if wanted is None or rate.low is None or rate.high is None:
        return None
    said = {
        "reached": ("ok", gettext("objectif atteint")),
        "missed": ("bad", gettext("objectif manqué")),
        "undecided": ("warn", gettext("on ne peut pas conclure")),
    }
    css, words = said[verdict(rate.low, rate.high, wanted)]
    share = {"share": numbers.percent(wanted, lang), "year": told.at_after.year}
    return {"css": css, "words": words, "target": gettext("Objectif %(year)s : %(share)s") % share}


def _purchases(told: Movements, by_key: dict[str, Measured], lang: str) -> dict[str, str]:
    bought, rate = by_key["fleet.purchases"], by_key["fleet.renewal_rate"]
    words = ""
    if bought.in_doubt:
        facts = {"n": numbers.count((bought.high or 0) - (bought.low or 0), lang)}
        words = gettext("et peut-être %(n)s de plus, sans date d'entrée.") % facts
    share = numbers.percent(rate.value, lang)
    renewal = gettext("Renouvellement : %(share)s du parc") % {"share": share}
    if rate.in_doubt:
        renewal += gettext(" (au plus %(share)s)") % {"share": numbers.percent(rate.high, lang)}
    return {"number": numbers.count(bought.value or 0, lang), "words": words, "renewal": f"{renewal}."}


def _exits(told: Movements, left: Measured, lang: str) -> dict[str, str]:
    known, gone = told.by_destination(*KNOWN_DESTINATIONS), told.total("gone", "taken_from_lot")
    words = ngettext("%(n)s dont la destination est connue.", "%(n)s dont la destination est connue.", round(known)) % {
        "n": numbers.count(known, lang)
    }
    if gone:
        words += " " + ngettext("%(n)s a disparu de la liste sans un mot.", "%(n)s ont disparu de la liste sans un mot.",
                                round(gone)) % {"n": numbers.count(gone, lang)}  # fmt: skip
    return {"number": numbers.count(left.value or 0, lang), "words": words}


def _life(told: Movements, lang: str) -> dict[str, str]:
    whole = next((one for one in told.lifespans if one.category == "*"), None)
    if whole is None or whole.mean is None:
        return {"number": "–", "words": gettext("Aucune sortie n'a ses deux dates.")}
    facts = {"dated": numbers.count(whole.dated, lang), "exits": numbers.count(whole.exits, lang)}
    words = ngettext("en moyenne, sur %(dated)s sortie datée parmi %(exits)s.",
                     "en moyenne, sur %(dated)s sorties datées parmi %(exits)s.", round(whole.dated)) % facts  # fmt: skip
    return {"number": numbers.decimal(whole.mean, lang), "words": words}


def _balance(told: Movements, lang: str) -> Table:
    moves = [kind for kind in (*ENTRIES, *LEAVINGS) if told.total(kind)]
    rows = [Row(kind_words("before", lang), (numbers.count(told.total("before"), lang),))]
    rows += [Row(kind_words(kind, lang), (f"{SIGNS[kind]} {numbers.count(told.total(kind), lang)}",)) for kind in moves]
    rows.append(Row(kind_words("after", lang), (f"= {numbers.count(told.total('after'), lang)}",)))
    return Table(caption=gettext("En service ou en stock ce jour-là ; premier parc, plus les entrées, moins les départs, égale second parc"),
                 axis=gettext("Mouvement"), heads=(Head(gettext("Équipements")),), rows=tuple(rows),
                 quiet_caption=True)  # fmt: skip


def _chart(told: Movements, lang: str) -> Any:
    """Exits by category, stacked by destination; the categories that lost most, the others together."""
    exits = {one: told.total(*EXITS, category=one) for one in told.categories}
    lost = sorted((one for one in exits if exits[one]), key=lambda one: (-exits[one], one))
    if not lost:
        return None
    present = [one for one in STYLES if told.by_destination(one)]
    shown, others = lost[:MOST_CATEGORIES], lost[MOST_CATEGORIES:]
    groups = [(kinds.label(one), (one,)) for one in shown] + ([(gettext("Autres"), tuple(others))] if others else [])
    bars = [chart.Bar(label=label, whole=True, values=tuple(_left(told, members, to) for to in present))
            for label, members in groups]  # fmt: skip
    return chart.stacked_bars(
        key="sorties", title=gettext("Où sont allées les sorties"), axis=gettext("Catégorie"),
        unit=gettext("équipements"), language=lang, bars=bars,
        parts=[chart.Part(destination_words(one, lang), STYLES[one]) for one in present],
        period=f"{numbers.day(told.at_before, lang)} – {numbers.day(told.at_after, lang)}",
    )  # fmt: skip


def _left(told: Movements, categories: tuple[str, ...], destination: str) -> float:
    return sum(one.quantity for one in told.exits if one.category in categories and one.destination == destination)


def _lifespans(told: Movements, lang: str) -> Table | None:
    dated = [one for one in told.lifespans if one.dated and one.category != "*"]
    rows = [_life_row(one, lang) for one in dated[:MOST_CATEGORIES]]
    if not rows:
        return None
    heads = (Head(gettext("Sorties")), Head(gettext("Datées")), Head(gettext("Moyenne (ans)")), Head(gettext("Médiane (ans)")),
             Head(gettext("Étendue"), numeric=False))  # fmt: skip
    return Table(caption=gettext("Années de service, de l'entrée à la sortie"), axis=gettext("Catégorie"), heads=heads,
                 rows=tuple(rows), quiet_caption=True)  # fmt: skip


def _life_row(one: LifespanAtExit, lang: str) -> Row:
    counts = (numbers.count(one.exits, lang), numbers.count(one.dated, lang))
    if one.mean is None or one.median is None or one.shortest is None or one.longest is None:
        return Row(kinds.label(one.category), (*counts, "–", "–", "–"))
    facts = {"low": numbers.decimal(one.shortest, lang), "high": numbers.decimal(one.longest, lang)}
    alike = facts["low"] == facts["high"]
    span = (gettext("%(low)s ans") if alike else gettext("de %(low)s à %(high)s ans")) % facts
    if one.dated < SMALL:
        span += gettext(" (trop peu pour conclure)")
    return Row(kinds.label(one.category),
               (*counts, numbers.decimal(one.mean, lang), numbers.decimal(one.median, lang), span))  # fmt: skip


def _changes(told: Movements, lang: str) -> Table | None:
    if not told.changes:
        return None
    rows = tuple(
        Row(f"{status_words(one.before, lang)} → {status_words(one.after, lang)}", (numbers.count(one.quantity, lang),))
        for one in told.changes[:MOST_CHANGES]
    )
    return Table(caption=gettext("Équipements listés aux deux dates, les plus nombreux d’abord"),
                 axis=gettext("Statut, avant → après"), heads=(Head(gettext("Équipements")),), rows=rows,
                 quiet_caption=True)  # fmt: skip


def _explained(one: Measured, lang: str) -> dict[str, Any]:
    known = meter(one.meter)
    told = [row for row in one.papers if row.value != 0 or one.meter == "fleet.reuse_rate"]
    fraction = any(row.role == "denominator" for row in told)
    rows = tuple(Row(row.label(lang), (_role(row.role, fraction), _paper(row, lang))) for row in told)
    heads = (Head(gettext("Rôle"), numeric=False), Head(gettext("Nombre")))
    return {
        "key": one.meter.replace(".", "-"),
        "title": known.label(lang),
        "question": known.question(lang),
        "figure": figure_text(one, lang),
        "formula": formula(one.meter),
        "papers": Table(caption=gettext("Ce qui est compté, et ce qui ne l'est pas"), axis=gettext("Pièce"),
                        heads=heads, rows=rows, quiet_caption=True),
    }  # fmt: skip


def figure_text(one: Measured, lang: str) -> str:
    """The value of a meter, and its bounds when the data leave a doubt."""
    unit = meter(one.meter).unit
    if one.value is None:
        return "–"
    if not one.in_doubt or one.low is None or one.high is None:
        return _value(one.value, unit, lang)
    facts = {"value": _value(one.value, unit, lang), "low": _value(one.low, unit, lang),
             "high": _value(one.high, unit, lang)}  # fmt: skip
    return gettext("%(value)s, entre %(low)s et %(high)s") % facts


def _paper(row: PaperRow, lang: str) -> str:
    return gettext("non su") if row.value is None else _value(row.value, row.unit, lang)


def _value(value: float, unit: str, lang: str) -> str:
    if unit == "share":
        return numbers.percent(value, lang)
    if unit == "year":
        return gettext("%(years)s ans") % {"years": numbers.decimal(value, lang)}
    if unit == "day":
        return gettext("%(days)s jours") % {"days": numbers.count(value, lang)}
    return numbers.count(value, lang)


def _role(role: str, fraction: bool) -> str:
    return {
        "numerator": gettext("au numérateur") if fraction else gettext("compté"),
        "denominator": gettext("au dénominateur"),
        "between": gettext("laisse un doute"),
        "excluded": gettext("laissé de côté"),
        "context": gettext("pour comprendre"),
    }[role]
