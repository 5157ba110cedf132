"""SQLite whose writers take turns.

SQLite lets one transaction write at a time; the others sleep and try again, up to a tenth of a second at a go, and a busy desk is
overtaken for seconds. Here a transaction first waits for its turn, so that ``BEGIN IMMEDIATE`` finds the database free.
"""

from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from lumbung.kernel.sqlite3.turns import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        options = self.settings_dict.get("OPTIONS", {})
        self._turn = Turn(str(self.settings_dict["NAME"]), options.get("timeout", 5.0))

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db() and not self._turn.take():
            raise OperationalError("database is locked")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # unknown to django-stubs
        except BaseException:
            self._turn.give_back()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # unknown to django-stubs
        self._turn.give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # unknown to django-stubs
        finally:
            self._turn.give_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # unknown to django-stubs
        finally:
            self._turn.close()
