"""Documents as PDF (the only importer of Typst): tagged, PDF/A-3a and PDF/UA-1, same data and same date, same bytes.

The data goes in as JSON and the template is a file of ours: nothing a person wrote is ever part of a template.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.publishing.blocks import Document

TEMPLATES = Path(__file__).with_name("typst")
UNSHOWN = "\u25a1"
"""What stands for a sign that our fonts cannot draw; the frozen record keeps the sign itself."""
_DRAWN = ((0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20C0),
          (0x2100, 0x218F), (0x2190, 0x23FF), (0x2460, 0x262F), (0x2638, 0x268B), (0x2690, 0x269C), (0x26A0, 0x26A7),
          (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727), (0x2729, 0x274B), (0x2758, 0x275E), (0x2761, 0x277F),
          (0x2798, 0x27AF), (0x27B1, 0x27FF), (0x2900, 0x2B73))  # fmt: skip
"""What the fonts that come with Typst draw, as composing each sign tells; the few in these ranges they do not are met in composing."""
_LOOK = dict.fromkeys(range(0xFE00, 0xFE10))
"""Marks that ask for a sign in colour or not: a page of ours has one look only."""
_REFUSED = re.compile(r"the (?:text|PDF contains the codepoint) [`\"]+(?P<sign>.+?)[`\"]+(?: could not|$)")
_TRIES = 40
_SAID = (
    "□ tient la place d’un signe que les caractères de ce document ne savent pas dessiner (émoji, idéogramme).",
    "□ stands for a sign that the fonts of this document cannot draw (emoji, ideogram).",
)


def pdf(document: Document, template: str = "document.typ") -> bytes:
    """The document as a tagged PDF; TerreauError publishing.pdf_refused when it would not be accessible or would not keep."""
    told = document.as_json()
    lost = unshown(told)
    for _ in range(_TRIES):
        told["unshown"] = _SAID[document.language == "en"] if lost else ""
        data = json.dumps(told, ensure_ascii=False).translate(_LOOK | dict.fromkeys(map(ord, lost), UNSHOWN))
        try:
            return _typst(template, data, document.on)
        except TerreauError as trouble:
            refused = _REFUSED.search(str(trouble.facts["reason"]))
            signs = set(_unescaped(refused["sign"])) if refused else set()
            if not signs - lost or UNSHOWN in signs:
                raise
            lost |= signs
    raise TerreauError("publishing.pdf_refused", title=document.title, reason="…")


def unshown(told: dict[str, Any]) -> set[str]:
    """The signs of a document, as plain values, that our fonts are known not to draw."""
    signs = set(json.dumps(told, ensure_ascii=False).translate(_LOOK))
    return {sign for sign in signs if not any(first <= ord(sign) <= last for first, last in _DRAWN)}


def _typst(template: str, data: str, on: date) -> bytes:
    import typst

    # Typst takes the hour as local: noon is the same day everywhere it may be read.
    stamp = int(datetime.combine(on, time(12), tzinfo=UTC).timestamp())
    try:
        made = typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            sys_inputs={"data": data},
            ignore_system_fonts=True,
            timestamp=stamp,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
        )
    except typst.TypstError as trouble:
        raise TerreauError("publishing.pdf_refused", title=template, reason=str(trouble)) from trouble
    return bytes(made)


def _unescaped(sign: str) -> str:
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), sign)
