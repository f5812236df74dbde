"""Write ``src/terreau/app/prepared.sql`` again, after a migration was added or a library changed its own."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def made(home: Path) -> str:
    """The script of the tables that the migrations make in an empty ``home``."""
    os.environ.update(DJANGO_SETTINGS_MODULE="terreau.app.settings", TERREAU_HOME=str(home), DATABASE_URL="")
    import django
    from django.core.management import call_command

    django.setup()
    from terreau.app import prepared

    call_command("migrate", interactive=False, verbosity=0)
    return prepared.written(home / "terreau.sqlite3")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory() as folder:
        script = made(Path(folder))
    (ROOT / "src" / "terreau" / "app" / "prepared.sql").write_text(script, encoding="utf-8", newline="\n")
