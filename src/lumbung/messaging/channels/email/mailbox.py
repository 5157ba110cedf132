"""A mailbox over IMAP: asked for what came since the last look, whole letters kept as files before anything is understood."""

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lumbung.kernel import clock
from lumbung.kernel.outside.line import Line, line_to
from lumbung.messaging.channels.interface import Event, Polled
from lumbung.messaging.models import Account

SECONDS = 60.0
PAUSE = 20.0
STRETCH = 20
LARGEST = 25_000_000
FOLDER = "messages/raw"
FAULTS = (imaplib.IMAP4.error, ValueError)
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class _Mailbox(imaplib.IMAP4):
    """IMAP over a line whose address was judged."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()

    def _create_socket(self, timeout: float | None) -> Any:
        return self._line.socket


@contextmanager
def _opened(account: Account) -> Iterator[_Mailbox]:
    tls = account.setting("imap_security", "tls") == "tls"
    port = int(account.setting("imap_port") or (993 if tls else 143))
    with line_to(account.setting("imap_host"), port, seconds=SECONDS, tls=tls) as line:
        box = _Mailbox(line)
        box.login(account.setting("imap_user"), account.secrets.get("imap_password", ""))
        _asked(box.select(_quoted(account.setting("imap_folder") or "INBOX"), readonly=True))
        yield box
        box.logout()


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _asked(answer: tuple[str, Any]) -> Any:
    """What the server said. Raises ``imaplib.IMAP4.error`` where it said no."""
    said, data = answer
    if said != "OK":
        raise imaplib.IMAP4.error(str(data))
    return data


def look_in(account: Account) -> None:
    """Open the mailbox and close it. Raises what goes wrong."""
    with _opened(account):
        pass


def poll(account: Account) -> Polled:
    """Letters that came since the last look; the first look only remembers where it is, so that no old mail is answered."""
    with _opened(account) as box:
        validity = _number(box, "UIDVALIDITY")
        upcoming = _number(box, "UIDNEXT")
        if account.place.get("validity") is None:
            return Polled(place={"validity": validity, "next": upcoming}, pause=PAUSE)
        first = account.place["next"] if account.place["validity"] == validity else 1
        found = _asked(box.uid("SEARCH", "UID", f"{first}:*"))[0] or b""
        keys = [int(key) for key in found.split() if int(key) >= first][:STRETCH]
        events = [_kept(box, validity, key) for key in keys]
        place = {"validity": validity, "next": keys[-1] + 1 if keys else first}
        return Polled(events, place=place, pause=0 if len(keys) == STRETCH else PAUSE)


def _number(box: _Mailbox, name: str) -> int:
    data = box.untagged_responses.get(name) or [b"0"]
    last = data[-1]
    return int(last if isinstance(last, bytes) else 0)


def _kept(box: _Mailbox, validity: int, key: int) -> Event:
    """The letter as a file; of one too large its head alone."""
    told = b" ".join(
        part if isinstance(part, bytes) else part[0] for part in _asked(box.uid("FETCH", str(key), "(RFC822.SIZE)")) if part
    )
    size = int(found[1]) if (found := SIZE.search(told)) else 0
    part = "BODY.PEEK[HEADER]" if size > LARGEST else "BODY.PEEK[]"
    letter = next(each[1] for each in _asked(box.uid("FETCH", str(key), f"({part})")) if isinstance(each, tuple))
    name = default_storage.save(f"{FOLDER}/{clock.now():%Y%m%d}-{validity}-{key}.eml", ContentFile(letter))
    return Event(f"{validity}:{key}", {"file": name, "size": size})


def raw(payload: dict[str, Any]) -> bytes:
    """The letter that ``poll`` kept."""
    with default_storage.open(payload["file"]) as file:
        content: bytes = file.read()
    return content
