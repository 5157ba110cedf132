"""Pictures of covers: taken by content, kept small, shown to whoever sees the title, gone with it."""

from django.db import transaction

from lumbung.catalogue.events.covers import CoverRemoved, CoverSet
from lumbung.catalogue.models import Record
from lumbung.catalogue.refusals import COVER_MISSING, COVER_TOO_LARGE, COVER_WRONG_KIND, RECORD_GONE
from lumbung.kernel import events, uploads
from lumbung.kernel.pictures import NoPicture, reduced
from lumbung.kernel.refusals import Refused

FOLDER = "covers"
LARGEST = 10 << 20
WIDTH, HEIGHT = 320, 480


@transaction.atomic
def set_cover(record: Record, content: bytes, *, by: events.Actor | None) -> Record:
    """Keep this as the picture of the title's cover, in place of one before.

    Refuses one over 10 MB, what is no whole JPEG, PNG, WebP or GIF, and a title that is gone.
    """
    current = _locked(record)
    made = _made(content)
    forget_picture(current.cover)
    _keep(current, uploads.keep(made, kind="webp", folder=FOLDER).stored_file)
    events.record(CoverSet(record=current.pk), by=by)
    return current


@transaction.atomic
def remove_cover(record: Record, *, by: events.Actor | None) -> Record:
    """Forget the picture; the title has a drawn cover again. Refuses when there is none, and a title that is gone."""
    current = _locked(record)
    if not current.cover:
        raise Refused(COVER_MISSING())
    forget_picture(current.cover)
    _keep(current, "")
    events.record(CoverRemoved(record=current.pk), by=by)
    return current


def forget_picture(stored_file: str) -> None:
    """Once all is committed: a picture that is still named must be there."""
    if stored_file:
        transaction.on_commit(lambda: uploads.forget(stored_file))


def _made(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Refused(COVER_TOO_LARGE(most=LARGEST >> 20))
    try:
        return reduced(content, width=WIDTH, height=HEIGHT)
    except NoPicture:
        raise Refused(COVER_WRONG_KIND()) from None


def _locked(record: Record) -> Record:
    current = Record.objects.listed().select_for_update().filter(pk=record.pk).first()
    if current is None:
        raise Refused(RECORD_GONE())
    return current


def _keep(record: Record, stored_file: str) -> None:
    """Not a new version of the record: what it says is the same."""
    record.cover = stored_file
    record.save(update_fields=["cover"])
