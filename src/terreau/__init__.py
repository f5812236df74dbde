"""Terreau: the open-source workbench of responsible digital (numérique responsable)."""

__version__ = "0.1.0"
