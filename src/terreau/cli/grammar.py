"""The grammar of the command line: every command, option and default, and nothing else."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import terreau
from terreau.cli import dossier, indicators, keeping, levers, plan

CODES = "Codes : 0 fait / done · 1 fait, avec des lignes douteuses ou rejetées / done with doubtful or rejected lines · 2 entrée inutilisable / unusable input · 3 notre faute / our fault"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one call; ``options.run(options)`` does the work."""
    options = parser(_command_of(arguments)).parse_args(arguments)
    options.lang = getattr(options, "lang", None) or "fr"
    return options


@cache
def parser(command: str = "") -> argparse.ArgumentParser:
    """The whole grammar, or what it says of one command and of its neighbours: to describe them all takes 10 ms."""
    root = argparse.ArgumentParser(
        prog="terreau",
        description="L'établi du numérique responsable. / The workbench of responsible digital.",
        epilog=CODES,
        parents=[_language()],
    )
    root.add_argument("--version", action="version", version=f"terreau {terreau.__version__}")
    commands = root.add_subparsers(title="commandes / commands", metavar="COMMANDE", required=True)
    for names, grammar in _grammars():
        if command in names or not command:
            grammar(commands)
    return root


def _command_of(arguments: Sequence[str]) -> str:
    """The command named first; "" when it is not one of ours, or not said yet: everything is then described."""
    before = ""
    for one in arguments:
        if not one.startswith("-") and before != "--lang":
            return one if any(one in names for names, _ in _grammars()) else ""
        before = one
    return ""


def _grammars() -> tuple[tuple[tuple[str, ...], Callable[[Any], None]], ...]:
    """What describes each command, in the order of the help."""
    return (
        (("demo", "serve", "worker", "user", "mail"), _server),
        (("inventory",), _inventory),
        (("footprint", "explain"), _footprint),
        (("rules",), _rules),
        (("factors",), _factors),
        (("referential",), _referentials),
        (("score",), _diagnosis),
        (("journal",), _journal),
        (("dossier",), lambda commands: dossier.grammar(commands, _command)),
        (("backup", "restore", "organisation", "prepare"), lambda commands: keeping.grammar(commands, _command)),
        (("indicators",), lambda commands: indicators.grammar(commands, _command)),
        (("levers",), lambda commands: levers.grammar(commands, _command)),
        (("plan",), lambda commands: plan.grammar(commands, _command, _run_options)),
    )


def _language() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--lang", choices=("fr", "en"), default=argparse.SUPPRESS, help="langue des réponses / language (fr)"
    )
    return shared


def _command(commands: Any, name: str, where: str, words: str, **more: Any) -> argparse.ArgumentParser:
    """A command whose function ``where`` ("module:function" of this package) is imported when it runs."""
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words, epilog=CODES, parents=[_language()], **more
    )
    made.set_defaults(run=_Late(where))
    return made


class _Late:
    """A function named now and imported when called."""

    def __init__(self, where: str) -> None:
        self.module, _, self.name = where.partition(":")

    def __call__(self, options: argparse.Namespace) -> int:
        return int(getattr(import_module(f"terreau.cli.{self.module}"), self.name)(options))


def _server(commands: Any) -> None:
    demo = _command(
        commands,
        "demo",
        "server:demo",
        "ouvre Terreau avec des organisations d'exemple / opens the example organisations",
    )
    demo.add_argument("--port", type=_port, default=8765, help="port local (8765)")
    demo.add_argument("--no-browser", action="store_true", help="n'ouvre pas le navigateur / do not open the browser")
    serve = _command(commands, "serve", "server:serve", "ouvre Terreau sur vos données / opens Terreau on your data")
    serve.add_argument("--host", default="127.0.0.1", help="adresse d'écoute / address (127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, help="port (8000)")
    _command(
        commands,
        "worker",
        "working:worker",
        "un exécutant de plus pour les travaux longs, jusqu'à Ctrl+C / one more worker for long work, until Ctrl+C",
    )
    user = commands.add_parser("user", help="comptes / accounts").add_subparsers(metavar="ACTION", required=True)
    link = _command(user, "link", "server:user_link", "lien pour entrer sans mot de passe / sign-in link, shown here")
    link.add_argument("email", metavar="EMAIL")
    mail = commands.add_parser("mail", help="courriel / mail").add_subparsers(metavar="ACTION", required=True)
    trial = _command(mail, "test", "mailing:test", "envoie un message d'essai / sends a trial letter")
    trial.add_argument("address", metavar="ADDRESS")
    remind = _command(
        mail,
        "remind",
        "mailing:remind",
        "rappelle une fois ce qui est dû, pour une minuterie / reminds once of what is due, for a timer",
    )
    remind.add_argument(
        "--show",
        action="store_true",
        help="montre les courriels de la semaine, n'envoie rien / shows the weekly letters, sends nothing",
    )


def _inventory(commands: Any) -> None:
    group = commands.add_parser("inventory", help="inventaires / inventories").add_subparsers(
        metavar="ACTION", required=True
    )
    check = _command(
        group, "check", "inventory:check", "dit ce qui a été compris d'un inventaire / says what was understood"
    )
    _files(check)
    check.add_argument(
        "--at",
        type=_day,
        default=None,
        metavar="AAAA-MM-JJ",
        help="fin de la période (aujourd'hui) / end of the period (today)",
    )
    check.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    together = _command(
        group,
        "reconcile",
        "reconciling:reconcile",
        "un seul parc de plusieurs sources / one fleet of several sources",
    )
    _files(together, ", instantané / snapshot")
    together.add_argument(
        "--at", type=_day, default=None, metavar="AAAA-MM-JJ", help="jour (aujourd'hui) / day (today)"
    )
    together.add_argument("--out", type=Path, default=None, metavar="DIR", help="dossier des listes / folder of lists")
    together.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    compare = _command(
        group,
        "compare",
        "comparing:compare",
        "achats, sorties, réemploi d'une année à l'autre / purchases, exits, reuse from one year to the next",
    )
    for name, words in (
        ("--before", "premier inventaire / first inventory"),
        ("--after", "second inventaire / second"),
    ):
        compare.add_argument(name, nargs="+", type=Path, required=True, metavar="FILE", help=words)
    for name, words in (("--at-before", "un an avant / a year before"), ("--at-after", "aujourd'hui / today")):
        compare.add_argument(name, type=_day, default=None, metavar="AAAA-MM-JJ", help=f"sa date / its day ({words})")
    compare.add_argument("--out", type=Path, default=None, metavar="DIR", help="dossier des listes / folder of lists")
    compare.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    export = _command(
        group, "export", "exporting:export", "écrit le parc pour un autre outil / writes the fleet for another tool"
    )
    _files(export, ", instantané / snapshot")
    export.add_argument("--format", choices=("g4it",), required=True, help="fichiers G4IT / NumEcoEval")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="dossier à remplir / folder to fill")
    export.add_argument("--zone", default="FRA", metavar="FRA", help="pays non dit / country when not said (FRA)")
    export.add_argument(
        "--at", type=_day, default=None, metavar="AAAA-MM-JJ", help="fin des 12 mois (aujourd'hui) / end (today)"
    )
    template = _command(
        group, "template", "inventory:template", "modèle d'inventaire à remplir / a template to fill in"
    )
    template.add_argument("--format", choices=("xlsx", "csv"), required=True)
    template.add_argument(
        "--out", type=Path, default=None, help="fichier ou dossier à écrire, sinon sortie standard / where to write"
    )


def _footprint(commands: Any) -> None:
    weigh = _command(commands, "footprint", "footprint:weigh", "empreinte d'un parc / footprint of a fleet")
    _run_options(weigh)
    weigh.add_argument(
        "--by",
        default="category,stage",
        help="axes : category,stage,entity,site,zone,size_class,item,match (category,stage)",
    )
    weigh.add_argument("--out", type=Path, default=None, metavar="DIR", help="dossier de résultats / folder of results")
    weigh.add_argument(
        "--detail", type=Path, default=None, metavar="FILE.csv|.parquet", help="une ligne par ligne × étape × critère"
    )
    explain = _command(commands, "explain", "footprint:explain", "d'où vient un chiffre / where a figure comes from")
    _run_options(explain)
    explain.add_argument("--criterion", required=True, help="climate_change, …")
    explain.add_argument(
        "--where", action="append", default=[], metavar="category=laptop", help="restreindre / narrow down"
    )


def _rules(commands: Any) -> None:
    compare = _command(
        commands,
        "rules",
        "rules:compare",
        "terreau-1 et numecoeval-2.2 côte à côte / both rule sets side by side",
    )
    _run_options(compare, rules=False)
    compare.add_argument(
        "--errors", type=Path, default=None, metavar="FILE.csv", help="lignes en erreur / lines in error"
    )


def _run_options(command: argparse.ArgumentParser, *, rules: bool = True) -> None:
    _files(command, ", instantané / snapshot")
    if rules:
        command.add_argument("--rules", default="terreau-1", metavar="KEY", help="jeu de règles / rule set (terreau-1)")
    command.add_argument("--factors", default=None, metavar="KEY|DIR|FILE", help="jeu de facteurs / factor set")
    command.add_argument("--zone", default=None, metavar="FRA", help="pays du mix électrique / electricity zone (FRA)")
    command.add_argument("--people", type=_people, default=None, metavar="N", help="effectif / headcount")
    command.add_argument(
        "--at",
        type=_day,
        default=None,
        metavar="AAAA-MM-JJ",
        help="fin des 12 mois (aujourd'hui) / end of the 12 months (today)",
    )
    command.add_argument("--pue", type=_pue, default=None, metavar="1.4", help="PUE mesuré / measured PUE (1.56)")
    command.add_argument(
        "--lifespan",
        type=_lifespan,
        action="append",
        default=[],
        metavar="laptop=6",
        help="durée de vie décidée, en années (répétable) / lifespan policy, in years (repeatable)",
    )
    command.add_argument(
        "--lifespan-mode",
        choices=("reel", "fixe"),
        default=None,
        help="numecoeval-2.2 : dates ou durée prévue (reel) / dates or planned years (reel)",
    )
    command.add_argument(
        "--floor-years",
        type=_floor,
        default=None,
        metavar="1",
        help="numecoeval-2.2 : durée de vie plancher, en années (aucune) / least lifespan, in years (none)",
    )
    command.add_argument("--json", action="store_true", help="sortie JSON / JSON output")


def _factors(commands: Any) -> None:
    group = commands.add_parser("factors", help="facteurs d'impact / impact factors").add_subparsers(
        metavar="ACTION", required=True
    )
    listing = _command(group, "list", "factors:listing", "paquets et jeux de facteurs / packs and sets")
    listing.add_argument("--json", action="store_true")
    show = _command(group, "show", "factors:show", "papiers et valeurs d'un paquet / papers and values of a pack")
    show.add_argument("key", metavar="KEY")
    show.add_argument("--json", action="store_true")


def _referentials(commands: Any) -> None:
    group = commands.add_parser("referential", help="référentiels / referentials").add_subparsers(
        metavar="ACTION", required=True
    )
    listing = _command(group, "list", "referentials:listing", "référentiels livrés / shipped referentials")
    listing.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    show = _command(group, "show", "referentials:show", "thèmes et critères / themes and criteria")
    show.add_argument("key", metavar="KEY", help="clé (nr-terreau, rgesn-2024@2024…) ou fichier YAML / or YAML file")
    show.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    taken = _command(
        group,
        "import",
        "referentials:take_in",
        "lit un référentiel ou une grille reçue / reads one of yours, or a received grid",
    )
    taken.add_argument(
        "file", type=Path, metavar="FILE", help="YAML, JSON officiel, grille en tableur / or spreadsheet"
    )
    taken.add_argument("--organisation", default=None, metavar="SLUG", help="où le garder / where to keep it")
    taken.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    export = _command(group, "export", "referentials:export", "écrit un référentiel / writes a referential")
    export.add_argument("key", metavar="KEY", help="clé ou fichier YAML / key or YAML file")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help=".yaml ou / or .xlsx")
    filled = _command(group, "fill", "grids:fill", "remplit la grille reçue, dans ses cellules / fills a received grid")
    filled.add_argument("grid", type=Path, metavar="GRID", help="XLSX, ODS, CSV, TSV")
    filled.add_argument("answers", type=Path, metavar="ANSWERS.yaml", help="réponses / answers")
    filled.add_argument("--out", type=Path, required=True, metavar="FILE", help="grille remplie / filled grid")
    filled.add_argument(
        "--mapping", type=Path, default=None, metavar="FILE.json", help="lecture corrigée / corrected reading"
    )
    filled.add_argument("--save-mapping", type=Path, default=None, metavar="FILE.json",
                        help="écrit la lecture proposée / writes the proposed reading")  # fmt: skip


def _diagnosis(commands: Any) -> None:
    worth = _command(commands, "score", "diagnosis:score", "ce que valent des réponses / what answers are worth")
    worth.add_argument(
        "key", metavar="KEY", help="référentiel livré, ou fichier YAML / shipped referential, or YAML file"
    )
    worth.add_argument("answers", type=Path, metavar="ANSWERS.yaml", help="réponses / answers")
    worth.add_argument(
        "--rule", default=None, metavar="RULE", help="règle de calcul (la première) / scoring rule (the first)"
    )
    worth.add_argument(
        "--level", default=None, metavar="LEVEL", help="niveau visé (le suivant) / level aimed at (the next)"
    )
    worth.add_argument("--json", action="store_true", help="sortie JSON / JSON output")


def _journal(commands: Any) -> None:
    group = commands.add_parser("journal", help="journal").add_subparsers(metavar="ACTION", required=True)
    verify = _command(
        group, "verify", "server:journal_verify", "vérifie la chaîne du journal / verifies the chain of the journal"
    )
    keeping.exported_file(verify)


def _files(command: argparse.ArgumentParser, more: str = "") -> None:
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=f"inventaires / inventories (CSV, TSV, XLSX, ODS{more})"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une date AAAA-MM-JJ / is not a YYYY-MM-DD date"
        ) from None


def _people(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre entier d'au moins 1 / a whole number, 1 or more")
    return int(text)


def _pue(text: str) -> float:
    value = _number(text)
    if not 1 <= value <= 5:
        raise argparse.ArgumentTypeError(f"« {text} » : un PUE va de 1 à 5 / a PUE goes from 1 to 5")
    return value


def _lifespan(text: str) -> tuple[str, float]:
    category, sign, years = text.partition("=")
    value = _number(years) if sign else 0.0
    if not 0.5 <= value <= 50:
        raise argparse.ArgumentTypeError(
            f"« {text} » : écrivez catégorie=années, de 0,5 à 50 / write category=years, 0.5 to 50"
        )
    return category.strip(), value


def _floor(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 20:
        raise argparse.ArgumentTypeError(f"« {text} » : de 0 à 20 ans / 0 to 20 years")
    return value


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre / is not a number") from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"« {text} » : un port entre 0 et 65535 / a port between 0 and 65535")
    return int(text)
