"""SIP2, the language of self-check machines, return chutes and gates: 3M Standard Interchange Protocol, version 2.00 (2006).

A message has a code of two digits, a fixed part, and fields of two letters each ended by ``|``. Beyond the standard there are the
extensions that gateways have in common: CR, CS, CT, CV, CY and DA tell a sorting machine where a returned item goes, PA and PC a
member's last day and category. What a message means to the library is not decided here.
"""

from lumbung.formats.sip2.codec import DELIMITER, END, Unreadable, checksum, clean, decode, encode
from lumbung.formats.sip2.framing import LONGEST_FRAME, Framing, TooLong
from lumbung.formats.sip2.layouts import LAYOUTS, Layout
from lumbung.formats.sip2.message import Message
from lumbung.formats.sip2.moments import read_moment, write_moment

__all__ = [
    "DELIMITER",
    "END",
    "LAYOUTS",
    "LONGEST_FRAME",
    "Framing",
    "Layout",
    "Message",
    "TooLong",
    "Unreadable",
    "checksum",
    "clean",
    "decode",
    "encode",
    "read_moment",
    "write_moment",
]
