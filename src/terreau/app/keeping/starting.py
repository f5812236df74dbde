"""What keeping asks at each start: never open half a restore, end what was cut, sweep what a killed process left."""

from terreau.app.home import home
from terreau.app.keeping.emptiness import UNFINISHED
from terreau.app.keeping.whole import sweep
from terreau.kernel.errors import TerreauError


def look() -> None:
    """Before the database is made or migrated: app.restore_unfinished when a restore was cut here."""
    from django.db import connection

    note = home() / UNFINISHED
    if not note.exists():
        return
    if not connection.introspection.table_names():
        raise TerreauError("app.restore_unfinished", path=str(home()))
    note.unlink()  # the database is there: that restore was whole, only its note had stayed


def tidy() -> None:
    """Once the database is ready: end the erasures that were cut, witness the last entries, sweep the working folders nobody holds."""
    from terreau.app.journal import door as journal
    from terreau.app.keeping import erasing

    erasing.finish()
    journal.witness_the_last()
    for prefix in (".backup-", ".restoring-"):
        sweep(home(), prefix)
