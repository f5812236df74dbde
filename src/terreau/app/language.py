"""The language of the page being made (langue)."""

from django.utils.translation import get_language


def language() -> str:
    """'fr' or 'en', whatever the region a browser asks for; French outside a page."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"
