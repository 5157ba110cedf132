"""A self-check machine as the tests play it: says messages, and reads the answers."""

import itertools
from typing import Any

from lumbung.circulation.gateways.sip2.session import Session
from lumbung.formats.sip2 import Message, decode, encode

NOW = "20260306    090000"


class Machine:
    """Talks to a session without a line between them, with sequence numbers and checksums as the standard asks."""

    def __init__(self, session: Session | None = None) -> None:
        self.session = session or Session("192.0.2.1")
        self._sequence = itertools.cycle("0123456789")

    def frame(self, code: str, **said: Any) -> bytes:
        """Two letters in capitals are a field, anything else a place of the fixed part."""
        fields = [(name, value) for name, value in said.items() if name.isupper()]
        fixed = {"date": NOW, **{name: value for name, value in said.items() if not name.isupper()}}
        layout = Message(code).layout
        places = {name: fixed.get(name, "N" if width == 1 else " " * width) for name, width in layout.fixed}
        message = Message(code, places, tuple(fields), next(self._sequence))
        return encode(message, detect=True)[:-1]

    def say(self, code: str, **said: Any) -> Message:
        return decode(self.session.hear(self.frame(code, **said)).rstrip(b"\r"))

    def sign_in(self, login: str, secret: str) -> str:
        return self.say("93", uid_algorithm="0", pwd_algorithm="0", CN=login, CO=secret, CP="lobi")["ok"]
