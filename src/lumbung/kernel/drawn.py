"""Questions whose SQL is drawn up once. Django writes the SQL of a query anew each time it is asked, which takes longer than answering it;
of a verb that must be quick that is more than half.

    standing = Drawn(lambda: Member.objects.select_related("category").filter(pk=Told("member")))
    standing.ask(member=42)
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, F, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)
LIMIT = 1 << 63
"""No key is as large, on either side of nought."""


class Told(Expression):
    """Stands in a question for a value that is told when it is asked: a whole number or text, of the kind the column holds."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


class Among(Expression):
    """In a question: the condition that ``column`` is one of the whole numbers that are told when it is asked, however many."""

    conditional = True

    def __init__(self, column: str, name: str) -> None:
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.name = name

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, values = compiler.compile(self.column)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, self)  # noqa: S608 -- Django's name of the column

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, values = compiler.compile(self.column)
        return f"{column} = ANY(%s::bigint[])", (*values, self)


Values = int | str | Collection[int]
"""What is told of a ``Told`` (a number or text) or an ``Among`` (numbers)."""


class Drawn(Generic[M]):
    """A question for rows of one model. ``draw`` makes it, with ``Told`` for what differs from one asking to the next.

    It may use what a queryset of objects may (``select_related``, ``only``, ``annotate``, ``select_for_update``, a slice), but nothing
    that Django asks for apart (``prefetch_related``), and nothing that may turn out empty before it is asked. On PostgreSQL the server
    prepares it too.
    """

    def __init__(self, draw: Callable[[], QuerySet[M]]) -> None:
        self._draw = draw

    def ask(self, **told: Values) -> list[M]:
        """The rows, for these values. One that locks raises TransactionManagementError outside a transaction, as any does."""
        plan = self._plan
        if plan.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        with _cursor() as cursor:
            cursor.execute(plan.sql, _filled(plan.values, told))
            return plan.objects(cursor.fetchall())

    def one(self, **told: Values) -> M | None:
        """The first of them; None when there is none."""
        return next(iter(self.ask(**told)), None)

    @cached_property
    def _plan(self) -> "_Plan[M]":
        return _Plan(self._draw())


class _Plan(Generic[M]):
    """The SQL of a question, the values in it in their order, and how objects are made of its rows."""

    def __init__(self, queryset: QuerySet[M]) -> None:
        query = queryset.query
        self.locks = query.select_for_update
        compiler = query.get_compiler(using=queryset.db)
        self.sql, self.values = compiler.as_sql()
        compiler.connection = connection  # that of whichever thread asks
        self._compiler: Any = compiler
        self._converters = compiler.get_converters([column for column, *_ in self._compiler.select])
        shape: Mapping[str, Any] = self._compiler.klass_info
        own: Sequence[int] = shape["select_fields"]
        self._model: type[M] = shape["model"]
        self._own = itemgetter(slice(own[0], own[-1] + 1))
        self._names = [column.target.attname for column, *_ in self._own(self._compiler.select)]
        related: Any = get_related_populators
        self._related: Sequence[Any] = related(shape, self._compiler.select, queryset.db)
        self._noted: Sequence[tuple[str, int]] = tuple(self._compiler.annotation_col_map.items())
        self._using = queryset.db

    def objects(self, rows: Sequence[Sequence[Any]]) -> list[M]:
        if self._converters:
            rows = list(self._compiler.apply_converters(rows, self._converters))
        return [self._object(row) for row in rows]

    def _object(self, row: Sequence[Any]) -> M:
        made = self._model.from_db(self._using, self._names, self._own(row))
        for related in self._related:
            related.populate(row, made)
        for name, place in self._noted:
            setattr(made, name, row[place])
        return made


class DrawnValues:
    """The same for a question that asks for values (``values_list``), of one queryset or of several put together (``union``)."""

    def __init__(self, draw: Callable[[], QuerySet[Any, Any]]) -> None:
        self._draw = draw

    def ask(self, **told: Values) -> list[Any]:
        """The rows, each in a sequence, for these values."""
        sql, values, compiler, converters = self._plan
        with _cursor() as cursor:
            cursor.execute(sql, _filled(values, told))
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    @cached_property
    def _plan(self) -> tuple[str, Sequence[Any], Any, Any]:
        queryset = self._draw()
        compiler: Any = queryset.query.get_compiler(using=queryset.db)
        sql, values = compiler.as_sql()
        compiler.connection = connection  # that of whichever thread asks
        return sql, values, compiler, compiler.get_converters([column for column, *_ in compiler.select])


def _filled(values: Sequence[Any], told: Mapping[str, Values]) -> list[Any]:
    """The values of a statement, with what is told in its places."""
    return [_told(each, told[each.name]) if isinstance(each, Told | Among) else each for each in values]


def _told(place: Told | Among, value: Values) -> Any:
    if isinstance(place, Told):
        return value
    numbers: list[int] = list(value)  # type: ignore[arg-type]  # whoever asks tells a collection where there is an Among
    if connection.vendor == "postgresql":
        return [each for each in numbers if -LIMIT <= each < LIMIT]  # it refuses what no column can hold
    return json.dumps(numbers)


def insert(row: M) -> M:
    """Insert a new row as ``save`` would, in a statement that is drawn up once for its model; its key, and what the database makes of the
    others, is set. No signal is sent, and its model has no parents."""
    statement, fields, returned = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(connection.alias), _cursor() as cursor:
        cursor.execute(statement, values)
        for field, value in zip(returned, cursor.fetchone() or (), strict=True):
            setattr(row, field.attname, value)
    state = row._state  # noqa: SLF001 -- Django's documented name
    state.adding, state.db = False, connection.alias
    return row


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Any], list[Any]]:
    """The statement, the fields whose values it takes, and those that it gives back."""
    quote, meta = connection.ops.quote_name, model._meta
    fields = [field for field in meta.concrete_fields if not (field.generated or field.primary_key)]
    returned = [field for field in meta.concrete_fields if field.generated or field.primary_key]
    names, back = (", ".join(quote(str(field.column)) for field in some) for some in (fields, returned))
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({places}) RETURNING {back}", fields, returned  # noqa: S608 -- our own names


def _cursor() -> CursorWrapper:
    """Django's cursor; on PostgreSQL one that has the server keep what it made of a statement, for as long as the connection lives."""
    cursor = connection.cursor()
    if connection.vendor == "postgresql":
        from lumbung.kernel.prepared import preparing_cursor  # noqa: PLC0415 -- there is no need of psycopg on SQLite

        cursor.cursor = preparing_cursor(connection.connection)
    return cursor
