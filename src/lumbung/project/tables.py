"""Whether the tables in the database are those that the migrations applied to it make: a migration may have been other then."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model


def differing_tables() -> list[str]:
    """Tables that are not there, and columns that only the database or only the migrations know, as ``table.column``."""
    return sorted(_differing())


def _differing() -> Iterator[str]:
    kinds = {kind._meta.db_table: kind for kind in _kinds_as_migrated() if kind._meta.managed and not kind._meta.proxy}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        yield from kinds.keys() - there
        for table in kinds.keys() & there:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608 -- our own name
            found = {column[0] for column in cursor.description}
            said = {field.column for field in kinds[table]._meta.local_concrete_fields}
            yield from (f"{table}.{column}" for column in said ^ found)


def _kinds_as_migrated() -> list[type[Model]]:
    """The models as of the migrations applied; those of the program when none is due, which is much quicker."""
    loader = MigrationLoader(connection)
    applied = loader.applied_migrations.keys() & loader.graph.nodes.keys()
    known = apps if applied == loader.graph.nodes.keys() else loader.project_state(sorted(applied)).apps if applied else None
    return known.get_models(include_auto_created=True) if known else []
