"""A student's telephone on each channel: what she writes goes in by the channel's own way, and what she reads came out of it.

Telegram, WhatsApp, LINE and Meta are strict counterparts on loopback; SMS go through Debian's Gammu SMSD and its dummy telephone.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.test import Client

from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests import test_line as line
from lumbung.messaging.tests import test_meta as meta
from lumbung.messaging.tests import test_telegram as telegram
from lumbung.messaging.tests import test_whatsapp as whatsapp
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of
from lumbung.messaging.tests.test_gammu import CONFIG, lies_on_the_sim, until

MONDAY = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""Ten o'clock in Jakarta."""
PNG = b"\x89PNG"


class Side(Protocol):
    """One channel, as the student has it in her hand."""

    def write(self, text: str, now: datetime) -> None: ...

    def read(self) -> list[str]:
        """The words that came since the last look, with ``[gambar]`` for a picture and ``[label]`` for each button."""
        ...


class OnTheSite:
    def __init__(self) -> None:
        self.browser, self.after = Client(), 0

    def write(self, text: str, now: datetime) -> None:
        assert self.browser.post("/chat", {"text": text}).status_code == 302

    def read(self) -> list[str]:
        said = Delivery.objects.filter(pk__gt=self.after, identity__account__kind="web").order_by("pk")
        self.after = max((each.pk for each in said), default=self.after)
        page = self.browser.get("/chat").content.decode()
        assert all(each.body.split("\n")[0].replace("“", "").split("”")[0][:20] in page.replace("“", "") for each in said)
        return [_seen(each.body, bool(each.picture), [choice.label for choice in each.choices]) for each in said]


class Bot(telegram.BotApi):
    """Takes any picture."""

    def send_photo(self, said: dict[str, Any]) -> Any:
        assert said["photo"].startswith(PNG)
        return self.sent(said)


class OnTelegram:
    def __init__(self, side: Counterpart, api: Bot) -> None:
        self.account, self.side, self.api, self.number, self.heard = telegram.account(side), side, api, 0, 0

    def write(self, text: str, now: datetime) -> None:
        self.number += 1
        said = telegram.message(self.number, text) | {"date": int(now.timestamp())}
        self.api.updates.append(telegram.update(self.number, message=said))

    def read(self) -> list[str]:
        new, self.heard = self.side.heard[self.heard :], len(self.side.heard)
        return [self._seen(each) for each in new if each.path.endswith(("/sendMessage", "/sendPhoto"))]

    def _seen(self, heard: Heard) -> str:
        said = heard.said
        rows = said.get("reply_markup", {}).get("inline_keyboard", []) if isinstance(said.get("reply_markup", {}), dict) else []
        labels = [each["text"] for row in rows for each in row]
        return _seen(said.get("text") or said.get("caption", ""), "photo" in said, labels)


def cloud(heard: Heard) -> Says:
    if heard.path.endswith("/media"):
        assert heard.said["file"].startswith(PNG)
        return Says(200, {"id": "1"})
    return Says(200, {"messages": [{"id": f"wamid.{len(json.dumps(heard.said))}"}]})


class OnWhatsApp:
    def __init__(self, side: Counterpart) -> None:
        self.account, self.side, self.number, self.heard = whatsapp.account(side), side, 0, 0

    def write(self, text: str, now: datetime) -> None:
        self.number += 1
        said = whatsapp.message(self.number, text) | {"timestamp": str(int(now.timestamp()))}
        assert whatsapp.posted(self.account, whatsapp.told(said)) == 200

    def read(self) -> list[str]:
        new, self.heard = self.side.heard[self.heard :], len(self.side.heard)
        return [self._seen(each.said) for each in new if each.path.endswith("/messages")]

    def _seen(self, said: dict[str, Any]) -> str:
        shown = said.get("interactive", {})
        action = shown.get("action", {})
        labels = [each["reply"]["title"] for each in action.get("buttons", [])]
        labels += [row["title"] for each in action.get("sections", []) for row in each["rows"]]
        text = said.get("text", {}).get("body") or said.get("image", {}).get("caption") or shown.get("body", {}).get("text", "")
        return _seen(text, said["type"] == "image", labels)


class OnLine:
    def __init__(self, side: Counterpart) -> None:
        self.account, self.side, self.number, self.heard = line.account(side), side, 0, 0

    def write(self, text: str, now: datetime) -> None:
        self.number += 1
        assert line.posted(self.account, line.text(f"e{self.number}", text, at=now)) == 200

    def read(self) -> list[str]:
        new, self.heard = self.side.heard[self.heard :], len(self.side.heard)
        said = [each.said["messages"][0] for each in new if each.path.endswith(("/reply", "/push"))]
        return [
            _seen(each["text"], False, [item["action"]["label"] for item in each.get("quickReply", {}).get("items", [])])
            for each in said
        ]


class Tokens(line.Line):
    """Every reply token is good once more."""

    def reply(self, said: dict[str, Any]) -> Says:
        self.tokens.add("token-baru")
        return super().reply(said)


class OnMeta:
    """Instagram, or Facebook where ``platform`` is a page."""

    def __init__(self, side: Counterpart, platform: str = "instagram") -> None:
        self.account, self.side, self.number, self.heard = meta.account(side, platform), side, 0, 0
        self.platform = platform

    def write(self, text: str, now: datetime) -> None:
        self.number += 1
        said = meta.happening(message={"mid": f"m{self.number}", "text": text})
        told = said | {"timestamp": int(now.timestamp() * 1000)}
        assert meta.posted(self.account, told, object_=self.platform) == 200

    def read(self) -> list[str]:
        new, self.heard = self.side.heard[self.heard :], len(self.side.heard)
        said = [each.said["message"] for each in new if each.path.endswith("/messages")]
        return [_seen(each["text"], False, [item["title"] for item in each.get("quick_replies", [])]) for each in said]


class BySms:
    def __init__(self, modem: Path) -> None:
        self.account = account_of("sms", settings={"way": "gammu", "config": str(modem / "rc")})
        self.modem, self.known = modem, set[Path]()

    def write(self, text: str, now: datetime) -> None:
        at = (now + timedelta(hours=7)).strftime("%Y%m%dT%H%M%S")
        lies_on_the_sim(self.modem, "+628123456789", text, at)
        until(lambda: list((self.modem / "inbox").glob("IN*")))

    def read(self) -> list[str]:
        until(lambda: not list((self.modem / "outbox").iterdir()))
        until(lambda: set((self.modem / "sent").iterdir()) - self.known)
        new = sorted(set((self.modem / "sent").iterdir()) - self.known)
        self.known |= set(new)
        return [self._seen(each.read_text()) for each in new]

    def _seen(self, backup: str) -> str:
        """The daemon saves a long message anew for each part it sent; a part is known by the end of its header."""
        parts: dict[str, str] = {}
        for part in backup.split("[SMSBackup")[1:]:
            header = re.search(r"^UDH = \w*(\w\w)$", part, re.MULTILINE)
            coded = re.findall(r"^Text\d+ = (\w+)$", part, re.MULTILINE)
            parts[header[1] if header else ""] = "".join(bytes.fromhex(each).decode("utf-16-be") for each in coded)
        return "".join(parts[number] for number in sorted(parts))


def _seen(text: str, picture: bool, labels: list[str]) -> str:
    return " ".join([*(["[gambar]"] if picture else []), text, *(f"[{label}]" for label in labels)])


class Phone:
    """Ani's telephone: a minute passes with everything she writes."""

    def __init__(self, side: Side) -> None:
        self.side, self.now = side, MONDAY

    def ask(self, text: str) -> str:
        self.now += timedelta(minutes=1)
        with clock.stopped_at(self.now):
            self.side.write(text, self.now)
            work_off()
            return "\n".join(self.side.read())


@contextmanager
def modem(folder: Path) -> Iterator[Path]:
    """A running Gammu SMSD with its dummy telephone."""
    if shutil.which("gammu-smsd") is None:
        pytest.skip("gammu-smsd (Debian) is not installed")
    for name in ("telephone/sms/1", "inbox", "outbox", "sent", "error"):
        (folder / name).mkdir(parents=True)
    (folder / "rc").write_text(CONFIG.format(folder))
    running = subprocess.Popen(["gammu-smsd", "-c", str(folder / "rc")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield folder
    finally:
        running.terminate()
        running.wait(10)


@contextmanager
def phones(folder: Path) -> Iterator[Callable[[str], Phone]]:
    """Ani's telephone on whichever channel is named; the other sides are there until the end."""
    with ExitStack() as sides:

        def on(answer: Callable[[Heard], Says]) -> Counterpart:
            return sides.enter_context(counterpart(answer))

        def opened(kind: str) -> Phone:
            bot = Bot()
            made: dict[str, Callable[[], Side]] = {
                "web": OnTheSite,
                "telegram": lambda: OnTelegram(on(bot), bot),
                "whatsapp": lambda: OnWhatsApp(on(cloud)),
                "line": lambda: OnLine(on(Tokens())),
                "instagram": lambda: OnMeta(on(meta.graph)),
                "facebook": lambda: OnMeta(on(meta.graph), "page"),
                "sms": lambda: BySms(sides.enter_context(modem(folder))),
            }
            return Phone(made[kind]())

        yield opened
