"""Reading happens here, by the same door and the same JSON; nothing computed is shared: damage is done to it."""

import pytest


@pytest.fixture(autouse=True)
def lighter(read_here):
    """For every test of this folder."""
