"""Commitments: what is promised, by whom, for when, and what became of it."""
