"""Run apart: server time of every page of an organisation of so many lines, once its works are done.

``python -m benchmarks.page_times LINES`` prints, as JSON, the seconds of each page: wall and processor, and whether
the process that answers had to load the engine.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.organisations import EMAIL, paths, stand

LOOKS = 7
OK = 200


def main() -> None:
    """Make the organisation in another process; then time the looks of this one, which only answers pages."""
    with tempfile.TemporaryDirectory(prefix="terreau-bench-home-") as home:
        os.environ["TERREAU_HOME"] = home
        if "--home" in sys.argv:
            os.environ["TERREAU_HOME"] = sys.argv[sys.argv.index("--home") + 1]
        else:
            subprocess.run([sys.executable, "-m", "benchmarks.organisations", sys.argv[1]], check=True)
        print(json.dumps(_looked()))


def _looked() -> dict[str, Any]:
    stand()
    from django.test import Client

    from terreau.app.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=EMAIL))
    heavy: list[str] = []
    there: list[str] = []
    for path in paths():
        loaded = "duckdb" in sys.modules
        if client.get(path).status_code == OK:  # the assessments and audits of the demonstration are not here
            there.append(path)
        if "duckdb" in sys.modules and not loaded:
            heavy.append(path)
    times = {path: [_seconds(client, path) for _ in range(LOOKS)] for path in there}
    return {"times": times, "engine": heavy}


def _seconds(client: Any, path: str) -> tuple[float, float]:
    """Wall and processor time of one look [s]."""
    start, worked = time.perf_counter(), time.process_time()
    client.get(path)
    return time.perf_counter() - start, time.process_time() - worked


if __name__ == "__main__":
    main()
