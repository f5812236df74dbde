"""Keeping: backup, restore, and the export or erasure of one organisation. Nothing here is reachable from the web."""
