"""What is asked twice is computed once."""

import pytest


@pytest.fixture(autouse=True)
def lighter(results_made_once):
    """For every test of this folder."""
