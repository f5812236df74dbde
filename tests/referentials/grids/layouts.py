"""Three received grids of our own invention, each laid out as a different publisher would, with its traps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

GREEN = PatternFill("solid", start_color="FFCCE5CC")
SAND = PatternFill("solid", start_color="FFF3EAD9")
SECRET = "ne pas toucher"


def banners(path: Path) -> Path:
    """Themes as merged banners, numbers 1.1.1, two lines of headings, points "12,5", a list of words on another sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Grille"
    sheet["A1"] = "Label Exemple : grille d'évaluation"
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(["N°", "Critère", "Points", "", "Votre réponse", "", "", ""])
    sheet.append(["", "", "Possibles", "Obtenus", "Statut", "Situation", "Commentaire", "Preuves"])
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:H3"):
        sheet.merge_cells(area)
    _banner(sheet, "1. Piloter", GREEN)
    _banner(sheet, "1.1 Décider", SAND)
    sheet.append(["1.1.1", "La direction a-t-elle écrit ce qu'elle vise ?", "12,5"])
    sheet.append(["1.1.2", "Une personne suit-elle ces objectifs ?", 10])
    sheet.append([])
    _banner(sheet, "1.2 Mesurer", SAND)
    sheet.append(["1.2.1", "Le poids du parc est-il calculé chaque année ?", 20])
    sheet.append(["1.2.1", "Ce calcul est-il relu par quelqu'un d'autre ?", 7.5])
    _banner(sheet, "2. Acheter", GREEN)
    sheet.append(["2.1.1", "Le réemploi est-il étudié avant le neuf ?", 30])
    sheet.append(["", "Total", "=SUM(C7:C13)", "=SUM(D7:D13)"])
    lists = book.create_sheet("Listes")
    for word in ("Oui", "Partiellement", "Non", "Sans objet"):
        lists.append([word])
    lists.sheet_state = "hidden"
    allowed = DataValidation(type="list", formula1="Listes!$A$1:$A$4", allow_blank=True)
    allowed.add("E7:E14")
    sheet.add_data_validation(allowed)
    for row in range(7, 14):
        sheet.cell(row=row, column=6).font = Font(italic=True)
    note = book.create_sheet("Mode d'emploi")
    note["A1"] = SECRET
    book.defined_names["Bareme"] = DefinedName("Bareme", attr_text="Grille!$C$7:$C$13")
    book.save(path)
    return path


def columns(path: Path) -> Path:
    """Theme and rubric in merged columns, level and D, M, R to fill, numbers typed as figures (1.10 became 1.1)."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Référentiel 2026"
    sheet.append(["Thème", "Rubrique", "Réf.", "Exigence", "Niveau", "Preuve attendue", "Documents", "Moyens", "Résultats",
                  "Points", "Points obtenus"])  # fmt: skip
    for rank in range(1, 12):
        sheet.append([
            "Énergie" if rank == 1 else ("Matière" if rank == 7 else None), "Sobriété" if rank in (1, 7) else None,
            float(f"1.{rank}"), f"Exigence inventée numéro {rank}, assez longue pour en être une", "N2" if rank % 2 else "N1",
            f"Une note {rank}", None, None, None, 5, f"=J{rank + 1}/2",
        ])  # fmt: skip
    sheet.merge_cells("A2:A7")
    sheet.merge_cells("B2:B7")
    allowed = DataValidation(type="list", formula1='"0,1,2"')
    allowed.add("G2:I12")
    sheet.add_data_validation(allowed)
    book.save(path)
    return path


def sheets(path: Path) -> Path:
    """One theme a sheet after a cover, English headings, letters as numbers, a shared comment, a protected sheet."""
    book = Workbook()
    cover: Any = book.active
    cover.title = "Read me"
    cover["A1"] = "How to use this workbook"
    for letter, title in (("A", "People"), ("B", "Places")):
        sheet: Any = book.create_sheet(title)
        sheet.append(["Ref", "Requirement", "Max score", "Assessment", "Comments"])
        for rank in range(1, 4):
            sheet.append(
                [f"{letter}.{rank}", f"Invented requirement {rank} about {title.lower()}, in full words", 2 * rank]
            )
        sheet.merge_cells("E2:E3")
        sheet.protection.sheet = True
    book.save(path)
    return path


def _banner(sheet: Any, text: str, fill: PatternFill) -> None:
    sheet.append([text])
    row = sheet.max_row
    sheet.cell(row=row, column=1).fill = fill
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=8)
