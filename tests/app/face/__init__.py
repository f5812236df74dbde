"""The pages about the whole and about the footprint."""
