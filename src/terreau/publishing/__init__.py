"""Telling: charts, pages and files that carry their papers (publication)."""
