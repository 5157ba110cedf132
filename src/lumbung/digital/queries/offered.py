"""The files that somebody may have, for lists of many titles: as ``access_to`` decides, but asked of the database at once."""

from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from lumbung.digital.models import File, Levels, Parts
from lumbung.digital.queries.access import Access, Asker
from lumbung.digital.refusals import NEEDS_LOAN
from lumbung.kernel import clock
from lumbung.members.queries import lineage
from lumbung.organization.queries import library

READ_HERE = (
    Q(media_type__in=["application/pdf", "application/epub+zip"])
    | Q(media_type__startswith="image/")
    | Q(media_type__startswith="audio/")
    | Q(media_type__startswith="video/")
)


def offered_to(asker: Asker) -> QuerySet[File]:
    """The files this asker may read or download now, or read after borrowing. Nothing hidden, held, withdrawn or replaced."""
    today = clock.today(ZoneInfo(library().time_zone))
    standing = File.objects.current().filter(record__suppressed=False, is_held=False).exclude(part=Parts.CAPTIONS)
    had = READ_HERE | Q(downloadable=True, lending__isnull=True, at_once__isnull=True)
    if asker.keeps:
        return standing
    if not asker.is_signed_in:
        standing = standing.filter(Q(at_once__isnull=True) | Q(lending__isnull=False))
    awake = Q(embargo_until__isnull=True) | Q(embargo_until__lte=today)
    return standing.filter(had, awake, _levels(asker, is_current=_counts(asker)))


def reads_or_may_borrow(access: Access) -> bool:
    """Whether the decision lets its asker have the file, at once or after borrowing it."""
    return access.may_read or [reason.code for reason in access.refusals] == [NEEDS_LOAN.code]


def _counts(asker: Asker) -> bool:
    """Whether the asker's membership counts today."""
    member = asker.member
    today = clock.today(ZoneInfo(library().time_zone))
    return member is not None and member.is_current(today) and not member.blocked_because


def _levels(asker: Asker, *, is_current: bool) -> Q:
    if asker.is_staff:
        return ~Q(level=Levels.NOBODY)
    allowed = Q(level=Levels.PUBLIC)
    if asker.is_on_campus:
        allowed |= Q(level=Levels.CAMPUS)
    if is_current and (member := asker.member) is not None:
        allowed |= Q(level=Levels.MEMBERS)
        for_them = File.categories.through.objects.filter(category__in=lineage(member.category_id)).values("file")
        allowed |= Q(level=Levels.GROUP, pk__in=for_them)
        if member.programme_id:
            studying = File.programmes.through.objects.filter(studyprogramme=member.programme_id).values("file")
            allowed |= Q(level=Levels.GROUP, pk__in=studying)
    return allowed
