"""A heavy workbook is known by its first rows alone, read with the same eyes as the whole."""

import zipfile

import pytest
from python_calamine import CalamineWorkbook

from terreau.app.inventory.recognising import recognise
from terreau.tables.limits import MIB
from terreau.tables.shortening import HEAD, shortened

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PAPERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADINGS = ("Nom", "Numéro de série", "Fabricant", "Modèle", "Statut", "Lieu", "Type", "Système d'exploitation - Nom",
            "Dernière modification", "Entité")  # fmt: skip


def workbook(path, lines, prefix="", filler=b""):
    """A cover sheet, then a list of GLPI: texts shared as Excel writes them, tags with or without a prefix."""
    texts = ["Export du 1er mars", *HEADINGS, *(f"PC-{n}" for n in range(lines))]
    p, end = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    width = len(HEADINGS)

    def row(number, indexes):
        cells = "".join(
            f'<{p}c r="{"ABCDEFGHIJ"[k]}{number}" t="s"><{p}v>{n}</{p}v></{p}c>' for k, n in enumerate(indexes)
        )
        return f'<{p}row r="{number}">{cells}</{p}row>'

    def sheet(rows):
        body = "".join(rows).encode()
        head = f'<{p}worksheet xmlns{end}="{MAIN}"><{p}sheetData>'.encode()
        return head + body + filler + f"</{p}sheetData></{p}worksheet>".encode()

    listed = (row(n + 2, [1 + width + n] * width) for n in range(lines))
    relation = "".join(
        f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml" Type="{PAPERS}/worksheet"/>' for n in (1, 2)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r0" Target="xl/workbook.xml" Type="{PAPERS}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{PAPERS}"><sheets><sheet name="Lisez-moi" sheetId="1" r:id="r1"/>'
        '<sheet name="Ordinateurs" sheetId="2" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{relation}<Relationship Id="r3" Target="sharedStrings.xml" Type="{PAPERS}/sharedStrings"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet([row(1, [0])]),
        "xl/worksheets/sheet2.xml": sheet([row(1, range(1, width + 1)), *listed]),
        "xl/sharedStrings.xml": f'<{p}sst xmlns{end}="{MAIN}">'
        + "".join(f"<{p}si><{p}t>{text}</{p}t></{p}si>" for text in texts) + f"</{p}sst>",
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


@pytest.mark.parametrize("prefix", ["", "x"])
def test_the_first_rows_say_what_the_whole_would(tmp_path, prefix):
    whole = workbook(tmp_path / "glpi.xlsx", 8_000, prefix)
    short = shortened(whole, tmp_path / "short.xlsx")
    assert short.stat().st_size < 2 * HEAD
    for title in ("Lisez-moi", "Ordinateurs"):
        all_rows, first = (
            CalamineWorkbook.from_path(str(one)).get_sheet_by_name(title).to_python() for one in (whole, short)
        )
        assert first == all_rows[: len(first)] and len(first) >= min(len(all_rows), 500)
    files = [(one.name, one.name) for one in (whole, short)]
    both = recognise(folder=str(tmp_path), files=files, max_bytes=100 * MIB)
    assert [(one["profile"], one["kind"]) for one in both] == [("glpi", "computers")] * 2


def test_so_do_those_of_an_open_document(tmp_path):
    def row(*cells):
        told = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in cells
        )
        return f"<table:table-row>{told}</table:table-row>"

    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    content = f"""<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>
        <table:table table:name="Parc"><table:table-column/><table:table-header-rows>{row(*HEADINGS)}</table:table-header-rows>
        <table:table-row-group>{"".join(row(*[f"PC-{n}"] * 10) for n in range(4_000))}</table:table-row-group>
        </table:table></office:spreadsheet></office:body></office:document-content>"""
    with zipfile.ZipFile(tmp_path / "parc.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    short = shortened(tmp_path / "parc.ods", tmp_path / "short.ods")
    all_rows, first = (CalamineWorkbook.from_path(str(one)).get_sheet_by_name("Parc").to_python()
                       for one in (tmp_path / "parc.ods", short))  # fmt: skip
    assert first == all_rows[: len(first)] and 500 < len(first) < 4_000


def test_a_part_that_would_inflate_without_end_is_left_after_its_first_rows(tmp_path):
    bomb = workbook(tmp_path / "bomb.xlsx", 2_000, filler=b" " * (64 * MIB))
    assert shortened(bomb, tmp_path / "short.xlsx").stat().st_size < 2 * HEAD
    assert recognise(folder=str(tmp_path), files=[(bomb.name, "parc.xlsx")], max_bytes=MIB)[0]["profile"] == "glpi"


def test_a_workbook_that_cannot_be_cut_is_left_to_whoever_reads_it_whole(tmp_path):
    for name, held in (("damaged.xlsx", b"PK\x03\x04" + b"\0" * 300_000), ("other.xlsx", None)):
        if held is None:
            with zipfile.ZipFile(tmp_path / name, "w") as archive:
                archive.writestr("photos/1.png", b"\0" * 300_000)
        else:
            (tmp_path / name).write_bytes(held)
        assert shortened(tmp_path / name, tmp_path / "short.xlsx") == tmp_path / name
        assert recognise(folder=str(tmp_path), files=[(name, name)], max_bytes=MIB)[0]["profile"] == "spreadsheet"
