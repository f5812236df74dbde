"""``terreau dossier``: make one of an organisation's assessment, verify one that was received."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from terreau.cli.writing import many, progress, say, warn


def grammar(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The words of these commands; ``command`` makes one whose function is imported when it runs."""
    group = commands.add_parser("dossier", help="dossiers à remettre / dossiers to hand over").add_subparsers(
        metavar="ACTION", required=True
    )
    build = command(
        group, "build", "dossier:build", "fait le dossier d'une évaluation / makes the dossier of an assessment"
    )
    build.add_argument("--organisation", required=True, metavar="SLUG", help="nom dans l'adresse / name in the address")
    build.add_argument("--referential", required=True, metavar="KEY", help="référentiel / referential (nr-terreau)")
    build.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="dossier, ou archive .zip / folder, or .zip archive"
    )
    build.add_argument(
        "--freeze",
        default="",
        metavar="ID",
        help="gel (le dernier, sinon un brouillon) / freeze (the latest, else a draft)",
    )
    build.add_argument(
        "--audience",
        default="auditor",
        choices=("auditor", "organisation", "public"),
        help="pour qui / for whom (auditor)",
    )
    verify = command(
        group,
        "verify",
        "dossier:verify",
        "vérifie chaque fichier et chaque lien d'un dossier / verifies every file and link of a dossier",
    )
    verify.add_argument("dossier", type=Path, metavar="DIR", help="dossier ou archive .zip / folder or .zip archive")


def build(options: argparse.Namespace) -> int:
    """Make the folder (or the archive); 0, or 1 when a piece that should be there is missing or damaged."""
    from terreau.cli.keeping import start

    start()
    from terreau.app.keeping.leaving import named
    from terreau.app.publishing import door
    from terreau.publishing.dossier.build import build as folder
    from terreau.publishing.dossier.build import zipped

    organisation = named(options.organisation)
    source = door.source_for(organisation, options.referential, options.freeze)
    package = door.package_of(organisation, source, language=options.lang, audience=options.audience)
    target = options.out.absolute()
    files, grid = door.paths(organisation, package.audience), door.fills_grid(organisation, package)
    make = zipped if target.suffix.lower() == ".zip" else folder
    made = make(package, files, target, _told(options.lang), fills_grid=grid)
    _say_made(options, made, package.draft)
    return 1 if made.aside.get("missing") or made.aside.get("damaged") else 0


def verify(options: argparse.Namespace) -> int:
    """Say each difference, one a line; 0 when there is none, 1 otherwise."""
    from terreau.publishing.dossier.verify import contents
    from terreau.publishing.dossier.verify import verify as differences

    lang = options.lang
    found = differences(options.dossier)
    for one in found:
        words = one.words(lang)
        print(f"{words.what} {words.why}")
    if found:
        warn(many(lang, len(found), "différence|différences", "difference|differences"))
        return 1
    digest, told = contents(options.dossier)
    print(say(lang, f"{options.dossier} : {len(told['files'])} fichiers, tout est conforme au manifeste",
              f"{options.dossier}: {len(told['files'])} files, all as the manifest says"))  # fmt: skip
    print(say(lang, f"  empreinte du manifeste : {digest}", f"  digest of the manifest: {digest}"))
    print(say(lang, f"  empreinte du contenu gelé : {told['freeze']['sha256']}",
              f"  digest of the frozen content: {told['freeze']['sha256']}"))  # fmt: skip
    if told["freeze"].get("digest") and not told["freeze"].get("draft"):
        frozen = told["freeze"]["digest"]
        print(say(lang, f"  empreinte du gel, celle que montrent les pages d'audit : {frozen}",
                  f"  digest of the freeze, as the pages of audits show it: {frozen}"))  # fmt: skip
    if told["freeze"].get("draft"):
        warn(say(lang, "  BROUILLON : rien n'était gelé.", "  DRAFT: nothing was frozen."))
    return 0


def _say_made(options: argparse.Namespace, made: Any, draft: bool) -> None:
    from terreau.publishing.dossier.words import REASONS, size, word

    lang = options.lang
    print(say(lang, f"Dossier écrit : {options.out}", f"Dossier written: {options.out}"))
    print(say(lang, f"  {made.criteria} critères, {made.files} fichiers de preuve, {size(made.size, lang)}",
              f"  {made.criteria} criteria, {made.files} evidence files, {size(made.size, lang)}"))  # fmt: skip
    print(say(lang, f"  empreinte du manifeste : {made.digest}", f"  digest of the manifest: {made.digest}"))
    for why, count in sorted(made.aside.items()):
        (warn if why in ("missing", "damaged") else print)(f"  {count} × {word(REASONS, why, lang)}")
    if draft:
        warn(
            say(
                lang,
                "  Brouillon : rien n'est gelé, chaque page le dit.",
                "  Draft: nothing is frozen, every page says so.",
            )
        )


def _told(lang: str) -> Callable[[str, int, int], None] | None:
    """Progress on the error stream, only when somebody watches; nothing of it stays."""
    show = progress(lang)
    if show is None:
        return None
    words = {
        "copy": say(lang, "preuves", "evidence"),
        "document": say(lang, "document", "document"),
        "archive": "archive",
    }

    def told(step: str, done: int, of: int) -> None:
        share = f" {done + 1}/{of}" if of else ""
        show(f"  {words[step]}{share}" if step in words and done + 1 != of else "")

    return told
