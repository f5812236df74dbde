"""Referentials: editions of grids of criteria, their crosswalks, and the grids received in a spreadsheet."""
