"""Indicators: definitions found by themselves, values with their history, and the checks that keep a board honest."""
