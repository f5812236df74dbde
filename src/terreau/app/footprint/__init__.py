"""Readings of the footprint and why-pages (empreinte)."""
