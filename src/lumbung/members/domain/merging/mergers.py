"""The verbs: two registrations of one person become one, with all that stands on them; and are two again."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.domain.users import deactivate, reactivate
from lumbung.accounts.models import User
from lumbung.kernel import clock, events, retention, uploads
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.whole_rows import row_again, row_of
from lumbung.members.domain.merging.choosing import COLUMNS, chosen, seen
from lumbung.members.domain.merging.followers import Pair, followers
from lumbung.members.events import MemberMergerUndone, MembersMerged
from lumbung.members.models import FormerCard, Member, MemberMerger
from lumbung.members.queries import search_text_of
from lumbung.members.refusals import (
    MEMBER_CHANGED_MEANWHILE,
    MEMBER_GONE,
    MEMBER_MERGED_ON,
    MEMBER_MERGER_FORGOTTEN,
    MEMBER_MERGER_UNDONE,
    SAME_MEMBER,
    STAFF_ACCOUNT_STAYS,
    STILL_REFERRED_TO,
)
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode

TERM = retention.declare(
    retention.Term("member_mergers", _("Catatan penggabungan anggota ganda"), _("dihapus; tidak dapat dibatalkan lagi"), 180)
)


@transaction.atomic
def merge_members(gone: Member, *, into: Member, taken: Collection[str], looked_at: str, by: User) -> MemberMerger:
    """Let ``gone`` go into the other: loans, holds, fees, visits and all else follow, and both card numbers find who stays.

    ``taken`` names the fields whose value comes from ``gone`` (keys of ``choosing.FIELDS``); ``looked_at`` is ``choosing.seen`` of the two
    as they were compared. Refuses with every reason: a member with itself, one that is gone, one changed meanwhile, an account
    of staff that would end, and whatever a follower says against it.
    """
    if gone.pk == into.pk:
        raise Refused(SAME_MEMBER())
    gone, kept = _locked(gone.pk, into.pk)
    pair = _pair(gone, kept, "user" in taken)
    reasons: list[Reason] = [] if seen(gone, kept) == looked_at else [MEMBER_CHANGED_MEANWHILE()]
    if reasons := reasons + reasons_against(pair):
        raise Refused(reasons)
    row, before, said = row_of(gone), row_of(kept), chosen(gone, kept, taken)
    moved = {each.name: each.move(pair, by) for each in followers()}
    moved["accounts"] = {"ended": pair.ended, "stays": pair.account, "signed_in": _end_account(pair, by)}
    _remove(gone)
    old_card = ({row["barcode"], before["barcode"]} - {said["barcode"]}).pop()
    FormerCard.objects.create(member=kept, barcode=old_card)
    _say(kept, said | {"user_id": pair.account})
    changed = [column for column in COLUMNS if before[column] != getattr(kept, column)]
    merger = MemberMerger.objects.create(
        gone=row["id"],
        into=kept.pk,
        row=row,
        before={column: before[column] for column in changed},
        became={column: getattr(kept, column) for column in changed},
        moved=moved,
        at=clock.now(),
        by=by,
    )
    events.record(MembersMerged(member=kept.pk, gone=merger.gone, merger=merger.pk), by=by)
    return merger


def reasons_against(pair: Pair) -> list[Reason]:
    """Why the two cannot become one now."""
    reasons: list[Reason] = []
    ended = User.objects.filter(pk=pair.ended).first() if pair.ended else None
    if ended is not None and ended.roles - {"member"}:
        reasons.append(STAFF_ACCOUNT_STAYS(username=ended.username))
    return reasons + [reason for each in followers() for reason in each.against(pair)]


def pair_of(gone: Member, kept: Member, taken: Collection[str]) -> Pair:
    """The two as a merger would see them, for telling beforehand."""
    return _pair(gone, kept, "user" in taken)


@transaction.atomic
def undo_merger(merger: MemberMerger, *, by: User) -> Member:
    """Make two registrations of one again: the one that went comes back under its own number and card, and what moved goes back to it.

    What was done since stays with whom it was done. Refuses a merger that is undone already or whose record is forgotten, and one
    whose member went into another since.
    """
    merger = MemberMerger.objects.select_for_update(of=("self",)).get(pk=merger.pk)
    if merger.undone_at is not None:
        raise Refused(MEMBER_MERGER_UNDONE())
    if merger.forgotten_at is not None:
        raise Refused(MEMBER_MERGER_FORGOTTEN())
    kept = Member.objects.select_for_update(of=("self",)).filter(pk=merger.into).first()
    if kept is None:
        merged_on = MemberMerger.objects.filter(gone=merger.into, undone_at__isnull=True).exists()
        raise Refused(MEMBER_MERGED_ON() if merged_on else MEMBER_GONE())
    _give_fields_back(kept, merger)
    accounts = merger.moved["accounts"]
    taken = merger.row["user_id"] == kept.user_id
    back = row_again(Member, merger.row | {"user_id": None if taken else merger.row["user_id"]})
    pair = Pair(back, kept, accounts["ended"], accounts["stays"])
    for follower in reversed(followers()):
        if follower.name in merger.moved:
            follower.give_back(merger.moved[follower.name], pair, by)
    if accounts["signed_in"]:
        reactivate(User.objects.get(pk=accounts["ended"]), by=by)
    for member in (back, kept):
        member.search_text = search_text_of(member)
        member.save(update_fields=["search_text"])
    merger.undone_at, merger.row, merger.before, merger.became, merger.moved = clock.now(), {}, {}, {}, {}
    merger.save()
    events.record(MemberMergerUndone(member=kept.pk, gone=back.pk, merger=merger.pk), by=by)
    return back


def forget_old_mergers() -> int:
    """Empty what mergers keep of people after the days the library chose; how many. For the nightly job."""
    old = MemberMerger.objects.filter(at__lt=clock.now() - retention.kept_for(TERM), forgotten_at=None, undone_at=None)
    return forget_mergers(old.values_list("pk", flat=True))


@transaction.atomic
def forget_mergers(keys: Collection[int]) -> int:
    """Empty these mergers: who went where stays, everything else of the person goes, with a photo that nobody has any more."""
    rows = list(
        MemberMerger.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), forgotten_at=None, undone_at=None)
    )
    for each in rows:
        photos = {each.row.get("photo"), each.before.get("photo")} - {"", None}
        for photo in photos - set(Member.objects.filter(photo__in=photos).values_list("photo", flat=True)):
            transaction.on_commit(partial(uploads.forget, photo))
        each.row = each.before = each.became = each.moved = {}
        each.forgotten_at = clock.now()
        each.save()
    return len(rows)


def _locked(gone: int, kept: int) -> tuple[Member, Member]:
    """Both, always in the order of their keys: two mergers that meet wait for each other and do not stand against each other."""
    rows = Member.objects.select_for_update(of=("self",)).select_related("user").filter(pk__in=[gone, kept])
    found = {each.pk: each for each in rows.order_by("pk")}
    if len(found) < 2:  # noqa: PLR2004 -- both
        raise Refused(MEMBER_GONE())
    return found[gone], found[kept]


def _pair(gone: Member, kept: Member, takes_account: bool) -> Pair:
    if gone.user_id is None or kept.user_id is None:
        return Pair(gone, kept, None, gone.user_id or kept.user_id)
    stays, ends = (gone.user_id, kept.user_id) if takes_account else (kept.user_id, gone.user_id)
    return Pair(gone, kept, ends, stays)


def _end_account(pair: Pair, by: User) -> bool:
    """The account that nobody needs any more no longer signs in; whether it did until now."""
    user = User.objects.filter(pk=pair.ended, is_active=True).first() if pair.ended else None
    if user is None:
        return False
    deactivate(user, by=by)
    return True


def _remove(gone: Member) -> None:
    try:
        with transaction.atomic():
            Member.objects.get(pk=gone.pk).delete()
    except ProtectedError as error:
        where = sorted({str(each._meta.verbose_name) for each in error.protected_objects})
        raise Refused(STILL_REFERRED_TO(where=", ".join(where))) from error


def _say(kept: Member, said: dict[str, Any]) -> None:
    for column, value in said.items():
        setattr(kept, column, value)
    kept.search_text = search_text_of(kept)
    kept.save()


def _give_fields_back(kept: Member, merger: MemberMerger) -> None:
    """The one who stayed says what it said before, where nobody changed it since; each card finds its own member again."""
    was, became = merger.before, merger.became
    for field in Member._meta.concrete_fields:
        if (name := field.attname) in was and field.to_python(became[name]) == getattr(kept, name):
            setattr(kept, name, field.to_python(was[name]))
    FormerCard.objects.filter(member=kept, barcode__in=[merger.row["barcode"], kept.barcode]).delete()
    if kept.barcode == merger.row["barcode"]:
        kept.barcode = was["barcode"]
    for card in (merger.row["barcode"], kept.barcode):
        if barcodes.normal(card) not in barcodes.taken([card]):
            barcodes.claim(card, Barcode.Names.MEMBER)
    kept.save()
