"""Plan: ten years and ten levers on a fleet already weighed, one lever changed, levers ranked; against a loop over devices."""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.engine import AT, _snapshot, _timed
from benchmarks.fleets import grouped

YEARS = 10
LOOP_DEVICES = 2_000
LEVERS = (
    "lifespan:laptop=7", "lifespan:monitor=+2", "count:monitor=0.67", "second_hand:smartphone=0.5", "kwh:desktop=0.8",
    "replace:desktop:laptop=0.8", "pue=1.2", "zone:*=DEU", "lifespan:smartphone=4", "second_hand:laptop=0.3",
)  # fmt: skip


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """All criteria, both readings, intervals; the loop walks climate alone, central values, for one plan."""
    from terreau.footprint import footprint
    from terreau.plan import outlook
    from terreau.plan.gains import candidates, rank
    from terreau.plan.simulating import read_changes
    from terreau.plan.target import Target, against, carried

    snapshot = _snapshot(folder, lines)
    start = time.process_time()
    result = footprint([snapshot], at=AT)
    weighed = time.process_time() - start
    ours, changes = outlook(result, YEARS), read_changes(LEVERS, {"pue": 3, "zone:*": 4})
    many = ours.simulate(changes)
    loop = _loop() * lines / LOOP_DEVICES
    name = f"Trajectoire, {len(LEVERS)} leviers, {YEARS} ans, {grouped(lines)} lignes déjà pesées"
    all_levers = _timed(lambda: outlook(result, YEARS).simulate(changes).as_json())
    yield (name, f"{all_levers * 1000:.0f} ms CPU", "boucle Python, appareil par appareil, mois par mois, un critère (extrapolée)",
           f"{loop:.0f} s CPU", f"{loop / all_levers:.0f} fois plus rapide")  # fmt: skip
    target = Target(criterion="climate_change", share=0.3, year=5)
    for told, question in (
        ("Changer un levier d'une trajectoire", lambda: ours.simulate(changes[:1])),
        ("Classer les leviers du catalogue, tirages communs", lambda: rank(ours, candidates(ours))),
        (
            "Écart à une cible, et ce qui porte le doute",
            lambda: (against(many, target), carried(many, "climate_change")),
        ),
    ):
        took = _timed(question)
        yield (
            told,
            f"{took * 1000:.0f} ms CPU",
            "peser le parc",
            f"{weighed:.2f} s CPU",
            f"{weighed / took:.0f} fois plus rapide",
        )


def _loop() -> float:
    """Processor time of a plan walked one device at a time: age, renewal at its lifespan, making spread, use."""
    start = time.process_time()
    total = 0.0
    for device in range(LOOP_DEVICES):
        age = device % 80
        for month in range(12 * YEARS):
            life = 60 if month < 12 else 84
            if age >= life:
                age = 0
            age += 1
            total += 200 / max(life, age) + 1.5 / 12
    assert total > 0
    return time.process_time() - start
