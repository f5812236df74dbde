"""Several levers at once, as the page shows them: the joint gain, the part of each, what would be counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from terreau.app.language import language
from terreau.app.plan import levers_showing as showing
from terreau.app.plan import levers_words as words
from terreau.factors.criteria import Criterion
from terreau.kernel.interval import Interval
from terreau.publishing import numbers
from terreau.publishing.figure import Figure, figure
from terreau.publishing.table import Row, Table, columns

if TYPE_CHECKING:
    from terreau.levers import Lever

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """figure: the joint gain; table: each lever alone and its part; twice: a sentence; pairs: who overlaps whom; others: the other criteria."""

    figure: Figure
    table: Table
    twice: str
    pairs: tuple[str, ...]
    others: tuple[tuple[str, str, bool], ...]


def joint(told: Told, known: Mapping[str, Lever], slug: str, criterion: Criterion) -> Joint:
    """What the page says of ``plan.joint`` for one criterion."""
    by = {one["criterion"]: one for one in told["criteria"]}
    mine = by.get(criterion.key) or by[words.FIRST[0]]
    names = {one["key"]: showing.found(one["key"], known).title.in_(language()) for one in told["levers"]}
    return Joint(
        figure=figure("joint", _three(mine["joint"]), mine["unit"], language()),
        table=_table(told, mine, names, known, slug),
        twice=_twice(mine, mine["unit"]),
        pairs=tuple(_pair(one, names, mine["unit"]) for one in mine["overlaps"]),
        others=tuple(
            (words.short(key), showing.quantity(one["joint"], one["unit"]), one["joint"]["central"] < 0)
            for key, one in by.items()
            if key != mine["criterion"] and (key in words.FIRST or one["joint"]["central"] < 0)
        ),
    )


def offered(told: Told, known: Mapping[str, Lever], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The levers one may tick, as they are ranked; those typed with another setting come first."""
    usual = [
        (showing.typed(one["key"], one["value"], one["operator"]), one) for one in told["gains"] if showing.felt(one)
    ]
    texts = {text for text, _ in usual}
    more = [{"text": text, "title": _title(text, known), "on": True} for text in chosen if text not in texts]
    return more + [
        {"text": text, "title": showing.found(one["key"], known).title.in_(language()), "on": text in chosen}
        for text, one in usual
    ]


def _title(text: str, known: Mapping[str, Lever]) -> str:
    """« Garder les portables (LV01=7) »; the text alone when nobody knows it."""
    from terreau.kernel.errors import TerreauError

    try:
        return f"{showing.found(text.partition('=')[0], known).title.in_(language())} ({text.partition('=')[2]})"
    except TerreauError:
        return text


def _table(told: Told, mine: Told, names: Mapping[str, str], known: Mapping[str, Lever], slug: str) -> Table:
    scale = numbers.scale([*mine["alone"].values(), mine["joint"]["central"]], mine["unit"], language())
    rows = [
        Row(names[one["key"]],
            (words.setting(showing.found(one["key"], known), one["value"], one["operator"]),
             showing.signed(scale.of(mine["alone"][one["key"]])), showing.signed(scale.of(mine["parts"][one["key"]]))),
            showing.lever_url(slug, one["key"]))
        for one in sorted(told["levers"], key=lambda one: -mine["parts"][one["key"]])
    ]  # fmt: skip
    rows.append(Row(gettext("Ensemble"), ("–", "–", showing.signed(scale.of(mine["joint"]["central"])))))
    setting = gettext("Réglage")
    heads = columns(setting, gettext("Seul"), gettext("Sa part, ensemble"), words=(setting,))
    caption = gettext("Gain de chaque levier, seul et pour sa part de l’ensemble (%(unit)s)") % {"unit": scale.unit}
    return Table(caption=caption, axis=gettext("Levier"), heads=heads, rows=tuple(rows), stacked=True)


def _twice(mine: Told, unit: str) -> str:
    """« Additionnés un par un : 12 t. Ensemble : 10 t. 2 t seraient comptées deux fois. »"""
    total, joint_gain = sum(mine["alone"].values()), mine["joint"]["central"]
    told = {"sum": showing.quantity(_exact(total), unit), "joint": showing.quantity(_exact(joint_gain), unit),
            "twice": numbers.quantity(abs(total - joint_gain), unit, language())}  # fmt: skip
    if abs(total - joint_gain) <= 0.001 * abs(joint_gain):
        return gettext("Ces leviers ne se recouvrent pas : leurs gains s’additionnent, pour %(joint)s en tout.") % told
    if total > joint_gain:
        return (
            gettext("Additionnés un par un, ils donneraient %(sum)s : %(twice)s y seraient comptés deux fois.") % told
        )
    return (
        gettext("Additionnés un par un, ils donneraient %(sum)s : ensemble, ils s’aident, pour %(twice)s de plus.")
        % told
    )


def _pair(one: Told, names: Mapping[str, str], unit: str) -> str:
    first, second = (names[key] for key in one["levers"])
    told = {"first": first, "second": second, "twice": numbers.quantity(abs(one["counted_twice"]), unit, language())}
    if one["counted_twice"] > 0:
        return gettext("« %(first)s » et « %(second)s » se recouvrent : %(twice)s") % told
    return gettext("« %(first)s » et « %(second)s » s’aident : %(twice)s de plus") % told


def _exact(value: float) -> dict[str, float]:
    return {"low": value, "central": value, "high": value}


def _three(told: Told) -> Interval:
    return Interval(told["low"], told["central"], told["high"])
