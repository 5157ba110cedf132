"""Between bytes on the wire and messages, with checksum (AZ) and sequence number (AY)."""

import re

from lumbung.formats.sip2.layouts import LAYOUTS, RESENDS
from lumbung.formats.sip2.message import Message

DELIMITER = "|"
END = b"\r"
_CHECKSUM = re.compile(rb"AZ([0-9A-Fa-f]{4}) *$")
_SEQUENCE = re.compile(rb"AY([0-9])$")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029|]+")


class Unreadable(Exception):
    """These bytes are no message. ``resend``: they may have been one when they were sent, and the sender should send them again."""

    def __init__(self, why: str, *, resend: bool = True) -> None:
        super().__init__(why)
        self.resend = resend


def decode(frame: bytes, *, encoding: str = "utf-8") -> Message:
    """Read one message, without its line end. What has no place in it is kept as a field; a field too short to have a name is not.

    Raises ``Unreadable`` for a wrong checksum, an unknown code, and a fixed part that is too short. Bytes that are not in the encoding
    become U+FFFD: a name with a strange letter is no reason to turn a reader away.
    """
    payload, sequence = _without_trailer(frame.strip(b"\r\n\x00").lstrip(b" "))
    text = payload.decode(encoding, errors="replace")
    layout = LAYOUTS.get(text[:2])
    if layout is None:
        raise Unreadable(f"unknown code {text[:2]!r}", resend=not text[:2].isdigit())
    fixed, rest = text[2 : 2 + layout.width], text[2 + layout.width :]
    if len(fixed) < layout.width:
        raise Unreadable(f"{layout.name} is cut off")
    places, at = {}, 0
    for name, width in layout.fixed:
        places[name] = fixed[at : at + width]
        at += width
    fields = tuple((each[:2], each[2:]) for each in rest.split(DELIMITER) if len(each) > 1)
    return Message(text[:2], places, fields, sequence)


def encode(message: Message, *, encoding: str = "utf-8", detect: bool = False) -> bytes:
    """Write one message, with its line end. ``detect`` adds the sequence number, if the message has one, and the checksum.

    A line break or delimiter in a field becomes a blank, a letter that the encoding has not a question mark. Raises ValueError when a
    place of the fixed part is missing or has not its width, or a field does not belong in the message.
    """
    layout = message.layout
    text = message.code
    for name, width in layout.fixed:
        value = message.fixed.get(name, "")
        if len(value) != width:
            raise ValueError(f"{layout.name}: {name} must have {width} characters, not {value!r}")
        text += value
    for name, value in message.fields:
        if name not in layout.fields:
            raise ValueError(f"{layout.name} has no field {name}")
        text += f"{name}{clean(value)}{DELIMITER}"
    frame = text.encode(encoding, errors="replace")
    return (_with_trailer(frame, message) if detect else frame) + END


def clean(value: str) -> str:
    """The text as it may stand in a field: without line breaks, controls and delimiters."""
    return _BREAKS.sub(" ", value)


def checksum(frame: bytes) -> str:
    """Four hexadecimal digits that bring the sum of all bytes, up to and including the letters AZ, to zero in sixteen bits."""
    return f"{-sum(frame) & 0xFFFF:04X}"


def _without_trailer(frame: bytes) -> tuple[bytes, str]:
    """The message without AY and AZ, and the digit of AY. Raises Unreadable when the checksum is wrong."""
    if found := _CHECKSUM.search(frame):
        summed = frame[: found.start(1)]
        if checksum(summed).encode() != found[1].upper():
            raise Unreadable("the checksum is wrong")
        frame = frame[: found.start()]
    sequence = _SEQUENCE.search(frame)
    return (frame[: sequence.start()], sequence[1].decode()) if sequence else (frame, "")


def _with_trailer(frame: bytes, message: Message) -> bytes:
    if message.sequence and message.code not in RESENDS:
        frame += b"AY" + message.sequence.encode()
    frame += b"AZ"
    return frame + checksum(frame).encode()
