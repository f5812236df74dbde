"""Ground: words everybody uses and nobody owns; the standard library only."""
