"""The fleet: sources, imports, what is to settle (parc)."""
