"""Compiled documents of a freeze or of the work as it stands: made by a worker, kept while nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from terreau.app.publishing import packing
from terreau.app.results import kept_file
from terreau.app.tasks.door import digest_of
from terreau.kernel.errors import TerreauError

COMPILE = "publishing.compiled"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def written(organisation: Any, source: str, key: str, extension: str, language: str) -> Path:
    """The path of the document ``key`` as ``extension``; made when it is not kept."""
    from terreau.publishing.dossier.compiled import compiled

    found = packing.source_of(organisation, source)
    if found is None:
        raise TerreauError("app.dossier_without_source", referential=source, organisation=organisation.slug)
    package = packing.package_of(organisation, found, language=language, audience="auditor")
    since = [(key, one.withdrawn, one.confidentiality) for key, one in sorted(package.since.items())]
    decides = digest_of(package.record.digest, package.freeze, package.organisation.name, language, since)
    inputs = {"source": source, "key": key, "extension": extension, "language": language}
    return kept_file(organisation, f"synthese-{key}-{decides[:20]}.{extension}",
                     lambda path: _write(path, compiled(package, key), extension), kind=COMPILE, inputs=inputs)  # fmt: skip


def _write(path: Path, document: Any, extension: str) -> None:
    from terreau.publishing import office, pdf

    write = {"pdf": pdf.pdf, "docx": office.docx, "odt": office.odt}[extension]
    path.write_bytes(write(document))
