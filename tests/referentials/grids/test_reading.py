"""A received grid is understood: headings, numbers, banners, points; and every line of it has a fate one can read."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids import numbering
from terreau.referentials.grids.book import open_book
from terreau.referentials.grids.mapping import mapping_from_json
from terreau.referentials.grids.proposing import propose
from terreau.referentials.grids.reading import edition_of, fates, read
from terreau.referentials.grids.vocabulary import decimal, role_of, shares_of
from tests.referentials.grids import layouts

EXAMPLE = Path(__file__).parents[3] / "examples" / "grilles" / "grille-recue.xlsx"


def understood(path):
    book = open_book(path)
    grid = read(book, propose(book))
    return grid, edition_of(grid)


def test_banners_two_lines_of_headings_and_french_points(tmp_path):
    grid, edition = understood(layouts.banners(tmp_path / "grille.xlsx"))
    assert edition.title.fr == "Label Exemple : grille d'évaluation"
    assert [(theme.key, theme.title.fr) for theme in edition.themes] == [("1", "Piloter"), ("2", "Acheter")]
    assert [rubric.title.fr for rubric in edition.themes[0].rubrics] == ["Décider", "Mesurer"]
    assert [criterion.points for criterion in edition.criteria] == [Fraction(25, 2), 10, 20, Fraction(15, 2), 30]
    assert edition.scoring[0] == "points-1"
    assert edition.mode == "single"


def test_the_words_of_a_hidden_list_become_the_scale_and_sans_objet_is_no_verdict(tmp_path):
    grid, edition = understood(layouts.banners(tmp_path / "grille.xlsx"))
    assert [(step.label.fr, step.share) for step in edition.scale] == [
        ("Non", 0), ("Partiellement", Fraction(1, 2)), ("Oui", 1),
    ]  # fmt: skip
    assert grid.not_applicable == "Sans objet"
    assert grid.cells["1.1.1"]["verdict"].allowed == ("Oui", "Partiellement", "Non", "Sans objet")


def test_every_line_has_a_fate(tmp_path):
    grid, edition = understood(layouts.banners(tmp_path / "grille.xlsx"))
    assert [line.line for line in grid.lines if line.sheet == "Grille"] == list(range(1, 16))
    assert fates(grid) == {"aside": 4, "blank": 2, "heading": 2, "theme": 2, "rubric": 2, "criterion": 5}
    reasons = {line.text: line.reason for line in grid.lines if line.fate == "aside"}
    assert reasons["Total"] == "total"
    assert reasons["Listes"] == "hidden"


def test_a_number_used_twice_is_kept_and_told(tmp_path):
    grid, edition = understood(layouts.banners(tmp_path / "grille.xlsx"))
    assert [(one.short, one.number) for one in edition.rubric("1.2").criteria] == [
        ("1.2.1", "1.2.1"), ("1.2.1-2", "1.2.1"),
    ]  # fmt: skip
    assert [(remark.line, remark.code) for remark in grid.remarks] == [(12, "duplicate_number")]


def test_merged_columns_levels_facets_and_the_zero_a_figure_lost(tmp_path):
    grid, edition = understood(layouts.columns(tmp_path / "grille.xlsx"))
    assert [(theme.title.fr, len(theme.criteria)) for theme in edition.themes] == [("Énergie", 6), ("Matière", 5)]
    assert [criterion.number for criterion in edition.criteria][-3:] == ["1.9", "1.10", "1.11"]
    assert [level.title.fr for level in edition.levels] == ["N1", "N2"]
    assert edition.criterion("1.1").thresholds == {"n2": dict.fromkeys(("documents", "means", "results"), "yes")}
    assert edition.criterion("1.1").good_evidence.fr == "Une note 1"
    assert [step.share for step in edition.scale] == [0, Fraction(1, 2), 1]
    assert set(grid.cells["1.1"]) == {"documents", "means", "results"}, "points obtained are a formula"


def test_one_theme_a_sheet_and_a_comment_two_lines_share(tmp_path):
    grid, edition = understood(layouts.sheets(tmp_path / "grid.xlsx"))
    assert [(theme.title.en, [one.number for one in theme.criteria]) for theme in edition.themes] == [
        ("People", ["A.1", "A.2", "A.3"]), ("Places", ["B.1", "B.2", "B.3"]),
    ]  # fmt: skip
    assert grid.cells["A.1"]["comment"].ref == grid.cells["A.2"]["comment"].ref == "E2"
    assert {remark.code for remark in grid.remarks} == {"shared_cell"}
    assert [line.reason for line in grid.lines if line.sheet == "Read me"] == ["not_mapped"]


def test_a_csv_of_french_excel_without_banners(tmp_path):
    path = tmp_path / "grille.csv"
    path.write_bytes(
        "Thème;N°;Question;Points\nÉnergie;1;Éteint-on les écrans le soir ?;2,5\n;2;Qui en répond ?;\n".encode("cp1252")
    )
    grid, edition = understood(path)
    assert [(theme.title.fr, [one.number for one in theme.criteria]) for theme in edition.themes] == [
        ("Énergie", ["1", "2"])
    ]
    assert edition.criterion("1").points == Fraction(5, 2)
    assert edition.criterion("2").points is None


def test_numbers_at_the_head_of_the_questions_and_no_headings_at_all(tmp_path):
    path = tmp_path / "grille.csv"
    path.write_text(
        "1. Piloter\n1.1 Une charte est-elle écrite ?\n1.2 Est-elle suivie ?\n2. Mesurer\n2.1 Le parc est-il compté ?\n"
    )
    grid, edition = understood(path)
    assert [(theme.title.fr, [one.number for one in theme.criteria]) for theme in edition.themes] == [
        ("Piloter", ["1.1", "1.2"]), ("Mesurer", ["2.1"]),
    ]  # fmt: skip


def test_an_ods_is_read_too(tmp_path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document, table = OpenDocumentSpreadsheet(), Table(name="Grille")
    for told in (
        ["N°", "Question", "Réponse"],
        ["1.1", "Une charte est-elle écrite ?", ""],
        ["1.2", "Est-elle suivie ?", ""],
    ):
        row = TableRow()
        for text in told:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "grille.ods")
    grid, edition = understood(tmp_path / "grille.ods")
    assert [one.number for one in edition.criteria] == ["1.1", "1.2"]
    assert grid.cells["1.1"]["answer"].ref == "C2"


@pytest.mark.parametrize("formula", ["<f>[1]Ailleurs!$A$1</f>", '<f t="array" ref="C:C">A1:A2</f>'])
def test_a_formula_is_read_by_the_value_it_had_and_another_workbook_is_never_opened(tmp_path, formula):
    source, target = layouts.sheets(tmp_path / "grid.xlsx"), tmp_path / "linked.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "xl/worksheets/sheet2.xml":
                linked = f'<c r="C2">{formula}<v>8</v></c>'.encode()
                text = text.replace(b'<c r="C2" t="n"><v>2</v></c>', linked)
                assert linked in text
            new.writestr(part, text)
    grid, edition = understood(target)
    assert edition.criterion("A.1").points == 8


def test_the_mapping_a_person_corrects_goes_through_json(tmp_path):
    book = open_book(layouts.columns(tmp_path / "grille.xlsx"))
    mapping = propose(book)
    assert mapping_from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize("broken", [{"sheets": []}, {"version": " "}, {"themes": "ailleurs"}, {"words": {"Oui": "2"}}])
def test_a_reading_that_does_not_hold_is_refused(tmp_path, broken):
    book = open_book(layouts.columns(tmp_path / "grille.xlsx"))
    with pytest.raises(TerreauError) as refused:
        read(book, mapping_from_json(propose(book).as_json() | broken))
    assert refused.value.code == "referentials.grid_mapping"


def test_a_column_that_does_not_exist_is_refused(tmp_path):
    book = open_book(layouts.columns(tmp_path / "grille.xlsx"))
    told = propose(book).as_json()
    told["sheets"][0]["columns"]["answer"] = 4_000
    with pytest.raises(TerreauError) as refused:
        read(book, mapping_from_json(told))
    assert refused.value.code == "referentials.grid_mapping"


def zipped(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def hostile(kind, path):
    if kind == "macros":
        layouts.sheets(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    elif kind == "renamed":
        whole = layouts.sheets(path.with_name("source.xlsx"))
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for part in old.infolist():
                text = old.read(part)
                if part.filename == "[Content_Types].xml":
                    text = text.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
                new.writestr(part, text)
    elif kind == "bomb":
        layouts.sheets(path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("xl/media/x.xml", b"\0" * 101 * 1024 * 1024)
    elif kind == "long":
        path.write_text("N°,Question\n" + "1.1,Une question bien longue ?\n" * 20_001)
    elif kind == "text":
        path.write_text("Bonjour,\nvoici la grille.\n")
    elif kind == "empty":
        path.write_text(" \n")
    elif kind == "cut":
        path.write_bytes(layouts.sheets(path).read_bytes()[:-400])
    elif kind == "entities":
        path.write_bytes(zipped(xl__workbook_dot_xml="<!DOCTYPE x [<!ENTITY a 'a'>]><workbook/>"))
    return path


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("macros", "referentials.grid_macros"), ("renamed", "referentials.grid_macros"), ("bomb", "tables.zip_bomb"), ("long", "referentials.grid_too_long"),
        ("text", "referentials.grid_nothing"), ("empty", "tables.empty_file"), ("cut", "tables.damaged_workbook"),
        ("entities", "tables.damaged_workbook"),
    ],
)  # fmt: skip
def test_a_hostile_or_hopeless_file_is_refused_in_words(tmp_path, kind, code):
    path = hostile(kind, tmp_path / ("grille.csv" if kind in ("long", "text", "empty") else "grille.xlsx"))
    with pytest.raises(TerreauError) as refused:
        propose(open_book(path))
    assert refused.value.code == code
    assert refused.value.words("fr").remedy
    assert refused.value.words("en").remedy


@pytest.mark.parametrize(
    ("text", "number", "depth"),
    [("1.2.3", "1.2.3", 3), ("A.3", "A.3", 2), ("Thème 2", "2", 1), ("2)", "2", 1), ("GOV-07", "GOV-07", 2), ("IV", "IV", 1),
     ("N° 12", "12", 1), ("Énergie", "", 0), ("2026-11-21", "", 0)],
)  # fmt: skip
def test_numbers_as_people_write_them(text, number, depth):
    assert (numbering.number_of(text), numbering.depth_of(numbering.number_of(text))) == (number, depth)


@pytest.mark.parametrize(
    ("text", "parted"),
    [("1.2 – Avez-vous ?", ("1.2", "Avez-vous ?")), ("Thème 3 : Acheter", ("3", "Acheter")), ("A. Pilotage", ("A", "Pilotage")),
     ("3 personnes suivent", ("", "3 personnes suivent")), ("A new roof", ("", "A new roof"))],
)  # fmt: skip
def test_numbers_at_the_head_of_a_text(text, parted):
    assert numbering.split_number(text) == parted


@pytest.mark.parametrize(
    ("heading", "role"),
    [("N°", "number"), ("Critères d'évaluation", "verdict"), ("Points possibles", "points"), ("Note obtenue", "earned"),
     ("Commentaires", "comment"), ("Sous-thème", "rubric"), ("Requirement", "question"), ("Max", "points"), ("Maximum", "points"),
     ("Note max.", "points"), ("Auto-évaluation (0 à max)", "earned"), ("Assessment, 0 to max", "earned"), ("", "")],
)  # fmt: skip
def test_headings_in_both_languages(heading, role):
    assert role_of(heading) == role


def test_the_words_a_grid_allows_find_their_share():
    assert shares_of(("Oui", "En cours", "Non", "N/A", "Bleu")) == {
        "Oui": "1",
        "En cours": "1/2",
        "Non": "0",
        "N/A": "na",
        "Bleu": "",
    }
    assert shares_of(("0", "1", "2", "4 - Exemplaire")) == {"0": "0", "1": "1/4", "2": "1/2", "4 - Exemplaire": "1"}


@pytest.mark.parametrize(
    ("text", "value"),
    [("12,5", Fraction(25, 2)), ("1 000", 1000), ("20 pts", 20), ("/ 5", 5), ("-3", None), ("dix", None)],
)
def test_points_in_french_and_in_english(text, value):
    assert decimal(text) == value


def test_the_example_grid_is_understood_without_a_correction():
    grid, edition = understood(EXAMPLE)
    assert edition.title.fr == "Label Exemple 2026 : grille d'auto-évaluation"
    assert [(len(theme.rubrics), len(theme.criteria)) for theme in edition.themes] == [(2, 5), (2, 4), (1, 2)]
    assert sum(criterion.points for criterion in edition.criteria) == 100
    assert [level.title.fr for level in edition.levels] == ["Niveau 1", "Niveau 2"]
    assert set(grid.cells["1.1.1"]) == {"verdict", "answer", "proofs", "earned"}
    assert grid.not_applicable == "Sans objet"
    assert grid.remarks == ()


def rows(path, *lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def laid_out(edition):
    return [(theme.title.fr, [criterion.short for criterion in theme.criteria]) for theme in edition.themes]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([["THÉMATIQUE / QUESTION", "RÉPONSE (O/N)"], ["GOUVERNANCE"], ["Avez-vous une politique ?"], ["ACHATS"], ["Achetez-vous moins ?"]],
         [("GOUVERNANCE", ["L3"]), ("ACHATS", ["L5"])]),
        ([["Axe", "N° critère", "Libellé du critère", "D", "M", "R"], ["1 - Décider", "1.1", "Une politique existe"], [None, "1.2", "Elle est suivie"],
          ["2 - Acheter", "2.1", "Les achats sont relus"]], [("Décider", ["1.1", "1.2"]), ("Acheter", ["2.1"])]),
        ([["Réf", "Exigence", "Conforme ?"], ["A", "Politique"], ["A1", "Une politique existe"], ["A2", "Elle est signée"], ["B", "Parc"], ["B1", "Le parc est compté"]],
         [("Politique", ["A1", "A2"]), ("Parc", ["B1"])]),
        ([["Question", "Commentaire"], ["Thème 1 : Décider"], ["1. Une politique existe-t-elle ?"], ["Thème 2 : Compter"], ["2. Le parc est-il compté ?"]],
         [("Décider", ["1"]), ("Compter", ["2"])]),
        ([["Num", "Critère", "Max points", "Points obtenus"], ["1", "Décider", 30], ["1.1", "Politique signée", 10], ["1.2", "Plan suivi", 20], ["2", "Compter", 20],
          ["2.1", "Inventaire tenu", 20], [None, "TOTAL", 50]], [("Décider", ["1.1", "1.2"]), ("Compter", ["2.1"])]),
    ],
    ids=["capitals", "axes with numbers", "letters", "themes said in words", "subtotals typed by hand"],
)  # fmt: skip
def test_other_ways_of_laying_a_grid_out(tmp_path, lines, wanted):
    assert laid_out(understood(rows(tmp_path / "grille.xlsx", *lines))[1]) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        [["N°", "Question"], ["1", "Décider"], ["Note : deux réponses au plus par page"], ["1.1", "Une politique existe"], ["1.2", "Elle est suivie"]],
        [["N°", "Question"], ["1", "Décider"], ["1.1", "Une politique existe"], [None, "NB : une copie suffit"], ["1.2", "Elle est suivie"]],
        [["Thème", "Question"], ["Décider", "1.1 Une politique existe"], ["Remarque : une copie suffit"], [None, "1.2 Elle est suivie"]],
        [["Question", "Commentaire"], ["Thème 1 : Décider"], ["1.1 Une politique existe"], ["Note: one copy is enough"], ["1.2 Elle est suivie"]],
    ],
    ids=["under a theme", "in the questions", "in the column of themes", "without a column of numbers"],
)  # fmt: skip
def test_a_note_for_who_fills_the_grid_in_is_no_theme(tmp_path, lines):
    grid, edition = understood(rows(tmp_path / "grille.xlsx", *lines))
    assert laid_out(edition) == [("Décider", ["1.1", "1.2"])]
    assert [line.reason for line in grid.lines if line.fate == "aside"] == ["remark"]


def test_beside_remarks_a_note_is_a_mark(tmp_path):
    lines = [
        ["N°", "Exigence", "Max", "Note", "Commentaire"],
        ["1.1", "Une politique existe", 5],
        ["1.2", "Elle est suivie", 3],
    ]
    grid, edition = understood(rows(tmp_path / "grille.xlsx", *lines))
    assert [criterion.points for criterion in edition.criteria] == [5, 3]
    assert {role: cell.ref for role, cell in grid.cells["1.1"].items()} == {"earned": "D2", "comment": "E2"}
