"""``terreau factors``: which packs and sets are at hand, and the papers of one."""

from __future__ import annotations

import argparse
import json
from datetime import date

from terreau.cli.writing import say, table


def listing(options: argparse.Namespace) -> int:
    """Every factor set and pack with publisher, version, licence and age."""
    from terreau.factors.listing import packs_as_json, sets_as_json

    sets, packs = sets_as_json(), packs_as_json()
    if options.json:
        print(json.dumps({"sets": sets, "packs": packs}, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    print(
        table(
            say(lang, "Jeu|Paquets, dans l'ordre", "Set|Packs, in order").split("|"),
            [[s["key"], ", ".join(s["packs"])] for s in sets],
        )
    )
    print()
    heads = say(
        lang,
        "Paquet|Éditeur|Version|Licence|Redistribution|À relire avant",
        "Pack|Publisher|Version|Licence|Redistribution|Reread before",
    )
    rows = [
        [p["key"], p["publisher"], p["version"], p["licence"], p["redistribution"], _due(p["best_before"], lang)]
        for p in packs
    ]
    print(table(heads.split("|"), rows))
    return 0


def show(options: argparse.Namespace) -> int:
    """Papers of one pack and every value it holds (masked values stay masked)."""
    from terreau.factors.listing import pack_as_json

    pack = pack_as_json(options.key)
    if options.json:
        print(json.dumps(pack, ensure_ascii=False, indent=2))
        return 0
    for name, value in pack["papers"].items():
        print(f"  {name:16} {value}")
    heads = say(
        options.lang, "Objet|Critère|Étape|Valeur|Unité|Source", "Item|Criterion|Stage|Value|Unit|Source"
    ).split("|")
    rows = [[r["item"], r["criterion"], r["stage"], r["value"], r["unit"], r["source"]] for r in pack["rows"]]
    print(table(heads, rows, numbers=(3,)))
    return 0


def _due(day: str, language: str) -> str:
    return f"{day} ({say(language, 'à relire', 'to reread')})" if day < date.today().isoformat() else day
