"""Grids received in a spreadsheet (grille reçue): understood, made a private edition, filled in place and handed back."""
