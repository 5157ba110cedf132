"""The one decision about who may read a file.

Search snippets, thumbnails, reader, download, OAI, OPDS, IIIF and the API all ask it here.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models import ELoan, File, Levels
from lumbung.digital.permissions import KEEP, STAFF
from lumbung.digital.queries.conditions import terms
from lumbung.digital.refusals import (
    EMBARGOED,
    FOR_CAMPUS,
    FOR_GROUP,
    FOR_MEMBERS,
    FOR_NOBODY,
    FOR_STAFF,
    HELD,
    MEMBERSHIP_BLOCKED,
    MEMBERSHIP_ENDED,
    NEEDS_LOAN,
    READ_IN_TURN,
    SUPERSEDED,
    TITLE_HIDDEN,
    WITHDRAWN,
)
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.members.queries import lineage, member_of
from lumbung.organization.queries import library


@dataclass(frozen=True)
class Asker:
    """Who asks, and from which network address: the one that the trusted proxies saw. Ask for a whole page with the same asker."""

    user: Any = None
    address: str = ""
    as_member: bool = False
    """By a key of a member's: what they may do as staff does not count."""

    @cached_property
    def member(self) -> Member | None:
        return member_of(self.user)

    @cached_property
    def keeps(self) -> bool:
        return not self.as_member and may(self.user, KEEP)

    @cached_property
    def is_staff(self) -> bool:
        return self.keeps or (not self.as_member and may(self.user, STAFF))

    @cached_property
    def is_on_campus(self) -> bool:
        return terms().is_on_campus(self.address)

    @cached_property
    def borrowed(self) -> set[int]:
        """The lent files they may read by a loan of theirs."""
        if self.member is None:
            return set()
        return set(ELoan.objects.readable(clock.now()).filter(member=self.member).values_list("lending__file", flat=True))

    @property
    def is_signed_in(self) -> bool:
        return getattr(self.user, "pk", None) is not None


NOBODY = Asker()
"""A stranger from somewhere: what is open to all is open to them. For lists that must show nothing else."""


@dataclass(frozen=True)
class WayOn:
    """What somebody who may not read can do: a sentence, and where it leads (empty: nowhere on this site).

    ``signs_in`` says that the address is the sign-in page, to which the caller adds the page to come back to.
    """

    sentence: str | Promise
    url: str = ""
    signs_in: bool = False


@dataclass(frozen=True)
class Access:
    """The decision: whether this asker may read and download, every reason why not, and the way on."""

    level: Levels
    may_read: bool
    may_download: bool
    refusals: tuple[Reason, ...] = ()
    way_on: WayOn | None = None


SIGN_IN = WayOn(_("Masuk dengan akun anggota Anda."), "/accounts/login/", signs_in=True)
AT_THE_DESK = WayOn(_("Tanyakan di meja layanan perpustakaan."))
ON_CAMPUS = WayOn(_("Sambungkan perangkat ke jaringan kampus, atau baca di komputer perpustakaan."))
BORROW = WayOn(_("Pinjam, atau masuk daftar tunggu bila semua sedang dipakai."))
WAIT = WayOn(_("Abstrak dan rincian karya ini tetap dapat dibaca; bukunya dapat ditanyakan di meja layanan."))
RENEW_MEMBERSHIP = WayOn(_("Perbarui keanggotaan di meja layanan."))


def access_to(file: File, asker: Asker) -> Access:
    """Whether ``asker`` may read this file now. ``file`` comes from ``queries.files``, with its title and groups at hand.

    Of a file that only so many read at once (``at_once``) this says who may; a place is taken by ``domain.sittings`` with the first page.

    Keepers read everything, and so do they what is withdrawn, embargoed or hidden; what is held for the virus scanner's sake nobody does.
    """
    level = Levels(file.level)
    if file.is_held:
        return Access(level, may_read=False, may_download=False, refusals=(HELD(),), way_on=AT_THE_DESK)
    if asker.keeps:
        return Access(level, may_read=True, may_download=True)
    reasons, way_on = _against_all(file)
    if not reasons:
        reasons, way_on = _against_this_one(file, level, asker)
    if not reasons and is_lent(file) and file.pk not in asker.borrowed:
        reasons, way_on = [NEEDS_LOAN()], BORROW if asker.is_signed_in else SIGN_IN
    if not reasons and reads_in_turn(file) and not asker.is_signed_in:
        reasons, way_on = [READ_IN_TURN(most=file.at_once)], SIGN_IN
    may_download = not reasons and file.downloadable and not is_lent(file) and not reads_in_turn(file)
    return Access(level, not reasons, may_download, tuple(reasons), way_on if reasons else None)


def is_lent(file: File) -> bool:
    """Whether the file is read by those alone who borrowed it."""
    return getattr(file, "lending", None) is not None


def reads_in_turn(file: File) -> bool:
    """Whether only so many may read the file at once. What is lent has its places by the loans."""
    return file.at_once is not None and not is_lent(file)


def _against_all(file: File) -> tuple[list[Reason], WayOn | None]:
    """What keeps everybody from the file, whoever asks."""
    zone = ZoneInfo(library().time_zone)
    if file.withdrawn_at is not None:
        day = date_format(file.withdrawn_at.astimezone(zone), "j F Y")
        return [WITHDRAWN(day=day, because=file.withdrawn_because)], AT_THE_DESK
    if file.replaced_by_id is not None:
        return [SUPERSEDED()], None
    if file.record.suppressed:
        return [TITLE_HIDDEN()], AT_THE_DESK
    if file.embargo_until and file.is_embargoed(clock.today(zone)):
        return [EMBARGOED(day=date_format(file.embargo_until, "j F Y"), because=file.embargo_reason)], WAIT
    return [], None


def _against_this_one(file: File, level: Levels, asker: Asker) -> tuple[list[Reason], WayOn | None]:
    if level == Levels.PUBLIC or (asker.is_staff and level != Levels.NOBODY):
        return [], None
    match level:
        case Levels.MEMBERS:
            return _against_membership(asker)
        case Levels.GROUP:
            return _against_group(file, asker)
        case Levels.CAMPUS:
            return ([], None) if asker.is_on_campus else ([FOR_CAMPUS()], ON_CAMPUS)
        case Levels.STAFF:
            return [FOR_STAFF()], AT_THE_DESK
    return [FOR_NOBODY()], AT_THE_DESK


def _against_membership(asker: Asker) -> tuple[list[Reason], WayOn | None]:
    member = asker.member
    if member is None:
        return [FOR_MEMBERS()], AT_THE_DESK if asker.is_signed_in else SIGN_IN
    today = clock.today(ZoneInfo(library().time_zone))
    if not member.is_current(today):
        return [MEMBERSHIP_ENDED(day=date_format(member.expires_on, "j F Y"))], RENEW_MEMBERSHIP
    if because := member.block_on(today):
        return [MEMBERSHIP_BLOCKED(because=because)], AT_THE_DESK
    return [], None


def _against_group(file: File, asker: Asker) -> tuple[list[Reason], WayOn | None]:
    """Those of one of the categories or one of the programmes, with a membership that counts."""
    categories, programmes = list(file.categories.all()), list(file.programmes.all())
    reason = FOR_GROUP(who=", ".join(str(each) for each in [*categories, *programmes]))
    reasons, way_on = _against_membership(asker)
    if reasons:
        return [reason, *reasons[asker.member is None :]], way_on
    member = asker.member
    inside = member is not None and (
        not {each.pk for each in categories}.isdisjoint(lineage(member.category_id))
        or member.programme_id in {each.pk for each in programmes}
    )
    return ([], None) if inside else ([reason], AT_THE_DESK)
