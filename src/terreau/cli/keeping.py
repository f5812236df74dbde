"""Commands that keep: backup, restore, export and erasure of one organisation. Django is imported late."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from terreau.cli.writing import say, warn
from terreau.kernel.errors import TerreauError

SHORTEST = 12


def grammar(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The words of these commands; ``command`` makes one whose function is imported when it runs."""
    backup = command(
        commands, "backup", "keeping:backup", "sauvegarde tout en un fichier / backs everything up in one file"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="archive à écrire / archive to write (.zip)")
    _passphrase(backup)
    backup.add_argument(
        "--with-results",
        action="store_true",
        help="garde aussi les résultats déjà calculés / keep computed results too",
    )
    restore = command(
        commands, "restore", "keeping:restore", "refait une instance d'une sauvegarde / restores a backup"
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="archive de / archive of « terreau backup »")
    _passphrase(restore)
    restore.add_argument(
        "--into", type=Path, default=None, metavar="DIR", help="dossier vide (TERREAU_HOME) / empty folder"
    )
    command(
        commands,
        "prepare",
        "server:prepare",
        "prépare ou met à jour la base, sans ouvrir / makes or migrates the database",
    )
    group = commands.add_parser("organisation", help="une organisation / one organisation").add_subparsers(
        metavar="ACTION", required=True
    )
    export = command(
        group, "export", "keeping:export", "emporte tout d'une organisation / takes everything of one away"
    )
    export.add_argument("slug", metavar="SLUG", help="nom dans l'adresse : /o/SLUG/ / name in the address")
    export.add_argument("file", type=Path, metavar="FILE", help="archive à écrire / archive to write (.zip)")
    _passphrase(export)
    export.add_argument(
        "--with-results", action="store_true", help="avec les résultats déjà calculés / with computed results"
    )
    erase = command(group, "erase", "keeping:erase", "efface une organisation, pour toujours / erases one, for ever")
    erase.add_argument("slug", metavar="SLUG", help="nom dans l'adresse : /o/SLUG/ / name in the address")
    erase.add_argument("--yes", action="store_true", help="sans demander / without asking")


def exported_file(command: argparse.ArgumentParser) -> None:
    """``journal verify`` may be given an export instead of this instance."""
    command.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="export d'une organisation / export of an organisation"
    )
    _passphrase(command)


def backup(options: argparse.Namespace) -> int:
    """Write the archive; 0 when all is sound, 1 when something kept was already damaged."""
    passphrase = _read_passphrase(options, twice=True)
    start()
    from terreau.app.keeping.backup import backup as keep

    made = keep(options.file.absolute(), passphrase=passphrase, results=options.with_results)
    lang = options.lang
    print(say(lang, f"Sauvegarde écrite : {options.file}", f"Backup written: {options.file}"))
    print(
        say(
            lang,
            f"  {made.rows} lignes de la base, {made.files} fichiers, {_size(made.size, lang)} une fois dépliés",
            f"  {made.rows} rows of the database, {made.files} files, {_size(made.size, lang)} once unpacked",
        )
    )
    for one in made.organisations:
        chain = (
            say(lang, "chaîne vérifiée", "chain verified") if one.sound else say(lang, "CHAÎNE ROMPUE", "CHAIN BROKEN")
        )
        print(say(lang, f"  {one.name} : {one.entries} entrées au journal, {chain}",
                  f"  {one.name}: {one.entries} journal entries, {chain}"))  # fmt: skip
    for name in made.damaged:
        warn(say(lang, f"  ABÎMÉ avant la sauvegarde : {name}", f"  DAMAGED before the backup: {name}"))
    for name in made.ignored:
        warn(
            say(
                lang,
                f"  laissé de côté, nom inconnu de Terreau : {name}",
                f"  left aside, not a name of Terreau's: {name}",
            )
        )
    _warn_of_secrets(lang, made.sealed)
    return 0 if made.sound else 1


def restore(options: argparse.Namespace) -> int:
    """Make the instance again; 0, or 1 when the archive already said that something was damaged."""
    from terreau.app.home import home

    passphrase = _read_passphrase(options, twice=False)
    target = (options.into or home()).absolute()
    with _home_of_nobody():
        start()
        from terreau.app.keeping.restore import restore as bring_back

        made = bring_back(options.file.absolute(), target, passphrase=passphrase)
    lang = options.lang
    print(say(lang, f"Instance restaurée dans {made.home}", f"Instance restored in {made.home}"))
    print(
        say(
            lang,
            f"  sauvegarde du {made.made_at} (Terreau {made.made_by}) : {made.rows} lignes, {made.files} fichiers, comptes et empreintes vérifiés",
            f"  backup of {made.made_at} (Terreau {made.made_by}): {made.rows} rows, {made.files} files, counts and digests verified",
        )
    )
    if made.migrated:
        print(
            say(lang, f"  évolutions de la base appliquées : {made.migrated}", f"  migrations applied: {made.migrated}")
        )
    for name in made.organisations:
        print(f"  {name}")
    for name in (*made.broken_before, *made.damaged):
        warn(say(lang, f"  déjà abîmé à la sauvegarde : {name}", f"  already damaged when backed up: {name}"))
    print(say(lang, "  Chacun doit se reconnecter ; les imports non confirmés sont à refaire.",
              "  Everybody signs in again; imports not confirmed are to be made again."))  # fmt: skip
    return 1 if made.broken_before or made.damaged else 0


def export(options: argparse.Namespace) -> int:
    """Write everything of one organisation; 0, or 1 when something of it was already damaged."""
    passphrase = _read_passphrase(options, twice=True)
    start()
    from terreau.app.keeping.leaving import export as take_away

    made = take_away(options.slug, options.file.absolute(), passphrase=passphrase, results=options.with_results)
    lang = options.lang
    print(say(lang, f"{made.name} : export écrit, {options.file}", f"{made.name}: export written, {options.file}"))
    print(
        say(
            lang,
            f"  {made.rows} lignes, {made.files} fichiers, journal de {made.entries} entrées, dernier maillon {made.head[:16]}",
            f"  {made.rows} rows, {made.files} files, a journal of {made.entries} entries, last link {made.head[:16]}",
        )
    )
    for name in made.damaged:
        warn(say(lang, f"  ABÎMÉ avant l'export : {name}", f"  DAMAGED before the export: {name}"))
    if not made.sound:
        warn(say(lang, "  LA CHAÎNE DU JOURNAL EST ROMPUE", "  THE CHAIN OF THE JOURNAL IS BROKEN"))
    warn(
        say(
            lang,
            "  Il nomme les membres et contient vos fichiers : transmettez-le comme tel. Aucun mot de passe n'y est.",
            "  It names the members and holds your files: hand it over as such. It holds no password.",
        )
    )
    return 0 if made.sound and not made.damaged else 1


def verify(options: argparse.Namespace) -> int:
    """Verify the journal of an exported organisation; 2 when its chain is broken."""
    from terreau.app.keeping import outside
    from terreau.app.server import BREAKS

    name, entries, found = outside.verify(options.file.absolute(), _read_passphrase(options, twice=False))
    lang = options.lang
    if not found:
        print(say(lang, f"{name} : {entries} entrées, chaîne vérifiée", f"{name}: {entries} entries, chain verified"))
        return 0
    print(say(lang, f"{name} : LA CHAÎNE EST ROMPUE", f"{name}: THE CHAIN IS BROKEN"))
    for each in found[:20]:
        print(
            say(
                lang,
                f"  entrée {each.number} : {BREAKS[each.kind][0]}",
                f"  entry {each.number}: {BREAKS[each.kind][1]}",
            )
        )
    return 2


def erase(options: argparse.Namespace) -> int:
    """Erase one organisation once its address name was typed."""
    start()
    from terreau.app.keeping import erasing
    from terreau.app.keeping.leaving import named

    organisation, lang = named(options.slug), options.lang
    if not options.yes:
        print(
            say(
                lang,
                f"Vous allez effacer « {organisation.name} » : lignes, fichiers, journal. Cela ne se défait pas.",
                f"You are about to erase “{organisation.name}”: rows, files, journal. It cannot be undone.",
            )
        )
        if (
            _typed(say(lang, f"Tapez {options.slug} pour continuer : ", f"Type {options.slug} to go on: "))
            != options.slug
        ):
            raise TerreauError("app.erase_not_confirmed", slug=options.slug)
    gone = erasing.erase(options.slug)
    print(say(lang, f"{gone.name} : {gone.rows} lignes et {gone.files} fichiers effacés",
              f"{gone.name}: {gone.rows} rows and {gone.files} files erased"))  # fmt: skip
    if gone.people:
        people = ", ".join(gone.people)
        print(say(lang, f"  Comptes qui ne sont plus d'aucune organisation, laissés en place : {people}",
                  f"  Accounts that belong to no organisation any more, left in place: {people}"))  # fmt: skip
    print(say(lang, "  Les sauvegardes déjà faites la contiennent encore.", "  Backups already made still hold it."))
    return 0


def _typed(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        return ""


def _passphrase(command: argparse.ArgumentParser) -> None:
    how = command.add_mutually_exclusive_group()
    how.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        help="phrase secrète : première ligne de F / passphrase, first line of F",
    )
    how.add_argument(
        "--passphrase-prompt", action="store_true", help="demande la phrase secrète / asks for the passphrase"
    )


def _read_passphrase(options: argparse.Namespace, *, twice: bool) -> str | None:
    if options.passphrase_file:
        given = _first_line(options.passphrase_file, options.lang)
    elif options.passphrase_prompt:
        given = _asked(options.lang, twice)
    else:
        return None
    if twice and len(given) < SHORTEST or not given:
        raise TerreauError("app.passphrase_too_short", least=SHORTEST)
    return given


def _first_line(path: Path, lang: str) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        readable_by_others = os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
    except (OSError, UnicodeDecodeError) as trouble:
        raise TerreauError(
            "app.archive_absent", path=str(path), reason=getattr(trouble, "strerror", "UTF-8")
        ) from trouble
    if readable_by_others:
        warn(
            say(lang, f"  {path} est lisible par d'autres comptes : chmod 600", f"  others can read {path}: chmod 600")
        )
    return lines[0].strip() if lines else ""


def _asked(lang: str, twice: bool) -> str:
    from getpass import getpass

    given = getpass(say(lang, "Phrase secrète : ", "Passphrase: "))
    if twice and getpass(say(lang, "Encore une fois : ", "Once more: ")) != given:
        raise TerreauError("app.passphrases_differ")
    return given


def _warn_of_secrets(lang: str, sealed: bool) -> None:
    warn(
        say(
            lang,
            "  Ce fichier contient des secrets : empreintes de mots de passe, seconds facteurs et leur clé, clé du journal.\n"
            "  Qui le lit peut se faire passer pour vos membres : gardez-le comme un mot de passe.",
            "  This file holds secrets: password hashes, second factors and their key, the key of the journal.\n"
            "  Whoever reads it can pass for your members: keep it like a password.",
        )
    )
    if not sealed:
        warn(say(lang, "  Il n'est pas chiffré : --passphrase-file ou --passphrase-prompt le ferment.",
                 "  It is not encrypted: --passphrase-file or --passphrase-prompt close it."))  # fmt: skip
    else:
        warn(say(lang, "  Sans sa phrase secrète, personne ne le rouvrira : gardez-la ailleurs.",
                 "  Without its passphrase nobody opens it again: keep it elsewhere."))  # fmt: skip


@contextmanager
def _home_of_nobody() -> Iterator[None]:
    # The settings make a key in the home they are given: not in the one that must be empty.
    import tempfile  # late: heavy, and every command reads this grammar

    with tempfile.TemporaryDirectory(prefix="terreau-restore-") as folder:
        os.environ["TERREAU_HOME"] = folder
        yield


def start() -> None:
    """Make the database reachable from a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _size(size: int, lang: str) -> str:
    big, small = say(lang, "Mo ko", "MB kB").split()
    shown = f"{size / (1 << 20):.1f} {big}" if size >= 1 << 20 else f"{size / 1024:.0f} {small}"
    return shown.replace(".", ",") if lang == "fr" else shown
