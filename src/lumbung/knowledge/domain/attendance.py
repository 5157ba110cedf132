"""Who was there: ticked, or typed in from the paper list; and the photograph of the whiteboard."""

from collections.abc import Collection

from django.db import transaction

from lumbung.accounts.models import User
from lumbung.accounts.queries import staff
from lumbung.kernel import clock, events, uploads
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain.sessions import locked
from lumbung.knowledge.events.sessions import AttendanceEntered, SessionPictureAdded
from lumbung.knowledge.models import Attendance, Session, SessionPicture
from lumbung.knowledge.refusals.sessions import NOBODY_NAMED, PICTURE_TOO_LARGE, PICTURE_UNKNOWN

LARGEST_PICTURE = 8 * 1024 * 1024
MOST_NAMES = 300


@transaction.atomic
def enter_attendance(session: Session, *, by: User | None, people: Collection[User] = (), names: str = "") -> int:
    """Note who was there; returns how many more. ``names`` is the paper list, a line each: whoever of the staff is called so by
    name or user name is meant, any other name is kept as it is written. Said twice counts once. Refuses an empty list."""
    session = locked(session)
    lines = [" ".join(line.split())[:120] for line in names.splitlines() if line.strip()][:MOST_NAMES]
    if not lines and not people:
        raise Refused(NOBODY_NAMED())
    known = {called.casefold(): each for each in staff() for called in (each.username, each.name)}
    met = {*people, *(known[line.casefold()] for line in lines if line.casefold() in known)}
    strange = {line for line in lines if line.casefold() not in known}
    there: set[tuple[int | None, str]] = set(session.attendances.values_list("person", "name"))
    rows = [
        Attendance(session=session, person=each) for each in sorted(met, key=lambda each: each.pk) if (each.pk, "") not in there
    ]
    rows += [Attendance(session=session, name=name) for name in sorted(strange) if (None, name) not in there]
    Attendance.objects.bulk_create(rows)
    if rows:
        events.record(AttendanceEntered(session=session.pk, count=len(rows)), by=by)
    return len(rows)


@transaction.atomic
def add_picture(session: Session, sent: uploads.Sent, *, caption: str, by: User | None) -> SessionPicture:
    """Keep a photograph with the session. Refuses what is no whole picture by its content, and one too large."""
    if (sent.size or 0) > LARGEST_PICTURE:
        raise Refused(PICTURE_TOO_LARGE(megabytes=LARGEST_PICTURE // 1024 // 1024))
    content = sent.read()
    kind = uploads.kind_of(content)
    if kind not in {"jpeg", "png", "webp"}:
        raise Refused(PICTURE_UNKNOWN())
    kept = uploads.keep(content, kind=kind, folder="knowledge/sessions")
    picture = SessionPicture.objects.create(
        session=session,
        stored_file=kept.stored_file,
        kind=kind,
        caption=caption.strip()[:160] or session.title,
        added_at=clock.now(),
    )
    events.record(SessionPictureAdded(session=session.pk, picture=picture.pk), by=by)
    return picture
