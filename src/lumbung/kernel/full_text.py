"""Finding rows by the words in one of their columns, in the database itself: what is committed is found at once.

A model with a text column ``words`` of tokens with blanks between has an index of them when its migration ends with
``full_text.operation("desk_turn")``: FTS5 on SQLite, kept by triggers; on PostgreSQL an inverted index (GIN) over the tokens.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, migrations, models

TOKENS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\""
"""Only blanks part tokens: they are made already, and FTS5 would take 658.4 for two."""
TRIGGERS = {
    "added": "AFTER INSERT ON {table} BEGIN INSERT INTO {table}_words(rowid, words) VALUES (new.id, new.words); END",
    "gone": "AFTER DELETE ON {table} BEGIN "
    "INSERT INTO {table}_words({table}_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "changed": "AFTER UPDATE OF words ON {table} BEGIN "
    "INSERT INTO {table}_words({table}_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO {table}_words(rowid, words) VALUES (new.id, new.words); END",
}


def operation(table: str) -> migrations.RunPython:
    """The step of a migration that makes the index of ``table``, after the table itself."""
    return migrations.RunPython(lambda _apps, editor: _make(editor, table), lambda _apps, editor: _drop(editor, table))


def matching(model: type[models.Model], tokens: Sequence[str], *, most: int) -> list[int]:
    """The keys of the latest rows whose ``words`` hold every token; at most ``most``."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT id FROM {table} WHERE string_to_array(words, ' ') @> %s ORDER BY id DESC LIMIT %s",  # noqa: S608 -- our own name
                [list(tokens), most],
            )
        else:
            asked = " ".join(map(_quoted, tokens))
            cursor.execute(
                f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s ORDER BY rowid DESC LIMIT %s",  # noqa: S608 -- our own name
                [asked, most],
            )
        return [key for (key,) in cursor.fetchall()]


def holding(model: type[models.Model], tokens: Sequence[str], *, most: int, among: Sequence[str] = ()) -> list[int]:
    """The keys of the rows whose ``words`` hold any of the tokens, those with most different ones first, then the latest.

    With ``among`` only rows that hold one of these besides.
    """
    if not tokens:
        return []
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        held = "string_to_array(words, ' ')"
        one = f"SELECT id FROM {table} WHERE {held} @> ARRAY[%s] AND {held} && %s"  # noqa: S608 -- our own name
        asked: list[Any] = [part for token in tokens for part in (token, list(among) or [token])]
    else:
        one = f"SELECT rowid AS id FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608 -- our own name
        besides = f" AND ({' OR '.join(map(_quoted, among))})" if among else ""
        asked = [_quoted(token) + besides for token in tokens]
    each = " UNION ALL ".join([one] * len(tokens))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({each}) AS held GROUP BY id ORDER BY count(*) DESC, id DESC LIMIT %s",  # noqa: S608 -- our own name
            [*asked, most],
        )
        return [key for (key,) in cursor.fetchall()]


def _quoted(token: str) -> str:
    """As FTS5 reads a token and no command."""
    return '"' + token.replace('"', "") + '"'


def _make(editor: Any, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (string_to_array(words, ' '))")
        return
    editor.execute(
        f"CREATE VIRTUAL TABLE {table}_words USING fts5(words, content='{table}', content_rowid='id', detail=none, {TOKENS})"
    )
    for name, what in TRIGGERS.items():
        editor.execute(f"CREATE TRIGGER {table}_words_{name} {what.format(table=table)}")


def _drop(editor: Any, table: str) -> None:
    editor.execute(f"DROP {'INDEX' if editor.connection.vendor == 'postgresql' else 'TABLE'} {table}_words")
