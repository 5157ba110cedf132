"""One connection: what a machine sent, and what it is told."""

import logging
from collections.abc import Callable

from django.utils import translation

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.domain.rates import Allowance
from lumbung.circulation.domain.terminals import terminal_with
from lumbung.circulation.gateways.sip2 import fees, holding, items, lending, patrons, service
from lumbung.circulation.gateways.sip2.desk import Desk
from lumbung.circulation.permissions import LEND
from lumbung.circulation.queries import active_terminals
from lumbung.formats.sip2 import Message, Unreadable, decode, encode
from lumbung.kernel import channel
from lumbung.kernel.rooms import lets_in

logger = logging.getLogger(__name__)

CHANNEL = "sip2"
LOGIN, STATUS, RESEND, ASK_AGAIN = "93", "99", "97", "96"
ANSWERS: dict[str, Callable[[Desk, Message], Message]] = {
    "23": patrons.status,
    "63": patrons.information,
    "25": patrons.enable,
    "01": patrons.block_card,
    "35": patrons.end_session,
    "11": lending.check_out_item,
    "09": lending.check_in_item,
    "29": lending.renew_item,
    "65": lending.renew_all,
    "17": items.information,
    "19": items.update,
    "15": holding.hold,
    "37": fees.paid,
    STATUS: service.status,
}
PATIENCE = 3
"""How much that cannot be read, one after the other, and how many wrong logins, before the line is cut."""
wrong_logins = Allowance(per_minute=10)
"""For each address."""


class HangUp(Exception):
    """The conversation is over. ``answer`` is sent before the line is cut."""

    def __init__(self, why: str, answer: bytes = b"") -> None:
        super().__init__(why)
        self.answer = answer


class Session:
    """Who is at the other end, and what was said last: a machine that did not hear the answer asks again, and is told the same."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.desk: Desk | None = None
        self._last_heard = self._last_said = b""
        self._unreadable = self._refused_logins = 0
        self._detects = False
        self._encoding = "utf-8"

    def hear(self, frame: bytes) -> bytes:
        """The answer to one message, as bytes; nothing to what cannot be answered. Raises ``HangUp``."""
        try:
            asked = decode(frame, encoding=self._encoding)
        except Unreadable as unreadable:
            return self._could_not_read(unreadable)
        self._unreadable = 0
        if asked.code == RESEND:
            return self._last_said or self._written(Message(ASK_AGAIN))
        if asked.sequence and frame == self._last_heard:
            return self._last_said
        self._detects = bool(asked.sequence)
        answer = self._written(self._answered(asked), asked.sequence)
        self._last_heard, self._last_said = frame, answer
        return answer

    def _answered(self, asked: Message) -> Message:
        if not lets_in(Session):
            raise HangUp("circulation is closed")
        if asked.code == LOGIN:
            return self._logged_in(asked)
        if self.desk is None and asked.code == STATUS:
            return service.status(None, asked)
        desk, act = self._desk_now(), ANSWERS.get(asked.code)
        if act is None:
            raise HangUp(f"a machine does not send {asked.code}")
        with channel.through(CHANNEL), translation.override(desk.language_for(asked)):
            return act(desk, asked)

    def _logged_in(self, asked: Message) -> Message:
        terminal = None
        if asked["uid_algorithm"] == asked["pwd_algorithm"] == "0":
            terminal = terminal_with(asked["CN"].strip(), asked["CO"])
        if terminal is not None:
            self.desk, self._encoding = Desk(terminal), terminal.encoding
            logger.info("SIP2: %s signed in from %s", terminal.login, self.address)
            return Message.of("94", ok="1")
        self.desk = None
        self._refused_logins += 1
        answer = Message.of("94", ok="0")
        if wrong_logins.seconds_to_wait(self.address) or self._refused_logins >= PATIENCE:
            raise HangUp("too many wrong logins", self._written(answer, asked.sequence))
        return answer

    def _desk_now(self) -> Desk:
        """The machine as it stands at this moment: what staff change or forbid holds at once."""
        terminal = active_terminals().get(self.desk.terminal.pk) if self.desk else None
        if self.desk is None or terminal is None or not may(terminal.account, LEND):
            raise HangUp("not signed in")
        self.desk.terminal = terminal
        return self.desk

    def _could_not_read(self, unreadable: Unreadable) -> bytes:
        self._unreadable += 1
        if self._unreadable >= PATIENCE:
            raise HangUp(f"unreadable {PATIENCE} times: {unreadable}")
        logger.info("SIP2: from %s: %s", self.address, unreadable)
        return self._written(Message(ASK_AGAIN)) if unreadable.resend else b""

    def _written(self, answer: Message, sequence: str = "") -> bytes:
        told = Message(answer.code, answer.fixed, answer.fields, sequence)
        return encode(told, encoding=self._encoding, detect=self._detects)
