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
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """The comparable form of ``text``: NFKC, look-alikes folded, no accent, no case, single spaces."""
    if text.isascii():  # nothing to fold: the same answer, several times faster
        return " ".join(text.replace("_", " ").replace("`", "'").lower().split()).strip(" ;,")
    folded = text.translate(_INVISIBLE).translate(_TYPOGRAPHY)
    folded = unicodedata.normalize("NFKC", folded).translate(_LOOKALIKES).translate(_TYPOGRAPHY)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded.casefold()) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip(" ;,")
