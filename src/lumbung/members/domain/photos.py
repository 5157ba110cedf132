"""A member's photo: taken by content, kept small, shown to staff and to its owner, gone when they are forgotten."""

from django.db import transaction

from lumbung.kernel import events, uploads
from lumbung.kernel.pictures import NoPicture, portrait
from lumbung.kernel.refusals import Refused
from lumbung.members.events import PhotoRemoved, PhotoSet
from lumbung.members.models import Member
from lumbung.members.refusals import FILE_EMPTY, FILE_TOO_LARGE, PHOTO_MISSING, PHOTO_SET_ALREADY, PHOTO_WRONG_KIND

FOLDER = "photos"
LARGEST = 10 << 20


@transaction.atomic
def set_photo(member: Member, content: bytes, *, by: events.Actor | None, own: bool = False) -> Member:
    """Keep this as the member's photo, in place of one before, cut to three by four.

    Refuses an empty file, one over 10 MB, and what is no whole JPEG, PNG or WebP; and, where a member sends their ``own``, when there is
    one already: the desk knows them by it.
    """
    current = Member.objects.select_for_update(of=("self",)).standing(member.pk)
    if own and current.photo:
        raise Refused(PHOTO_SET_ALREADY())
    made = _made(content)
    _forget(current.photo)
    current.photo = uploads.keep(made, kind="jpeg", folder=FOLDER).stored_file
    current.save(update_fields=["photo"])
    events.record(PhotoSet(member=current.pk), by=by)
    return current


@transaction.atomic
def remove_photo(member: Member, *, by: events.Actor | None) -> Member:
    """Forget the photo. Refuses when there is none."""
    current = Member.objects.select_for_update(of=("self",)).standing(member.pk)
    if not current.photo:
        raise Refused(PHOTO_MISSING())
    _forget(current.photo)
    current.photo = ""
    current.save(update_fields=["photo"])
    events.record(PhotoRemoved(member=current.pk), by=by)
    return current


def _made(content: bytes) -> bytes:
    if not content:
        raise Refused(FILE_EMPTY())
    if len(content) > LARGEST:
        raise Refused(FILE_TOO_LARGE(most=LARGEST >> 20))
    try:
        return portrait(content)
    except NoPicture:
        raise Refused(PHOTO_WRONG_KIND()) from None


def _forget(stored_file: str) -> None:
    """Once all is committed: a photo that is still named must be there."""
    transaction.on_commit(lambda: uploads.forget(stored_file))
