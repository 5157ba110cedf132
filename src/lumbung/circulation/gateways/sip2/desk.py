"""What every answer needs: the machine that asks, its branch, and the words of its language."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation.domain.pins import check_pin
from lumbung.circulation.models import Terminal
from lumbung.circulation.queries import members_with_what_they_have
from lumbung.formats.sip2 import Message, write_moment
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member
from lumbung.members.queries import member_by_barcode
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

T = TypeVar("T")

ENGLISH = {"001", "024"}
"""The numbers of SIP2 for English; it has none for Indonesian."""
LONGEST_FIELD = 255


@dataclass
class Desk:
    """The machine at work. ``proven`` remembers whose PIN was right, so that it is not checked anew with every message."""

    terminal: Terminal
    proven: set[tuple[int, bytes]] = field(default_factory=set)

    @property
    def branch(self) -> Branch:
        return branch_of(self.terminal.branch_id)

    @property
    def by(self) -> User:
        return self.terminal.account

    def language_for(self, asked: Message) -> str:
        """The machine's own, unless the message asks for English."""
        return "en" if asked["language"] in ENGLISH else self.terminal.language

    def member(self, asked: Message) -> Member | None:
        """Whose card it is, with whether there is anything more to ask of them."""
        return member_by_barcode(asked["AA"], members_with_what_they_have())

    def item(self, asked: Message) -> Item | None:
        """The item, with its title."""
        return item_by_barcode(asked["AB"])

    def pin_reasons(self, member: Member, asked: Message) -> list[Reason]:
        """Why the PIN in the message does not do: none when it is right, or when none is given and the machine asks for none."""
        given = asked["AD"]
        if not given and not self.terminal.needs_pin:
            return []
        proof = (member.pk, hashlib.sha256(given.encode()).digest())
        if proof in self.proven:
            return []
        try:
            check_pin(member, given)
        except Refused as refused:
            return list(refused.reasons)
        self.proven.add(proof)
        return []

    def institution(self, asked: Message) -> str:
        """What the machine calls the library; where it does not say, the branch."""
        return asked["AO"] or self.branch.code

    def moment(self, when: datetime | None = None) -> str:
        """Now, or a moment, in the branch's time."""
        return write_moment(when or clock.now(), self.branch.zone)


def due(when: datetime) -> str:
    """A due date, on the clock that it came with: that of the branch that lent."""
    return write_moment(when, when.tzinfo or UTC)


def yes(true: object) -> str:
    return "Y" if true else "N"


def lines(reasons: Iterable[object]) -> list[str]:
    """Each on a line of its own, none longer than a field may be."""
    return [str(reason)[:LONGEST_FIELD] for reason in reasons]


def attempted(act: Callable[[], T]) -> tuple[T | None, list[Reason]]:
    """What the verb gave, or every reason why it refused."""
    try:
        return act(), []
    except Refused as refused:
        return None, list(refused.reasons)
