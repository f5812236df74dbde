"""``terreau referential``: which referentials are at hand, what one asks, what a file holds, an export to pass on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, ready_to_write, say, table, warn
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition
    from terreau.referentials.official import OfficialText


def listing(options: argparse.Namespace) -> int:
    """Every edition shipped: key, version, authority, what it concerns, how many criteria."""
    from terreau.referentials import library

    found = [library.edition(head.key, head.version) for head in library.editions()]
    if options.json:
        print(json.dumps({"referentials": [_head(edition) for edition in found]}, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    heads = say(
        lang, "Clé|Version|Titre|Autorité|Porte sur|Critères", "Key|Version|Title|Authority|About|Criteria"
    ).split("|")
    rows = [
        [
            edition.key,
            edition.version,
            edition.title.in_(lang),
            edition.authority.in_(lang),
            ", ".join(_about(lang, concern) for concern in edition.concerns),
            str(len(edition.for_variant().criteria)),
        ]
        for edition in found
    ]
    print(table(heads, rows, numbers=(5,)))
    return 0


def show(options: argparse.Namespace) -> int:
    """One edition, shipped (by its key) or of a YAML file."""
    from terreau.referentials.document import to_json

    edition = _edition(options.key)
    if options.json:
        print(json.dumps(to_json(edition), ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    print(f"{edition.title.in_(lang)} · {edition.key} · {edition.version}")
    print(f"  {edition.authority.in_(lang)} · {edition.link}".rstrip(" ·"))
    if edition.reformulation:
        print("  " + say(lang, "Reformulation : le texte officiel seul fait foi.",
                         "Reformulation: only the official text is authoritative."))  # fmt: skip
    for theme in edition.themes:
        print(f"\n{theme.key}. {theme.title.in_(lang)}")
        for rubric in theme.rubrics:
            if rubric.title != theme.title:
                print(f"  {rubric.key} {rubric.title.in_(lang)}")
            for criterion in rubric.criteria:
                print(f"    {criterion.number:7} {criterion.question.in_(lang)}{_own(criterion)}")
    return 0


def take_in(options: argparse.Namespace) -> int:
    """Check a YAML edition, an official JSON or a received grid, say what was understood, and keep it when an organisation is given.

    Codes: 0 understood (and kept); 1 a grid to look at; 2 when the file cannot be used, every finding told at once.
    """
    path: Path = options.file
    if path.suffix.lower() in (".xlsx", ".xlsm", ".ods", ".csv", ".tsv"):
        from terreau.cli import grids

        return grids.take_in(options)
    edition, text = _read(path)
    told = _understood(edition, text)
    if options.organisation:
        told["kept"] = _keep(options.organisation, path)
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    print(f"{told['title'][lang]} · {told['key']} · {told['version']}")
    count = many(
        lang, told["entries"], "critère ou entrée|critères ou entrées", "criterion or entry|criteria or entries"
    )
    print(
        f"  {say(lang, *_KINDS[told['kind']])} : {count}" if lang != "en" else f"  {_KINDS[told['kind']][1]}: {count}"
    )
    if not options.organisation:
        warn(say(lang, "Rien n'est gardé : ajoutez --organisation SLUG pour l'importer.",
                 "Nothing is kept: add --organisation SLUG to import it."))  # fmt: skip
    return 0


def export(options: argparse.Namespace) -> int:
    """Write an edition as YAML (to edit and import again) or as a workbook (to read)."""
    target: Path = options.out
    kind = target.suffix.lower()
    if kind not in (".yaml", ".yml", ".xlsx"):
        raise TerreauError("cli.referential_format", path=str(target))
    edition = _edition(options.key)
    ready_to_write(target)
    if kind == ".xlsx":
        from terreau.referentials.workbook import write_workbook

        write_workbook(edition, target, options.lang)
    else:
        from terreau.referentials.document import to_yaml

        target.write_text(to_yaml(edition), encoding="utf-8")
    print(target)
    return 0


def _keep(slug: str, path: Path) -> str:
    """Keep a file among the referentials of one organisation; its private key, or the one its text stands beside."""
    from terreau.cli.keeping import start

    start()
    from terreau.app.keeping.leaving import named
    from terreau.app.referentials import door

    return str(door.keep(named(slug), path))


_KINDS = {
    "edition": ("Référentiel en YAML, complet", "Referential in YAML, complete"),
    "private": ("Fichier officiel, devient un référentiel privé", "Official file, becomes a private referential"),
    "official": ("Texte officiel, se montre à côté de nos questions", "Official text, shown beside our questions"),
}


def _edition(key: str) -> Edition:
    from terreau.referentials import library

    return library.read_edition(Path(key)) if key.lower().endswith((".yaml", ".yml")) else library.edition(key)


def _read(path: Path) -> tuple[Edition | None, OfficialText | None]:
    """An edition, an official text, or both when the official text becomes a private edition."""
    if path.suffix.lower() == ".json":
        from terreau.referentials.official import read_official
        from terreau.referentials.private import becomes_an_edition, private_edition

        text = read_official(path)
        return (private_edition(text, path.name) if becomes_an_edition(text) else None), text
    from terreau.referentials import library

    return library.read_edition(path), None


def _understood(edition: Edition | None, text: OfficialText | None) -> dict[str, Any]:
    if text is not None:
        kind = "private" if edition else "official"
        told = {"key": text.referential, "version": text.version, "part": text.part, "licence": text.licence}
        return {"kind": kind, **told, "title": {"fr": text.title, "en": text.title}, "entries": len(text.entries)}
    assert edition is not None  # noqa: S101 -- _read gives one or the other
    return {"kind": "edition", **_head(edition), "entries": len(edition.criteria)}


def _head(edition: Edition) -> dict[str, Any]:
    return {
        "key": edition.key,
        "version": edition.version,
        "title": {"fr": edition.title.fr, "en": edition.title.en},
        "authority": {"fr": edition.authority.fr, "en": edition.authority.en},
        "link": edition.link,
        "concerns": list(edition.concerns),
        "mode": edition.mode,
        "reformulation": edition.reformulation,
        "licence": edition.licence,
        "themes": len(edition.themes),
        "rubrics": len(edition.for_variant().rubrics),
        "criteria": len(edition.for_variant().criteria),
        "digest": edition.digest,
    }


def _about(language: str, concern: str) -> str:
    return say(language, {"organisation": "organisation", "service": "service"}[concern], concern)


def _own(criterion: Criterion) -> str:
    return f" [{', '.join(criterion.only_for)}]" if criterion.only_for else ""
