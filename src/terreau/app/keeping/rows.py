"""Rows of the database as lines of JSON that either database can take back, at whatever state of its migrations.

The models used are those of the migrations really applied, not those of the program: a database kept by an older
Terreau is read and written as it was, then migrated.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import DatabaseError, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.utils.dateparse import parse_duration

from terreau.app import prepared
from terreau.kernel.errors import TerreauError

BATCH = 500
Key = tuple[str, str]


def applied(using: str) -> list[Key]:
    """The migrations this database went through, in the order of the program; none for an empty one."""
    executor = MigrationExecutor(connections[using])
    done = set(executor.loader.applied_migrations)
    known = [key for key in _plan(executor) if key in done]
    return known + sorted(done.difference(known))


def unknown(migrations: Iterable[Key], using: str) -> list[Key]:
    """Those this program does not have: the database, or the backup, comes from a newer one."""
    known = set(MigrationExecutor(connections[using]).loader.disk_migrations)
    return [key for key in migrations if key not in known]


def tables(migrations: Iterable[Key], using: str) -> list[Any]:
    """The models of the tables that exist once these migrations are applied."""
    executor, wanted = MigrationExecutor(connections[using]), set(migrations)
    state = ProjectState(real_apps=executor.loader.unmigrated_apps)
    for key in _plan(executor):
        if key in wanted:
            executor.loader.graph.nodes[key].mutate_state(state, preserve=False)
    found = state.apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy and not model._meta.swapped]


def bring_to(migrations: Iterable[Key], using: str) -> None:
    """Make the tables of an empty database as these migrations left them."""
    executor = MigrationExecutor(connections[using])
    wanted = set(migrations)
    if wanted == set(executor.loader.disk_migrations) and prepared.fill(connections[using]):
        return
    plan = [(executor.loader.graph.nodes[key], False) for key in _plan(executor) if key in wanted]
    executor.recorder.ensure_schema()
    executor.migrate(None, plan=plan, state=_Growing(real_apps=executor.loader.unmigrated_apps))


def label(model: Any) -> str:
    """``room.model``, as the archive names its rows."""
    return str(model._meta.label_lower)


def lines(model: Any, using: str, only: models.Q | None = None) -> Iterator[bytes]:
    """Every row, in the order of its key, as one JSON list in the order of ``columns``."""
    rows = model._base_manager.using(using).filter(only or models.Q()).order_by("pk").values_list(*columns(model))
    try:
        for row in rows.iterator(2000):
            yield json.dumps([plain(cell) for cell in row], ensure_ascii=False, separators=(",", ":")).encode()
    except (DatabaseError, ValueError, TypeError, OverflowError) as trouble:
        raise TerreauError("app.database_damaged", table=label(model), reason=str(trouble)[:200]) from trouble


def columns(model: Any) -> list[str]:
    """The columns kept of a table."""
    return [field.attname for field in _fields(model)]


def load(model: Any, names: list[str], written: Iterable[bytes], using: str) -> int:
    """Put rows back, columns ``names``; returns how many. app.restore_rows_refused when the database refuses."""
    connection = connections[using]
    fields = {field.attname: field for field in _fields(model)}
    if set(names) != set(fields):
        raise TerreauError("app.archive_altered", what=label(model))
    chosen = [fields[name] for name in names]
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(chosen))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in chosen)}) VALUES ({places})"
    count, source = 0, iter(written)
    try:
        with connection.cursor() as cursor:
            while batch := list(islice(source, BATCH)):
                cursor.executemany(sql, [_row(chosen, line, connection) for line in batch])
                count += len(batch)
    except (DatabaseError, ValueError, TypeError, OverflowError) as trouble:
        reason = str(trouble).splitlines()[0][:200] if str(trouble) else type(trouble).__name__
        raise TerreauError("app.restore_rows_refused", table=label(model), reason=reason) from trouble
    return count


def empty(model: Any, using: str) -> None:
    """Remove what migrations themselves put in a table."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM {connections[using].ops.quote_name(model._meta.db_table)}")


def count(model: Any, using: str) -> int:
    """Rows of a table."""
    return int(model._base_manager.using(using).count())


def next_keys(found: list[Any], using: str) -> None:
    """Numbers given from now on start after those put back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


class _Growing(ProjectState):
    """The state of the migrations of a database that grows: a table made renders its model, not again all that it points to.

    Half of the seconds that making all the tables takes; a model altered later is rendered again with its relations, as usual.
    """

    def add_model(self, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:  # type: ignore[attr-defined]
            self.resolve_model_relations(key)
        if "apps" in self.__dict__:
            self.apps.render_multiple([model_state])


def _plan(executor: MigrationExecutor) -> list[Key]:
    graph = executor.loader.graph
    ordered: dict[Key, None] = {}
    for leaf in sorted(graph.leaf_nodes()):
        ordered.update(dict.fromkeys(graph.forwards_plan(leaf)))
    return list(ordered)


def _fields(model: Any) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def _row(fields: list[Any], line: bytes, connection: Any) -> list[Any]:
    cells = json.loads(line)
    if not isinstance(cells, list) or len(cells) != len(fields):
        raise ValueError("columns")
    return [_stored(field, cell, connection) for field, cell in zip(fields, cells, strict=True)]


def _stored(field: Any, cell: Any, connection: Any) -> Any:
    inner = field.target_field if field.is_relation else field
    if isinstance(inner, models.JSONField):
        if cell is None and not field.null:
            return connection.ops.adapt_json_value(None, inner.encoder)
    elif isinstance(inner, models.BinaryField) and cell is not None:
        cell = base64.b64decode(cell)
    elif isinstance(inner, models.DurationField) and cell is not None:
        cell = parse_duration(cell)
    else:
        cell = inner.to_python(cell)
    return field.get_db_prep_save(cell, connection)


def plain(cell: Any) -> Any:
    """A cell as JSON holds it."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, UUID | Decimal):
        return str(cell)
    if isinstance(cell, timedelta):
        from django.utils.duration import duration_iso_string

        return duration_iso_string(cell)
    if isinstance(cell, bytes | memoryview):
        return base64.b64encode(bytes(cell)).decode()
    return cell
