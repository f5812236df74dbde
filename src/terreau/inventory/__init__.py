"""Knowledge: what an organisation owns, read from the files it has (inventaire).

In a notebook::

    from datetime import date
    from pathlib import Path
    from terreau import inventory

    report = inventory.check(["ordinateurs.csv"], at=date(2026, 9, 30))
    report.files[0].lines            # read, accepted, doubtful, rejected
    report.files[0].kept             # counted, merged, virtual, stock, retired, personal
    report.as_json("en")             # the public contract of ``terreau inventory check --json``

    choices = inventory.Choices(fields={"observations": "status"})      # what you would correct in the wizard
    kept = inventory.bring_in(["ordinateurs.csv"], at=date(2026, 9, 30), folder=Path("snapshots"), choices=choices)
    kept.snapshot.path               # immutable, named by its content

    with engine() as con:                                               # terreau.tables.engine
        told = inventory.reconcile(con, ["glpi.csv", "intune.csv"], period=Period.twelve_months_ending(date(2026, 9, 30)))
        told.unknown_to_inventory.first                                  # seen by Intune, in no inventory

    decisions = inventory.Decisions().with_model("Acme", "Zed 3", "laptop")
    inventory.template("xlsx", "fr")                                    # the file to fill in, as bytes

Importing this is light: what is not reading is loaded when it is first named, the engine and the vocabulary when they
are first used.
"""

from typing import TYPE_CHECKING

from terreau.inventory.fleet import FLEET_COLUMNS, fleet, fleet_of, gather, gather_all
from terreau.kernel.late import late

if TYPE_CHECKING:
    from terreau.inventory.arrival import Arrival, NamedFile, keep, take_in
    from terreau.inventory.checking import CheckReport, SheetReport, check, report
    from terreau.inventory.choices import Choices
    from terreau.inventory.decisions import Decisions
    from terreau.inventory.differing import Difference, difference
    from terreau.inventory.g4itfiles import G4itExport, g4it_archive, g4it_files, write_g4it
    from terreau.inventory.importing import Imported, bring_in, bring_in_form
    from terreau.inventory.quickform import QUICK_LINES, QuickForm, take_form
    from terreau.inventory.reasons import reason_rows
    from terreau.inventory.reconciliation.lineage import HEADINGS as LINEAGE_HEADINGS
    from terreau.inventory.reconciliation.lineage import SourceRow, lineage, lineage_rows
    from terreau.inventory.reconciliation.listing import HEADINGS as LISTING_HEADINGS
    from terreau.inventory.reconciliation.reconciling import disagreement_rows, listing_rows, reconcile, reconciled
    from terreau.inventory.reconciliation.records import Reconciliation
    from terreau.inventory.reconciliation.sources import NamedSource
    from terreau.inventory.template_file import template
    from terreau.inventory.unsettled_lines import UnsettledLot, UnsettledModel, lots, unsettled

__all__ = [
    "FLEET_COLUMNS", "LINEAGE_HEADINGS", "LISTING_HEADINGS", "QUICK_LINES", "Arrival", "CheckReport", "Choices", "Decisions",
    "Difference", "G4itExport", "Imported", "NamedFile", "NamedSource", "QuickForm", "Reconciliation",
    "SheetReport", "SourceRow", "UnsettledLot", "UnsettledModel", "bring_in", "bring_in_form", "check",
    "difference", "disagreement_rows", "fleet", "fleet_of", "g4it_archive", "g4it_files", "gather", "gather_all", "keep", "lineage", "lineage_rows",
    "listing_rows", "lots", "reason_rows", "reconcile", "reconciled", "report", "take_form", "take_in", "template",
    "unsettled", "write_g4it",
]  # fmt: skip

_HOMES = {
    "arrival": "Arrival, NamedFile, keep, take_in",
    "checking": "CheckReport, SheetReport, check, report",
    "choices": "Choices",
    "decisions": "Decisions",
    "differing": "Difference, difference",
    "g4itfiles": "G4itExport, g4it_archive, g4it_files, write_g4it",
    "importing": "Imported, bring_in, bring_in_form",
    "quickform": "QUICK_LINES, QuickForm, take_form",
    "reasons": "reason_rows",
    "reconciliation.lineage": "HEADINGS as LINEAGE_HEADINGS, SourceRow, lineage, lineage_rows",
    "reconciliation.listing": "HEADINGS as LISTING_HEADINGS",
    "reconciliation.reconciling": "disagreement_rows, listing_rows, reconcile, reconciled",
    "reconciliation.records": "Reconciliation",
    "reconciliation.sources": "NamedSource",
    "template_file": "template",
    "unsettled_lines": "UnsettledLot, UnsettledModel, lots, unsettled",
}
__getattr__ = late(__name__, _HOMES)
