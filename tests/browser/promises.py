"""What every page promises, read in what a visit measured of it."""

from .visited import LIST_ELEMENTS, LISTS, PRINTED
from .visiting import Visit

REQUESTS, BYTES, ELEMENTS, SHEETS = 5, 60_000, 300, 8


def broken(page: Visit) -> dict[str, object]:
    """The promises that this page does not keep, each with what was found instead; none: {}."""
    elements = LIST_ELEMENTS if page.path in LISTS else ELEMENTS
    skipped = (page.skip.get("href"), page.reached)
    found = {
        "answers": (page.status == 200, page.status),
        "light: requests": (page.requests <= REQUESTS, page.requests),
        "light: bytes": (page.bytes <= BYTES, page.bytes),
        "light: elements": (page.elements <= elements, page.elements),
        "accessible to axe": (page.violations == [], page.violations),
        "in French": (page.language == "fr", page.language),
        "one main heading": (page.headings == 1, page.headings),
        "a title, of its own and the house's": (" – " in page.title, page.title),
        "no double name": (page.duplicate_ids == [], page.duplicate_ids),
        "drawings are named": (page.unnamed_drawings == 0, page.unnamed_drawings),
        "nothing inline": (page.inline == 0, page.inline),
        "nothing from elsewhere": (page.elsewhere == [], page.elsewhere),
        "nothing refused by the policy": (page.console == [], page.console),
        "fits a phone": (page.overflow == {360: 0, 320: 0}, page.overflow),
        "the keyboard skips to the content": (skipped == ("#contenu", "#contenu"), skipped),
        "the keyboard shows where it is": (page.hidden_focus == [], page.hidden_focus),
        "says something": (len(page.text) > 40, page.text),
        "says the same without script": (page.text == page.text_without_script, _part(page)),
        "prints on few sheets": (page.path not in PRINTED or 1 <= sheets(page.pdf) <= SHEETS, sheets(page.pdf)),
    }
    return {promise: instead for promise, (kept, instead) in found.items() if not kept}


def sheets(pdf: bytes) -> int:
    """How many sheets of paper; -1: no document."""
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") if pdf.startswith(b"%PDF-") else -1


def _part(page: Visit) -> tuple[str, str]:
    """Where the two texts part, a few words of each."""
    both = zip(page.text, page.text_without_script, strict=False)
    at = max(0, next((place for place, (one, other) in enumerate(both) if one != other), 0) - 20)
    return page.text[at : at + 60], page.text_without_script[at : at + 60]
