"""The pace of what is promised (allure): one tolerance for indicators and commitments, so that both say the same."""

BEHIND = 0.10
"""A value behind the straight line from start to target by more than this share of the way is late (our choice: a tenth)."""
