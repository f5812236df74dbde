"""The evidence of the fictitious organisations: small true files, a link, what somebody said, a figure of Terreau."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import gathering
from terreau.app.evidence.models import EvidenceLink

FICTITIOUS = "Document fictif, fait pour l'exemple de Terreau."
DESCRIBED = ("title", "kind", "effective_on", "valid_until", "scope_percent", "confidentiality", "owner")
WIDTH, HEIGHT = 320, 180
PAPER, INK, LEAF = (255, 254, 249), (75, 54, 38), (44, 106, 67)


def seed(owner: Any, assessment: Assessment, told: Iterable[Mapping[str, Any]],
         number: Callable[[Any, str], UUID]) -> None:  # fmt: skip
    """Keep each piece and tie it to the answers it supports; ``number`` gives it the same address at each making."""
    organisation = assessment.organisation
    for one in told:
        described = {name: one[name] for name in DESCRIBED if name in one}
        if "period" in one:
            described["period_start"], described["period_end"] = one["period"]
        upload = SimpleUploadedFile(one["file"], made(one["file"], one)) if "file" in one else None
        figure = (one["figure"], one["reads"]) if "figure" in one else None
        piece = gathering.add(organisation, owner, described, upload=upload, url=one.get("url", ""), figure=figure,
                              key=number(organisation, one["title"]))  # fmt: skip
        for short, facet, locator, proves, strength in one["links"]:
            gathering.tie(piece, owner, subject=_subject(assessment, short), facet=facet, locator=locator, proves=proves,
                          strength=strength)  # fmt: skip
        if "opinion" in one:
            short, facet, opinion, why = one["opinion"]
            link = EvidenceLink.objects.get(evidence=piece, subject=_subject(assessment, short), facet=facet)
            gathering.judge(link, owner, opinion, why)


def made(name: str, told: Mapping[str, Any]) -> bytes:
    """The bytes of an example file, by its extension."""
    if name.endswith(".pdf"):
        return pdf(told["title"], (*told["lines"], FICTITIOUS))
    if name.endswith(".png"):
        return png()
    return ("\n".join(told["lines"]) + "\n").encode("utf-8-sig")


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """One page: a title and a few lines."""
    shown = [f"BT /F1 18 Tf 60 760 Td ({_escaped(title)}) Tj ET"]
    shown += [f"BT /F1 11 Tf 60 {722 - 20 * rank} Td ({_escaped(line)}) Tj ET" for rank, line in enumerate(lines)]
    drawn = "\n".join(shown).encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for rank, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (rank, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )


def png() -> bytes:
    """The drawing of a list on a screen: a bar of title, and lines."""
    rows = b"".join(b"\0" + b"".join(bytes(_colour(x, y)) for x in range(WIDTH)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _colour(x: int, y: int) -> tuple[int, int, int]:
    if y < 24:
        return INK
    if (y - 24) % 20 in range(8, 12) and 16 < x < 300 - 37 * ((y // 20) % 4) and x % 80 > 8:
        return LEAF if x < 80 else INK
    return PAPER


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _subject(assessment: Assessment, short: str) -> str:
    return subject_of(assessment, f"{assessment.referential}:{short}")
