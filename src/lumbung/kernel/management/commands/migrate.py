from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from lumbung.kernel.laying import lay_tables

ASKED_FOR = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""With one of these, somebody wants to see or steer single migrations."""


class Command(migrate.Command):
    """Django's own, but for a database without any table: that is laid at once. The list of commands has the ``migrate`` that moves a
    library in."""

    is_listed = False

    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options[name] for name in ASKED_FOR):
            lay_tables(connections[options["database"]])
        super().handle(*args, **options)
