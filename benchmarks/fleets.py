"""Synthetic fleets of any size, written as the CSV a person would export; the same bytes each time."""

from pathlib import Path

from terreau.tables.engine import engine, literal

MODELS = (
    ("Ordinateur portable", "Dell", "Latitude 5420"), ("Ordinateur portable", "Lenovo", "ThinkPad T14 Gen 2"),
    ("Ordinateur portable", "HP", "EliteBook 840 G8"), ("Ordinateur fixe", "Dell", "OptiPlex 3080"),
    ("Mini-PC", "Lenovo", "ThinkCentre M70q"), ("Écran", "Iiyama", "ProLite XUB2492HSU"), ("Écran", "Dell", "P2722H"),
    ("Smartphone", "Apple", "iPhone 13"), ("Smartphone", "Samsung", "Galaxy A53 5G"), ("Tablette", "Apple", "iPad (9th generation)"),
    ("Serveur", "Dell", "PowerEdge R650"), ("Commutateur", "Cisco", "C9200L-48P-4G"), ("Imprimante laser", "Brother", "HL-L2375DW"),
)  # fmt: skip
STATUSES = ("En service",) * 17 + ("En stock", "Réformé", "")


def write_csv(path: Path, lines: int) -> Path:
    """A fleet of ``lines`` devices in 50 entities: unique serials, six years of dates, a few stocks and exits."""
    if path.exists():
        return path
    models = ", ".join(f"({n}, {', '.join(literal(word) for word in words)})" for n, words in enumerate(MODELS))
    statuses = "[" + ", ".join(literal(word) for word in STATUSES) + "]"
    with engine() as con:
        con.execute(f"CREATE TABLE models AS SELECT * FROM (VALUES {models}) t(n, type, maker, model)")
        con.execute(f"""COPY (
            SELECT 'PC-' || lpad(i::VARCHAR, 8, '0') AS "Nom", 'Direction ' || (hash(i * 3) % 50) AS "Entité",
                   {statuses}[1 + (hash(i * 5) % {len(STATUSES)})::INT] AS "Statut", type AS "Type", maker AS "Fabricant", model AS "Modèle",
                   upper(substr(md5(i::VARCHAR), 1, 12)) AS "Numéro de série",
                   strftime(DATE '2019-01-01' + (hash(i * 7) % 2600)::INT, '%d/%m/%Y') AS "Date d'achat",
                   1 AS "Quantité"
            FROM range({lines}) r(i) JOIN models ON n = hash(i * 11) % {len(MODELS)} ORDER BY i
        ) TO {literal(str(path))} (HEADER, DELIMITER ';')""")
    return path


def grouped(count: int) -> str:
    """A count as French people write it: 1 000 000."""
    return f"{count:,}".replace(",", " ")
