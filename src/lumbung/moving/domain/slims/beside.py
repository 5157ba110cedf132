"""Visitors and attached files of SLiMS."""

from collections.abc import Iterator
from datetime import datetime

from lumbung.formats.php_serialized import NotSerializedError, loads
from lumbung.moving.domain.plain import Attached, Cover, Photo, Plain, Visiting
from lumbung.moving.domain.slims.people import card
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import line, moment
from lumbung.moving.refusals import DAYS_UNREADABLE

FILES = (
    "SELECT biblio_attachment.rowid AS _at, biblio_attachment.biblio_id, biblio_attachment.access_type, biblio_attachment.access_limit,"
    " files.file_id, files.file_title, files.file_name, files.file_dir, files.file_url FROM biblio_attachment"
    " JOIN files ON files.file_id = biblio_attachment.file_id"
    " WHERE coalesce(files.file_url, '') NOT LIKE 'http%' AND coalesce(files.file_name, '') <> '' ORDER BY 1"
)
"""Files of this server; those of another are addresses in the record."""
COVERED = "coalesce(image, '') <> ''"
PICTURED = "coalesce(member_image, '') NOT IN ('', 'person.png')"
"""SLiMS gives everybody else the picture of nobody."""


def visits(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("visitor_count", after=after):
        came_at = moment(row.get("checkin_date"), source.zone)
        yield Visiting(
            source_id=line(row.get("visitor_id")),
            at=row[AT],
            came_at=came_at or datetime(1970, 1, 1, tzinfo=source.zone),
            member=card(row.get("member_id")) or None,
            name=line(row.get("member_name")),
            institution=line(row.get("institution")),
            faults=() if came_at else (DAYS_UNREADABLE(),),
            raw=row,
        )


def attachments(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.ask(FILES):
        if row[AT] <= after:
            continue
        folder, name = text_of(row, "file_dir").strip("/"), text_of(row, "file_name")
        limit = _limit(text_of(row, "access_limit"))
        yield Attached(
            source_id=f"{text_of(row, 'biblio_id')}/{text_of(row, 'file_id')}",
            at=row[AT],
            title=text_of(row, "biblio_id"),
            path=f"{folder}/{name}" if folder else name,
            name=name.rpartition("/")[2],
            label=line(row.get("file_title")),
            for_members=limit is None or line(row.get("access_type")) == "private",
            categories=limit or (),
            raw=row,
        )


def photos(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("member", after=after, where=PICTURED) if _knows_pictures(source) else ():
        path = f"persons/{text_of(row, 'member_image')}"
        number = card(row.get("member_id"))
        yield Photo(source_id=number, at=row[AT], member=number, path=path, raw={"member_id": number, "member_image": path})


def covers(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("biblio", after=after, where=COVERED) if _knows_covers(source) else ():
        path = f"docs/{text_of(row, 'image')}"
        number = line(row.get("biblio_id"))
        yield Cover(source_id=number, at=row[AT], title=number, path=path, raw={"biblio_id": number, "image": path})


def count_covers(source: Source) -> int:
    return source.staged.count("biblio", COVERED) if _knows_covers(source) else 0


def _knows_covers(source: Source) -> bool:
    return "image" in source.staged.columns.get("biblio", ())


def count_photos(source: Source) -> int:
    return source.staged.count("member", PICTURED) if _knows_pictures(source) else 0


def _knows_pictures(source: Source) -> bool:
    return "member_image" in source.staged.columns.get("member", ())


def count_attachments(source: Source) -> int:
    return len(source.staged.ask(FILES))


def _limit(told: str) -> tuple[str, ...] | None:
    """The member types that ``access_limit`` names, a PHP array; None for a limit that cannot be read, which is not for everybody."""
    if not told:
        return ()
    try:
        values = loads(told)
    except NotSerializedError:
        return None
    return tuple(str(each) for each in values.values()) if isinstance(values, dict) else ()
