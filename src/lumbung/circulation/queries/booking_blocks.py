"""Why a copy may not be booked for days to come: every reason that stands, and which days would do instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Booking, Policy
from lumbung.circulation.queries.blocks import blocks_of_item, blocks_of_member
from lumbung.circulation.queries.bookings import PROPOSED, Diary, Stay, can_be_promised, copies_to_book, nearest_words, stay
from lumbung.circulation.queries.deciding_rules import by_decision
from lumbung.circulation.queries.personal_rules import borrows_only, personal_blocks
from lumbung.circulation.queries.rules import Decision, decision, rules_now
from lumbung.circulation.refusals import (
    BOOKED_BY_NO_RULE,
    BOOKING_BACKWARDS,
    BOOKING_BEYOND_MEMBERSHIP,
    BOOKING_CLOSED_DAY,
    BOOKING_LIMIT_REACHED,
    BOOKING_TAKEN,
    BOOKING_TOO_FAR,
    BOOKING_TOO_LONG,
    BOOKING_TOO_SOON,
    DAY_PAST,
    NOTHING_TO_BOOK,
)
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of, is_open_on, open_day_after

LONGEST = 366
"""Days one booking may last where no rule says less."""
NEAR = 60
"""How many days before and after those asked for are looked at for free ones."""


@dataclass(frozen=True)
class Wish:
    """A member wants a copy at the branch from one day to another: ``item``, or whichever is free. ``but`` is their booking that it is
    to take the place of."""

    record: Record
    member: Member
    at: Branch
    first_day: date
    last_day: date
    item: Item | None = None
    but: Booking | None = None

    @property
    def copies(self) -> list[Item]:
        return copies_to_book(self.record, at=self.at, to=self.member) if self.item is None else [self.item]


class Answer:
    """What the rules and the diary of the copies have to say to a wish, read once."""

    def __init__(self, wish: Wish) -> None:
        every = wish.copies
        self.wish, self.copies = wish, [each for each in every if not personal_blocks(each, wish.member)]
        self.of_member = [borrows_only(wish.member)] if every and not self.copies else []
        self.diary = Diary(self.copies, but=wish.but)
        decided = {each.pk: decision(each, wish.member, wish.at) for each in self.copies}
        self.decisions = {key: found for key, found in decided.items() if found is not None}
        self.kindest = max(self.decisions.values(), key=lambda found: found.policy.booking_limit, default=None)

    @property
    def free_copies(self) -> list[tuple[Item, Stay]]:
        """The copies that may be booked and are free on these days, each with what it would mean."""
        if self.wish.last_day < self.wish.first_day or (self.wish.last_day - self.wish.first_day).days > LONGEST:
            return []
        return self._free_on(self.wish.first_day, self.wish.last_day)

    def blocks(self) -> list[Reason]:
        """Every reason that stands against the wish."""
        wish = self.wish
        reasons = blocks_of_member(wish.member, wish.at, clock.now())
        if wish.item is not None:
            reasons += blocks_of_item(wish.item, wish.member)
        if self.of_member:
            return [*reasons, *self.of_member]
        if self.kindest is None:
            return [*reasons, NOTHING_TO_BOOK(branch=wish.at.name)]
        if not self.kindest.policy.booking_limit:
            return [*reasons, BOOKED_BY_NO_RULE(rule=by_decision(self.kindest, "booking_limit"))]
        reasons += self._of_limit(self.kindest)
        of_days = self._of_days(self.kindest)
        if not of_days and not self.free_copies:
            of_days = [BOOKING_TAKEN(nearest=nearest_words(self.nearest(self.kindest.policy)))]
        return [*reasons, *of_days]

    def _of_limit(self, found: Decision) -> list[Reason]:
        held = Booking.objects.open().filter(member=self.wish.member)
        if self.wish.but is not None:
            held = held.exclude(pk=self.wish.but.pk)
        limit = found.policy.booking_limit
        rule = by_decision(found, "booking_limit")
        return [BOOKING_LIMIT_REACHED(limit=limit, rule=rule)] if held.count() >= limit else []

    def _of_days(self, found: Decision) -> list[Reason]:
        wish, policy = self.wish, found.policy
        today, reasons = clock.today(wish.at.zone), list[Reason]()
        if wish.first_day <= today:
            reasons.append(DAY_PAST())
        elif wish.first_day < (soonest := self._soonest(policy)):
            rule = by_decision(found, "booking_lead_days")
            reasons.append(BOOKING_TOO_SOON(day=date_format(soonest, "j F Y"), rule=rule))
        if wish.last_day < wish.first_day:
            reasons.append(BOOKING_BACKWARDS())
        if wish.last_day > wish.member.expires_on:
            reasons.append(BOOKING_BEYOND_MEMBERSHIP(expires_on=date_format(wish.member.expires_on, "j F Y")))
        longest = min(LONGEST, policy.booking_days or LONGEST)
        if (wish.last_day - wish.first_day).days >= longest:
            reasons.append(BOOKING_TOO_LONG(limit=longest, rule=by_decision(found, "booking_days")))
        if wish.first_day > (farthest := today + timedelta(days=policy.booking_ahead_days)):
            rule = by_decision(found, "booking_ahead_days")
            reasons.append(BOOKING_TOO_FAR(day=date_format(farthest, "j F Y"), rule=rule))
        for day in sorted({wish.first_day, wish.last_day}):
            if not is_open_on(wish.at, day):
                reasons.append(BOOKING_CLOSED_DAY(branch=wish.at.name, day=date_format(day, "j F Y")))
        return reasons

    def _soonest(self, policy: Policy) -> date:
        """The first day for which there is time to make a copy ready."""
        today = clock.today(self.wish.at.zone)
        made_ready = open_day_after(self.wish.at, today, count=policy.booking_lead_days) if policy.booking_lead_days else today
        return max(made_ready, today + timedelta(days=1))

    def nearest(self, policy: Policy) -> list[tuple[date, date]]:
        """The free stretches of the same length that begin nearest to the day asked for."""
        wish = self.wish
        length, today = wish.last_day - wish.first_day, clock.today(wish.at.zone)
        soonest, farthest = self._soonest(policy), today + timedelta(days=policy.booking_ahead_days)
        found: list[tuple[date, date]] = []
        for first in (wish.first_day + timedelta(days=sign * away) for away in range(1, NEAR) for sign in (1, -1)):
            last = first + length
            if not soonest <= first <= farthest or last > wish.member.expires_on:
                continue
            if is_open_on(wish.at, first) and is_open_on(wish.at, last) and self._free_on(first, last):
                found.append((first, last))
            if len(found) == PROPOSED:
                break
        return sorted(found)

    def _free_on(self, first_day: date, last_day: date) -> list[tuple[Item, Stay]]:
        free: list[tuple[Item, Stay]] = []
        for item in self.copies:
            if item.pk not in self.decisions or not (policy := self.decisions[item.pk].policy).booking_limit:
                continue
            wanted = stay(first_day, last_day, policy, self.wish.at)
            if self.diary.is_free(item, wanted):
                free.append((item, wanted))
        return free


def bookings_are_made() -> bool:
    """Whether any rule lets anything be booked."""
    return rules_now().know_bookings


def terms_to_book(copies: Iterable[Item], member: Member) -> dict[Branch, Policy]:
    """The branches of these copies whose own the rules let this member book at all, each with the kindest terms there."""
    if not bookings_are_made():
        return {}
    kindest: dict[Branch, Policy] = {}
    for item in (each for each in copies if can_be_promised(each, member)):
        at = branch_of(item.branch_id)
        if (found := decision(item, member, at)) and found.policy.booking_limit > kindest.get(at, Policy()).booking_limit:
            kindest[at] = found.policy
    return dict(sorted(kindest.items(), key=lambda each: each[0].name))


def may_book(record: Record, member: Member) -> list[Branch]:
    """The branches whose copies of the title the rules let this member book at all."""
    return list(terms_to_book(copies_to_book(record, to=member) if bookings_are_made() else [], member))
