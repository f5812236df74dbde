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


SOURCES = {
    "glpi": """'PC-' || i AS "Nom", 'Direction ' || (hash(i * 3) % 50) AS "Entité", 'En service' AS "Statut", type AS "Type", maker AS
        "Fabricant", model AS "Modèle", serial AS "Numéro de série", strftime(bought, '%d/%m/%Y') AS "Date d'achat", 'Site ' || (i % 9) AS "Lieu" """,
    "intune": """'PC-' || i AS "Device name", strftime(bought + 40, '%Y-%m-%d 10:00:00.0') AS "Enrollment date",
        strftime(DATE '2026-09-30' - (hash(i * 13) % 200)::INT, '%Y-%m-%d 10:00:00.0') AS "Last check-in", CASE WHEN i % 50 = 0 THEN ''
        ELSE serial END AS "Serial number", upper(maker) AS "Manufacturer", model || CASE WHEN i % 3 = 0 THEN ' XL' ELSE '' END AS "Model",
        imei AS "IMEI", CASE WHEN i % 40 = 0 THEN 'Personal' ELSE 'Corporate' END AS "Ownership", 'Intune' AS "Managed by", 'Managed' AS "Device state" """,
    "snipeit": """'SN-' || i AS "Asset Tag", 'PC-' || i AS "Asset Name", type AS "Category", maker AS "Manufacturer", model AS "Model",
        lower(serial) AS "Serial", strftime(bought, '%Y-%m-%d') AS "Purchased", 'Deployed (deployed)' AS "Status", 'Site ' || (i % 9) AS "Location" """,
    "liste": """'PC-' || i AS "Nom", type AS "Type", model AS "Modèle", CASE WHEN i % 4 = 0 THEN imei ELSE serial END AS "Numéro de série",
        year(bought) AS "Année d'achat", 1 AS "Quantité" """,
}
"""Four tools that describe one fleet, each in its own headings: some devices without serial, some known by their IMEI."""


def write_sources(folder: Path, lines: int) -> list[Path]:
    """Four exports of ``lines`` devices each, of one fleet: nine tenths of the devices of each are in the next."""
    models = ", ".join(f"({n}, {', '.join(literal(word) for word in words)})" for n, words in enumerate(MODELS))
    paths = []
    with engine() as con:
        con.execute(f"CREATE TABLE models AS SELECT * FROM (VALUES {models}) t(n, type, maker, model)")
        for place, (name, cells) in enumerate(SOURCES.items()):
            paths.append(folder / f"{name}-{lines}.csv")
            con.execute(f"""COPY (SELECT {cells} FROM (
                SELECT i, upper(substr(md5(i::VARCHAR), 1, 12)) AS serial, (350000000000000 + i)::VARCHAR AS imei,
                       DATE '2019-01-01' + (hash(i * 7) % 2600)::INT AS bought, type, maker, model
                FROM range({place * lines // 10}, {place * lines // 10 + lines}) r(i) JOIN models ON n = hash(i * 11) % {len(MODELS)}
            ) ORDER BY i) TO {literal(str(paths[-1]))} (HEADER, DELIMITER '{"," if name in ("intune", "snipeit") else ";"}')""")
    return paths


def grouped(count: int) -> str:
    """A count as French people write it: 1 000 000."""
    return f"{count:,}".replace(",", " ")
