"""What holds for any inventory, against rules written a second time, slowly, from the words of the specification."""

import os
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from terreau import inventory
from terreau.inventory.counting import line_counts
from terreau.kernel.period import Period
from tests.inventory.lines.conftest import AT

HEADINGS = ("Nom", "Type", "Modèle", "Numéro de série", "Quantité", "Statut", "Date d'achat", "Date de réforme",
            "Propriété")  # fmt: skip
LOT = "classe mobile 12 postes"
GUEST = "VMware Virtual Platform"
LAUNCH = {"Latitude 5540": 2023}
SERIALS = {"ABC1234": "A", "abc 1234": "A", "DEF-5678": "D", "To Be Filled By O.E.M.": "", "illisible": "", "0000000": "",
           "1,23E+14": "", "": ""}  # fmt: skip
QUANTITIES = {"1": 1, "2": 2, "12": 12, "0,5": Decimal("0.5"), "": 1, "0": None, "-3": None, "beaucoup": None,
              "9999999": None}  # fmt: skip
STATUSES = {"en service": "in_use", "en réparation": "in_use", "": "in_use", "?": "in_use", "bidule": "in_use",
            "HS": "in_use", "en stock": "stock", "commandé": "stock", "réformé": "gone", "perdu": "gone",
            "donné": "gone"}  # fmt: skip
DATES = {"25/03/2022": date(2022, 3, 25), "2019": date(2019, 7, 1), "mars 2024": date(2024, 3, 15),
         "25/11/2025": date(2025, 11, 25), "31/02/2020": None, "?": None, "": None}  # fmt: skip
DOUBTFUL = {"?", "bidule", "HS", "31/02/2020", "1,23E+14"}

lines = st.tuples(
    st.sampled_from(["ordinateur portable", "écran", "truc inconnu", LOT, ""]),
    st.sampled_from(["Latitude 5540", GUEST, "Zed 3", ""]), st.sampled_from(sorted(SERIALS)),
    st.sampled_from(sorted(QUANTITIES)), st.sampled_from(sorted(STATUSES)), st.sampled_from(sorted(DATES)),
    st.sampled_from(sorted(DATES)), st.sampled_from(["organisation", "personnel", ""]),
)  # fmt: skip


def of_one_device(row):
    """The line as a list that knows its devices writes it: what bears one serial is of one kind (see tests of the rest)."""
    kind, model, serial, *rest = row
    if SERIALS[serial] == "A":
        kind = kind.replace("écran", "ordinateur portable")
    elif SERIALS[serial] == "D":
        kind, model = "écran" if kind in ("ordinateur portable", LOT) else kind, model.replace("Latitude 5540", "")
    return (kind, model, serial, *rest)


files = st.lists(lines.map(of_one_device), min_size=8, max_size=30)
usual = settings(
    max_examples=int(os.environ.get("TERREAU_EXAMPLES", "7")), phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


EVERY = tuple(range(len(HEADINGS)))


def written(folder: Path, rows, name="liste.csv", columns=EVERY) -> Path:
    path = folder / name
    cells = [HEADINGS, *((f"zq{SERIALS[row[2]] or n}", *row) for n, row in rows)]
    path.write_text("".join(";".join(row[column] for column in columns) + "\n" for row in cells), encoding="utf-8")
    return path


def totals(con, paths):
    """What a footprint would see: devices by category, fate, status and dates, but for repeated ones."""
    return totals_of(con, inventory.fleet(con, paths, period=Period.twelve_months_ending(AT)))


def totals_of(con, fleet):
    """The same, of a fleet already in the engine."""
    return con.execute(f"""SELECT category, fate, status, entered_on, left_on, sum(quantity) FROM {fleet}
        WHERE fate <> 'merged' GROUP BY ALL ORDER BY ALL""").fetchall()


def outcome(row) -> str:
    """accepted, doubtful or rejected, by the words of the specification."""
    kind, model, serial, quantity, status, bought, left, _ = row
    if QUANTITIES[quantity] is None or not (kind or model):
        return "rejected"
    entered, gone = DATES[bought], DATES[left]
    proposed = quantity == "" or kind == LOT or bool({serial, status, bought, left} & DOUBTFUL)
    impossible = entered and (entered.year < LAUNCH.get(model, 0) or (gone and gone < entered))
    return "doubtful" if proposed or impossible else "accepted"


def standing(row) -> str:
    """The fate of a line alone."""
    status, left, owner = STATUSES[row[4]], DATES[row[6]], row[7]
    if owner == "personnel":
        return "personal"
    if (left and left < date(2025, 10, 1)) or (left is None and status == "gone"):
        return "retired"
    return "stock" if status == "stock" else "counted"


def devices(row) -> Decimal:
    count = Decimal(QUANTITIES[row[3]])
    return count * 12 if row[0] == LOT and count != 12 else count


def expected(rows) -> tuple[Counter, Decimal]:
    """Lines by fate and devices counted [count]: a serial said twice counts once, where it stands best."""
    fates: Counter = Counter()
    counted, same = Decimal(0), defaultdict(list)
    for place, row in enumerate(rows):
        if outcome(row) == "rejected":
            continue
        if row[1] == GUEST:
            fates["virtual"] += 1
        else:
            same[SERIALS[row[2]] or place].append(row)
    order = ["counted", "stock", "retired", "personal"]
    for group in same.values():
        best = min(map(standing, group), key=order.index)
        fates[best] += 1
        fates["merged"] += len(group) - 1
        if best == "counted":
            counted += max(devices(row) for row in group if standing(row) == best)
    return +fates, counted


@usual
@given(files, st.randoms(use_true_random=False))
def test_each_line_has_the_fate_the_specification_gives_it_in_whatever_order(con, tmp_path, rows, random):
    """One list, then the same lines shuffled in two files whose columns stand in another order."""
    numbered, columns, cut = list(enumerate(rows)), list(EVERY), len(rows) // 2
    arrival = inventory.take_in(con, [written(tmp_path, numbered)])
    assert_outcomes(line_counts(con, arrival.lines, 0), rows)
    fleet = inventory.fleet_of(con, arrival.kept, period=Period.twelve_months_ending(AT))
    by_fate = dict(con.execute(f"SELECT fate, count(*) FROM {fleet} GROUP BY 1").fetchall())
    (quantity,) = con.execute(f"SELECT coalesce(sum(quantity) FILTER (fate = 'counted'), 0) FROM {fleet}").fetchone()
    assert (by_fate, quantity) == expected(rows)
    random.shuffle(numbered)
    random.shuffle(columns)
    halves = (written(tmp_path, numbered[:cut], "z.csv", columns), written(tmp_path, numbered[cut:], "b.csv"))
    assert totals(con, halves) == totals_of(con, fleet)


def assert_outcomes(read, rows):
    """Lines accepted, doubtful and rejected are those of the specification."""
    said = Counter(map(outcome, rows))
    assert (read.read, read.rejected) == (len(rows), said["rejected"])
    assert read.read == read.accepted + read.doubtful + read.rejected
    no_quantity = not any(row[3] for row in rows)  # then the column is as if it were absent
    assert read.doubtful == said["doubtful"] or no_quantity


@usual
@given(files, st.data())
def test_splitting_a_line_changes_no_figure(con, tmp_path, rows, data):
    """Ten devices on a line are four on one and six on another, when no serial says that both are one device."""
    rows = [(kind if kind != LOT else "écran", model, "", "10", *rest) for kind, model, _, _, *rest in rows]
    first = data.draw(st.sampled_from(["1", "4", "2,5"]))
    rest = str(10 - Decimal(first.replace(",", "."))).replace(".", ",")
    halves = [(*row[:3], part, *row[4:]) for row in rows for part in (first, rest)]
    whole = totals(con, [written(tmp_path, enumerate(rows))])
    assert totals(con, [written(tmp_path, enumerate(halves))]) == whole
