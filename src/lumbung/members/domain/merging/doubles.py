"""Looking through all members for people who may be registered twice, every night; and deciding what is found."""

import re
from collections.abc import Hashable, Iterable, Iterator

from django.db import transaction
from django.db.models.functions import Lower

from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.members.events import MemberPairDismissed, MemberPairReopened, MemberPairsSought
from lumbung.members.models import Member, MemberIdentifier, MemberPair
from lumbung.members.queries import folded
from lumbung.members.refusals import MEMBER_PAIR_GONE

MOST_ALIKE = 5
"""An address or a telephone that more members have is that of a house or an office, and identifies nobody."""
SHORTEST_NUMBER = 4
AT_ONCE = 2000
Likenesses = MemberPair.Likenesses
Named = Iterator[tuple[Hashable, int]]


def look_for_doubles() -> int:
    """Compare all members by number, name with day of birth, e-mail address and telephone; how many pairs wait to be decided.

    A pair that is alike in several ways is told by the surest. What is alike no longer leaves the queue; what was dismissed stays so.
    """
    found: dict[tuple[int, int], str] = {}
    ways = {
        Likenesses.NUMBER: _numbers(),
        Likenesses.BIRTH: _births(),
        Likenesses.EMAIL: _emails(),
        Likenesses.PHONE: _phones(),
    }
    for likeness, named in ways.items():
        for pair in _pairs(named):
            found.setdefault(pair, likeness)
    return _keep(found)


@transaction.atomic
def tell_apart(pair: MemberPair, *, apart: bool, by: User) -> MemberPair:
    """Remember that these are two people, or (``apart`` false) take that back: then the pair stands in the queue again."""
    current = MemberPair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if current is None:
        raise Refused(MEMBER_PAIR_GONE())
    if (current.dismissed_at is not None) != apart:
        current.dismissed_at, current.dismissed_by = (clock.now(), by) if apart else (None, None)
        current.save(update_fields=["dismissed_at", "dismissed_by"])
        event = MemberPairDismissed if apart else MemberPairReopened
        events.record(event(member=current.first_id, other_member=current.second_id), by=by)
    return current


@transaction.atomic
def _keep(found: dict[tuple[int, int], str]) -> int:
    undecided = MemberPair.objects.select_for_update(of=("self",)).filter(dismissed_at__isnull=True)
    over = [each.pk for each in undecided if (each.first_id, each.second_id) not in found]
    for start in range(0, len(over), AT_ONCE):
        MemberPair.objects.filter(pk__in=over[start : start + AT_ONCE]).delete()
    now, weights = clock.now(), {likeness: weight for weight, likeness in enumerate(Likenesses.values)}
    rows = [
        MemberPair(first_id=first, second_id=second, likeness=likeness, weight=weights[likeness], found_at=now)
        for (first, second), likeness in found.items()
    ]
    MemberPair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    waiting = MemberPair.objects.filter(dismissed_at__isnull=True).count()
    events.record(MemberPairsSought(count=waiting), by=None)
    return waiting


def _pairs(named: Named) -> Iterable[tuple[int, int]]:
    """Everybody who is named by the same thing makes a pair with the oldest of them."""
    groups: dict[Hashable, set[int]] = {}
    for name, member in named:
        groups.setdefault(name, set()).add(member)
    for members in groups.values():
        if 1 < len(members) <= MOST_ALIKE:
            first, *others = sorted(members)
            yield from ((first, other) for other in others)


def _numbers() -> Named:
    """Identifiers and card numbers are compared with one another: a NIM that is only somebody's card is still that NIM."""
    for value, member in MemberIdentifier.objects.order_by().values_list("value", "member").iterator(AT_ONCE):
        if plain := _plain(value):
            yield plain, member
    for card, member in Member.objects.order_by().values_list("barcode", "pk").iterator(AT_ONCE):
        if plain := _plain(card):
            yield plain, member


def _plain(number: str) -> str:
    plain = re.sub(r"[\W_]", "", number).upper().lstrip("0")
    return plain if len(plain) >= SHORTEST_NUMBER else ""


def _births() -> Named:
    rows = Member.objects.filter(born_on__isnull=False).order_by().values_list("name", "born_on", "pk")
    for name, born_on, member in rows.iterator(AT_ONCE):
        yield (folded(name), born_on), member


def _emails() -> Named:
    rows = Member.objects.exclude(email="").order_by().values_list(Lower("email"), "pk")
    yield from rows.iterator(AT_ONCE)


def _phones() -> Named:
    rows = Member.objects.exclude(phone="").order_by().values_list("phone", "pk")
    yield from rows.iterator(AT_ONCE)
