"""Year against year (d'une année à l'autre): what entered a fleet and left it between two inventories.

In a notebook::

    from datetime import date
    from terreau.inventory.movements import measures, movements
    from terreau.tables.engine import engine

    with engine() as con:
        told = movements(con, ["glpi-2025.csv"], ["glpi-2026.csv"],
                         at_before=date(2025, 9, 30), at_after=date(2026, 9, 30))
    told.total("purchased")                 # bought between the two days
    told.total("exit", "gone", "taken_from_lot")
    told.balance_gap                        # always 0: before + entries - leavings = after
    measures(told)                          # meters, each with its papers
"""

from terreau.inventory.movements.computing import Comparison, compare, movements
from terreau.inventory.movements.meters import METERS, measures
from terreau.inventory.movements.records import Movements
from terreau.inventory.movements.sources import Taken, pair_sources

__all__ = ["METERS", "Comparison", "Movements", "Taken", "compare", "measures", "movements", "pair_sources"]
