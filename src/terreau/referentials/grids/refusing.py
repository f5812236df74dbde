"""Why a received workbook is not filled: said once, in both languages."""

from __future__ import annotations

from terreau.kernel.errors import TerreauError

REASONS = {
    "kind": ("seuls un XLSX, un ODS, un CSV ou un TSV se remplissent en place", "only an XLSX, ODS, CSV or TSV file can be filled in place"),
    "changed": ("le classeur n’est plus celui qui a été lu", "the workbook is no longer the one that was read"),
    "signed": ("il porte une signature que le remplir romprait", "it carries a signature that filling would break"),
    "damaged": ("il est abîmé", "it is damaged"),
    "layout": ("il est écrit d’une façon que nous ne savons pas modifier sans risque", "it is written in a way we cannot change safely"),
    "formula": ("une cellule à remplir contient une formule", "a cell to fill holds a formula"),
}  # fmt: skip


def refusal(name: str, reason: str, cell: str = "") -> TerreauError:
    """Why a workbook is not filled, in both languages."""
    fr, en = REASONS[reason]
    at = f" ({cell})" if cell else ""
    return TerreauError("referentials.grid_not_filled", name=name, reason_fr=fr + at, reason_en=en + at)
