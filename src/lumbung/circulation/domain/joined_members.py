"""Loans, holds, fees and PIN when two registrations of one person become one, or are two again."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from lumbung.circulation.domain import ledger
from lumbung.circulation.domain.joined_holds import join, let_go, stand_again
from lumbung.circulation.events import HoldCancelled
from lumbung.circulation.models import (
    ArticleRequest,
    Booking,
    FeeAccount,
    Handover,
    Hold,
    KeptAddress,
    Loan,
    Payment,
    PersonalRule,
    Pin,
)
from lumbung.circulation.refusals import HANDOVERS_OF_BOTH
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.words import rupiah
from lumbung.members.domain.merging.followers import Column, Follower, Pair, following, only_one


def _handovers_against(pair: Pair) -> Sequence[Reason]:
    """One member has one parcel or one time to fetch at once."""
    open_ones = Handover.objects.filter(member__in=[pair.gone, pair.kept], state__in=Handover.OPEN)
    return [HANDOVERS_OF_BOTH()] * (len(set(open_ones.values_list("member", flat=True))) > 1)


def _holds_told(pair: Pair) -> Sequence[str]:
    held, twice = Hold.objects.filter(member=pair.gone).count(), len(_twice(pair))
    told = [_("Pesanan: %(n)d") % {"n": held}] if held else []
    if twice:
        told.append(
            _("Judul yang dipesan keduanya: %(n)d; satu pesanannya tinggal, di tempat antrean yang lebih awal.") % {"n": twice}
        )
    return told


def _twice(pair: Pair) -> list[tuple[Hold, Hold]]:
    """Open holds of both on one title, or one volume of it: that of who stays, then the other."""
    own = {(each.record_id, each.volume): each for each in Hold.objects.open().filter(member=pair.kept)}
    theirs = Hold.objects.open().filter(member=pair.gone).order_by("pk")
    return [(own[there], each) for each in theirs if (there := (each.record_id, each.volume)) in own]


def _holds_move(pair: Pair, by: events.Actor | None) -> dict[str, Any]:
    """Every hold follows; of two on one title the one that is nearer to being fetched stays, at the earlier place in the queue."""
    list(Hold.objects.select_for_update(no_key=True, of=("self",)).filter(member__in=[pair.gone, pair.kept]).order_by("pk"))
    joined = [join(*both) for both in _twice(pair)]
    moved = list(Hold.objects.filter(member=pair.gone).values_list("pk", flat=True))
    Hold.objects.filter(pk__in=moved).update(member=pair.kept)
    for note in joined:
        closed = Hold.objects.get(pk=note["closed"])
        let_go(closed, note, by)
        events.record(HoldCancelled(hold=closed.pk, record=closed.record_id, member=pair.kept.pk), by=by)
    return {"moved": moved, "joined": joined}


def _holds_back(moved: dict[str, Any], pair: Pair, by: events.Actor | None) -> None:
    Hold.objects.filter(pk__in=moved["moved"], member=pair.kept).update(member=pair.gone)
    for note in moved["joined"]:
        if closed := Hold.objects.filter(pk=note["closed"]).first():
            stand_again(note, closed.record_id, by)


def _fees_told(pair: Pair) -> Sequence[str]:
    account = FeeAccount.objects.filter(member=pair.gone).first()
    if account is None:
        return []
    told = [_("Tunggakan: %(amount)s") % {"amount": rupiah(account.owed)}] if account.owed else []
    return told + ([_("Saldo: %(amount)s") % {"amount": rupiah(account.credit)}] if account.credit else [])


def _fees_move(pair: Pair, _by: events.Actor | None) -> dict[str, Any] | None:
    return ledger.join(pair.gone.pk, pair.kept.pk)


def _fees_back(moved: dict[str, Any] | None, pair: Pair, _by: events.Actor | None) -> None:
    if moved is not None:
        ledger.part(moved, pair.kept.pk)


FOLLOWERS = (
    following(
        "circulation.rows",
        Column(Loan),
        Column(Payment),
        Column(Handover),
        Column(ArticleRequest),
        Column(Booking),
        Column(PersonalRule),
        against=_handovers_against,
    ),
    Follower("circulation.holds", (Hold,), _holds_move, _holds_back, _holds_told),
    Follower("circulation.fees", (FeeAccount,), _fees_move, _fees_back, _fees_told),
    only_one("circulation.pins", Pin),
    only_one("circulation.addresses", KeptAddress),
)
