"""Gammu SMSD with its "files" service: its program puts messages out, its folders tell what came in and what failed."""

import configparser
import re
import subprocess
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from lumbung.messaging.channels.interface import Accepted, Event, Health, Moved, Parsed, Polled, RetryLater
from lumbung.messaging.models import Account

PROGRAM = "gammu-smsd-inject"
SECONDS = 20
TAKEN = "lumbung"
WRITTEN = re.compile(r"with ID \S*?(OUT[^./\s]+)")
IN_NAME = re.compile(r"IN(?P<day>\d{8})_(?P<time>\d{6})_(?P<serial>\d+)_(?P<number>[+\d]+)_(?P<part>\d+)\.txt$")
OUT_NAME = re.compile(r"(OUT[^.]+)")
PAUSE = 5.0
ONE_PART_GSM, ONE_PART_UNICODE = 160, 70


class Folders:
    """Where this SMSD keeps what; read from its own configuration."""

    def __init__(self, config: str) -> None:
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        text = Path(config).read_text(encoding="utf-8", errors="replace")
        parser.read_string(text)
        section = parser["smsd"]
        if section.get("service", "files").lower() != "files":
            raise ValueError("service = files")
        self.inbox = Path(section.get("inboxpath", "/var/spool/gammu/inbox/"))
        self.errors = Path(section.get("errorsmspath", "/var/spool/gammu/error/"))


def check(account: Account) -> Health:
    """Whether the program is there, its configuration can be read and its inbox opened."""
    try:
        list(Folders(account.setting("config")).inbox.iterdir())
        done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, ValueError, KeyError, configparser.Error, subprocess.SubprocessError) as error:
        return Health(is_well=False, note=f"{type(error).__name__}: {error}")
    version = done.stdout.strip().splitlines()
    return Health(is_well=done.returncode == 0, note=version[0] if version else "")


def send(account: Account, to: str, text: str) -> Accepted:
    """Give the message to the daemon's queue. It has it or it has not: nothing is ever half taken."""
    letters = ["-unicode"] if not text.isascii() else []
    command = [PROGRAM, "-c", account.setting("config"), "TEXT", f"+{to}", *letters, *_length(text), "-textutf8", text]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise RetryLater(str(error)) from error
    if done.returncode:
        raise RetryLater((done.stderr or done.stdout).strip()[:500])
    written = WRITTEN.search(done.stdout + done.stderr)
    return Accepted(external_id=written[1] if written else "")


def _length(text: str) -> list[str]:
    one_part = ONE_PART_GSM if text.isascii() else ONE_PART_UNICODE
    return ["-len", str(len(text))] if len(text) > one_part else []


def poll(account: Account) -> Polled:
    """What came in, whole messages only, and what the daemon gave up. Files that were read are moved aside when it is kept."""
    folders = Folders(account.setting("config"))
    files = [file for file in sorted(folders.inbox.glob("IN*.txt")) if IN_NAME.match(file.name)]
    events = [_event(list(parts)) for _key, parts in groupby(files, key=_whole)]
    failed = {file: name[1] for file in sorted(folders.errors.glob("OUT*")) if (name := OUT_NAME.match(file.name))}
    events += [Event(f"failed:{file.name}", {"failed": name}) for file, name in failed.items()]
    return Polled(events, pause=PAUSE, settled=lambda: _set_aside([*files, *failed]))


def _whole(file: Path) -> tuple[str, str, str, str]:
    """Parts of one long message share everything but their number."""
    name = IN_NAME.match(file.name)
    return (name["day"], name["time"], name["serial"], name["number"]) if name else ("", "", "", file.name)


def _event(parts: Sequence[Path]) -> Event:
    """A whole message. A file that was set aside leaves its name to the next of the same second, so the words belong to the id."""
    first = IN_NAME.match(parts[0].name)
    known, text = first.groupdict() if first else {}, "".join(map(_text_of, parts))
    name = f"{parts[0].stem}:{sha256(text.encode()).hexdigest()[:12]}"
    return Event(name, {"number": known["number"], "at": known["day"] + known["time"], "id": name, "text": text})


def _text_of(part: Path) -> str:
    """The words of one part: UTF-16 where ``inboxformat = unicode``, else what the daemon's locale made of them."""
    raw = part.read_bytes()
    return raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")


def _set_aside(files: Sequence[Path]) -> None:
    for file in files:
        taken = file.parent / TAKEN
        taken.mkdir(exist_ok=True)
        file.replace(taken / file.name)


def parse(payload: dict[str, Any]) -> Sequence[Parsed | Moved]:
    if name := payload.get("failed"):
        return [Moved(name, "failed", error="gammu-smsd")]
    at = datetime.strptime(payload["at"], "%Y%m%d%H%M%S").replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return [Parsed(address=payload["number"], external_id=payload["id"], text=payload["text"], at=at)]
