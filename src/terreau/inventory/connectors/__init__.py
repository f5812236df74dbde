"""One file per tool whose exports are understood (connecteurs): dropping a file here is enough.

A connector is a module with KEY, LABEL {fr, en}, `recognises(understood, headers)` returning a score from
0 to 1 (the highest wins, `spreadsheet` being everybody's last resort), `kind(name, headers, types)`
naming what a sheet holds, `type_word(kind, word)` completing its type words, and `cell(expression)`
writing the SQL that cleans one cell. It may also have DATE_ORDER ("dmy", "mdy": the order its format promises
where the dates of a column prove none) and `declines(understood, headers)`, the code that says why a list
is named and not counted, or ''.
"""

from collections.abc import Sequence
from functools import cache
from types import ModuleType

from terreau.inventory.headers import HeaderReading
from terreau.kernel.registry import by_key, modules_in


@cache
def connectors() -> dict[str, ModuleType]:
    """Every connector by its key."""
    return by_key((module.KEY, module.__name__, module) for module in modules_in(__name__))


def connector_for(understood: HeaderReading, headers: Sequence[str]) -> ModuleType:
    """The connector that recognises best these headings."""
    scores = {key: module.recognises(understood, headers) for key, module in connectors().items()}
    return connectors()[max(sorted(scores), key=lambda key: scores[key])]
