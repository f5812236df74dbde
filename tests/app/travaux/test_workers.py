"""Real workers, in processes of their own, killed and stopped by the system while they work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import drop_database, new_database

REPO = Path(__file__).resolve().parents[3]


def told_by(home, database=""):
    """What the boss says after letting workers die, sleep and compete on a database of their own."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DJANGO", "DATABASE", "PYTEST"))}
    made = subprocess.run(
        [sys.executable, "-m", "tests.app.travaux.boss"],
        cwd=REPO,
        env=env | {"TERREAU_HOME": str(home), "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    return made.stdout.splitlines()


EXPECTED = [
    "killed: done at attempt 2, kept once",
    "frozen: done at attempt 2, kept once",
    "called off at 40 of 100, weigh: cancelled, kept never, the next one soon",
    "crowd: 12 jobs done at attempt 1, kept 12 times",
]


@pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by signals")
def test_killed_and_frozen_workers_lose_nothing_and_double_nothing_on_sqlite(tmp_path):
    assert told_by(tmp_path) == EXPECTED


@pytest.mark.xdist_group("postgres")
@pytest.mark.postgres
@pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by signals")
def test_killed_and_frozen_workers_lose_nothing_and_double_nothing_on_postgresql(tmp_path, postgresql_migrated):
    ours = new_database(template=postgresql_migrated)
    try:
        assert told_by(tmp_path, ours) == EXPECTED
    finally:
        drop_database(ours)
