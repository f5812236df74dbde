"""Write the crosswalk seed again from the unabridged WSG file: ``python tools/wsg_citations.py guidelines.json``."""

import csv
import sys
from pathlib import Path

from terreau.referentials.citations import natural, pairs_of, read_wsg_citations
from terreau.referentials.crosswalk import SEEDS, write_pairs
from terreau.referentials.outside import DATA


def main(source: str) -> None:
    citations = read_wsg_citations(Path(source))
    write_pairs(pairs_of(citations), SEEDS / "wsg-citations.csv")
    with (DATA / "links.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("identifier", "link"))
        rows.writerows(sorted(citations.links.items(), key=lambda item: natural(item[0])))


if __name__ == "__main__":
    main(sys.argv[1])
