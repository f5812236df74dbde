"""The X-ray of a board (radiographie): what makes an indicator hollow, what it saw, and the remedy beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Followed
from terreau.indicators.meters import known_units
from terreau.indicators.progress import aim_faults, progress
from terreau.indicators.relative import relative
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.series import Series, groups, series
from terreau.indicators.trend import stale_remark
from terreau.indicators.units import unit_name
from terreau.indicators.values import Value
from terreau.referentials.edition import Words

MOST_PUBLIC, MOST_FLAGSHIP, MOST_FOLLOWED = 3, 4, 9
"""Few: three shown to everybody, three or four flagship, and the tenth has to take the place of another."""
ERROR, WARNING, ADVICE = "error", "warning", "advice"
SEVERITIES = {
    "followed_twice": ERROR, "not_evaluable": ERROR, "meter_unknown": ERROR, "units_differ": ERROR,
    "target_without_baseline": ERROR, "baseline_after_target": ERROR, "target_should_rise": ERROR,
    "target_should_fall": ERROR, "denominator_zero": ERROR, "denominator_negative": ERROR, "public_without_proof": ERROR,
    "pair_missing": WARNING, "terms_missing": WARNING, "no_owner": WARNING, "no_review_body": WARNING,
    "target_on_context": WARNING, "target_past": WARNING, "progress_broken": WARNING, "never_measured": WARNING,
    "stale": WARNING, "no_proof": WARNING, "proof_expired": WARNING, "proof_lost": WARNING, "unsigned": WARNING,
    "too_many_public": WARNING, "too_many_flagship": WARNING, "too_many_followed": WARNING, "no_result": WARNING,
    "unexplained": ADVICE, "no_flagship": ADVICE, "flagship_without_target": ADVICE, "flagship_of_small_effect": ADVICE,
}  # fmt: skip
"""Every rule -> what breaking it is worth. An error makes the board say something false; a warning, something weak."""
_SMALL = {"small_effect", "small_effect_awareness_only"}
_PARTS = {
    "numerator": Words(fr="ce que l’on compte", en="what is counted"),
    "formula": Words(fr="la formule", en="the formula"),
    "unit": Words(fr="l’unité", en="the unit"),
    "source": Words(fr="d’où vient la valeur", en="where the value comes from"),
    "meter": Words(fr="le compteur", en="the meter"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Remark):
    """One thing the X-ray saw: the indicator it is about ('' for the whole board) and what it is worth."""

    indicator: str = ""
    severity: str = WARNING

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values: code, indicator, severity, what, why, remedy."""
        words = self.words(language)
        return {"code": self.code, "indicator": self.indicator, "severity": self.severity, "what": words.what,
                "why": words.why, "remedy": words.remedy}  # fmt: skip


def xray(
    followed: Sequence[Followed],
    values: Iterable[Value] = (),
    proofs: Mapping[str, date | None] | None = None,
    *,
    on: date,
) -> tuple[Check, ...]:
    """What a careful reader would ask about a board on the day ``on``: indicator by indicator, then the whole.

    values: every value kept, of any indicator; proofs: key of each evidence at hand -> last day it holds, None for no end
    """
    kept: dict[str, list[Value]] = {}
    for value in values:
        kept.setdefault(value.indicator, []).append(value)
    keys = frozenset(each.key for each in followed)
    found = [one for each in followed for one in _of_one(each, keys, kept.get(each.key, []), proofs or {}, on)]
    return (*found, *crowding(followed))


def crowding(followed: Sequence[Followed]) -> tuple[Check, ...]:
    """What is wrong with the board as a whole: too many, none first, none of a result, one twice."""
    return tuple(_of_all(followed))


def _of_one(
    each: Followed, board: Collection[str], values: Sequence[Value], proofs: Mapping[str, date | None], on: date
) -> Iterator[Check]:
    last = _freshest(each.key, values, on)
    point = last.latest(on)
    value = point.used if point else None
    yield from _evaluable(each.indicator)
    yield from _paired(each, board, value)
    yield from _carried(each)
    yield from _aimed(each, last, value, on)
    if (late := stale_remark(last, each.indicator.frequency, on)) is not None:
        yield _as_check(late, each.indicator)
    if value is not None:
        yield from _told(each, value)
        yield from _proven(each, value, proofs, on)


def _freshest(key: str, values: Sequence[Value], on: date) -> Series:
    """The series of the whole when it has values, else that of the group measured last."""
    told = [series(key, values, group) for group in groups(key, values)] or [series(key, ())]
    whole = [one for one in told if one.group == "" and one.latest(on)]
    return (whole or sorted(told, key=lambda one: point.on if (point := one.latest(on)) else date.min))[-1]


def _evaluable(one: Indicator) -> Iterator[Check]:
    """A formula with its terms, a unit, and a source that exists."""
    absent = [name for name in ("numerator", "formula", "unit", "source") if not getattr(one, name)]
    if one.source == "meter" and one.meter is None:
        absent.append("meter")
    if absent:
        yield _check("not_evaluable", one, missing=tuple(_PARTS[name] for name in absent))
    elif one.meter is not None and one.meter.key not in known_units():
        yield _check("meter_unknown", one, meter=one.meter.key)


def _paired(each: Followed, board: Collection[str], value: Value | None) -> Iterator[Check]:
    """A raw quantity beside what it is worth per person, a rate beside its two terms."""
    one = each.indicator
    if one.pair and _twin(one) in board:
        return
    if one.form == "raw" and (value is None or not value.denominator):
        yield _check("pair_missing", one, pair=one.pair or Words(fr="à créer", en="to be made"))
    if one.form == "relative" and value is not None:
        if value.numerator is None or value.denominator is None:
            yield _check("terms_missing", one, on=value.on)
        elif (reason := relative(value).reason) is not None and reason.code.partition(".")[2] in SEVERITIES:
            yield _as_check(reason, one)


def _carried(each: Followed) -> Iterator[Check]:
    """Somebody carries it, and a body reviews it."""
    if not each.owner.strip():
        yield _check("no_owner", each.indicator)
    if not each.review_body.strip():
        yield _check("no_review_body", each.indicator)


def _aimed(each: Followed, told: Series, value: Value | None, on: date) -> Iterator[Check]:
    """A target that starts from somewhere, goes the wished way and is still ahead."""
    one = each.indicator
    if each.role == "flagship" and _SMALL & {caution.key for caution in one.cautions}:
        yield _check("flagship_of_small_effect", one)
    if each.target is None:
        if each.role == "flagship" and one.direction != "none":
            yield _check("flagship_without_target", one)
        return
    faults = aim_faults(one, each.baseline, each.target)
    yield from (_as_check(fault, one) for fault in faults)
    if one.direction == "none":
        yield _check("target_on_context", one, target=float(each.target.value))
    if each.target.due < on:
        yield _check("target_past", one, due=each.target.due)
    if not faults and value is not None and each.baseline is not None:
        stands = progress(told, one, each.baseline, each.target, on)
        if stands.status == "broken":
            yield _as_check(stands.told, one)


def _told(each: Followed, value: Value) -> Iterator[Check]:
    """In the unit of the indicator, signed by somebody, and explained when nothing else says how it was obtained."""
    if value.unit != each.indicator.unit:
        clash = remark("units_differ", indicator=each.key, unit=_unit(each.indicator.unit), other=_unit(value.unit))
        yield _as_check(clash, each.indicator)
    if value.origin != "meter" and not value.signed_by.strip():
        yield _check("unsigned", each.indicator, on=value.on)
    if not value.explained.strip() and not value.method.strip():
        yield _check("unexplained", each.indicator, on=value.on)


def _proven(each: Followed, value: Value, proofs: Mapping[str, date | None], on: date) -> Iterator[Check]:
    """Something to show: evidence that still holds, or the run of Terreau the value comes from."""
    one = each.indicator
    ended = {key: last for key in value.proofs if (last := proofs.get(key)) is not None and last < on}
    lost = [key for key in value.proofs if key not in proofs]
    held = len(value.proofs) - len(ended) - len(lost)
    computed = value.origin == "meter" and bool(value.method)
    if ended:
        yield _check("proof_expired", one, count=len(ended), last=max(ended.values()))
    if lost:
        yield _check("proof_lost", one, proofs=tuple(lost))
    if held or computed:
        return
    if each.shown_to == "public":
        yield _check("public_without_proof", one, on=value.on)
    elif not value.proofs:
        yield _check("no_proof", one, on=value.on)


def _of_all(board: Sequence[Followed]) -> Iterator[Check]:
    """Few indicators, some of them of results, none twice."""
    keys = [each.key for each in board]
    for each in {each.key: each for each in board if keys.count(each.key) > 1}.values():
        yield _check("followed_twice", each.indicator, count=keys.count(each.key))
    public = sum(each.shown_to == "public" for each in board)
    flagship = [each for each in board if each.role == "flagship"]
    for code, count, most in (
        ("too_many_public", public, MOST_PUBLIC),
        ("too_many_flagship", len(flagship), MOST_FLAGSHIP),
        ("too_many_followed", len(board), MOST_FOLLOWED),
    ):
        if count > most:
            yield _check(code, None, count=count, most=most)
    if board and not flagship:
        yield _check("no_flagship", None, count=len(board))
    if board and not any(each.indicator.nature == "result" for each in board):
        yield _check("no_result", None, count=len(board))


def _check(code: str, one: Indicator | None, **facts: object) -> Check:
    about = {"name": one.name, "key": one.short} if one else {}
    return Check(
        code=f"indicators.{code}", indicator=one.key if one else "", severity=SEVERITIES[code], facts=about | facts
    )


def _unit(key: str) -> Words:
    return Words(fr=unit_name(key), en=unit_name(key, "en"))


def _as_check(seen: Remark, one: Indicator) -> Check:
    """A remark of a series or of a target, with what it is worth on a board; the indicator by its name."""
    severity = SEVERITIES.get(seen.code.partition(".")[2], WARNING)
    named = Words(fr=f"«\u00a0{one.name.fr}\u00a0»", en=f"“{one.name.en}”")
    facts = {**seen.facts, "indicator": named} if "indicator" in seen.facts else seen.facts
    return Check(code=seen.code, indicator=one.key, severity=severity, facts=facts)


def _twin(one: Indicator) -> str:
    """The full key of its twin: of the same organisation when the indicator is."""
    home, slash, _ = one.key.rpartition("/")
    return one.pair if "/" in one.pair else f"{home}{slash}{one.pair}"
