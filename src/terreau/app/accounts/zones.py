"""Countries as people write them, and back; asked of the factor set when a form needs it."""


def zone_of(text: str) -> str | None:
    """Alpha-3 code of a country written in French, in English, or as its code; None when not recognised."""
    from terreau.factors.catalogue import factor_set

    return factor_set().zone_of(text)


def zone_label(zone: str, language: str) -> str:
    """The name of a country in ``language``, its code when it has none."""
    from terreau.factors.catalogue import factor_set

    return factor_set().zone_label(zone, language)
