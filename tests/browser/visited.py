"""The pages the browser visits, on the seeded instance."""

ORGANISATION = "/o/valmont"
LISTS: frozenset[str] = frozenset()
PAGES: tuple[str, ...] = (
    "/bienvenue/",
    "/a-propos/",
    "/accessibilite/",
    "/ecoconception/",
    "/plan-du-site/",
    f"{ORGANISATION}/",
)
