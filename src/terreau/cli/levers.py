"""``terreau levers``: what can be done, what one lever changes and costs elsewhere, and rules checked against a case."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, say, table

if TYPE_CHECKING:
    from terreau.kernel.bilingual import Words
    from terreau.levers import Chosen, Lever, Rule

KINDS = {
    "computed": ("calculé sur votre parc", "computed on your fleet"),
    "study_mean": ("chiffre d'étude", "figure of a study"),
    "enabler": ("facilitateur", "enabler"),
}
SEEN = {
    "read": ("lu", "read"), "ran": ("exécuté", "run"), "computed": ("calculé", "computed"), "inferred": ("jugé", "judged"),
    "recalled": ("de mémoire, à confirmer", "from memory, to confirm"), "common_practice": ("usage", "common practice"),
}  # fmt: skip
REBOUNDS = {"low": ("faible", "low"), "medium": ("moyen", "medium"), "high": ("fort", "high")}


def grammar(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The words of these commands; ``command`` makes one whose function is imported when it runs."""
    group = commands.add_parser("levers", help="leviers / levers").add_subparsers(metavar="ACTION", required=True)
    listing = command(group, "list", "levers:listing", "ce que l'on peut faire / what can be done")
    listing.add_argument("--kind", choices=tuple(KINDS), help="un seul genre / one kind only")
    listing.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    show = command(group, "show", "levers:show", "un levier et ses papiers / one lever and its papers")
    show.add_argument("key", metavar="KEY", help="LV01, LV01=7, life:monitor…")
    show.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    check = command(
        group, "check", "levers:check", "une règle d'arbitrage sur un cas / a rule of arbitration on a case"
    )
    check.add_argument(
        "rule", metavar="RULE", nargs="?", help="train-6h… ; sans règle, leur liste / without, their list"
    )
    check.add_argument("facts", metavar="FACT=VALUE", nargs="*", help="hours=5,5 by_train=non")
    check.add_argument("--json", action="store_true", help="sortie JSON / JSON output")


def listing(options: argparse.Namespace) -> int:
    """Every lever: key, kind, title, proposed setting, effort."""
    from terreau.levers import levers, parse

    found = [one for one in levers() if options.kind in (None, one.kind)]
    if options.json:
        print(json.dumps({"levers": [_as_json(one) for one in found]}, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    heads = say(lang, "Clé|Genre|Levier|Réglage|Effort", "Key|Kind|Lever|Setting|Effort").split("|")
    rows = [[one.key, say(lang, *KINDS[one.kind]), one.title.in_(lang), _setting(parse(one.key), lang), f"{one.effort}/3"]
            for one in found]  # fmt: skip
    print(table(heads, rows))
    print("\n" + many(lang, len(found), "levier|leviers", "lever|levers"))
    print(say(lang, "Pour toute catégorie : life:, keep:, power:, reuse:, grid:, swap: (life:monitor, un an de plus).",
              "For any category: life:, keep:, power:, reuse:, grid:, swap: (life:monitor, one more year)."))  # fmt: skip
    return 0


def show(options: argparse.Namespace) -> int:
    """One lever: why it works, what it changes, what it costs elsewhere, its published gain, its papers."""
    from terreau.levers import parse

    chosen = parse(options.key)
    if options.json:
        print(json.dumps(_as_json(chosen.lever) | {"chosen": chosen.value}, ensure_ascii=False, indent=2))
        return 0
    lang, one = options.lang, chosen.lever
    print(f"{one.key} · {one.title.in_(lang)}\n  {one.explanation.in_(lang)}\n")
    lines = list(_lines(chosen, lang))
    width = max(len(head) for head, _ in lines)
    for head, text in lines:
        print(f"  {head.ljust(width)}  {text}")
    for words in (*one.tradeoffs, *([one.caution] if one.caution else [])):
        print(f"  ! {words.in_(lang)}")
    return 0


def check(options: argparse.Namespace) -> int:
    """What a rule says of a case: 0 kept, 1 broken or open; without rule, the list of rules and what they ask."""
    from terreau import levers

    lang = options.lang
    if options.rule is None and options.json:
        print(json.dumps({"rules": [_rule_json(one) for one in levers.rules()]}, ensure_ascii=False, indent=2))
        return 0
    if options.rule is None:
        heads = say(lang, "Règle|Ce qu'elle dit|Faits demandés", "Rule|What it says|Facts asked").split("|")
        rows = [[one.key, one.title.in_(lang), ", ".join(fact.name for fact in one.facts)] for one in levers.rules()]
        print(table(heads, rows))
        return 0
    rule = levers.rule(options.rule)
    pairs = (fact.partition("=") for fact in options.facts)
    said = levers.check(rule, {name.strip(): value.strip() for name, _, value in pairs})
    if options.json:
        told = {"rule": said.rule, "holds": said.holds, "why": _both(said.why), "missing": list(said.missing)}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"{rule.title.in_(lang)}\n  {said.why.in_(lang)}\n  {rule.reason.in_(lang)}\n  {rule.basis.in_(lang)}")
        for fact in rule.facts if said.holds is None else ():
            print(f"  {fact.name}: {fact.label.in_(lang)}")
    return 0 if said.holds else 1


def _lines(chosen: Chosen, lang: str) -> Iterator[tuple[str, str]]:
    """Each field that says something, with its heading."""
    from terreau.levers.numbers import shown

    one = chosen.lever
    yield say(lang, "Genre", "Kind"), say(lang, *KINDS[one.kind])
    if one.parameter:
        yield say(lang, "Paramètre", "Parameter"), f"{one.parameter}: {_setting(chosen, lang)}"
    if one.low is not None and one.high is not None:
        yield say(lang, "Bornes", "Bounds"), f"{shown(one.low, lang)} – {shown(one.high, lang)}"
    if one.published_gain:
        gain = one.published_gain
        told = f"{shown(gain.value, lang)} {gain.unit.in_(lang)}. {gain.basis.in_(lang)}"
        yield say(lang, "Gain publié, pas le vôtre", "Published gain, not yours"), told
    yield say(lang, "Effort, coût", "Effort, cost"), f"{one.effort}/3. {one.cost.in_(lang)}"
    yield say(lang, "Effet rebond", "Rebound"), f"{say(lang, *REBOUNDS[one.rebound])}. {one.rebound_words.in_(lang)}"
    if one.indicators:
        yield say(lang, "Se suit par", "Followed by"), ", ".join(one.indicators)
    for paper in one.sources:
        told = f"{paper.publisher}, {paper.title}, {paper.year} ({say(lang, *SEEN[paper.verification])}) {paper.url}"
        yield say(lang, "Source", "Source"), told.strip()


def _setting(chosen: Chosen, lang: str) -> str:
    """ "6 years", "+1 years", "× 0.9"; nothing when nothing is computed."""
    from terreau.levers.numbers import shown

    if chosen.value is None:
        return ""
    sign = {"add": "+", "multiply": "× "}.get(chosen.operator, "")
    told = chosen.value if isinstance(chosen.value, str) else shown(chosen.value, lang)
    return f"{sign}{told} {chosen.lever.unit.in_(lang)}"


def _as_json(one: Lever) -> dict[str, Any]:
    """The lever with every field of its file."""
    told = asdict(one)
    told["from"] = told.pop("from_")
    for source in told["sources"]:
        source["checked_on"] = source["checked_on"] and source["checked_on"].isoformat()
    return told


def _rule_json(one: Rule) -> dict[str, Any]:
    """What a rule says and what it asks."""
    facts = [
        {"name": fact.name, "kind": fact.kind, "label": _both(fact.label), "unit": _both(fact.unit)}
        for fact in one.facts
    ]
    return {"key": one.key, "title": _both(one.title), "question": _both(one.question), "facts": facts}


def _both(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}
