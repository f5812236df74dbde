"""Engines that stay open for the whole session: opening one takes as long as ten questions about a small file."""

import atexit
from functools import cache

from terreau.tables.engine import engine


@cache
def bench(threads=None):
    """One engine, or one for each number of threads."""
    opened = engine(threads)
    atexit.register(opened.__exit__, None, None, None)
    return opened.__enter__()
