"""The same documents for a word processor: DOCX and ODT, with real headings, lists and tables; same content, same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from terreau.publishing.blocks import Document
from terreau.publishing.settled import settled

APPLICATION = "/docProps/app.xml"
EXTENDED = b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
LEAF, SOFT, INK = "2C6A43", "63564A", "2B211A"
_SIZES = {
    "Title": 26,
    "Subtitle": 11,
    "Heading 1": 18,
    "Heading 2": 14,
    "Heading 3": 12,
    "Heading 4": 11,
    "Normal": 10.5,
}
"""Size of the letters of each style of a DOCX [pt]; those of the ODT."""


def docx(document: Document) -> bytes:
    """The document as DOCX."""
    from docx import Document as Word

    told = document.as_json()
    made = Word()
    _about_docx(made, told, document)
    _unsigned_docx(made)
    _dress_docx(made)
    made.add_heading(told["title"], 0)
    made.add_paragraph(told["subtitle"], style="Subtitle")
    if told["notice"]:
        made.add_paragraph().add_run(told["notice"]).bold = True
    _facts_docx(made, told["cover"])
    for block in told["blocks"]:
        _block_docx(made, block)
    content = io.BytesIO()
    made.save(content)
    return settled(content.getvalue(), document.on, small=True)


def _about_docx(made: Any, told: dict[str, Any], document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.shared import OxmlElement

    about = made.core_properties
    about.title, about.author, about.language = told["title"], told["author"], document.language
    about.last_modified_by, about.comments = told["author"], ""
    about.created = about.modified = datetime.combine(document.on, time(12))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR" if document.language == "fr" else "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)


def _unsigned_docx(made: Any) -> None:
    """The template names another word processor and carries a picture of another document: neither made this one."""
    package = made.part.package
    for key in [key for key, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        del package.rels[key]
    told = next(part for part in package.iter_parts() if part.partname == APPLICATION)
    told._blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="' + EXTENDED + b'"/>'


def _dress_docx(made: Any) -> None:
    """One family of letters, the colours of the house, no rule under the title: the template's blue is nobody's."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in _SIZES.items():
        style = made.styles[name]
        colour = LEAF if name.startswith("Heading") else SOFT if name == "Subtitle" else INK
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), RGBColor.from_string(colour), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.name = "Georgia"
    made.styles["Title"].font.bold = True
    for rule in made.styles["Title"].element.get_or_add_pPr().findall(qn("w:pBdr")):
        rule.getparent().remove(rule)


def _block_docx(made: Any, block: dict[str, Any]) -> None:
    kind = block["kind"]
    if kind == "heading":
        made.add_heading(block["text"], block["level"])
    elif kind == "text":
        for part in _paragraphs(block["text"]):
            made.add_paragraph(part, style="Intense Quote" if block["style"] == "note" else None)
    elif kind == "bullets":
        for item in block["items"]:
            made.add_paragraph(item, style="List Bullet")
    elif kind == "facts":
        _facts_docx(made, block["rows"])
    elif kind == "criterion":
        made.add_heading(f"{block['number']} {block['question']}", 3)
        _facts_docx(made, [[one["label"], one["words"]] for one in block["chips"]])
    else:
        _table_docx(made, block["caption"], *_cells(block))


def _facts_docx(made: Any, rows: Sequence[Sequence[str]]) -> None:
    for name, value in rows:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(name + " ").bold = True
        paragraph.add_run(value)


def _table_docx(made: Any, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml.shared import OxmlElement

    made.add_paragraph(caption, style="Caption")
    table = made.add_table(rows=1, cols=len(heads), style="Light List Accent 3")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated, and read as heads
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    made.add_paragraph()


def odt(document: Document) -> bytes:
    """The document as ODT."""
    from odf import dc, meta
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    told = document.as_json()
    made = OpenDocumentText()
    styles = _styles_odt(made, document.language)
    for one, value in ((dc.Title, told["title"]), (dc.Creator, told["author"]), (dc.Language, document.language)):
        made.meta.addElement(one(text=value))
    made.meta.addElement(meta.CreationDate(text=document.on.isoformat()))
    made.text.addElement(P(stylename=styles["title"], text=told["title"]))
    made.text.addElement(P(stylename=styles["soft"], text=told["subtitle"]))
    if told["notice"]:
        made.text.addElement(P(stylename=styles["bold"], text=told["notice"]))
    _facts_odt(made.text, told["cover"], styles)
    for block in told["blocks"]:
        if block["kind"] in ("heading", "criterion"):
            level = block.get("level", 3)
            text = block.get("text") or f"{block['number']} {block['question']}"
            made.text.addElement(H(outlinelevel=level, stylename=styles[f"h{level}"], text=text))
        _block_odt(made.text, block, styles)
    content = io.BytesIO()
    made.write(content)
    return settled(content.getvalue(), document.on, small=True)


def _block_odt(place: Any, block: dict[str, Any], styles: dict[str, Any]) -> None:
    from odf.text import List, ListItem, P

    kind = block["kind"]
    if kind == "text":
        for part in _paragraphs(block["text"]):
            place.addElement(P(stylename=styles["soft" if block["style"] in ("lead", "small") else "body"], text=part))
    elif kind == "bullets":
        listed = List()
        for item in block["items"]:
            held = ListItem()
            held.addElement(P(text=item))
            listed.addElement(held)
        place.addElement(listed)
    elif kind == "facts":
        _facts_odt(place, block["rows"], styles)
    elif kind == "criterion":
        _facts_odt(place, [[one["label"], one["words"]] for one in block["chips"]], styles)
    elif kind in ("table", "bars"):
        _table_odt(place, block["caption"], *_cells(block), styles=styles)


def _facts_odt(place: Any, rows: Sequence[Sequence[str]], styles: dict[str, Any]) -> None:
    from odf.text import P, Span

    for name, value in rows:
        paragraph = P(stylename=styles["body"])
        paragraph.addElement(Span(stylename=styles["strong"], text=name + " "))
        _lines_odt(paragraph, value)
        place.addElement(paragraph)


def _lines_odt(paragraph: Any, value: str) -> None:
    from odf.text import LineBreak

    for rank, line in enumerate(value.split("\n")):
        if rank:
            paragraph.addElement(LineBreak())
        paragraph.addText(line)


def _table_odt(
    place: Any, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, styles: dict[str, Any]
) -> None:
    from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
    from odf.text import P

    place.addElement(P(stylename=styles["soft"], text=caption))
    table = Table()
    table.addElement(TableColumn(numbercolumnsrepeated=len(heads)))
    above = TableHeaderRows()
    table.addElement(above)
    for rank, row in enumerate((heads, *rows)):
        line = TableRow()
        for value in row:
            cell = TableCell(stylename=styles["cell"], valuetype="string")
            paragraph = P(stylename=styles["bold" if rank == 0 else "body"])
            _lines_odt(paragraph, value)
            cell.addElement(paragraph)
            line.addElement(cell)
        (table if rank else above).addElement(line)
    place.addElement(table)
    place.addElement(P(text=""))


def _styles_odt(made: Any, language: str) -> dict[str, Any]:
    from odf.style import ParagraphProperties, Style, TableCellProperties, TextProperties

    country = {"language": language, "country": "FR" if language == "fr" else "GB"}
    sizes = {
        "title": "26pt",
        "h1": "18pt",
        "h2": "14pt",
        "h3": "12pt",
        "h4": "11pt",
        "body": "10.5pt",
        "bold": "10.5pt",
        "soft": "11pt",
    }
    styles: dict[str, Any] = {}
    for name, size in sizes.items():
        style = Style(name=f"Terreau {name}", family="paragraph")
        style.addElement(
            ParagraphProperties(margintop="0.25cm" if name.startswith("h") else "0cm", marginbottom="0.15cm")
        )
        bold = {"fontweight": "bold"} if name in ("title", "bold") or name.startswith("h") else {}
        colour = f"#{SOFT}" if name == "soft" else f"#{LEAF}" if name.startswith("h") else "#2b211a"
        style.addElement(TextProperties(fontsize=size, color=colour, **bold, **country))
        made.styles.addElement(style)
        styles[name] = style
    styles["strong"] = Style(name="Terreau strong", family="text")
    styles["strong"].addElement(TextProperties(fontweight="bold"))
    styles["cell"] = Style(name="Terreau cell", family="table-cell")
    styles["cell"].addElement(TableCellProperties(padding="0.1cm", borderbottom="0.02cm solid #ddd3c2"))
    made.styles.addElement(styles["strong"])
    made.automaticstyles.addElement(styles["cell"])
    return styles


def _cells(block: dict[str, Any]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Heads and rows of a table, or of bars without their drawing."""
    if block["kind"] == "table":
        return block["heads"], block["rows"]
    heads = [block["heads"][0], *block["heads"][2:]]
    return heads, [[one["label"], *one["words"]] for one in block["rows"]]


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.split("\n") if part.strip()]
