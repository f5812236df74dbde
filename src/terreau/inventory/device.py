"""The canonical device (équipement): a list one can read aloud, and the columns a snapshot keeps.

``DEVICE`` feeds the check, the template a person downloads and the help page. ``SNAPSHOT_COLUMNS`` is what was
*read* of it, never what was inferred: categories, factors and fates are decided in the run.
"""

from collections.abc import Container

from terreau.tables.schema import Column

STATUS_WORDS: dict[str, tuple[str, str]] = {
    "in_use": ("en service", "in use"),
    "stock": ("en stock", "in stock"),
    "repair": ("en réparation", "in repair"),
    "retired": ("réformé", "retired"),
    "reused_internally": ("réaffecté", "reassigned"),
    "sold": ("vendu", "sold"),
    "donated": ("donné", "donated"),
    "recycled": ("recyclé", "recycled"),
    "lost": ("perdu", "lost"),
}
"""The nine statuses of a device, as a person writes them in French and in English."""

STATUSES = (*STATUS_WORDS, "ordered", "unknown")
GONE = ("retired", "sold", "donated", "recycled", "lost")
SHELVED = ("stock", "ordered")

OWNERSHIP_WORDS: dict[str, tuple[str, str]] = {
    "org": ("organisation", "organisation"),
    "leased": ("location", "leased"),
    "personal": ("personnel", "personal"),
}

CONDITION_WORDS: dict[str, tuple[str, str]] = {
    "new": ("neuf", "new"),
    "second_hand": ("reconditionné", "refurbished"),
}
"""How a device came: never used before, or with a first life behind it (reconditionné, occasion, réemploi)."""

CHOICE_WORDS = {"status": STATUS_WORDS, "ownership": OWNERSHIP_WORDS, "condition_at_purchase": CONDITION_WORDS}
"""Column -> what each of its keys is called."""

FATES = ("virtual", "merged", "personal", "retired", "stock", "counted")
"""What becomes of a line that is kept: the first that fits, in this order."""

PERSONAL_FIELDS = frozenset({"user"})
"""Columns dropped before anything is stored, shown or reported: who uses the device is not our business."""

DEVICE = (
    Column(
        name="source_id", kind="text", fr="Numéro d'inventaire", en="Asset tag", example="MV22-00310",
        help_fr="Votre propre repère. Les zéros de tête sont gardés.",
        help_en="Your own mark. Leading zeros are kept.",
    ),
    Column(
        name="name", kind="text", fr="Nom", en="Name", example="PC-0310",
        help_fr="Le nom de la machine, jamais celui d'une personne.",
        help_en="The name of the machine, never that of a person.",
    ),
    Column(
        name="type_word", kind="text", fr="Type", en="Type", required=True, example="ordinateur portable",
        help_fr="Ce que c'est, avec vos mots : ordinateur portable, écran, imprimante… Le modèle peut suffire.",
        help_en="What it is, in your words: laptop, monitor, printer… The model may be enough.",
    ),
    Column(
        name="manufacturer", kind="text", fr="Fabricant", en="Manufacturer", example="Dell",
        help_fr="La marque.", help_en="The brand.",
    ),
    Column(
        name="model", kind="text", fr="Modèle", en="Model", example="Latitude 5540",
        help_fr="Le modèle, tel qu'il est écrit sur l'appareil ou la facture.",
        help_en="The model, as written on the device or the invoice.",
    ),
    Column(
        name="screen_size", kind="text", fr="Taille de l'écran", en="Screen size", unit="inch", example="24",
        help_fr="La diagonale, en pouces. 0 veut dire inconnue.",
        help_en="The diagonal, in inches. 0 means unknown.",
    ),
    Column(
        name="serial", kind="text", fr="Numéro de série", en="Serial number", example="GX5PKH7",
        help_fr="Il sert à ne pas compter deux fois le même appareil.",
        help_en="It keeps one device from being counted twice.",
    ),
    Column(
        name="imei", kind="text", fr="IMEI", en="IMEI", example="356938035643809",
        help_fr="Pour les mobiles, s'il n'y a pas de numéro de série.",
        help_en="For mobiles, when there is no serial number.",
    ),
    Column(
        name="quantity", kind="number", fr="Quantité", en="Quantity", unit="count", example="1",
        help_fr="Combien d'appareils identiques sur cette ligne. Sans cette colonne : 1 par ligne.",
        help_en="How many identical devices on this line. Without this column: 1 per line.",
    ),
    Column(
        name="status", kind="choice", fr="Statut", en="Status", choices=tuple(STATUS_WORDS), example="en service",
        help_fr="Vide : l'appareil est tenu pour en service, et la part de ces lignes est dite.",
        help_en="Empty: the device is held to be in use, and the share of such lines is stated.",
    ),
    Column(
        name="bought_on", kind="date", fr="Date d'achat", en="Purchase date", example="2023-06-09",
        help_fr="Jour, mois ou année seule. Vide : inconnue, jamais zéro.",
        help_en="Day, month or year alone. Empty: unknown, never zero.",
    ),
    Column(
        name="in_service_on", kind="date", fr="Date de mise en service", en="In service date", example="2023-07-01",
        help_fr="Si elle est connue, elle l'emporte sur la date d'achat.",
        help_en="When known, it wins over the purchase date.",
    ),
    Column(
        name="retired_on", kind="date", fr="Date de réforme", en="Retirement date", example="",
        help_fr="Le jour où l'appareil a quitté l'organisation.",
        help_en="The day the device left the organisation.",
    ),
    Column(
        name="last_seen_on", kind="date", fr="Dernier contact", en="Last seen", example="",
        help_fr="La dernière fois qu'un outil l'a vu.", help_en="The last time a tool saw it.",
    ),
    Column(
        name="entity", kind="text", fr="Entité", en="Entity", example="Ville",
        help_fr="Le service, la direction ou la filiale.", help_en="The department or the subsidiary.",
    ),
    Column(
        name="site", kind="text", fr="Lieu", en="Location", example="Siège",
        help_fr="Où se trouve l'appareil.", help_en="Where the device stands.",
    ),
    Column(
        name="country", kind="text", fr="Pays", en="Country", example="France",
        help_fr="Le pays d'usage : il décide de l'électricité.",
        help_en="The country of use: it decides the electricity.",
    ),
    Column(
        name="datacentre", kind="text", fr="Datacenter", en="Datacenter", example="",
        help_fr="Le nom de la salle machine, si l'appareil y est.",
        help_en="The name of the machine room, when the device stands there.",
    ),
    Column(
        name="ownership", kind="choice", fr="Propriété", en="Ownership", choices=tuple(OWNERSHIP_WORDS),
        example="organisation",
        help_fr="Un appareil personnel est mis à part.", help_en="A personal device is set apart.",
    ),
    Column(
        name="condition_at_purchase", kind="choice", fr="État à l'achat", en="Condition at purchase",
        choices=tuple(CONDITION_WORDS), example="neuf",
        help_fr="Neuf ou reconditionné (occasion, réemploi). Vide : inconnu, jamais neuf d'office.",
        help_en="New or refurbished (second hand, reused). Empty: unknown, never new by default.",
    ),
    Column(
        name="kwh_per_year", kind="number", fr="Consommation annuelle (kWh)", en="Annual consumption (kWh)",
        unit="kWh/year", example="",
        help_fr="Mesurée, pour un appareil et un an. Vide : la valeur de sa catégorie.",
        help_en="Measured, for one device and one year. Empty: that of its category.",
    ),
    Column(
        name="cost", kind="number", fr="Prix", en="Cost", unit="€", example="",
        help_fr="Le prix d'achat d'un appareil.", help_en="The purchase price of one device.",
    ),
    Column(
        name="operating_system", kind="text", fr="Système d'exploitation", en="Operating system", example="",
        help_fr="Par exemple Windows 11.", help_en="For instance Windows 11.",
    ),
)  # fmt: skip
"""What an inventory can tell of one device; only what it is (type or model) is required."""

READ_ALSO = (
    Column(
        name="pue", kind="number", fr="PUE de la salle", en="PUE of the room", unit="", example="1.4",
        help_fr="L'énergie de la salle divisée par celle de ses machines, 1 ou plus.",
        help_en="The energy of the room divided by that of its machines, 1 or more.",
    ),
    Column(
        name="use_mode", kind="text", fr="Mode d'utilisation", en="Mode of use", example="COPE",
        help_fr="COPE ou BYOD, dans les fichiers NumEcoEval.", help_en="COPE or BYOD, in the NumEcoEval files.",
    ),
    Column(
        name="use_rate", kind="number", fr="Taux d'utilisation", en="Share of use", example="0.8",
        help_fr="La part de l'appareil qui sert à l'organisation, de 0 à 1.",
        help_en="The share of the device that serves the organisation, 0 to 1.",
    ),
    Column(
        name="years_before", kind="number", fr="Durée d'usage en amont", en="Years of use before", unit="year",
        example="", help_fr="Années d'usage avant l'organisation.", help_en="Years of use before the organisation.",
    ),
    Column(
        name="years_here", kind="number", fr="Durée d'usage interne", en="Years of use here", unit="year", example="5",
        help_fr="Années d'usage prévues dans l'organisation.", help_en="Years of use planned in the organisation.",
    ),
    Column(
        name="years_after", kind="number", fr="Durée d'usage en aval", en="Years of use after", unit="year", example="",
        help_fr="Années d'usage prévues après l'organisation.", help_en="Years of use planned after the organisation.",
    ),
)  # fmt: skip
"""What some exports also say (NumEcoEval files): read when it is there, never asked for in the template."""

FIELD_OF_COLUMN = {
    column.name: "category" if column.name == "type_word" else column.name for column in (*DEVICE, *READ_ALSO)
}
"""The ``field`` of the vocabulary's headers that fills each column (they differ for the type word only)."""

COLUMN_OF_FIELD = {field: column for column, field in FIELD_OF_COLUMN.items()}

SNAPSHOT_COLUMNS: dict[str, str] = {
    "file": "VARCHAR", "sheet": "VARCHAR", "line": "BIGINT", "doubtful": "BOOLEAN",
    "source_id": "VARCHAR", "name": "VARCHAR", "manufacturer": "VARCHAR", "model": "VARCHAR",
    "type_word": "VARCHAR", "screen_size": "VARCHAR", "serial": "VARCHAR", "imei": "VARCHAR",
    "status": "VARCHAR", "status_text": "VARCHAR",
    "bought_on": "DATE", "in_service_on": "DATE", "retired_on": "DATE", "date_precision": "VARCHAR",
    "last_seen_on": "DATE",
    "entity": "VARCHAR", "site": "VARCHAR", "country": "VARCHAR", "datacentre": "VARCHAR", "ownership": "VARCHAR",
    "condition_at_purchase": "VARCHAR",
    "quantity": "DECIMAL(18,6)", "kwh_per_year": "DECIMAL(18,6)", "cost": "DECIMAL(18,2)",
    "operating_system": "VARCHAR",
    "record": "VARCHAR", "pue": "DECIMAL(9,4)", "use_mode": "VARCHAR", "use_rate": "DECIMAL(9,6)",
    "years_before": "DECIMAL(9,4)", "years_here": "DECIMAL(9,4)", "years_after": "DECIMAL(9,4)",
}  # fmt: skip
"""Name and SQL type of each column of a snapshot, in order; one row per line accepted or doubtful.

``date_precision`` (day, month, year, unknown) is that of the date of entry: in service, else bought.
``record`` is NULL for a device, 'datacentre' for a line that describes a machine room (its name in ``datacentre``, its
``country`` and ``pue``). ``use_mode`` and ``use_rate`` [0 to 1], and the years of use planned before, in and after the
organisation, are those of the NumEcoEval files."""

SCHEMA_VERSION = 2


def snapshot_columns_sql(known: Container[str]) -> str:
    """SQL: the columns of a snapshot; those an older snapshot does not have (not in ``known``) are NULL."""
    return ", ".join(
        name if name in known else f"CAST(NULL AS {kind}) AS {name}" for name, kind in SNAPSHOT_COLUMNS.items()
    )


def column(name: str) -> Column:
    """The column of the device called ``name``."""
    return next(known for known in (*DEVICE, *READ_ALSO) if known.name == name)
