"""Run apart, in a home of its own: server time of every page of an organisation of so many lines, twice looked at.

``python -m benchmarks.page_times LINES`` prints, as JSON, the seconds of each page once its figures are computed.
"""

import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

AT = date(2026, 9, 30)
LOOKS = 5
SLUG = "banc"


def main() -> None:
    """Make the organisation, look at each page once to compute, then time the next looks."""
    lines = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="terreau-bench-home-") as home:
        os.environ.update(TERREAU_HOME=home, DJANGO_SETTINGS_MODULE="terreau.app.settings", TERREAU_HOSTS="testserver")
        client = _signed_in(Path(home), lines)
        from tests.browser.visited import PAGES, SIGNED_OUT, VALMONT

        paths = sorted({one.replace(VALMONT, f"/o/{SLUG}") for one in PAGES if one.startswith(VALMONT)} - SIGNED_OUT)
        for path in paths:
            answer = client.get(path, follow=True)
            if answer.status_code >= 500:
                sys.exit(f"{path}: {answer.status_code}")
        times = {path: [_seconds(client, path) for _ in range(LOOKS)] for path in paths}
    print(json.dumps(times))


def _signed_in(home: Path, lines: int) -> Any:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.TASKS_HERE = True  # work is done where it is asked: only what follows is timed
    call_command("migrate", interactive=False, verbosity=0)
    from django.test import Client

    from terreau.app.accounts.models import Membership, Organisation, Role, User

    owner = User.objects.create_user("banc@exemple.example", "une phrase assez longue")
    organisation = Organisation.objects.create(slug=SLUG, name="Banc de mesure", headcount=lines)
    Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    _import(organisation, owner, home, lines)
    client = Client()
    client.force_login(owner)
    return client


def _import(organisation: Any, owner: Any, home: Path, lines: int) -> None:
    from benchmarks.fleets import write_csv
    from terreau.app.inventory import arrivals
    from terreau.app.inventory.models import Source
    from terreau.inventory import bring_in

    source = Source.objects.create(organisation=organisation, name="Banc")
    made = bring_in([write_csv(home / "banc.csv", lines)], at=AT, folder=home / "banc")
    assert made.snapshot
    read = made.report.files[0].lines.as_json()
    summary = {"lines": read, "files": ["banc.csv"], "counts": {}}
    arrivals.keep_snapshot(
        source, owner, folder=home / "banc", sha256=made.snapshot.sha256, taken_on=AT, summary=summary
    )


def _seconds(client: Any, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
