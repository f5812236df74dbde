"""Engine: a snapshot to impacts, and a what-if, against a Python loop over lines and against the whole run."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.fleets import grouped, write_csv
from benchmarks.measure import cost
from benchmarks.reading import told

AT = date(2026, 9, 30)
LOOP_LINES = 20_000
FEW = 10_000
WHOLE = (
    "import sys; from datetime import date; from terreau.footprint import footprint; "
    "footprint([sys.argv[1]], at=date(2026, 9, 30)).as_json()"
)
DETAIL = (
    "import sys; from datetime import date; from pathlib import Path; from terreau.footprint import footprint; "
    "footprint([sys.argv[1]], at=date(2026, 9, 30), detail=Path(sys.argv[2]))"
)


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Snapshot to impacts against a per-line loop (scaled) and the mere scan of its columns; then what weights allow."""
    snapshot = _snapshot(folder, lines)
    (whole, wall), (scan, _) = _took(lambda: _footprint(snapshot)), _took(lambda: _scanned(snapshot))
    ours = f"{whole:.2f} s CPU, {wall:.2f} s"
    loop = _loop(_snapshot(folder, LOOP_LINES)) * lines / LOOP_LINES
    name = f"Instantané vers empreinte, {grouped(lines)} lignes"
    yield (name, ours, "boucle Python ligne à ligne (extrapolée)", f"{loop:.0f} s CPU",
           f"{loop / whole:.0f} fois plus rapide")  # fmt: skip
    yield (name, ours, "limite physique : lire ces colonnes et les compter", f"{scan:.2f} s CPU",
           f"{whole / scan:.1f} ×")  # fmt: skip
    yield from _flat(folder, lines, whole)
    yield from _after(snapshot, whole)
    detail = cost(DETAIL, str(snapshot), str(folder / "detail.parquet"), runs=1)
    yield (f"Détail complet en Parquet, {grouped(lines)} lignes", told(detail), "les totaux seuls", f"{whole:.2f} s CPU",
           f"{detail.cpu / whole:.0f} ×")  # fmt: skip


def _flat(folder: Path, lines: int, whole: float) -> Iterator[tuple[str, ...]]:
    """Cost of one more line among ten times as many, when asked: among fewer, the noise of the machine is as large."""
    if not os.environ.get("TERREAU_BENCH_LARGE") or lines < 10 * FEW:
        return
    fixed = _timed(lambda: _footprint(_snapshot(folder, FEW)))
    per_line = (whole - fixed) / (lines - FEW)
    count = lines * 10
    snapshot = _snapshot(folder, count)
    took, wall = _took(lambda: _footprint(snapshot))
    memory = cost(WHOLE, str(snapshot), runs=1).memory
    each = (took - fixed) / (count - FEW)
    yield (f"Une ligne de plus, parmi {grouped(count)} ({took:.2f} s CPU, {wall:.2f} s, {memory:.0f} Mo)", f"{each * 1e6:.2f} µs",
           f"parmi {grouped(lines)}", f"{per_line * 1e6:.2f} µs", f"{each / per_line:.1f} ×")  # fmt: skip


def _after(snapshot: Path, whole: float) -> Iterator[tuple[str, ...]]:
    """What is asked of weights already there: another parameter, another factor set, why."""
    from terreau.factors.catalogue import FactorSet, factor_set
    from terreau.footprint import explain, footprint, weigh_files

    weights, result = weigh_files([snapshot], at=AT), footprint([snapshot], at=AT)
    usual = factor_set()
    other = FactorSet(usual.key + "-autre", usual.digest, usual.packs)  # nothing of it is in any cache
    questions = (
        ("Changer de pays après coup", lambda: _what_if(weights, zone="DEU")),
        ("Changer le PUE après coup", lambda: _what_if(weights, pue=1.3)),
        ("Changer une durée de vie après coup", lambda: _what_if(weights, lifespans={"laptop": 6.0})),
        ("Changer de jeu de facteurs après coup", lambda: _what_if(weights, factors=other)),
        ("Expliquer un total", lambda: explain(result, "climate_change").as_json()),
        ("Expliquer un chiffre d'une entité", lambda: explain(result, "climate_change", {"entity": "Direction 7"}).as_json()),
    )  # fmt: skip
    for name, question in questions:
        again = min(_timed(question) for _ in range(3))
        yield (name, f"{again * 1000:.0f} ms CPU", "refaire tout le calcul", f"{whole:.2f} s CPU",
               f"{whole / again:.0f} fois plus rapide")  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    """Processor time of the best of two runs [s]."""
    return _took(work)[0]


def _took(work: Callable[[], object]) -> tuple[float, float]:
    """Processor and wall time of the best of two runs [s]: the first one may import, and the machine may be busy."""
    found = []
    for _ in range(2):
        wall, start = time.perf_counter(), time.process_time()
        work()
        found.append((time.process_time() - start, time.perf_counter() - wall))
    return min(cpu for cpu, _ in found), min(wall for _, wall in found)


def _footprint(snapshot: Path) -> object:
    from terreau.footprint import footprint

    return footprint([snapshot], at=AT)


def _scanned(snapshot: Path) -> object:
    """The columns a footprint reads, counted: no engine can do with less."""
    from terreau.tables.engine import engine, literal

    columns = ["bought_on", "entity", "model", "type_word", "manufacturer", "status", "serial", "quantity"]
    with engine() as con:
        asked = ", ".join(f"count(DISTINCT hash({name}))" if name == "serial" else f"max({name})" for name in columns)
        return con.execute(f"SELECT {asked} FROM read_parquet({literal(str(snapshot))})").fetchone()


def _snapshot(folder: Path, lines: int) -> Path:
    from terreau.inventory import keep, take_in
    from terreau.tables.engine import engine

    with engine() as con:
        arrival = take_in(con, [write_csv(folder / f"fleet-{lines}.csv", lines)])
        return keep(con, arrival, folder / f"snapshots-{lines}").path


def _what_if(weights: object, *, zone: str = "FRA", factors: object = None, **more: object) -> object:
    from terreau.factors.catalogue import factor_set
    from terreau.footprint import measure
    from terreau.footprint.parameters import Parameters
    from terreau.footprint.rules import rule_set

    chosen = Parameters(at=AT, zone=zone, **more)  # type: ignore[arg-type]
    return measure(weights, factors or factor_set(), rule_set("terreau-1"), chosen)  # type: ignore[arg-type]


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
    start = time.process_time()
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
    return time.process_time() - start
