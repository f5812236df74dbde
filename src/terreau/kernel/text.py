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
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs nobody sees: they part words, or turn the writing round, without a trace on the screen."""


def normal(text: str) -> str:
    """The comparable form of ``text``: NFKC, look-alikes folded, no accent, no case, single spaces."""
    if text.isascii():  # nothing to fold: the same answer, several times faster
        return " ".join(text.replace("_", " ").replace("`", "'").lower().split()).strip(" ;,")
    folded = unicodedata.normalize("NFKC", text.translate(_BEFORE)).translate(_AFTER)
    spelt = unicodedata.normalize("NFD", folded.casefold())
    bare = "".join([c for c in spelt if c < "\u0300" or not unicodedata.combining(c)])  # no accent stands below
    return _SPACES.sub(" ", bare).strip(" ;,")


def visible(text: str) -> str:
    """``text`` as it is seen: without the signs that hide in it (zero width, writing turned round)."""
    return text if text.isascii() else _UNSEEN.sub("", text)
