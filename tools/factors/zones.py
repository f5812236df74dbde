"""Make the table of country names understood by Terreau.

    python tools/factors/zones.py COUNTRIES_CSV ZONES_CSV

COUNTRIES_CSV holds words (word, alpha3, language, kind). Names of zones that have electricity figures but no word
there come from the common locale data (Babel).
"""

import csv
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

PACKS = Path(__file__).parents[2] / "src" / "terreau" / "factors" / "data"


def zones_with_electricity() -> set[str]:
    """Every zone the shipped packs give an electricity figure for."""
    found = set()
    for table in PACKS.glob("*/factors.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            found |= {line["subject"] for line in csv.DictReader(file) if line["kind"] == "electricity"}
    return found


def main(countries: Path, target: Path) -> None:
    """Words first, then the missing French and English names, then the codes."""
    with countries.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["word"]]
    named = {(line["alpha3"], line["language"]) for line in lines if line["kind"] == "name"}
    known = {line["alpha3"] for line in lines}
    two_letters = {three: two[0] for three, two in get_global("territory_aliases").items() if len(three) == 3}
    for alpha3 in sorted(known | zones_with_electricity()):
        for language in ("fr", "en"):
            name = Locale(language).territories.get(two_letters.get(alpha3, ""))
            if name and (alpha3, language) not in named:
                lines.append({"word": name.replace("’", "'"), "alpha3": alpha3, "language": language, "kind": "name"})
        if alpha3 not in known:
            codes = [alpha3] + ([two_letters[alpha3]] if alpha3 in two_letters else [])
            lines += [{"word": code, "alpha3": alpha3, "language": "any", "kind": "code"} for code in codes]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["word", "alpha3", "language", "kind"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(lines, key=lambda one: (one["alpha3"], one["kind"] != "name", one["language"])))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
