"""Laying the tables of a database that has none: as the models are now, all at once.

Django's migrations make a model of every table anew for each of their steps, which takes a minute for a schema as connected as ours;
the tables themselves take a second. What a migration does beside tables (an index for words, the table of the cache) is done too.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

OURS = "lumbung."


def lay_tables(connection: BaseDatabaseWrapper) -> bool:
    """Lay every table in one transaction and note every migration as done. False, doing nothing, where there is a table already.

    Steps of other makers' migrations that move data are passed over: there is none. Ours are given the models as they are now.
    """
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)]
    with connection.schema_editor() as editor:
        for model in _models(connection):
            editor.create_model(model)
        for step in _steps_beside_tables(plan):
            step.code(cast(StateApps, apps), editor)
        executor.recorder.ensure_schema()
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
    return True


def _models(connection: BaseDatabaseWrapper) -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.can_migrate(connection)]


def _steps_beside_tables(plan: Sequence[Migration]) -> Iterator[RunPython]:
    for migration in plan:
        if apps.get_app_config(migration.app_label).name.startswith(OURS):
            yield from (step for step in migration.operations if isinstance(step, RunPython))
