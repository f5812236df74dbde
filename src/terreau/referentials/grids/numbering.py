"""Numbers of themes, rubrics and criteria as people write them: 1, 1.2, 1.2.3, A.3, II, GOV-07, « Thème 2 : … »."""

from __future__ import annotations

import re

from terreau.kernel.text import normal

_WORDS = (
    "theme|thematique|axe|rubrique|partie|chapitre|section|domaine|volet|pilier|bloc|critere|question|exigence|"
    "part|chapter|criterion|heading|pillar|requirement|article|n°|no|nº|num"
)
_HEAD = r"(?:[A-Z]{1,2}|[IVX]{1,5}|\d{1,3})"
_NUMBER = re.compile(rf"{_HEAD}(?:[.\-]\d{{1,3}})*|[A-Z]{{1,6}}[-_ .]?\d{{1,3}}(?:[.\-]\d{{1,3}})*", re.IGNORECASE)
_PART = re.compile(
    rf"(?:(?P<rubric>rubrique|sous-?theme|section|heading)|theme|thematique|axe|partie|chapitre|domaine|volet|pilier|"
    rf"part|chapter|pillar)s?\s*(?:n°\s*)?{_HEAD}\b",
    re.IGNORECASE,
)
_LED = re.compile(
    rf"\s*(?P<word>{_WORDS})?\s*(?P<number>{_HEAD}(?:[.\-]\d{{1,3}})*|[A-Z]{{1,6}}[-_.]?\d{{1,3}}(?:[.\-]\d{{1,3}})*)"
    r"\s*(?P<stop>[.):–—-]|\s[-–—:]|\s)\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def number_of(text: str) -> str:
    """The number a cell holds, without the word before it nor the sign after it; '' when it holds none."""
    bare = re.sub(rf"^(?:{_WORDS})\s*", "", normal(text)).strip(" .):-")
    return bare.upper() if bare and len(bare) <= 20 and _NUMBER.fullmatch(bare) else ""


def names_a_part(text: str) -> str:
    """What a line says it is: "theme" of "Thème 2 : Acheter", "rubric" of "Rubrique 2.1", '' otherwise."""
    found = _PART.match(normal(text))
    return ("rubric" if found["rubric"] else "theme") if found else ""


def depth_of(number: str) -> int:
    """How many steps a number counts: "2" is 1, "2.4" is 2, "GOV-07" is 2; 0 when there is none."""
    if not number:
        return 0
    parts = [part for part in re.split(r"[.\-_ ]", number) if part]
    glued = bool(re.fullmatch(r"[A-Z]{1,6}\d{1,3}", parts[0])) if len(parts) == 1 else False
    return len(parts) + glued


def split_number(text: str) -> tuple[str, str]:
    """("1.2", "Avez-vous…") of "1.2 – Avez-vous…"; ("", text) when the text does not start with a number.

    A lone letter or Roman number needs a sign or a word ("A. Pilotage", "Thème A Pilotage"): "A new roof" has none.
    """
    found = _LED.match(_plain_marks(text))
    if not found:
        return "", text
    number, word, stop = found["number"].upper(), found["word"], found["stop"].strip()
    if number[0].isalpha() and not any(sign.isdigit() for sign in number) and not (word or stop):
        return "", text
    if number.isdigit() and not (word or stop):
        return "", text  # "3 personnes" counts people
    return number, text[len(text) - len(found["rest"]) :]


def _plain_marks(text: str) -> str:
    """The same length, accents of the leading word folded."""
    return text.translate(str.maketrans("èéêÈÉÊ", "eeeEEE"))
