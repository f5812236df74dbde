"""The language of the page being made (langue)."""

from django.utils.translation import get_language, trans_real


def language() -> str:
    """'fr' or 'en', whatever the region a browser asks for; French outside a page."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def quoted(name: str) -> str:
    """A name inside a sentence, between the marks of the language: no article has to agree with it, nor « de » to be cut."""
    return f"“{name}”" if language() == "en" else f"«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»"


def count_as_french_does() -> None:
    """In French, none is singular ("0 preuve"): our sentences are written in French, so no catalogue says it for them."""
    french = trans_real.translation("fr")
    told = french.ngettext

    def counted(msgid1: str, msgid2: str, n: int) -> str:
        return told(msgid1, msgid2, 1 if -2 < n < 2 else n)

    french.ngettext = counted  # type: ignore[method-assign]
