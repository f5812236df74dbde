"""A report as a file: PDF, DOCX, ODT by a worker and kept while nothing changes; HTML whole in one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from terreau.app.reports import composing
from terreau.app.reports.models import Publication, Report
from terreau.app.results import kept_file
from terreau.kernel import canonical

EXPORT = "reports.exported"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
}


def file_of(report: Report, extension: str, publication: Publication | None = None) -> Path:
    """The path of the report as ``extension``; made when it is not kept. Without ``publication``, the draft as it stands."""
    document = composing.document(publication.content if publication else composing.content(report), publication)
    inputs = {"report": str(report.pk), "extension": extension, "number": publication.number if publication else 0}
    name = f"rapport-{canonical.digest(document.as_json())[:24]}.{extension}"
    return kept_file(
        report.organisation, name, lambda path: _write(path, document, extension), kind=EXPORT, inputs=inputs
    )


def html(report: Report, publication: Publication | None = None) -> str:
    """The report as one page that stands alone: no script, no address, its own style."""
    document = composing.document(publication.content if publication else composing.content(report), publication)
    with translation.override(document.language):
        return render_to_string("reports/file.html", {"document": document.as_json()})


def _write(path: Path, document: Any, extension: str) -> None:
    from terreau.publishing import office, pdf

    write = {"pdf": pdf.pdf, "docx": office.docx, "odt": office.odt}[extension]
    path.write_bytes(write(document))
