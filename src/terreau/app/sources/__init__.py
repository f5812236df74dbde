"""The factor packs and their papers (sources)."""
