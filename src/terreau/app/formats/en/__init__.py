"""English of Europe: day before month, as on the French pages."""
