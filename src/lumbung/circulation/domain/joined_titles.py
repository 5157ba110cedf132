"""Holds, bookings and loans when two titles become one, or are two again."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from lumbung.catalogue.domain.record_followers import Follower
from lumbung.catalogue.models import Record
from lumbung.catalogue.models.bound_title import bound_into
from lumbung.circulation.domain.joined_holds import join, let_go, stand_again
from lumbung.circulation.events import HoldCancelled
from lumbung.circulation.models import ArticleRequest, Booking, Hold, Loan
from lumbung.kernel import events


def told(gone: Record, kept: Record) -> Sequence[str]:
    """What will become of loans and holds, without saying whose they are."""
    lent = Loan.objects.open().filter(item__record=gone).count()
    holds = Hold.objects.open().filter(record=gone)
    waiting = set(holds.values_list("member", flat=True))
    both = Hold.objects.open().filter(record=kept, member__in=waiting).count()
    having = Loan.objects.open().filter(member__in=waiting, item__record=kept).count()
    having += Loan.objects.open().filter(item__record=gone, member__holds__in=Hold.objects.open().filter(record=kept)).count()
    counted = [
        (lent, ngettext("%(n)d pinjaman ikut eksemplarnya.", "%(n)d pinjaman ikut eksemplarnya.", lent)),
        (len(waiting), ngettext("%(n)d pesanan pindah.", "%(n)d pesanan pindah.", len(waiting))),
        (
            both,
            ngettext(
                "%(n)d anggota memesan keduanya: satu pesanannya tinggal, dengan tempat antrean yang lebih awal.",
                "%(n)d anggota memesan keduanya: satu pesanannya tinggal, dengan tempat antrean yang lebih awal.",
                both,
            ),
        ),
        (
            having,
            ngettext(
                "%(n)d anggota meminjam yang satu dan memesan yang lain; keduanya tetap.",
                "%(n)d anggota meminjam yang satu dan memesan yang lain; keduanya tetap.",
                having,
            ),
        ),
    ]
    return [sentence % {"n": count} for count, sentence in counted if count]


def move(gone: int, kept: int, by: events.Actor | None) -> dict[str, Any]:
    """Every hold on ``gone`` comes to wait for ``kept``. Of two that one member has, one stays, at the earlier place in the queue; a copy
    that was set aside for the other goes to the next who waits."""
    held = Hold.objects.select_for_update(no_key=True, of=("self",)).filter(record__in=[gone, kept])
    rows = list(held.order_by("pk"))
    of_kept = {each.member_id: each for each in rows if each.record_id == kept and each.is_open}
    pairs = [
        (of_kept[each.member_id], each)
        for each in rows
        if each.record_id == gone and each.is_open and each.member_id in of_kept
    ]
    joined = [join(*pair) for pair in pairs]
    moved = [each.pk for each in rows if each.record_id == gone]
    Hold.objects.filter(pk__in=moved).update(record=kept)
    for note in joined:
        let_go(Hold.objects.get(pk=note["closed"]), note, by)
        events.record(HoldCancelled(hold=note["closed"], record=kept, member=note["member"]), by=by)
    return {"moved": moved, "joined": joined}


def give_back(moved: dict[str, Any], gone: int, kept: int, by: events.Actor | None) -> None:
    """Holds go back to the title they were for; one with a copy goes where its copy is. A hold that was joined to another stands again
    where the member still waits for that other."""
    free = Hold.objects.filter(pk__in=moved["moved"], record=kept)
    bound = bound_into([gone])
    free.filter(Q(item__isnull=True) | Q(item__in=bound), Q(wanted_item__isnull=True) | Q(wanted_item__in=bound)).update(
        record=gone
    )
    Hold.objects.filter(Q(item__record=gone) | Q(wanted_item__record=gone), record=kept).update(record=gone)
    for note in moved["joined"]:
        stand_again(note, gone if note["of_gone"] else kept, by)


def articles_told(gone: Record, _kept: Record) -> Sequence[str]:
    """How many requests for a copy of a part of it follow."""
    count = ArticleRequest.objects.filter(record=gone).count()
    sentence = ngettext("%(n)d permintaan salinan pindah.", "%(n)d permintaan salinan pindah.", count)
    return [sentence % {"n": count}] if count else []


def move_articles(gone: int, kept: int, _by: events.Actor | None) -> list[int]:
    """Every request of ``gone`` is one of ``kept`` from now on."""
    rows = ArticleRequest.objects.select_for_update(no_key=True, of=("self",)).filter(record=gone)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    ArticleRequest.objects.filter(pk__in=moved).update(record=kept)
    return moved


def give_articles_back(moved: list[int], gone: int, kept: int, _by: events.Actor | None) -> None:
    """Those that had moved are of ``gone`` again."""
    ArticleRequest.objects.filter(pk__in=moved, record=kept).update(record=gone)


def bookings_told(gone: Record, _kept: Record) -> Sequence[str]:
    """How many open bookings follow."""
    count = Booking.objects.open().filter(record=gone).count()
    sentence = ngettext("%(n)d pesanan bertanggal pindah.", "%(n)d pesanan bertanggal pindah.", count)
    return [sentence % {"n": count}] if count else []


def move_bookings(gone: int, kept: int, _by: events.Actor | None) -> list[int]:
    """Every booking of ``gone`` is one of ``kept`` from now on, with the copy and the days it has."""
    rows = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(record=gone)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    Booking.objects.filter(pk__in=moved).update(record=kept)
    return moved


def give_bookings_back(moved: list[int], gone: int, kept: int, _by: events.Actor | None) -> None:
    """Bookings go where their copy is: those that had moved are of ``gone`` again, unless they have a copy of ``kept`` by now; and one of
    ``kept`` that was given a copy of ``gone`` meanwhile is of ``gone``."""
    were = Q(pk__in=moved) & (Q(item__record=gone) | Q(item__in=bound_into([gone])))
    Booking.objects.filter(were | Q(item__record=gone) & ~Q(item__in=bound_into([kept])), record=kept).update(record=gone)


FOLLOWERS = (
    Follower("circulation.holds", (Hold,), told, move, give_back),
    Follower("circulation.articles", (ArticleRequest,), articles_told, move_articles, give_articles_back),
    Follower("circulation.bookings", (Booking,), bookings_told, move_bookings, give_bookings_back),
)
