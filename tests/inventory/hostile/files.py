"""Files that mean harm or were badly hurt, made for real: each function writes one and says what to expect."""

import io
import zipfile
from pathlib import Path

from openpyxl import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def workbook(*rows) -> bytes:
    """A small real workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def inflated(times: int) -> bytes:
    """A workbook whose sheet inflates to ``times`` MiB of spaces (zip bomb)."""
    source, target = zipfile.ZipFile(io.BytesIO(workbook(["Type"], ["écran"]))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet1.xml"):
                with bomb.open(part, "w") as sheet:
                    sheet.write(content.replace(b"</worksheet>", b""))
                    for _ in range(times):
                        sheet.write(b" " * (1 << 20))
                    sheet.write(b"</worksheet>")
            else:
                bomb.writestr(part, content)
    return target.getvalue()


REFUSED = {
    "vide.csv": (b"", "tables.empty_file"),
    "blanc.csv": (b"\xef\xbb\xbf \r\n\r\n", "tables.empty_file"),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "tables.not_a_table"),
    "bruit.csv": (bytes(range(256)) * 40, "tables.not_text"),
    "rapport.xlsx": (b"%PDF-1.7\n%\xe2\xe3\n" + b"x" * 300, "tables.not_a_table"),
    "ancien.xls": (OLE, "tables.old_excel"),
    "ancien.xlsx": (OLE, "tables.old_excel"),
    "secret.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99, "tables.password_protected"),
    "page.xls": (b"<html><body><table><tr><td>Type</td></tr></table>", "tables.html_disguised"),
    "coupe.xlsx": (workbook(["Type"], ["écran"])[:2_000], "tables.damaged_workbook"),
    "archive.xlsx": (b"PK\x05\x06" + b"\0" * 18, "tables.not_a_table"),
    "large.csv": (
        b"Type;" + b";".join(b"c%d" % n for n in range(9_999)) + b"\n\xc3\xa9cran;2\n",
        "tables.too_many_columns",
    ),
    "large.xlsx": (workbook(["Type", *(f"c{n}" for n in range(9_999))], ["écran"]), "tables.too_many_columns"),
    "ligne.csv": (b"Type;Nom\n\xc3\xa9cran;" + b"x" * 3_000_000 + b"\n", "tables.unreadable_csv"),
    "couleurs.csv": (b"bleu;vert\n1;2\n", "inventory.no_known_column"),
    "parquet.csv": (b"PAR1" + b"\0" * 90, "tables.not_a_snapshot"),
}
"""Name -> content, code of the refusal."""

READ = {
    "titres.csv": ("Type;Modèle;Quantité\n".encode(), (0, 0, 0), {"tables.header_only"}),
    "titres.xlsx": (workbook(["Type", "Modèle"]), (0, 0, 0), {"tables.header_only"}),
    "classeur.csv": (workbook(["Type"], ["écran"]), (1, 0, 0), set()),
    "texte.xlsx": ("Type;Modèle\nécran;P2419H\n".encode(), (1, 0, 0), set()),
    "doublons.csv": ("Type;Type;Modèle;Modèle\nécran;;P2419H;\n".encode(), (1, 0, 0), {"tables.duplicate_header"}),
    "nuls.csv": ("Type;Modèle\nécr\0an;P24\x0019H\n".encode(), (1, 0, 0), {"tables.nul_bytes"}),
    "coupe.csv": ('Type;Modèle\nécran;P2419H\nportable;"Latitude 55'.encode(), (2, 0, 0), set()),
    "quantites.csv": ("Type;Quantité\nécran;-3\nécran;0\nécran;1e12\nécran;99999999999999999999\nécran;NaN\nécran;3\n"
                      .encode(), (1, 0, 5), {"inventory.quantity_unusable"}),
    "dates.csv": ("Type;Date d'achat\nécran;01/01/1900\nécran;2099-12-31\nécran;1900\nécran;0001-01-01\nécran;14/03/2022\n"
                  .encode(), (2, 3, 0), {"inventory.date_out_of_range"}),
    "formules.csv": ('Type;Nom;Modèle\nécran;"=HYPERLINK(""http://x"")";@SUM(A1)\nécran;+1;-2\n'.encode(), (2, 0, 0), set()),
    "formules.xlsx": (workbook(["Type", "Quantité"], ["écran", "=1+1"], ["écran", 2]), (1, 1, 0),
                      {"tables.formula_never_calculated", "inventory.quantity_empty"}),
    "encodages.csv": ("Type;Lieu\nécran;Orl".encode() + b"\xe9ans\n" + "écran;Besançon\n".encode(), (2, 0, 0),
                      {"tables.mixed_encodings"}),
}  # fmt: skip
"""Name -> content, lines accepted, doubtful and rejected [count], codes of the findings that must be there."""


def write(folder: Path, name: str, content: bytes) -> Path:
    """The file on disk."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path
