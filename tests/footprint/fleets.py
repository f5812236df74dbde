"""Fleets made by hand: a relation with exactly the columns that the inventory gives."""

from datetime import date
from decimal import Decimal

from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import rule_set
from terreau.footprint.weighing import weigh
from terreau.inventory import FLEET_COLUMNS
from tests.bench import bench
from tests.footprint.small_set import SmallSet

COLUMNS = {
    "file": "VARCHAR", "line": "BIGINT", "asset": "VARCHAR", "entity": "VARCHAR", "site": "VARCHAR", "zone": "VARCHAR",
    "category": "VARCHAR", "size_class": "VARCHAR", "size_known": "BOOLEAN", "class_level": "VARCHAR", "maker": "VARCHAR",
    "model_key": "VARCHAR", "fate": "VARCHAR", "status": "VARCHAR", "status_given": "BOOLEAN", "quantity": "DECIMAL(18,6)",
    "entered_on": "DATE", "entry_precision": "VARCHAR", "left_on": "DATE", "own_kwh": "DECIMAL(18,6)",
    "in_datacentre": "BOOLEAN", "own_pue": "DECIMAL(9,4)", "room_zone": "VARCHAR", "bought_on": "DATE", "type_word": "VARCHAR", "model": "VARCHAR",
    "use_mode": "VARCHAR", "use_rate": "DECIMAL(9,6)", "years_before": "DECIMAL(9,4)", "years_here": "DECIMAL(9,4)",
    "years_after": "DECIMAL(9,4)", "doubtful": "BOOLEAN",
}  # fmt: skip
PLAIN = {
    "file": "parc.csv", "entity": "", "site": "", "zone": "FRA", "size_class": "standard", "size_known": True,
    "class_level": "model", "maker": "", "model_key": "", "fate": "counted", "status": "in_use", "status_given": True,
    "quantity": Decimal(1), "entered_on": date(2025, 10, 1), "entry_precision": "day", "left_on": None, "own_kwh": None,
    "in_datacentre": False, "own_pue": None, "room_zone": None, "bought_on": None, "type_word": None, "model": None,
    "use_mode": None, "use_rate": None, "years_before": None, "years_here": None, "years_after": None, "doubtful": False,
}  # fmt: skip
AT = date(2026, 9, 30)
"""Period of the tests: 1 October 2025 to 30 September 2026, 365 days."""


def line(category, **facts):
    """One line of a fleet, plain unless said."""
    return {**PLAIN, "category": category, **facts}


def laid(con, lines, name="fleet"):
    """Lay the lines down as relation ``name``, and what their ``class_no`` stands for as ``<name>_classes``."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE lines_of_{name} (" + ", ".join(f"{k} {v}" for k, v in COLUMNS.items()) + ")"
    )
    rows = [{"line": n + 1, "asset": f"A{n + 1}", **one} for n, one in enumerate(lines)]
    if rows:
        columns = ", ".join(f"unnest(?::{kind}[])" for kind in COLUMNS.values())
        con.execute(f"INSERT INTO lines_of_{name} SELECT {columns}", [[row[k] for row in rows] for k in COLUMNS])
    said = "category, size_class, model_key"
    con.execute(f"""CREATE OR REPLACE TABLE {name} AS
        SELECT * REPLACE ({FLEET_COLUMNS["entered_on"]} AS entered_on), dense_rank() OVER (ORDER BY {said}) AS class_no
        FROM lines_of_{name}""")
    con.execute(f"CREATE OR REPLACE TABLE {name}_classes AS SELECT DISTINCT class_no, {said} FROM {name}")
    return name


def weighed(lines, *, at=AT, threads=None, factors=None, rules=None):
    """Weights of the lines."""
    rules = rules or rule_set()
    facts = {"period": rules.period(at), "rules": rules, "factor_sets": [factors or SmallSet()], "site": True}
    con = bench(threads) if threads else bench()  # the same one: the cache tells them apart
    return weigh(con, laid(con, lines), **facts)


def chosen(**facts):
    """Parameters of the tests."""
    return Parameters(**{"at": AT, **facts})
