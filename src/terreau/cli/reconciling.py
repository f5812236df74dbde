"""``terreau inventory reconcile``: several sources as one fleet, what they dispute, what only a person can decide."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from terreau.cli.writing import kind_label, many, ready_to_write, say, table, warn, warn_of_twins, whole
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.inventory import Reconciliation
    from terreau.tables.engine import Engine

SHOWN = 8
"""Rows of each list printed; all of them with --out [count]."""

TITLES = {
    "unknown_to_inventory": ("Vus par un outil, inconnus de l'inventaire", "Seen by a tool, unknown to the inventory"),
    "unknown_personal": ("Inconnus de l'inventaire, personnels", "Unknown to the inventory, personal"),
    "unknown_in_question": ("Inconnus de l'inventaire, sauf si une question les y rattache",
                            "Unknown to the inventory, unless a question joins them to it"),
    "not_seen_90_days": ("Dans l'inventaire, pas vus depuis 90 jours", "In the inventory, not seen for 90 days"),
    "personal": ("Appareils personnels, à part", "Personal devices, apart"),
    "personal_in_question": ("Dont à l'inventaire, à régler sur la page du rapprochement",
                             "Of which in the inventory, to settle on the page of the reconciliation"),
}  # fmt: skip
FOUND_BY = {"serial": ("même numéro de série", "same serial number"), "imei": ("même IMEI", "same IMEI"),
            "decision": ("décision", "decision")}  # fmt: skip
WHY = {"name_and_site": ("même nom, même lieu", "same name, same site"), "name": ("même nom", "same name"),
       "other_maker": ("un numéro, deux appareils", "one number, two devices")}  # fmt: skip

DEVICES = "équipement|équipements", "device|devices"
COUNTED = "rows", "devices", "alone", "virtual"

CONTRADICTED = {
    "gone_but_seen": ("À décider : sortis du parc selon l'inventaire, vus depuis par un outil (les plus lourds)",
                      "To decide: out of the fleet says the inventory, seen since by a tool (the heaviest)"),
    "personal_but_listed": ("À décider : dans l'inventaire, mais personnels selon l'outil qui les voit ; non comptés",
                            "To decide: in the inventory, but personal says the tool that sees them; not counted"),
}  # fmt: skip


def reconcile(options: argparse.Namespace) -> int:
    """Say how the files make one fleet; with --out, every list whole."""
    from terreau.inventory import reconcile as read
    from terreau.kernel.period import Period
    from terreau.tables.engine import engine

    targets = _targets(options.out) if options.out else {}
    warn_of_twins(options.files, options.lang)
    with engine() as con:
        told = read(con, options.files, period=Period.twelve_months_ending(options.at or date.today()), limit=SHOWN)
        if not told.rows:
            raise TerreauError("cli.nothing_to_weigh", files=", ".join(path.name for path in options.files))
        if options.json:
            print(json.dumps(told.as_json(options.lang), ensure_ascii=False, indent=2))
        else:
            _print(told.as_json(options.lang), options.lang)
        if targets:
            _write(con, told, targets, options.lang)
            warn(say(options.lang, f"Écrit dans : {options.out}", f"Written in: {options.out}"))
    return 0


def _targets(folder: Path) -> dict[str, Path]:
    targets = {key: folder / f"{key}.csv" for key in (*TITLES, "disagreements", "lineage")} | {
        "reconciliation": folder / "reconciliation.json"
    }
    ready_to_write(*targets.values())
    return targets


def _write(con: Engine, told: Reconciliation, targets: dict[str, Path], lang: str) -> None:
    from terreau.inventory import (
        LINEAGE_HEADINGS,
        LISTING_HEADINGS,
        disagreement_rows,
        lineage_rows,
        listing_rows,
    )

    with whole(*targets.values(), encoding="utf-8") as opened:
        files = dict(zip(targets, opened, strict=True))
        for one in told.listings:
            _csv(files[one.key], LISTING_HEADINGS[lang], listing_rows(con, told, one))
        heads = say(lang, "Appareil|Nom|Champ|Les sources|Retenu|Simple écriture",
                    "Device|Name|Field|The sources|Kept|Spelling only").split("|")  # fmt: skip
        _csv(files["disagreements"], heads, (
            (str(one.device), one.label, _field(one.field, lang), " | ".join(f"{who}: {what}" for who, what in one.said),
             one.chosen, str(int(one.lesser))) for one in disagreement_rows(con, told)))  # fmt: skip
        _csv(files["lineage"], LINEAGE_HEADINGS[lang], lineage_rows(con, told.seen))
        files["reconciliation"].write(json.dumps(told.as_json(lang), ensure_ascii=False, indent=2))


def _csv(file: TextIO, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from terreau.tables.export import write_csv

    file.write("\ufeff")
    write_csv(rows, headings, file)


def _print(told: dict[str, Any], lang: str) -> None:
    heads = say(
        lang, "Source|Outil|Lignes|Équipements|Connus d'elle seule|Machines virtuelles",
        "Source|Tool|Rows|Devices|Known to it alone|Virtual machines",
    )  # fmt: skip
    print(table(heads.split("|"), [[one["name"], one["kind"], *(str(one[key]) for key in COUNTED)]
                                   for one in told["sources"]], numbers=(2, 3, 4, 5)))  # fmt: skip
    devices, merged = (
        many(lang, told["devices"], *DEVICES),
        many(lang, told["merged"], "doublon|doublons", "duplicate|duplicates"),
    )
    print(f"\n{many(lang, told['rows'], 'ligne|lignes', 'row|rows')} = {devices} + {merged} + "
          + many(lang, told["virtual"], "machine virtuelle|machines virtuelles", "virtual machine|virtual machines"))  # fmt: skip
    print_overlaps(told["overlaps"], lang)
    _print_disagreements(told["disagreements"], lang)
    for key, words in TITLES.items():
        _print_list(say(lang, *words), told[key], lang)
    _print_pairs(told["pairs"], told["all_pairs"], lang)
    _print_contradicted(told["to_decide"], lang)
    for room in told["rooms"]:
        said = ", ".join(f"{one['country'] or '?'} {one['pue'] or '?'}" for one in room["said"])
        kept = f"{room['kept']['country'] or '?'} {room['kept']['pue'] or '?'}"
        print(say(lang, f"\nSalle décrite deux fois : {room['name']} ({said}) ; retenu : {kept}",
                  f"\nRoom described twice: {room['name']} ({said}); kept: {kept}"))  # fmt: skip
    if told["rooms_unknown"]:
        named = ", ".join(told["rooms_unknown"])
        print(say(lang, f"\nSalles nommées par des appareils, décrites nulle part : {named}",
                  f"\nRooms named by devices, described nowhere: {named}"))  # fmt: skip


def print_overlaps(overlaps: list[dict[str, Any]], lang: str) -> None:
    """How many devices each two files share, how they were recognised, and how many they dispute.

    A device of three files is in three of these lines: each names its two.
    """
    for one in overlaps:
        names, by = " + ".join(one["files"]), say(lang, *FOUND_BY[one["by"]])
        print("\n" + many(lang, one["devices"], "équipement est dans ces deux fichiers, compté|équipements sont dans ces deux fichiers, comptés",
                          "device is in these two files, counted|devices are in these two files, counted")
              + say(lang, f" une fois ({by}) : {names}", f" once ({by}): {names}"))  # fmt: skip
        if one["disagreements"]:
            print(say(lang, f"  pour {one['disagreements']}, les fichiers ne disent pas la même chose",
                      f"  for {one['disagreements']}, the files do not say the same"))  # fmt: skip


def _print_disagreements(fields: list[dict[str, Any]], lang: str) -> None:
    if not fields:
        return
    print("\n" + say(lang, "Désaccords", "Disagreements"))
    rows = []
    for one in fields:
        shown = one["examples"][0] if one["examples"] else None
        said = _said(one["field"], shown["said"], lang) if shown else ""
        rows.append([_field(one["field"], lang), str(one["count"]), str(one["lesser"]), said])
    heads = say(lang, "Champ|Équipements|Simples écritures|Exemple", "Field|Devices|Spellings|Example").split("|")
    print(table(heads, rows, numbers=(1, 2)))


def _field(field: str, lang: str) -> str:
    from terreau.inventory.device import DEVICE

    return {"category": say(lang, "Catégorie", "Category"),
            **{one.name: say(lang, one.fr, one.en) for one in DEVICE}}.get(field, field)  # fmt: skip


def _said(field: str, said: list[dict[str, str]], lang: str) -> str:
    between, colon = say(lang, " ; |\N{NO-BREAK SPACE}: ", "; |: ").split("|")
    return between.join(f"{part['source']}{colon}{_value(field, part['value'], lang) or '-'}" for part in said)


def _value(field: str, value: str, lang: str) -> str:
    """What a source says of a field, in words; a status may be followed by its day."""
    from terreau.inventory.device import CHOICE_WORDS

    if field == "category":
        return kind_label(lang, value)
    words = CHOICE_WORDS.get(field, {})
    return ", ".join(say(lang, *words.get(part, (part, part))) for part in value.split(" · "))


def _print_list(title: str, told: dict[str, Any], lang: str) -> None:
    kinds = ", ".join(f"{kind_label(lang, category)} {count}" for category, count in told["by_category"].items())
    print(f"\n{title}{say(lang, ' :', ':')} {told['count']}" + (f" ({kinds})" if kinds else ""))
    rows = [[one["label"], one["model"], one["last_seen_on"] or "", ", ".join(one["lines"])] for one in told["first"]]
    if rows:
        heads = say(lang, "Nom|Modèle|Dernier contact|Lignes", "Name|Model|Last seen|Lines").split("|")
        print(table(heads, rows))


def _print_contradicted(questions: list[dict[str, Any]], lang: str) -> None:
    """The devices that one source says out of the fleet, or somebody's own, and another does not."""
    for kind, words in CONTRADICTED.items():
        found = [one["disagreement"] for one in questions if one["kind"] == kind]
        if found:
            print("\n" + say(lang, *words))
            print(table(say(lang, "Nom|Les sources|Retenu", "Name|The sources|Kept").split("|"),
                        [[one["label"], _said(one["field"], one["said"], lang), _value(one["field"], one["chosen"], lang)] for one in found]))  # fmt: skip


def _print_pairs(pairs: list[dict[str, Any]], count: int, lang: str) -> None:
    if not pairs:
        return
    print("\n" + say(lang, "À décider : ", "To decide: ") + many(lang, count, "paire d'appareils|paires d'appareils",
                                                                "pair of devices|pairs of devices"))  # fmt: skip
    heads = say(lang, "Ce qu'elles ont en commun|Valeur|L'un|L'autre", "What they share|Value|One|The other").split("|")
    print(table(heads, [[say(lang, *WHY[one["why"]]), one["value"], one["first"]["lines"][0], one["second"]["lines"][0]]
                        for one in pairs]))  # fmt: skip
