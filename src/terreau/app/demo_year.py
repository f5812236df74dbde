"""What a year did to the lists of "Métropole de Valmont" (synthetic): where the retired went, what came, what vanished.

The example files say what the fleet is, not how it moved. These stories are drawn from a digest of each line, so that
both inventories are the same every time; none changes what is in service today.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator

RETIRED = "Réformé"
FATES = ("Recyclé", "Recyclé", "Vendu", "Vendu", "Donné (association)", "Donné (association)", RETIRED, RETIRED)
"""Where the retired went, in eighths: two in eight nobody wrote down."""

USED, SHELVED = "En production", "En stock"
Story = Callable[[list[str], dict[str, int]], Iterable[list[str]]]

VANISHED = 45  # one line in so many had an older neighbour, gone since without a word
LEFT_UNDATED = 2  # one in so many of the undated exits is of this year
CAME_OUT_OF_STOCK = 4


def told_this_year(text: str) -> str:
    """The list of this year, its retired devices sent somewhere."""
    return _rewritten(text, _send)


def told_last_year(text: str) -> str:
    """The list of last year, from that of this year as it would have read: undated exits were in use, some were there."""
    return _rewritten(text, _bring_back)


def _rewritten(text: str, story: Story) -> str:
    """The list with each line told by ``story``; a list without statuses (a device manager's) stays as it is."""
    if "statut" not in text.partition("\n")[0].casefold():
        return text
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    places = {header.casefold(): place for place, header in enumerate(rows[0])}
    writer.writerow(rows[0])
    for cells in rows[1:]:
        writer.writerows(story(cells, places))
    return target.getvalue()


def _send(cells: list[str], places: dict[str, int]) -> Iterable[list[str]]:
    status = places["statut"]
    told = list(cells)
    if told[status] == RETIRED:
        told[status] = FATES[_dice(cells, places, 0) % len(FATES)]
    return (told,)


def _bring_back(cells: list[str], places: dict[str, int]) -> Iterator[list[str]]:
    status = places["statut"]
    told = list(cells)
    dated = any(told[place] for header, place in places.items() if "réforme" in header and place < len(told))
    if told[status] in FATES and not dated and _dice(cells, places, 1) % LEFT_UNDATED == 0:
        told[status] = USED
    if told[status] == SHELVED and _dice(cells, places, 2) % CAME_OUT_OF_STOCK == 0:
        told[status] = USED
    yield told
    if _dice(cells, places, 3) % VANISHED == 0 and told[status] == USED:
        yield _neighbour(told, places)


def _neighbour(cells: list[str], places: dict[str, int]) -> list[str]:
    """Another device of the same kind, with marks of its own."""
    told = list(cells)
    for header in ("nom", "numéro de série", "numéro d'inventaire"):
        place = places.get(header)
        if place is not None and told[place]:
            told[place] += "Q7"
    return told


def _dice(cells: list[str], places: dict[str, int], throw: int) -> int:
    """A number of this line that its status does not change."""
    fixed = [cell for place, cell in enumerate(cells) if place != places["statut"]]
    return hashlib.sha256(";".join(fixed).encode()).digest()[throw]
