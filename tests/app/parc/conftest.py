"""Reading happens here, by the same door and the same JSON, and what is asked twice is computed once."""

import pytest


@pytest.fixture(autouse=True)
def lighter(read_here, results_made_once):
    """Both, for every test of this folder."""
