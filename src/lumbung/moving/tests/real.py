"""A few titles of the real dump, with all that belongs to them."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from lumbung.formats import sql_dump
from lumbung.moving.tests.dumps import sql


@cache
def slice_of(path: Path, *, titles: int) -> str:
    """The dump with its first titles, their authors, topics, copies, and the members and loans that go with these; the rest is left out."""
    columns, rows = {}, defaultdict(list)
    with path.open("rb") as file, sql_dump.open_dump(file) as unpacked:
        for each in sql_dump.read(unpacked):
            if isinstance(each, sql_dump.Table):
                columns[each.name] = each.columns
            elif isinstance(each, sql_dump.Row):
                rows[each.table].append(dict(zip(each.columns, each.values, strict=True)))
    keys = {row["biblio_id"] for row in rows["biblio"][:titles]}
    for name in ("biblio", "biblio_author", "biblio_topic", "item"):
        rows[name] = [row for row in rows[name] if row["biblio_id"] in keys]
    codes = {row["item_code"] for row in rows["item"]}
    for name in ("loan", "loan_history"):
        rows[name] = [row for row in rows[name] if row["item_code"] in codes]
    members = {row["member_id"] for row in rows["loan"]}
    rows["member"] = [row for row in rows["member"] if row["member_id"] in members]
    for name, link, key in (("mst_author", "biblio_author", "author_id"), ("mst_topic", "biblio_topic", "topic_id")):
        wanted = {row[key] for row in rows[link]}
        rows[name] = [row for row in rows[name] if row[key] in wanted]
    return "".join(_table(name, columns[name], rows[name]) for name in columns)


def _table(name: str, columns: tuple[str, ...], rows: list[dict]) -> str:
    text = f"CREATE TABLE `{name}` (\n" + ",\n".join(f"`{each}` text" for each in columns) + "\n);\n"
    values = ",\n".join("(" + ",".join(sql(row[each]) for each in columns) + ")" for row in rows)
    return text + (f"INSERT INTO `{name}` VALUES\n{values};\n" if rows else "")
