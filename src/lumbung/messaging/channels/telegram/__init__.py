"""Telegram: a bot that is asked for news (no public address needed) or told of it. Bot API 10.2."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.outside.failures import Failed
from lumbung.messaging.channels import signatures
from lumbung.messaging.channels.interface import (
    Accepted,
    Event,
    Field,
    Health,
    Hook,
    Left,
    Limits,
    Moved,
    Needs,
    Parsed,
    Polled,
    Rate,
    RetryLater,
    TooLarge,
    Undeliverable,
)
from lumbung.messaging.channels.mapping import read_body
from lumbung.messaging.channels.telegram import bot
from lumbung.messaging.channels.telegram.updates import ALLOWED, parsed
from lumbung.messaging.channels.telegram.writing import write
from lumbung.messaging.models import Account, Delivery, Incoming

MEGABYTE = 1_000_000
PHOTO = 10 * MEGABYTE
DOWNLOAD = 20 * MEGABYTE
LIMITS = Limits(
    text=4096,
    choices=8,
    choice_label=40,
    data_bytes=64,
    media={"png": PHOTO, "jpeg": PHOTO, "webp": PHOTO},
    caption=1024,
    writes_first=True,
    per_pair=Rate(1, 1),
    per_account=Rate(30, 1),
)
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the header's name
POLL, HOOK = "poll", "hook"
WAIT = 20
TOO_BIG = "file is too big"


def needs() -> Needs:
    return Needs(
        _("Telegram"),
        _(
            "Di Telegram, tulis kepada @BotFather: /newbot, beri nama, lalu salin tokennya ke sini. Tidak perlu alamat publik: server "
            "ini sendiri yang bertanya kepada Telegram. Pembaca harus menulis lebih dulu; bagikan tautan t.me bot Anda."
        ),
        fields=[
            Field("token", _("Token dari BotFather"), is_secret=True),
            Field(
                "way",
                _("Cara menerima"),
                _("Webhook lebih cepat, tetapi server ini harus dapat dicapai dari internet dengan HTTPS."),
                kind="choice",
                choices=[(POLL, _("Bertanya (tanpa alamat publik)")), (HOOK, _("Webhook"))],
                default=POLL,
            ),
            Field("api", _("Alamat Bot API"), _("Kosongkan, kecuali Anda memakai server Bot API sendiri."), is_required=False),
        ],
        has_hook=True,
        pastes_hook=lambda _account: False,  # Telegram is told by the test
        icon="message",
    )


def check(account: Account) -> Health:
    """Who the bot is; on the way, Telegram is told how we take news, so that it does not wait on another address."""
    try:
        told = bot.call(account, "getMe", {})
        _settle_way(account)
    except (Undeliverable, RetryLater) as refused:
        return Health(is_well=False, note=str(refused))
    except Failed as failed:
        return Health(is_well=False, note=str(failed.failure.label))
    return Health(is_well=True, note=f"@{told.get('username', '')}")


def _settle_way(account: Account) -> None:
    if account.setting("way", POLL) == POLL:
        bot.call(account, "deleteWebhook", {"drop_pending_updates": False})
        return
    url = account.hook_url
    if not url.startswith("https://"):
        raise Undeliverable("LUMBUNG_SITE_URL: https://…")
    told = {"url": url, "secret_token": bot.secret_word(account), "allowed_updates": ALLOWED}
    bot.call(account, "setWebhook", told)


def verify(account: Account, hook: Hook) -> None:
    signatures.expect_word(hook, header=SECRET_HEADER, word=bot.secret_word(account))


def events(account: Account, hook: Hook) -> Sequence[Event]:
    return [_event(read_body(hook.body, hook.headers.get("content-type", "")))]


def poll(account: Account) -> Polled:
    """The updates since the last look; waits for one some seconds. What was taken is confirmed by the next look."""
    if account.setting("way", POLL) != POLL:
        return Polled(pause=600)
    asked = {"offset": int(account.place.get("offset", 0)), "timeout": WAIT, "allowed_updates": ALLOWED}
    updates = bot.call(account, "getUpdates", asked, seconds=WAIT + 10)
    found = [_event(each) for each in updates if isinstance(each, dict)]
    offset = max((each["update_id"] + 1 for each in updates), default=asked["offset"])
    return Polled(found, {"offset": offset}, pause=0 if found else 1)


def _event(update: dict[str, Any]) -> Event:
    if not isinstance(update.get("update_id"), int):
        raise ValueError("no update_id")
    return Event(str(update["update_id"]), update)


def parse(account: Account, payload: dict[str, Any]) -> Sequence[Parsed | Moved | Left]:
    """Messages in private chats and groups, their edits, buttons pressed, and who stopped or left. Channels are not conversations."""
    return parsed(payload)


def fetch(account: Account, remote: str, most: int) -> bytes:
    """The bytes of a ``file_id``. Raises TooLarge for what Telegram hands out to no bot (20 MB), else as ``wire.file_at``."""
    try:
        told = bot.call(account, "getFile", {"file_id": remote})
    except Undeliverable as refused:
        raise (TooLarge if TOO_BIG in str(refused) else Undeliverable)(str(refused)) from None
    return bot.download(account, told["file_path"], min(most, DOWNLOAD))


def send(account: Account, delivery: Delivery) -> Accepted:
    _stop_waiting(account, delivery.answers)
    told: Mapping[str, Any] = write(account, delivery)
    return Accepted(external_id=str(told.get("message_id", "")))


def _stop_waiting(account: Account, answered: Incoming | None) -> None:
    """A pressed button shows that it waits until it is answered. That this fails harms nobody."""
    if answered is None or answered.kind != Incoming.Kinds.BUTTON:
        return
    try:
        bot.call(account, "answerCallbackQuery", {"callback_query_id": answered.external_id})
    except (Undeliverable, RetryLater, Failed):
        return
