"""Words made comparable: one normal form for headers, models, makers and cells."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"))
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo",
)
_TYPOGRAPHY = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "—": "-", "‑": "-", "−": "-",
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE",
        "®": "", "™": "", "©": "", "_": " ",
    }
)  # fmt: skip
_BEFORE = _INVISIBLE | _TYPOGRAPHY
_AFTER = _LOOKALIKES | _TYPOGRAPHY
"""Each character is in one table at most, and becomes none that is in another: one pass says what two would."""
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """The comparable form of ``text``: NFKC, look-alikes folded, no accent, no case, single spaces."""
    if text.isascii():  # nothing to fold: the same answer, several times faster
        return " ".join(text.replace("_", " ").replace("`", "'").lower().split()).strip(" ;,")
    folded = unicodedata.normalize("NFKC", text.translate(_BEFORE)).translate(_AFTER)
    spelt = unicodedata.normalize("NFD", folded.casefold())
    bare = "".join([c for c in spelt if c < "\u0300" or not unicodedata.combining(c)])  # no accent stands below
    return _SPACES.sub(" ", bare).strip(" ;,")
