"""The words of an IT inventory, in French and English: plain tables, read once (vocabulaire).

The tables are Terreau's own compilation. Every file is UTF-8, comma, LF; `checks.csv` is the
regression list of the product lines and weighs on nothing else.
"""

import csv
import hashlib
import json
from functools import cache
from importlib.resources import files

TABLES = (
    "category-keys",
    "category-labels",
    "conditions",
    "countries",
    "headers",
    "junk-serials",
    "manufacturers",
    "months-fr",
    "ownership",
    "product-lines",
    "sheet-kinds",
    "sources",
    "statuses",
    "type-words",
)


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The lines of one table, as written, in file order (order is meaning: the first that fits wins)."""
    return tuple(csv.DictReader(_text(table).splitlines()))


def taken_apart() -> dict[str, list[list[str]]]:
    """Pattern of the vocabulary -> the texts it cannot do without (see ``inventory.needles``), as `needles.json` keeps
    them: taking the patterns apart cost 0.1 s at each start.
    """
    found = json.loads(files(__name__).joinpath("needles.json").read_text(encoding="utf-8"))
    return dict(found)


def patterns() -> tuple[str, ...]:
    """Every pattern of the tables, each once."""
    told = (
        *(row["pattern"] for row in rows("product-lines")),
        *(row["word"] for row in rows("type-words") if row["kind"] == "regex"),
        *(row["clue"] for row in rows("category-keys") if row["clue"]),
    )
    return tuple(dict.fromkeys(told))


@cache
def version() -> str:
    """Digest of every table: it names the words a reading was made with (16 hexadecimal digits)."""
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(table.encode() + b"\0" + _text(table).encode() + b"\0")
    return digest.hexdigest()[:16]


def _text(table: str) -> str:
    return files(__name__).joinpath(f"{table}.csv").read_text(encoding="utf-8")
