"""The documents: tagged, readable by all, the same for the same freeze, whatever people wrote in them."""

import io
import json
import re
import zipfile
from datetime import date

import pytest

from terreau.kernel.errors import TerreauError
from terreau.publishing import office, pdf
from terreau.publishing.blocks import Document, Heading, Table, Text, typeset
from terreau.publishing.dossier.compiled import compilations, compiled, offered
from terreau.publishing.dossier.story_score import score_told
from terreau.referentials import library
from tests.publishing.dossier import world


def a_document(*blocks, **more):
    told = {
        "title": "Essai",
        "subtitle": "Sous-titre",
        "author": "Numa",
        "language": "fr",
        "on": date(2026, 3, 1),
        "cover": (),
    }
    return Document(**(told | more), blocks=blocks)


def test_a_pdf_says_that_it_keeps_and_that_it_can_be_read_aloud():
    made = pdf.pdf(a_document(Heading(text="Titre"), Table(caption="Chiffres", heads=("A", "B"), rows=(("1", "2"),))))
    assert b"<pdfaid:part>3</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"/StructTreeRoot" in made and b"/Marked true" in made and b"/Lang(fr" in made


def test_a_docx_names_its_author_and_no_other_software():
    parts = zipfile.ZipFile(io.BytesIO(office.docx(a_document(Heading(text="Titre")))))
    about, made_by = parts.read("docProps/core.xml").decode(), parts.read("docProps/app.xml").decode()
    assert "<dc:title>Essai</dc:title>" in about and "<dc:creator>Numa</dc:creator>" in about
    assert "<cp:lastModifiedBy>Numa</cp:lastModifiedBy>" in about
    assert not re.search("python-docx|Macintosh|Microsoft", about + made_by)
    assert "docProps/thumbnail.jpeg" not in parts.namelist()


def test_an_image_without_words_is_refused(tmp_path, monkeypatch):
    (tmp_path / "bare.typ").write_text(
        '#set document(title: "t")\n#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"/>"))'
    )
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    with pytest.raises(TerreauError) as refused:
        pdf.pdf(a_document(), "bare.typ")
    assert "alt text" in str(refused.value)


def test_a_heading_that_skips_a_level_is_refused():
    with pytest.raises(TerreauError):
        pdf.pdf(a_document(Heading(text="Un"), Heading(text="Trois", level=3)))


def test_words_are_words_and_never_a_template():
    hostile = '#read("/etc/passwd") $x$ *gras* <label> @ref \\ \u202e\x00 日本 😀 \ue000 "]'
    made = pdf.pdf(a_document(Text(text=hostile), title="#panic()"))
    assert made.startswith(b"%PDF")
    assert pdf.unshown(a_document(Text(text=hostile)).as_json()) == {"日", "本", "😀"}  # the rest is cleaned away


def test_a_sign_that_cannot_be_drawn_is_told_at_the_end_and_only_then(monkeypatch):
    handed = []
    compiled_by_typst = pdf._typst
    monkeypatch.setattr(
        pdf,
        "_typst",
        lambda template, data, *more, **how: handed.append(data) or compiled_by_typst(template, data, *more, **how),
    )
    pdf.pdf(a_document(Text(text="Bien 😀")))
    pdf.pdf(a_document(Text(text="Bien □")))
    pdf.pdf(a_document(Text(text="✓ fait, ★★☆, ☑, ⚠\ufe0f, ① → ②")))
    drawn, plain, marks = (json.loads(data) for data in handed)
    assert drawn["blocks"][0]["text"] == "Bien □" and drawn["unshown"].startswith("□ tient la place d’un signe")
    assert plain["blocks"][0]["text"] == "Bien □" and plain["unshown"] == "", "a square somebody wrote is a square"
    assert marks["blocks"][0]["text"] == "✓ fait, ★★☆, ☑, ⚠, ① → ②" and marks["unshown"] == "", (
        "and usual marks are drawn"
    )


def test_french_spaces_do_not_break_a_line_and_nothing_is_added():
    assert typeset("Vraiment ? « Oui » : 12 %; non", "fr") == "Vraiment\u202f? «\u202fOui\u202f»\u00a0: 12\u202f%; non"
    assert typeset("Really ? Yes : no", "en") == "Really ? Yes : no"


@pytest.mark.parametrize("write", [pdf.pdf, office.docx, office.odt])
def test_a_compiled_document_is_the_same_each_time(write):
    document = compiled(world.package(), "policy")
    assert write(document) == write(document)


def test_the_compiled_documents_name_only_criteria_that_exist():
    known = {one.short for one in library.edition("nr-terreau").criteria}
    for one in compilations().values():
        assert {key for section in one.sections for key in section.criteria} <= known
    assert [one.key for one in offered("rgesn-2024")] == ["practices"]


def test_a_compiled_document_opens_in_a_word_processor_and_cites_what_may_leave():
    from docx import Document as Word
    from odf import teletype
    from odf.opendocument import load

    document = compiled(world.package(), "policy")
    written = "\n".join(one.text for one in Word(io.BytesIO(office.docx(document))).paragraphs)
    free = teletype.extractText(load(io.BytesIO(office.odt(document))).text)
    for text in (written, free):
        assert "Écrit en 2025" in text and "le but est écrit" in text
        assert "salaires" not in text and "Ancienne politique" not in text


def test_each_score_of_a_dossier_has_its_rule_beside_it():
    package = world.package()
    blocks = list(score_told(package))
    rule = package.own
    title = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.level == 2)
    beside = dict(blocks[title + 1].rows)
    assert beside["Règle"] == f"{rule.title.fr} ({rule.rule}, version {rule.version})"
    assert beside["Formule"] == rule.formula.fr


def test_an_unknown_compiled_document_is_refused():
    with pytest.raises(TerreauError) as refused:
        compiled(world.package(), "nothing")
    assert refused.value.code == "publishing.compiled_unknown"
