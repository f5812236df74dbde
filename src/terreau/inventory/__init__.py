"""Knowledge: what an organisation owns, read from the files it has (inventaire)."""
