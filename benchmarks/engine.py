"""Engine: a snapshot to impacts, and a what-if, against a Python loop over lines and against the whole run."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.fleets import grouped, write_csv

AT = date(2026, 9, 30)
LOOP_LINES = 20_000


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Snapshot to impacts against a per-line loop (scaled); another zone on the same weights against the whole run."""
    from terreau.footprint import footprint, weigh_files

    snapshot = _snapshot(folder, lines)
    start = time.perf_counter()
    footprint([snapshot], at=AT)
    whole = time.perf_counter() - start
    loop = _loop(_snapshot(folder, LOOP_LINES)) * lines / LOOP_LINES
    yield (f"Instantané vers empreinte, {grouped(lines)} lignes", f"{whole:.2f} s", "boucle Python ligne à ligne (extrapolée)",
           f"{loop:.0f} s", f"{loop / whole:.0f} fois plus rapide")  # fmt: skip
    weights = weigh_files([snapshot], at=AT)
    again = min(_what_if(weights) for _ in range(3))
    yield (
        "Changer de pays après coup",
        f"{again * 1000:.0f} ms",
        "refaire tout le calcul",
        f"{whole:.2f} s",
        f"{whole / again:.0f} fois plus rapide",
    )


def _snapshot(folder: Path, lines: int) -> Path:
    from terreau.inventory import keep, take_in
    from terreau.tables.engine import engine

    with engine() as con:
        arrival = take_in(con, [write_csv(folder / f"fleet-{lines}.csv", lines)])
        return keep(con, arrival, folder / f"snapshots-{lines}").path


def _what_if(weights: object) -> float:
    from terreau.factors.catalogue import factor_set
    from terreau.footprint import measure
    from terreau.footprint.parameters import Parameters
    from terreau.footprint.rules import rule_set

    factors, rules = factor_set(), rule_set("terreau-1")
    start = time.perf_counter()
    measure(weights, factors, rules, Parameters(at=AT, zone="DEU"))  # type: ignore[arg-type]
    return time.perf_counter() - start


def _loop(snapshot: Path) -> float:
    """Climate only, making and use, one line at a time: what a spreadsheet macro would do."""
    from terreau.factors.catalogue import factor_set
    from terreau.inventory.fleet import fleet
    from terreau.kernel.period import Period
    from terreau.tables.engine import engine

    factors = factor_set()
    period = Period.twelve_months_ending(AT)
    with engine() as con:
        relation = fleet(con, [snapshot], period=period)
        fetched = con.execute(
            f"SELECT category, size_class, size_known, model_key, quantity, entered_on, fate FROM {relation}"
        ).fetchall()
    start = time.perf_counter()
    total = {}
    for category, size, known, model, quantity, entered, fate in fetched:
        match = factors.match(category, size, bool(known), model)
        if fate != "counted" or match.item is None:
            continue
        present = float(quantity) * min(period.days, (AT - entered).days + 1 if entered else period.days) / period.days
        life = max(factors.lifespan(match.item).value.central, (AT - entered).days / 365.25 if entered else 0)
        kwh = factors.kwh(match.item)
        for criterion in ("climate_change", "resource_use_minerals_metals", "resource_use_fossils"):
            made = sum(one.value.central for one in factors.stage_factors(match.item, criterion)) * present / life
            mix = factors.mix("FRA", criterion)
            used = present * kwh.value.central * mix.value.central if kwh and mix else 0.0
            total[criterion] = total.get(criterion, 0.0) + made + used
    return time.perf_counter() - start
