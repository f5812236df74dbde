"""``terreau inventory``: what was understood of a file, and the template to fill in."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from terreau.cli.reconciling import print_overlaps
from terreau.cli.writing import many, ready_to_write, say, table, warn
from terreau.kernel.errors import TerreauError

SHOWN_LINES = 5


def check(options: argparse.Namespace) -> int:
    """Say what was read, file by file; 1 when a line is doubtful or rejected."""
    from terreau.inventory.checking import check as read

    report: dict[str, Any] = read(options.files, at=options.at or date.today()).as_json(options.lang)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for sheet in report["files"]:
            _print_sheet(sheet, options.lang)
        print_overlaps(report["overlaps"], options.lang)
    rooms = any(one["kind"] == "datacentre" for sheet in report["files"] for one in sheet["set_aside"])
    if not rooms and not any(sheet["lines"]["read"] for sheet in report["files"]):
        raise TerreauError("cli.nothing_to_weigh", files=", ".join(path.name for path in options.files))
    return 1 if any(sheet["lines"]["doubtful"] or sheet["lines"]["rejected"] for sheet in report["files"]) else 0


def template(options: argparse.Namespace) -> int:
    """The template, to ``--out`` or to standard output."""
    from terreau.inventory.template_file import template as make

    content = make(options.format, options.lang)
    if options.out is None:
        sys.stdout.buffer.write(content)
        return 0
    target: Path = options.out / f"terreau-inventaire.{options.format}" if options.out.is_dir() else options.out
    ready_to_write(target)
    target.write_bytes(content)
    warn(say(options.lang, f"Écrit : {target}", f"Written: {target}"))
    return 0


def _print_sheet(sheet: dict[str, Any], lang: str) -> None:
    lines, kept = sheet["lines"], sheet["kept"]
    print(f"\n{sheet['name']}")
    understood = [
        sheet["encoding"],
        say(lang, "séparateur", "separator") + f" {sheet['separator']!r}" if sheet["separator"] else "",
        sheet["profile"],
    ]
    print("  " + " · ".join(word for word in understood if word))
    names = {
        "read": ("lue|lues", "read|read"), "accepted": ("acceptée|acceptées", "accepted|accepted"),
        "doubtful": ("douteuse|douteuses", "doubtful|doubtful"), "rejected": ("rejetée|rejetées", "rejected|rejected"),
        "counted": ("comptée|comptées", "counted|counted"), "merged": ("fusionnée (doublon)|fusionnées (doublons)", "merged (duplicate)|merged (duplicates)"),
        "virtual": ("machine virtuelle|machines virtuelles", "virtual machine|virtual machines"), "stock": ("en stock|en stock", "in stock|in stock"),
        "retired": ("sortie|sorties", "retired|retired"), "personal": ("personnelle|personnelles", "personal|personal"),
    }  # fmt: skip
    for title, counts in ((say(lang, "Lignes", "Lines"), lines), (say(lang, "Dont", "Of which"), kept)):
        shown = ", ".join(
            many(lang, value, *names[key]) for key, value in counts.items() if value or key in ("read", "counted")
        )
        print(f"  {title} : {shown}" if lang == "fr" else f"  {title}: {shown}")
    rooms = sum(one["lines"] for one in sheet["set_aside"] if one["kind"] == "datacentre")
    if rooms:
        print(say(lang, f"  Salles machines : {rooms}, gardées à côté des appareils",
                  f"  Machine rooms: {rooms}, kept beside the devices"))  # fmt: skip
    apart = sum(one["lines"] for one in sheet["set_aside"]) - rooms
    if apart:
        print(
            say(
                lang,
                f"  Mises de côté : {apart} (titres, totaux, lignes vides)",
                f"  Set aside: {apart} (titles, totals, blank lines)",
            )
        )
    rows = _grouped(sheet["findings"])
    if rows:
        heads = say(lang, "Lignes|Colonne|Constat|Remède", "Lines|Column|Finding|Remedy").split("|")
        print(table(heads, rows))


def _grouped(findings: list[dict[str, Any]]) -> list[list[str]]:
    """One row per kind of finding and column: which lines, the first one's words, the remedy (all of them with --json)."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for finding in findings:
        groups.setdefault((finding["code"], finding["column"]), []).append(finding)
    rows = []
    for (_, column), alike in groups.items():
        lines = [str(one["line"]) for one in alike if one["line"]]
        more = f" … ({len(lines)})" if len(lines) > SHOWN_LINES else ""
        rows.append([", ".join(lines[:SHOWN_LINES]) + more or "–", column, alike[0]["what"], alike[0]["remedy"]])
    return rows
