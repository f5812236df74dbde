"""From figures to what the fleet pages print: texts in the language of the page, nothing computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.inventory import dates, kinds
from terreau.app.inventory.models import Snapshot, Source
from terreau.app.inventory.portrait import OLDEST, CategoryCount, Portrait
from terreau.app.ordering import Order, orders
from terreau.footprint.rules import rule_set
from terreau.kernel.text import normal
from terreau.publishing import chart, numbers

MOST_ROWS = 11
MOST_SNAPSHOTS = 6
SCREENS = ("monitor", "television", "digital_signage", "interactive_display", "video_projector")


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of the table of categories, as printed."""

    label: str
    counted: str
    stock: str
    age: str
    known: str
    life: str
    observed: str


def fleet_page(seen: Portrait, snapshots: Sequence[Snapshot], order: str | None = None) -> dict[str, Any]:
    """Everything the fleet page prints; ``order``: the order asked of its table, see ``_sorted``."""
    lang = kinds.language()
    categories, links = _sorted(seen.categories, order)
    rows = [_row(one, lang) for one in categories]
    for one in snapshots:
        one.sentence = snapshot_sentence(one)  # type: ignore[attr-defined]
    years = numbers.decimal(seen.mean_age, lang) if seen.mean_age is not None else ""
    return {
        "lead": _lead(seen, snapshots, lang),
        "counted": numbers.count(seen.counted, lang),
        "apart": _no_status(seen, lang),
        "age_known": numbers.percent(seen.age_known_share, lang) if seen.counted else "–",
        "mean_age": gettext("Âge moyen : %(years)s ans. Une date inconnue reste inconnue.") % {"years": years}
        if years else gettext("Aucune date d'achat ou de mise en service lue."),
        "unsettled": numbers.count(seen.unsettled, lang),
        "is_settled": not seen.unsettled,
        "rows": rows[:MOST_ROWS],
        "orders": links,
        "observed_from": numbers.count(rule_set().observed_from, lang),
        "more": gettext("Et %(n)d autres catégories, dans le CSV.") % {"n": len(rows) - MOST_ROWS}
        if len(rows) > MOST_ROWS else "",
        "fates": [(words, numbers.count(seen.apart.get(fate, 0), lang)) for fate, words in fates().items()],
        "snapshots": snapshots[:MOST_SNAPSHOTS],
        "several": len(snapshots) > 1,
        "chart": pyramid(seen, lang),
    }  # fmt: skip


def _sorted(categories: Sequence[CategoryCount], asked: str | None) -> tuple[list[CategoryCount], tuple[Order, ...]]:
    """The categories in the order asked: the most numerous, the oldest, the longest kept first, or by name."""
    offered = {"nombre": gettext("nombre"), "categorie": gettext("catégorie"), "age": gettext("âge moyen"),
               "duree": gettext("durée retenue")}  # fmt: skip
    keys: dict[str, Callable[[CategoryCount], Any]] = {
        "nombre": lambda one: -one.counted,
        "categorie": lambda one: normal(kinds.label(one.category)),
        "age": lambda one: -(one.mean_age or 0),
        "duree": lambda one: -(one.life[1] if one.life else 0),
    }
    chosen, links = orders(asked, offered)
    return sorted(categories, key=keys[chosen]), links


def fates() -> dict[str, str]:
    """Why a line is not counted, in words."""
    return {
        "virtual": gettext("Machines virtuelles"),
        "merged": gettext("Lignes d'un appareil déjà compté"),
        "personal": gettext("Appareils personnels"),
        "retired": gettext("Sortis du parc"),
        "stock": gettext("En stock"),
    }


def counts_table(seen: Portrait) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of the categories CSV: bare numbers, a dot for decimals, an empty cell for unknown."""
    heads = ["category", "label", "counted", "stock", "mean_age_years", "age_known", "exits",
             "observed_lifespan_years", "lifespan_years_from", "lifespan_years_to", "lifespan_origin"]  # fmt: skip
    rows = [[one.category, kinds.label(one.category), one.counted, one.stock, _bare(one.mean_age), one.age_known,
             one.exits, _bare(one.observed), *((_bare(years) for years in one.life) if one.life else ("", "")),
             one.life_origin] for one in seen.categories]  # fmt: skip
    return heads, rows


def pyramid(seen: Portrait, lang: str) -> Any:
    """The age pyramid: screens on one side, everything else on the other; None when no age is known."""
    if not seen.pyramid:
        return None
    bands = [
        chart.AgeBand(_age_label(age), (round(_sum(counts, screens=False)), round(_sum(counts, screens=True))))
        for age, counts in seen.pyramid
    ]
    undated = [round(_undated(seen, screens=screens)) for screens in (False, True)]
    return chart.age_pyramid(
        key="ages", title=gettext("Pyramide des âges"), axis=gettext("Âge"), unit=gettext("équipements"),
        sides=(gettext("Tout sauf les écrans"), gettext("Écrans")), bands=bands, unknown=undated, language=lang,
        period=numbers.day(seen.at, lang),
    )  # fmt: skip


def sources_list(sources: Iterable[Source]) -> list[Source]:
    """The declared sources with their last snapshots, the one counted marked."""
    found = []
    for source in sources:
        kept = list(source.snapshots.all())
        again = dates.repeated(kept)
        for rank, one in enumerate(kept):
            one.current = rank == 0  # type: ignore[attr-defined]
            one.repeated = one.pk in again  # type: ignore[attr-defined]
        source.shown = kept[:MOST_SNAPSHOTS]  # type: ignore[attr-defined]
        found.append(source)
    return found


def device_columns() -> list[dict[str, str]]:
    """The canonical device in the language of the page."""
    from terreau.inventory.device import CHOICE_WORDS, DEVICE

    lang = kinds.language()
    place = 1 if lang == "en" else 0
    return [
        {
            "label": one.label(lang),
            "help": (one.help_en if lang == "en" else one.help_fr)
            + (
                " " + ", ".join(CHOICE_WORDS[one.name][choice][place] for choice in one.choices) + "."
                if one.choices
                else ""
            ),
            "example": one.example,
        }
        for one in DEVICE
    ]


def snapshot_sentence(one: Snapshot) -> str:
    """How many lines a snapshot holds, in words."""
    lines = one.summary.get("lines", {})
    read = int(lines.get("read", 0))
    said = ngettext("%(n)s ligne lue", "%(n)s lignes lues", read) % {"n": numbers.count(read, kinds.language())}
    doubtful = int(lines.get("doubtful", 0)) + int(lines.get("rejected", 0))
    if doubtful:
        said += ngettext(", dont %(n)s à revoir", ", dont %(n)s à revoir", doubtful) % {"n": doubtful}
    return said


def _lead(seen: Portrait, snapshots: Sequence[Snapshot], lang: str) -> str:
    sources = ngettext("%(n)d source", "%(n)d sources", len(snapshots)) % {"n": len(snapshots)}
    facts = {"day": numbers.day(seen.at, lang), "sources": sources}
    return gettext("Douze mois jusqu'au %(day)s, jour du dernier inventaire, d'après %(sources)s.") % facts


def _no_status(seen: Portrait, lang: str) -> str:
    if not seen.no_status or not seen.counted:
        return gettext("En service sur les douze derniers mois.")
    share = numbers.percent(seen.no_status / seen.counted, lang)
    return gettext(
        "En service sur les douze derniers mois ; %(share)s n'ont pas de statut et sont tenus pour en service."
    ) % {"share": share}


def _row(one: CategoryCount, lang: str) -> CountRow:
    known = one.age_known / one.counted if one.counted else None
    return CountRow(
        label=kinds.label(one.category), counted=numbers.count(one.counted, lang), stock=numbers.count(one.stock, lang),
        age=_years(one.mean_age, lang), known=numbers.percent(known, lang) if known is not None else "–",
        life=_life(one, lang), observed=_observed(one, lang),
    )  # fmt: skip


def origins() -> dict[str, str]:
    """Where the lifespan of a category comes from, in words."""
    return {
        "observed": gettext("selon vos sorties"),
        "policy": gettext("selon vos réglages"),
        "policy_capped": gettext("selon vos réglages, plafonnés par les âges observés"),
        "category": gettext("selon les sources"),
    }


def _life(one: CategoryCount, lang: str) -> str:
    if one.life is None:
        return "–"
    shortest, longest = (_bare_years(years, lang) for years in one.life)
    years = gettext("%(shortest)s à %(longest)s ans") % {"shortest": shortest, "longest": longest}
    if shortest == longest:
        years = (gettext("%(years)s an") if one.life[0] < 2 else gettext("%(years)s ans")) % {"years": shortest}
    return gettext("%(years)s, %(origin)s") % {"years": years, "origin": origins()[one.life_origin]}


def _bare_years(years: float, lang: str) -> str:
    """A lifespan without a useless decimal: 5, 2,5."""
    return numbers.count(years, lang) if years == round(years) else numbers.decimal(years, lang)


def _observed(one: CategoryCount, lang: str) -> str:
    if one.observed is None:
        return "–"
    exits = ngettext("%(n)s sortie", "%(n)s sorties", round(one.exits)) % {"n": numbers.count(one.exits, lang)}
    return f"{_years(one.observed, lang)} ({exits})"


def _years(value: float | None, lang: str) -> str:
    if value is None:
        return "–"
    words = gettext("%(years)s an") if value < 2 else gettext("%(years)s ans")
    return words % {"years": numbers.decimal(value, lang)}


def _bare(value: float | None) -> float | str:
    return "" if value is None else round(value, 2)


def _sum(counts: dict[str, float], *, screens: bool) -> float:
    return sum(n for category, n in counts.items() if (category in SCREENS) is screens)


def _undated(seen: Portrait, *, screens: bool) -> float:
    return sum(one.counted - one.age_known for one in seen.categories if (one.category in SCREENS) is screens)


def _age_label(age: int) -> str:
    if age >= OLDEST:
        return gettext("%(n)d ans et plus") % {"n": OLDEST}
    return gettext("moins d'un an") if age == 0 else ngettext("%(n)d an", "%(n)d ans", age) % {"n": age}
