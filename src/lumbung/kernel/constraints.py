"""From a broken database constraint to the refusal it stands for.

A verb looks first, so that it can name every reason; the constraint decides when two verbs looked at the same moment.
"""

import functools
import re
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

from lumbung.kernel.refusals import Refusal, Refused

P = ParamSpec("P")
T = TypeVar("T")

_SQLITE_COLUMNS = re.compile(r"UNIQUE constraint failed: ([\w., ]+)$")
_SQLITE_NAME = re.compile(r"(?:CHECK constraint failed: |index ')(\w+)")


def broken(error: IntegrityError) -> frozenset[str]:
    """The names of the constraints that ``error`` may be about; several when SQLite tells only the columns."""
    diagnostics = getattr(error.__cause__, "diag", None)
    if diagnostics is not None:
        return frozenset({diagnostics.constraint_name} - {None})
    if named := _SQLITE_NAME.search(str(error)):
        return frozenset({named[1]})
    if columns := _SQLITE_COLUMNS.search(str(error)):
        return _unique_on().get(frozenset(columns[1].split(", ")), frozenset())
    return frozenset()


def refuse_when_broken(**refusals: Refusal) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let the verb refuse when it breaks one of these constraints. Goes outside ``transaction.atomic``, so that the work is undone."""

    def wrap(verb: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(verb)
        def verb_that_refuses(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return verb(*args, **kwargs)
            except IntegrityError as error:
                if reasons := [refusals[name]() for name in sorted(broken(error) & refusals.keys())]:
                    raise Refused(reasons) from error
                raise

        return verb_that_refuses

    return wrap


@functools.cache
def _unique_on() -> dict[frozenset[str], frozenset[str]]:
    names: dict[frozenset[str], frozenset[str]] = {}
    for columns, name in _unique_constraints():
        names[columns] = names.get(columns, frozenset()) | {name}
    return names


def _unique_constraints() -> Iterator[tuple[frozenset[str], str]]:
    for model in apps.get_models():
        column_of = {field.name: f"{model._meta.db_table}.{field.column}" for field in model._meta.concrete_fields}
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                yield frozenset(column_of[field] for field in constraint.fields), constraint.name
