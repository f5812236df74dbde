"""``terreau plan simulate``: a fleet over the years to come, as things go and with levers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from terreau.cli.footprint import FIRST, accounted, run_choices
from terreau.cli.writing import progress, say, table, warn_of_twins
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.plan.trajectory import Trajectory


def grammar(commands: Any, command: Callable[..., argparse.ArgumentParser], run_options: Callable[..., None]) -> None:
    """The words of these commands; ``run_options`` adds the options of a run."""
    group = commands.add_parser("plan", help="plan d'action / action plan").add_subparsers(
        metavar="ACTION", required=True
    )
    simulate = command(
        group,
        "simulate",
        "plan:simulate",
        "trajectoire d'un parc sous des leviers / a fleet over the years, with levers",
    )
    run_options(simulate, rules=False)
    simulate.add_argument(
        "--lever", action="append", default=[], metavar="KEY[=VALUE]",
        help="levier et son réglage (répétable) : LV01=7, life:monitor=8, pue=1.2 / lever and its setting (repeatable)",
    )  # fmt: skip
    simulate.add_argument("--years", type=_years, required=True, metavar="N", help="horizon, de 1 à 30 / 1 to 30 years")
    simulate.add_argument(
        "--start", type=_start, action="append", default=[], metavar="KEY=YEAR",
        help="année de début d'un levier (1) / first year of a lever (1)",
    )  # fmt: skip
    simulate.add_argument(
        "--growth", type=_growth, action="append", default=[], metavar="CATEGORY=PERCENT",
        help="hypothèse de croissance, en %% par an (0) / hypothesis of growth, %% a year (0)",
    )  # fmt: skip


def simulate(options: argparse.Namespace) -> int:
    """The trajectory; 1 when a line was doubtful or rejected."""
    from terreau.plan import simulate as simulated

    show = progress(options.lang)
    warn_of_twins(options.files, options.lang)
    try:
        found = simulated(
            options.files, levers=options.lever, years=options.years, starts=_once("--start", options.start),
            growth=_once("--growth", options.growth), progress=show, **run_choices(options),
        )  # fmt: skip
    finally:
        if show:
            show("")
    if options.json:
        print(json.dumps(found.as_json(options.lang), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(found, options.lang)
    lines = found.outlook.footprint.lines
    return 1 if lines["doubtful"] or lines["rejected"] else 0


def _print(found: Trajectory, lang: str) -> None:
    from terreau.factors.criteria import criterion
    from terreau.publishing.numbers import between, quantity

    print(accounted(found.outlook.footprint.lines, lang) + "\n")
    for key in [key for key in FIRST if key in found.criteria]:
        told, unit = criterion(key), criterion(key).unit
        at_least = say(lang, " (au moins)", " (at least)") if found.at_least(key) else ""
        print(told.label(lang) + at_least)
        rows = []
        for year in range(found.outlook.years + 1):
            before, after = found.value(key, year, 0), found.value(key, year)
            rows.append([str(year), quantity(before.central, unit, lang), between(before, unit, lang),
                         quantity(after.central, unit, lang), between(after, unit, lang)])  # fmt: skip
        heads = say(lang, "Année|Référence|Intervalle à 95 %|Avec les leviers|Intervalle à 95 %",
                    "Year|Reference|95% interval|With levers|95% interval")  # fmt: skip
        print(table(heads.split("|"), rows, numbers=(0, 1, 2, 3, 4)))
        _print_gains(found, key, lang)
        print()
    _print_purchases(found, lang)
    print("\n" + say(lang, "Hypothèses", "Hypotheses"))
    for one in found.hypotheses:
        print(f"  · {one.sentence(lang)}")


def _print_gains(found: Trajectory, key: str, lang: str) -> None:
    """What each lever brings in the last year; parts add up, whatever their order."""
    from terreau.factors.criteria import criterion
    from terreau.publishing.numbers import quantity

    last, unit = found.outlook.years, criterion(key).unit
    gains = found.gains(key, last)
    if not gains:
        return
    left_out = found.left_out(key)
    rows = []
    for name, gain in sorted(gains.items(), key=lambda one: (one[0] in left_out, -one[1])):
        word = say(lang, "de moins", "less") if gain >= 0 else say(lang, "de plus", "more")
        aside = say(lang, "laissé de côté", "left out")
        rows.append([name, aside if name in left_out else f"{quantity(abs(gain), unit, lang)} {word}"])
    print()
    print(table([say(lang, "Levier", "Lever"), say(lang, f"Année {last}", f"Year {last}")], rows, numbers=(1,)))


def _print_purchases(found: Trajectory, lang: str) -> None:
    from terreau.publishing.numbers import count

    print(say(lang, "Appareils achetés", "Devices bought"))
    both = zip(found.bought(0), found.bought(), strict=True)
    rows = [[str(year), *(count(round(one), lang) for one in pair)] for year, pair in enumerate(both)]
    heads = say(lang, "Année|Référence|Avec les leviers", "Year|Reference|With levers")
    print(table(heads.split("|"), rows, numbers=(0, 1, 2)))


def _once(option: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What an option said for each key; a key said twice is refused."""
    told = dict(pairs)
    for key in told:
        if [one for one, _ in pairs].count(key) > 1:
            raise TerreauError("plan.said_twice", option=option, key=key)
    return told


def _years(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 30:
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre d'années de 1 à 30 / a number of years from 1 to 30")
    return int(text)


def _start(text: str) -> tuple[str, int]:
    key, sign, year = text.rpartition("=")
    if not sign or not year.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"« {text} » : écrivez LEVIER=ANNÉE, par exemple LV01=2 / write LEVER=YEAR")
    return key.strip(), int(year)


def _growth(text: str) -> tuple[str, float]:
    category, sign, percent = text.partition("=")
    try:
        return (category.strip(), float(percent.replace(",", ".").removesuffix("%").strip())) if sign else (text, 1 / 0)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(
            f"« {text} » : écrivez catégorie=pourcentage, par exemple laptop=2 / write category=percent"
        ) from None
