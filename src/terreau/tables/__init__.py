"""Ground: reading tables, checking them, keeping them (tableaux)."""
