"""What the page of the trajectory shows: curves, the gap in words, what each commitment changes, where the doubt comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terreau.app.language import language
from terreau.app.plan import levers_showing, levers_words
from terreau.app.plan.models_scenarios import TrajectoryTarget
from terreau.app.plan.trajectory_asking import Aside, Taken, is_over
from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.interval import Interval
from terreau.publishing import chart, numbers

if TYPE_CHECKING:
    from terreau.levers import Lever

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One lever of one commitment: ``last`` in the last year, ``bought`` over all the years, both in words; note: '' or why nothing."""

    statement: str
    url: str
    lever: str
    since: int
    last: str
    bought: str
    note: str
    heavier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One kind of input and the share of the doubt it carries [0 to 1]."""

    label: str
    share: float


def year_zero(told: Told) -> int:
    """The calendar year of the footprint."""
    return date.fromisoformat(told["at"]).year


def marks(told: Told) -> tuple[str, ...]:
    """The years along the axis."""
    return tuple(str(year_zero(told) + year) for year in range(told["years"] + 1))


def period(told: Told) -> str:
    """« 2027–2031 »: the years the curves foretell, year 0 left out."""
    first, last = year_zero(told) + 1, year_zero(told) + told["years"]
    return f"{first}–{last}" if first < last else str(last)


def spread(told: Told, plan: Told, *, planned: bool, called: str = "") -> chart.Chart:
    """Reference, plan and target, each device shared over its life: the reading of the footprint page. called: the plan."""
    series = _sides(told, plan, "amortised", planned=planned, called=called)
    aimed = (plan.get("target") or {}).get("curve")
    if aimed:
        values = tuple(_exact(one["allowed"]) for one in aimed)
        series.append(chart.Series(gettext("Cible"), values, sure=True))
    return _line("spread", gettext("%(criterion)s, chaque appareil réparti sur sa vie"), told, series)


def bought(told: Told, plan: Told, *, planned: bool) -> chart.Chart:
    """The same by year of purchase: making counts whole in the year a device is bought."""
    return _line("bought", gettext("%(criterion)s, ce qui est acheté et consommé chaque année"), told,
                 _sides(told, plan, "flow", planned=planned))  # fmt: skip


def _sides(told: Told, plan: Told, reading: str, *, planned: bool, called: str = "") -> list[chart.Series]:
    mine = plan["every"][told["criterion"]][reading]
    found = [chart.Series(gettext("Sans rien changer"), tuple(Interval(*one) for one in mine["reference"]))]
    if planned:
        found.append(
            chart.Series(called or gettext("Avec les engagements"), tuple(Interval(*one) for one in mine["plan"]))
        )
    return found


def _line(key: str, title: str, told: Told, series: Sequence[chart.Series]) -> chart.Chart:
    criterion = criterion_of(told["criterion"])
    return chart.line(key=key, title=title % {"criterion": levers_words.short(criterion.key)}, axis=gettext("Année"),
                      unit=criterion.unit, marks=marks(told), series=series, language=language(), period=gettext("par an"))  # fmt: skip


def lead(told: Told, plan: Told, *, planned: bool, tried: bool = False) -> str:
    """« En 2031, 40 t CO₂ éq. (31 à 73) par an avec les engagements, contre 43 t sans rien changer… »; tried: a scenario."""
    mine, unit = plan["every"][told["criterion"]]["amortised"], criterion_of(told["criterion"]).unit
    facts = {
        "year": year_zero(told) + told["years"], "now": numbers.quantity(mine["reference"][0][1], unit, language()),
        "reference": numbers.quantity(mine["reference"][-1][1], unit, language()), "plan": quantity(mine["plan"][-1], unit),
    }  # fmt: skip
    if not planned:
        return gettext("Sans rien changer, %(now)s aujourd’hui deviendraient %(reference)s par an en %(year)s.") % facts
    if tried:
        words = gettext(
            "En %(year)s, %(plan)s par an avec ce scénario, contre %(reference)s sans rien changer et %(now)s aujourd’hui."
        )
        return words % facts
    return (
        gettext(
            "En %(year)s, %(plan)s par an avec les engagements, contre %(reference)s sans rien changer et %(now)s aujourd’hui."
        )
        % facts
    )


def gap(told: Told, plan: Told) -> tuple[str, str]:
    """« En 2030 : il manque 12 à 30 % de la baisse visée. », and its look; ('', '') without target."""
    aimed = plan.get("target") or {}
    if "last" not in aimed:
        return "", ""
    last = aimed["last"]
    words = last[language()]
    facts = {"year": year_zero(told) + last["year"], "gap": words[:1].lower() + words[1:]}
    return gettext("En %(year)s : %(gap)s") % facts, {"reached": "ok", "missed": "bad"}.get(last["verdict"], "warn")


def aim(row: TrajectoryTarget | None) -> str:
    """« 40 % de moins en 2030 que les 53 t CO₂ éq. du 30/09/2026 »."""
    if row is None:
        return ""
    unit = criterion_of(row.criterion).unit
    facts = {
        "share": numbers.percent(row.amount, language()), "value": numbers.quantity(row.amount, unit, language()), "year": row.year,
        "baseline": numbers.quantity(row.baseline_value, unit, language()), "on": numbers.day(row.baseline_on, language()),
    }  # fmt: skip
    words = {
        "share": gettext("%(share)s de moins en %(year)s, à partir de %(baseline)s le %(on)s, en ligne droite"),
        "value": gettext("%(value)s au plus en %(year)s, à partir de %(baseline)s le %(on)s, en ligne droite"),
        "yearly": gettext("%(share)s de moins chaque année, à partir de %(baseline)s le %(on)s"),
        "none": gettext("plus de cible"),
    }
    return words[row.rule] % facts


def former(rows: Sequence[TrajectoryTarget]) -> list[tuple[str, str, str, str]]:
    """Every target of a criterion: when, by whom, what, why."""
    return [
        (numbers.day(timezone.localdate(one.set_on), language()), one.set_by or "–", aim(one), one.why) for one in rows
    ]


def effects(told: Told, plan: Told, taken: Taken, known: Mapping[str, Lever], slug: str) -> list[Effect]:
    """What each commitment changes, the greatest first."""
    unit = criterion_of(told["criterion"]).unit
    idle = set(plan["without_object"])
    found = []
    for key, one in sorted(plan["effects"].items(), key=lambda pair: -pair[1]["spread"][-1]):
        commitment = taken.carried_by.get(key)
        note = ""
        if key in plan["left_out"]:
            note = gettext("ne peut être suivi sur ce critère, faute de facteur")
        elif key in idle:
            note = gettext("aucun appareil concerné dans le parc")
        found.append(Effect(
            statement=commitment.statement if commitment else "", url=page_of(commitment, slug), lever=lever_words(text_of(key), known),
            since=year_zero(told) + one["start"], last=signed(-one["spread"][-1], unit), bought=signed(-one["bought"], unit), note=note,
            heavier=one["spread"][-1] < 0,
        ))  # fmt: skip
    return found


def overlaps(plan: Told, taken: Taken, known: Mapping[str, Lever], criterion: str) -> list[str]:
    """« « Garder… » et « Réparer… » se recouvrent de 2 t CO₂ éq. »: pairs of commitments, greatest first."""
    unit = criterion_of(criterion).unit
    found = []
    for one in plan["overlaps"]:
        first, second = (named(key, taken, known) for key in one["levers"])
        told = {
            "first": first,
            "second": second,
            "twice": numbers.quantity(abs(one["counted_twice"]), unit, language()),
        }
        words = gettext("« %(first)s » et « %(second)s » s’aident : %(twice)s de plus ensemble.")
        if one["counted_twice"] > 0:
            words = gettext("« %(first)s » et « %(second)s » se recouvrent : %(twice)s, comptées une seule fois.")
        found.append(words % told)
    return found


def named(key: str, taken: Taken, known: Mapping[str, Lever]) -> str:
    """The commitment that carries a lever; the lever when two of them are in one commitment, or when nobody carries it."""
    commitment = taken.carried_by.get(key)
    alone = commitment and sum(one is commitment for one in taken.carried_by.values()) == 1
    return commitment.statement if commitment and alone else lever_words(text_of(key), known)


def doubts(plan: Told) -> list[Doubt]:
    """What the doubt about the last year comes from, the greatest first; what carries less than one per cent is left."""
    names = {
        "factors": gettext("Ce que pèse la fabrication d’un appareil"), "lifespans": gettext("Les durées de vie"),
        "consumptions": gettext("La consommation des appareils"), "mix": gettext("Ce que pèse un kilowattheure"),
        "pue": gettext("Le PUE des salles"), "second_hand": gettext("Ce que pèse un appareil reconditionné"),
        "growth": gettext("La croissance du parc (deux points par an, en plus ou en moins)"),
    }  # fmt: skip
    return [Doubt(label=names[key], share=share) for key, share in plan["carried"].items() if share >= 0.01]


def asides(
    taken: Taken, plan: Told, at: date, known: Mapping[str, Lever], slug: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the curve leaves out, by reason: (why, [(statement, address)])."""
    told: dict[str, list[tuple[str, str]]] = {}
    for one in taken.aside:
        told.setdefault(_why(one, at), []).append((one.commitment.statement, page_of(one.commitment, slug)))
    for one in plan["left"]:
        commitment = taken.carried_by.get(one["key"])
        words = _left(one)
        statement = commitment.statement if commitment else lever_words(text_of(one["key"]), known)
        told.setdefault(words, []).append((statement, page_of(commitment, slug)))
    found = [(why, list(dict.fromkeys(named))) for why, named in told.items()]
    if taken.drafts:
        n = taken.drafts
        words = ngettext("%(n)s brouillon ne compte pas encore", "%(n)s brouillons ne comptent pas encore", n) % {
            "n": n
        }
        found.append((words, []))
    return found


def _why(one: Aside, at: date) -> str:
    return {
        "no_lever": gettext("N’ont pas de levier : rien à calculer"),
        "missed": gettext("Manqués : ne comptent plus tant que personne n’y a répondu"),
        "stopped": gettext("Arrêtés, ou clos sans être tenus"),
        "already_in": gettext("Tenus avant le %(on)s : l’inventaire les porte déjà")
        % {"on": numbers.day(at, language())},
        "later": gettext("Commencent après la dernière année montrée"),
        "said_twice": gettext("Même levier, même réglage qu’un autre engagement : compté une fois"),
    }[one.why]


def _left(one: Told) -> str:
    if one["refused"]:
        words = one["refused"][language()]
        return f"{words['what']} {words['remedy']}"
    return {
        "study_mean": gettext("Leur gain n’est connu que par une moyenne d’étude : non calculé sur votre parc"),
        "enabler": gettext("Rendent d’autres gains possibles, sans gain propre"),
    }[one["why"]]


def lever_words(text: str, known: Mapping[str, Lever]) -> str:
    """« Garder les ordinateurs portables six ans (6 ans) »; what was typed when nobody knows it any more."""
    from terreau.kernel.errors import TerreauError
    from terreau.levers import parse

    try:
        chosen = parse(text, tuple(known.values()))
    except TerreauError:
        return f"{levers_words.lost()} ({levers_words.bare(text)})"
    setting = levers_words.setting(chosen.lever, chosen.value, chosen.operator)
    title = chosen.lever.title.in_(language())
    return f"{title} ({setting})" if setting else title


def text_of(key: str) -> str:
    """The lever as typed, in the name of a move: "<commitment>/LV01=6"; a private key has slashes of its own."""
    head, _, tail = key.partition("/")
    return tail if len(head) == 36 and head.count("-") == 4 else key


def page_of(commitment: Any, slug: str) -> str:
    """The address of a commitment, '' without."""
    return reverse("plan:commitment", args=[slug, commitment.key]) if commitment else ""


def quantity(value: Sequence[float], unit: str) -> str:
    """« 40 t CO₂ éq. (31 à 73) »."""
    low, central, high = value
    return levers_showing.quantity({"low": low, "central": central, "high": high}, unit)


def signed(value: float, unit: str) -> str:
    """« −2,2 t CO₂ éq. », « +48 kg »; nothing at all is « 0 »."""
    if abs(value) < 1e-9:
        return "0"
    text = numbers.quantity(abs(value), unit, language())
    return f"−{text}" if value < 0 else f"+{text}"


def ended(sentence: str) -> str:
    """A sentence with one full stop: « 39 t CO₂ éq. » has its own."""
    return sentence.replace("..", ".")


def over(row: TrajectoryTarget | None, told: Told) -> bool:
    """True when the target is past: another one is to be set."""
    return row is not None and is_over(row, date.fromisoformat(told["at"]))


def _exact(value: float) -> Interval:
    return Interval(value, value, value)
