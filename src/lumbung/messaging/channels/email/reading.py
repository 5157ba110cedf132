"""A letter read: who wrote it, what is new in it, which conversation it belongs to; or the news that one of ours came back."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime

from django.conf import settings

from lumbung.messaging.channels.email.markup import text_of
from lumbung.messaging.channels.interface import Enclosed, Moved, Parsed
from lumbung.messaging.models import Account

NAMES = re.compile(r"<[^<>\s]+>")
QUOTE_BEGINS = re.compile(
    r"^(?:On .{5,200} wrote:|Pada .{5,200} menulis:|-{2,}\s*(?:Original Message|Pesan Asli|Forwarded message)\b.*|_{10,}|From: .+)\s*$",
    re.IGNORECASE,
)
STATES = {"failed": "failed", "delivered": "delivered", "relayed": "delivered", "expanded": "delivered"}
BY_MACHINE = ("List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")


def parse(account: Account, raw: bytes) -> Sequence[Parsed | Moved]:
    """What the letter is to us. Answering machines and lists are heard in silence: answering them would go round in a circle."""
    letter = message_from_bytes(raw, policy=policy.default)
    if letter.get_content_type() == "multipart/report":
        return list(_bounces(letter))
    sender = next(iter(getaddresses([_header(letter, "From")])), ("", ""))
    address = sender[1].strip().lower()
    if "@" not in address or _is_by_machine(letter) or address in _ours(account):
        return []
    name = _names(letter, "Message-ID")[:1] or [f"<{hashlib.sha256(raw).hexdigest()}>"]
    earlier = _names(letter, "References") or _names(letter, "In-Reply-To")
    return [
        Parsed(
            address=address,
            external_id=name[0],
            text=new_words(_words(letter)),
            at=_date(letter),
            name=sender[0],
            subject=_header(letter, "Subject"),
            thread=(earlier or name)[0],
            enclosed=list(_files(letter)),
        )
    ]


def _header(letter: EmailMessage, name: str) -> str:
    """A header's text; empty where it is missing or cannot be read."""
    try:
        return str(letter.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""  # what the parser of the standard library stumbles over in headers nobody should write


def _names(letter: EmailMessage, header: str) -> list[str]:
    return [name for name in NAMES.findall(_header(letter, header)) if len(name) <= 250]  # noqa: PLR2004 -- the column's length


def _is_by_machine(letter: EmailMessage) -> bool:
    submitted = _header(letter, "Auto-Submitted").lower()
    precedence = _header(letter, "Precedence").lower()
    return (
        (submitted != "" and not submitted.startswith("no"))
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or any(header in letter for header in BY_MACHINE)
    )


def _ours(account: Account) -> set[str]:
    own = getaddresses([settings.DEFAULT_FROM_EMAIL, account.setting("address"), account.setting("imap_user")])
    return {address.lower() for _name, address in own if address}


def _date(letter: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(letter, "Date"))
    except (ValueError, TypeError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _words(letter: EmailMessage) -> str:
    body = letter.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = _decoded(body)
    return text_of(text) if body.get_content_type() == "text/html" else text


def _decoded(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):
        content = part.get_payload(decode=True)
        return content.decode("utf-8", errors="replace") if isinstance(content, bytes) else ""


def new_words(text: str) -> str:
    """What was written now, without the letter it answers and without the signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    ends = next((at for at, line in enumerate(lines) if QUOTE_BEGINS.match(line) or line == "-- "), len(lines))
    kept = lines[:ends] if "".join(lines[:ends]).strip() else lines
    while kept and (kept[-1].startswith(">") or not kept[-1].strip()):
        kept.pop()
    return "\n".join(kept).strip() or text.strip()


def _files(letter: EmailMessage) -> Iterator[Enclosed]:
    for part in letter.iter_attachments():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Enclosed(name=(part.get_filename() or "")[:200], content=content)


def _bounces(report: EmailMessage) -> Iterator[Moved]:
    """RFC 3464: what became of a letter of ours, named by the Message-ID in what it returns."""
    parts = {part.get_content_type(): part for part in report.walk()}
    status, returned = parts.get("message/delivery-status"), parts.get("message/rfc822") or parts.get("text/rfc822-headers")
    if status is None or returned is None:
        return
    blocks = status.get_payload()
    names = NAMES.findall(str(_head_of(returned).get("Message-ID", "")))
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message) or not block.get("Action"):
            continue
        state = STATES.get(str(block["Action"]).strip().lower())
        if state and names:
            said = " ".join(filter(None, [str(block.get("Status", "")), str(block.get("Diagnostic-Code", ""))]))
            yield Moved(names[0], state, error=said.strip() if state == "failed" else "")


def _head_of(returned: Message) -> Message:
    """The head of the letter that came back, whether whole or its headers alone."""
    inside = returned.get_payload()
    if isinstance(inside, list) and inside and isinstance(inside[0], Message):
        return inside[0]
    head = returned.get_payload(decode=True)
    return message_from_bytes(head if isinstance(head, bytes) else b"")
