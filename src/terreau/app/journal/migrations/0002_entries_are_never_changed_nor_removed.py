"""The database refuses what the model refuses: triggers on SQLite and PostgreSQL."""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER journal_entry_is_never_changed BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_entry_is_never_removed BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)
SQLITE_BACK = ("DROP TRIGGER journal_entry_is_never_changed", "DROP TRIGGER journal_entry_is_never_removed")
POSTGRES = (
    """CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    """CREATE TRIGGER journal_entry_is_never_changed BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()""",
    """CREATE TRIGGER journal_entry_is_never_removed BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
)
POSTGRES_BACK = (
    "DROP TRIGGER journal_entry_is_never_changed ON journal_entry",
    "DROP TRIGGER journal_entry_is_never_removed ON journal_entry",
    "DROP FUNCTION journal_is_append_only()",
)


def run(schema_editor, sqlite, postgres):
    for statement in {"sqlite": sqlite, "postgresql": postgres}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRES)


def backwards(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_entries_are_chained")]
    operations = [migrations.RunPython(forwards, backwards)]
