"""Writers: eight processes that change one SQLite base at once, every change synced to the disk before it is said done."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped

WRITERS, EACH = 8, 50
LOOP = """
import os, sys, time
start = time.perf_counter()
for n in range(int(sys.argv[2])):
    with open(f"{sys.argv[1]}/{n}", "wb") as file:
        file.write(b"x" * 4096); file.flush(); os.fsync(file.fileno())
print(time.perf_counter() - start)
"""


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Changes kept by eight processes at once, failures and losses; against syncing as many small files, one at a time."""
    home, bare = folder / "ecrivains", folder / "fichiers"
    home.mkdir()
    bare.mkdir()
    _here("prepare", home)
    at_work = [
        subprocess.Popen(
            _command(str(rank)), env=_around(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for rank in range(WRITERS)
    ]
    for one in at_work:  # all of them ready before the first writes
        assert one.stdout and one.stdout.readline() == "ready\n"
    start = time.perf_counter()
    failed = sum(int(one.communicate(timeout=600)[0]) for one in _all_going(at_work))
    took, total = time.perf_counter() - start, WRITERS * EACH
    kept = int(_here("count", home))
    told = subprocess.run(
        [sys.executable, "-c", LOOP, str(bare), str(total)], check=True, capture_output=True, text=True
    )
    each = float(told.stdout)
    yield (f"{WRITERS} processus qui écrivent dans SQLite, {grouped(total)} changements au journal, échecs {failed}, "
           f"perdus {total - failed - kept}", f"{total / took:.0f} par seconde",
           "autant de petits fichiers synchronisés, un à la fois", f"{total / each:.0f} par seconde",
           f"{took / each:.1f} × le temps")  # fmt: skip


def _all_going(at_work: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for one in at_work:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    return at_work


def _command(asked: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.writers", asked]


def _around(home: Path) -> dict[str, str]:
    return {**os.environ, "TERREAU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "terreau.app.settings"}


def _here(asked: str, home: Path) -> str:
    return subprocess.run(_command(asked), env=_around(home), check=True, capture_output=True, text=True).stdout


def main() -> None:
    """``prepare`` the base, ``count`` what it kept, or write once told to, as the writer of that rank, and print its failures."""
    import django

    django.setup()
    from django.core.management import call_command

    from terreau.app.accounts.models import Organisation
    from terreau.app.journal import door as journal
    from terreau.app.journal.models import Entry

    asked = sys.argv[1]
    if asked == "prepare":
        call_command("migrate", interactive=False, verbosity=0)
        Organisation.objects.create(slug="banc", name="Banc de mesure")
    elif asked == "count":
        sound = all(one.sound for one in journal.verify_all())
        print(Entry.objects.filter(action="bench.written").count() if sound else -1)
    else:
        organisation = Organisation.objects.get(slug="banc")
        print("ready", flush=True)
        sys.stdin.readline()
        print(_written(organisation, int(asked)))


def _written(organisation: object, rank: int) -> int:
    from django.db import DatabaseError, transaction

    from terreau.app.journal import door as journal

    failures = 0
    for number in range(EACH):
        try:
            with transaction.atomic():
                journal.record(organisation, None, "bench.written", {"writer": rank, "number": number})
        except DatabaseError:
            failures += 1
    return failures


if __name__ == "__main__":
    main()
