"""Rules of arbitration as data, checked against a case: what they ask, what they say, where they come from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from string import Formatter

from terreau.kernel.bilingual import Words
from terreau.kernel.errors import TerreauError
from terreau.kernel.registry import by_key
from terreau.levers.catalogue import written
from terreau.levers.conditions import holds, names
from terreau.levers.fields import Fields
from terreau.levers.numbers import number, shown
from terreau.levers.reading import read_key
from terreau.levers.records import Fact, Rule, Verdict
from terreau.levers.sources import DATA, read_sources
from terreau.tables.yaml_reading import read_yaml

NUMBER, YES_NO = "number", "yes_no"
_YES, _NO = {"oui", "yes", "true", "vrai", "o", "y", "1"}, {"non", "no", "false", "faux", "n", "0"}
Told = float | int | bool | str | None
"""A fact as it comes: a number or a truth, or what a person typed; nothing when not known."""


def rules(more: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """Every rule: ours by key, then ``more`` (what ``load_rules`` gave)."""
    return _shipped() + tuple(more)


def rule(key: str, more: Iterable[Rule] = ()) -> Rule:
    """The rule ``key``; TerreauError levers.rule_unknown naming the nearest."""
    held = {one.key: one for one in rules(more)}
    if key in held:
        return held[key]
    raise TerreauError(
        "levers.rule_unknown", key=key, near=get_close_matches(key, held, 1, 0.0)[0], known=", ".join(held)
    )


def load_rules(place: Path, *, owner: str = "") -> tuple[Rule, ...]:
    """The rules of a folder, one YAML file each, or of one file; ``owner`` ("org:<uuid>") makes their keys private."""
    prefix = f"{owner}/" if owner else ""
    return tuple(by_key((one.key, path.name, one) for path in written(place) for one in [_read(path, prefix)]).values())


def check(asked: Rule | str, facts: Mapping[str, Told]) -> Verdict:
    """What a rule says of a case: kept, broken, or open, naming the facts it still needs.

    Values may be typed ("7,5", "oui"); an empty one is a missing fact. TerreauError levers.rule_unknown, fact_unknown,
    fact_unreadable.
    """
    held = rule(asked) if isinstance(asked, str) else asked
    told = _told(held, facts)
    kept = holds(held.condition, told)
    missing = tuple(fact.name for fact in held.facts if fact.name not in told)
    if kept is None:
        return Verdict(rule=held.key, holds=None, why=_open(held, missing), missing=missing)
    said = held.kept if kept else held.broken
    return Verdict(rule=held.key, holds=kept, why=_filled(said, held, told), missing=missing)


@lru_cache(maxsize=1)
def _shipped() -> tuple[Rule, ...]:
    return load_rules(DATA / "rules")


def _read(path: Path, prefix: str) -> Rule:
    fields = Fields(read_yaml(path))
    made = Rule(
        key=read_key(fields, prefix),
        title=fields.words("title", required=True),
        question=fields.words("question", required=True),
        facts=tuple(_fact(one) for one in fields.each("facts")),
        condition=fields.text("condition", required=True),
        kept=fields.words("kept", required=True),
        broken=fields.words("broken", required=True),
        reason=fields.words("reason", required=True),
        basis=fields.words("basis", required=True),
        sources=read_sources(fields),
        origin="organisation" if prefix else "package",
    )
    if made.condition and names(made.condition) != {fact.name for fact in made.facts}:
        fields.say("condition", "et « facts » ne nomment pas les mêmes faits", "and “facts” do not name the same facts")
    _check_braces(fields, made)
    fields.done()
    fields.refuse_if_any(path.name)
    return made


def _check_braces(fields: Fields, made: Rule) -> None:
    """A rule asks something, and its words name only the numbers it asks for."""
    if not made.facts:
        fields.say("facts", "est vide : une règle demande au moins un fait", "is empty: a rule asks one fact at least")
    numbers = {fact.name for fact in made.facts if fact.kind == NUMBER}
    for name, words in (("kept", made.kept), ("broken", made.broken)):
        for text in (words.fr, words.en):
            if not _braced(text) <= numbers:
                fields.say(name, "nomme entre accolades autre chose qu’un nombre demandé",
                           "names in braces something else than a number asked for")  # fmt: skip


def _braced(text: str) -> set[str]:
    """The names in braces; a manner of writing beside a name ("{age:>99999}") makes the whole text unknown."""
    try:
        told = [(name, manner, change) for _, name, manner, change in Formatter().parse(text) if name is not None]
    except ValueError:
        return {text}
    return {text if manner or change else name for name, manner, change in told}


def _fact(fields: Fields) -> Fact:
    made = Fact(
        name=fields.text("name", required=True),
        kind=fields.text("kind", required=True, among=(NUMBER, YES_NO)),
        label=fields.words("label", required=True),
        unit=fields.words("unit", required=fields.held.get("kind") == NUMBER),
    )
    fields.done()
    return made


def _told(held: Rule, facts: Mapping[str, Told]) -> dict[str, float | bool]:
    """The facts understood; what is empty is left out."""
    asked = {fact.name: fact for fact in held.facts}
    found: dict[str, float | bool] = {}
    for name, value in facts.items():
        if name not in asked:
            near = get_close_matches(name, asked, 1, 0.0)[0]
            raise TerreauError("levers.fact_unknown", rule=held.key, fact=name, near=near, known=", ".join(asked))
        if value is None or value == "":
            continue
        understood = _understood(asked[name], value)
        if understood is None:
            label, wanted = asked[name].label, _WANTED[asked[name].kind]
            raise TerreauError("levers.fact_unreadable", label_fr=label.fr, label_en=label.en, value=value,
                               wanted_fr=wanted.fr, wanted_en=wanted.en)  # fmt: skip
        found[name] = understood
    return found


_WANTED = {
    NUMBER: Words(fr="un nombre, comme 7,5", en="a number, such as 7.5"),
    YES_NO: Words(fr="oui ou non", en="yes or no"),
}


def _understood(fact: Fact, value: Told) -> float | bool | None:
    if fact.kind == YES_NO:
        bare = str(value).strip().casefold()
        return True if bare in _YES else False if bare in _NO else None
    if isinstance(value, bool) or value is None:
        return None
    found = number(value) if isinstance(value, str) else float(value)
    return found if found is not None and math.isfinite(found) else None


def _filled(words: Words, held: Rule, told: Mapping[str, float | bool]) -> Words:
    """The words with the numbers of the case in their braces; a number not told shows as "…"."""

    def numbers(language: str) -> dict[str, str]:
        return {fact.name: shown(float(told[fact.name]), language) if fact.name in told else "…" for fact in held.facts}

    return Words(fr=words.fr.format_map(numbers("fr")), en=words.en.format_map(numbers("en")))


def _open(held: Rule, missing: tuple[str, ...]) -> Words:
    labels = [fact.label for fact in held.facts if fact.name in missing]
    if not labels:
        return Words(
            fr="Avec ces chiffres la règle ne se calcule pas : un des nombres par lesquels elle divise est nul.",
            en="With these figures the rule cannot be calculated: a number it divides by is zero.",
        )
    return Words(
        fr="On ne peut pas encore le dire. Il manque : " + ", ".join(f"« {one.fr} »" for one in labels) + ".",
        en="This cannot be told yet. Missing: " + ", ".join(f"“{one.en}”" for one in labels) + ".",
    )
