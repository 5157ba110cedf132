"""Telegram, against a strict counterpart that knows the Bot API's methods and limits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.kernel import secrets_at_rest
from lumbung.messaging.channels import channel_called
from lumbung.messaging.channels.telegram import bot
from lumbung.messaging.domain import accounts, listening
from lumbung.messaging.domain.arrivals import take_in_waiting
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Account, Attachment, Delivery, Identity, Inbound, Incoming
from lumbung.messaging.replies import Choice, Picture, Reply
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import account_of, send_due

pytestmark = pytest.mark.django_db
TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
ANI = {"id": 1001, "is_bot": False, "first_name": "Ani", "last_name": "S.", "language_code": "id"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Ani"}
GROUP = {"id": -100500, "type": "supergroup", "title": "Kelas A"}


class BotApi:
    """Remembers the webhook and the updates; refuses what the Bot API refuses."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}
        self.methods = {
            "getMe": lambda _said: {"id": 1, "is_bot": True, "username": "PustakaBot"},
            "deleteWebhook": self.delete_webhook,
            "setWebhook": self.set_webhook,
            "getUpdates": self.get_updates,
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "answerCallbackQuery": lambda said: True if said["callback_query_id"] else None,
            "getFile": lambda said: {"file_id": said["file_id"], "file_path": f"photos/{said['file_id']}.png"},
        }

    def __call__(self, heard: Heard) -> Says:
        if heard.path.startswith(f"/file/bot{TOKEN}/"):
            return Says(200, PNG)
        _, token, method = heard.path.split("/")
        if token != f"bot{TOKEN}":
            return refused(401, "Unauthorized")
        if method not in self.methods:
            return refused(404, "Not Found: method not found")
        result = self.methods[method](heard.said)
        return result if isinstance(result, Says) else Says(200, {"ok": True, "result": result})

    def delete_webhook(self, said: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def set_webhook(self, said: dict[str, Any]) -> Any:
        if not said["url"].startswith("https://"):
            return refused(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
        if not 1 <= len(said["secret_token"]) <= 256 or not said["secret_token"].replace("-", "").replace("_", "").isalnum():
            return refused(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = said
        return True

    def get_updates(self, said: dict[str, Any]) -> Any:
        if self.webhook:
            return refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.updates = [each for each in self.updates if each["update_id"] >= said["offset"]]
        return self.updates[:100]

    def send_message(self, said: dict[str, Any]) -> Any:
        if not 1 <= len(said["text"].encode("utf-16-le")) // 2 <= 4096:
            return refused(400, "Bad Request: message is too long")
        for row in said.get("reply_markup", {}).get("inline_keyboard", []):
            if any(not 1 <= len(each["callback_data"].encode()) <= 64 for each in row):
                return refused(400, "Bad Request: BUTTON_DATA_INVALID")
        return self.sent(said)

    def send_photo(self, said: dict[str, Any]) -> Any:
        if len(said["caption"]) > 1024 or said["photo"] != PNG:
            return refused(400, "Bad Request: message caption is too long")
        return self.sent(said)

    def sent(self, said: dict[str, Any]) -> Any:
        answers = {
            "13": refused(403, "Forbidden: bot was blocked by the user"),
            "14": refused(400, "Bad Request: chat not found"),
            "-77": refused(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1007700}),
        }
        return answers.get(str(said["chat_id"]), {"message_id": 555, "chat": {"id": said["chat_id"]}, "date": 1})


def refused(code: int, words: str, parameters: dict[str, Any] | None = None) -> Says:
    said: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return Says(code, said | ({"parameters": parameters} if parameters else {}))


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def telegram(api: BotApi, settings) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    settings.SITE_URL = "https://pustaka.example.ac.id"
    with counterpart(api) as side:
        yield side


def account(side: Counterpart, *, token: str = TOKEN, **settings: str) -> Account:
    return account_of(
        "telegram", settings={"api": side.address, **settings}, sealed_secrets=secrets_at_rest.seal({"token": token})
    )


def heard_before(account: Account, address: str = "1001", **fields: Any) -> Identity:
    identity = identity_of(account, address)
    Identity.objects.filter(pk=identity.pk).update(last_inbound_at="2026-01-01T00:00Z", **fields)
    return Identity.objects.select_related("account").get(pk=identity.pk)


def sent(identity: Identity, said: Reply, **more: Any) -> Delivery:
    delivery = reply(identity, said, **more)
    send_due()
    delivery.refresh_from_db()
    return delivery


def update(number: int, **content: Any) -> dict[str, Any]:
    return {"update_id": number, **content}


def message(number: int, text: str = "", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    return {"message_id": number, "date": 1780000000, "chat": chat, "from": ANI, **({"text": text} if text else {}), **more}


def understood(account: Account, *updates: dict[str, Any]) -> list[Incoming]:
    for each in updates:
        Inbound.objects.create(account=account, event_id=str(each["update_id"]), payload=each, received_at="2026-05-29T00:00Z")
    take_in_waiting()
    return list(Incoming.objects.order_by("id"))


def test_a_library_without_a_public_address_asks_for_news_and_confirms_what_it_took(telegram, api):
    bot_account = account(telegram)
    api.updates = [update(70, message=message(1, "cari sapi perah")), update(71, message=message(2, "jam"))]
    assert listening.look(bot_account.pk) is True
    assert listening.look(bot_account.pk) is False
    assert (api.updates, Account.objects.get(pk=bot_account.pk).place["offset"]) == ([], 72)
    take_in_waiting()
    assert [each.text for each in Incoming.objects.order_by("id")] == ["cari sapi perah", "jam"]
    identity = Identity.objects.get()
    assert (identity.address, identity.name, identity.language, identity.phone) == ("1001", "Ani S.", "id", "")


def test_an_update_told_twice_is_one_message(telegram, api):
    bot_account = account(telegram)
    api.updates = [update(70, message=message(1, "halo"))]
    listening.look(bot_account.pk)
    Account.objects.filter(pk=bot_account.pk).update(place={})
    api.updates = [update(70, message=message(1, "halo"))]
    listening.look(bot_account.pk)
    take_in_waiting()
    assert Incoming.objects.count() == 1


def test_the_test_button_tells_who_the_bot_is_and_how_news_comes(telegram, api):
    api.webhook = {"url": "https://lain.example"}
    assert (accounts.look_after(account(telegram)).note, api.webhook) == ("@PustakaBot", {})
    by_hook = account(telegram, way="hook")
    assert accounts.look_after(by_hook).is_well
    assert api.webhook["url"] == f"https://pustaka.example.ac.id/hooks/telegram/{by_hook.hook_key}"
    assert api.webhook["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


def test_a_webhook_needs_https(telegram, settings):
    settings.SITE_URL = "http://pustaka.lan"
    health = accounts.look_after(account(telegram, way="hook"))
    assert (health.is_well, health.note) == (False, "LUMBUNG_SITE_URL: https://…")


def test_a_revoked_token_is_told_and_its_messages_wait(telegram):
    revoked = account(telegram, token="1:revoked")
    health = accounts.look_after(revoked)
    assert (health.is_well, health.note) == (False, "401 Unauthorized")
    assert sent(heard_before(revoked), Reply("Buku Anda siap.")).state == "queued"


def test_a_hook_is_taken_only_with_our_word(telegram):
    by_hook = account(telegram, way="hook")
    body = json.dumps(update(9, message=message(1, "halo")))

    def posted(word: str) -> int:
        answer = Client().post(
            f"/hooks/telegram/{by_hook.hook_key}",
            body,
            content_type="application/json",
            headers={"X-Telegram-Bot-Api-Secret-Token": word},
        )
        return answer.status_code

    assert (posted(""), posted("x" * 64), posted(bot.secret_word(by_hook)), posted(bot.secret_word(by_hook))) == (
        403,
        403,
        200,
        200,
    )
    assert Inbound.objects.count() == 1


def test_what_is_written_with_a_slash_or_a_link_is_words(telegram):
    texts = ["/cari@PustakaBot sapi perah", "/start AB12-CD34", "/start", "biasa / saja"]
    bot_account = account(telegram)
    found = understood(bot_account, *(update(at, message=message(at, text)) for at, text in enumerate(texts, 1)))
    assert [each.text for each in found] == ["cari sapi perah", "hubungkan AB12-CD34", "start", "biasa / saja"]


def test_an_edit_changes_what_was_said_and_a_button_says_its_choice(telegram):
    edited = message(5, "cari kambing", edit_date=1780000100)
    pressed = {"id": "cb1", "from": ANI, "chat_instance": "7", "message": message(90), "data": "pesan 12"}
    found = understood(
        account(telegram),
        update(1, message=message(5, "cari sapi")),
        update(2, edited_message=edited),
        update(3, callback_query=pressed),
    )
    assert [(each.kind, each.text) for each in found] == [
        ("text", "cari kambing"),
        ("edited", "cari kambing"),
        ("button", "pesan 12"),
    ]


def test_files_stickers_places_and_strange_things_are_told_apart(telegram):
    photo = [{"file_id": "small", "file_size": 10, "width": 1, "height": 1}, {"file_id": "large", "file_size": 900}]
    found = understood(
        account(telegram),
        update(1, message=message(1, photo=photo, caption="sampulnya")),
        update(2, message=message(2, voice={"file_id": "v", "duration": 3})),
        update(3, message=message(3, sticker={"file_id": "s", "emoji": "👍"})),
        update(4, message=message(4, location={"latitude": -6.2, "longitude": 106.8})),
        update(5, message=message(5, new_chat_title="Baru")),
        update(6, poll={"id": "1"}),
        update(7, message=message(7, "siaran", chat={"id": -9, "type": "channel", "title": "Kanal"})),
    )
    assert [(each.kind, each.text) for each in found] == [
        ("image", "sampulnya"),
        ("voice", ""),
        ("sticker", ""),
        ("location", ""),
    ]
    assert list(Attachment.objects.values_list("remote", flat=True)) == ["large", "v"]
    assert set(Inbound.objects.filter(event_id__in=["5", "6", "7"]).values_list("state", flat=True)) == {"ignored"}


def test_a_group_has_one_conversation_and_knows_who_wrote(telegram):
    [first] = understood(account(telegram), update(1, message=message(1, "/jam@PustakaBot", chat=GROUP)))
    assert (first.identity.address, first.identity.is_group, first.identity.name, first.sender) == (
        "-100500",
        True,
        "Kelas A",
        "Ani S.",
    )
    sent(first.identity, Reply("Buka sampai 16.00."), answers=first)
    assert telegram.heard[-1].said["reply_parameters"] == {"message_id": 1, "allow_sending_without_reply": True}


def test_who_blocks_the_bot_is_not_written_to_until_they_come_back(telegram):
    bot_account = account(telegram)
    membership = {"chat": PRIVATE, "from": ANI, "date": 1}
    gone = {**membership, "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "kicked"}}
    back = {**membership, "old_chat_member": {"status": "kicked"}, "new_chat_member": {"status": "member"}}
    understood(bot_account, update(1, message=message(1, "halo")), update(2, my_chat_member=gone))
    assert Identity.objects.get().left_at is not None
    understood(bot_account, update(3, my_chat_member=back))
    assert Identity.objects.get().left_at is None


def test_words_and_buttons_go_out(telegram):
    said = Reply("Pilih:", choices=(Choice("Ya", "ya 7"), Choice("Tidak", "tidak 7")))
    delivery = sent(heard_before(account(telegram)), said)
    assert (delivery.state, delivery.external_id) == ("accepted", "555")
    keyboard = [[{"text": "Ya", "callback_data": "ya 7"}, {"text": "Tidak", "callback_data": "tidak 7"}]]
    assert telegram.heard[-1].said == {"chat_id": "1001", "text": "Pilih:", "reply_markup": {"inline_keyboard": keyboard}}


def test_a_pressed_button_stops_waiting_when_it_is_answered(telegram):
    pressed = {"id": "cb1", "from": ANI, "chat_instance": "7", "message": message(90), "data": "jam"}
    [incoming] = understood(account(telegram), update(3, callback_query=pressed))
    sent(incoming.identity, Reply("Buka."), answers=incoming)
    assert [(each.path.rsplit("/")[-1], each.said.get("callback_query_id")) for each in telegram.heard] == [
        ("answerCallbackQuery", "cb1"),
        ("sendMessage", None),
    ]


def test_a_picture_goes_with_its_words_under_it(telegram):
    delivery = sent(heard_before(account(telegram)), Reply("Kartu Anda", picture=Picture(PNG, words="kode QR")))
    assert delivery.state == "accepted"
    assert telegram.heard[-1].said == {"chat_id": "1001", "caption": "Kartu Anda", "photo": PNG}


def test_a_picture_that_came_is_fetched_in_a_bounded_way(telegram):
    bot_account = account(telegram)
    assert channel_called("telegram").fetch(bot_account, "large", 1000) == PNG


@pytest.mark.parametrize(
    ("chat", "words"), [("13", "403 Forbidden: bot was blocked by the user"), ("14", "400 Bad Request: chat not found")]
)
def test_a_refusal_is_for_good_and_told(telegram, chat, words):
    delivery = sent(heard_before(account(telegram), chat), Reply("Halo"))
    assert (delivery.state, delivery.error) == ("refused", words)


def test_a_group_that_moved_is_followed(telegram):
    delivery = sent(heard_before(account(telegram), "-77"), Reply("Halo"))
    assert (delivery.state, telegram.heard[-1].said["chat_id"]) == ("accepted", "-1007700")


def test_too_fast_makes_all_of_the_account_wait_as_long_as_it_says(telegram):
    bot_account = account(telegram)
    telegram.next = [refused(429, "Too Many Requests: retry after 35", {"retry_after": 35})]
    assert sent(heard_before(bot_account), Reply("Halo")).state == "queued"
    assert sent(heard_before(bot_account, "1002"), Reply("Halo")).state == "queued"
    assert len(telegram.heard) == 1


def test_a_line_that_breaks_leaves_the_outcome_to_a_person_and_no_fault_tells_the_token(telegram):
    telegram.next = [Says(200, cut=True)]
    delivery = sent(heard_before(account(telegram)), Reply("Halo"))
    assert (delivery.state, TOKEN in delivery.error) == ("unknown", False)
    elsewhere = account(telegram, api="http://10.1.1.1")
    waiting = sent(heard_before(elsewhere), Reply("Halo"))
    assert (waiting.state, waiting.error) == ("queued", "internal")


def test_what_we_say_is_known_to_the_published_description(telegram, shared_data: Path):
    """Every method and parameter we used stands in the Bot API's own description, and nothing that it requires is missing."""
    described = json.loads((shared_data / "specs" / "telegram-bot-api-10.2.json").read_text(encoding="utf-8"))
    methods = {each["name"]: each["annotations"] for part in described["items"] for each in part["children"]}
    bot_account = account(telegram, way="hook")
    accounts.look_after(bot_account)
    accounts.look_after(account(telegram))
    listening.look(account(telegram).pk)
    sent(heard_before(bot_account), Reply("Pilih:", choices=(Choice("Ya", "ya"),)))
    sent(heard_before(bot_account, "1003"), Reply("Kartu", picture=Picture(PNG)))
    for each in telegram.heard:
        known = methods[each.path.rsplit("/")[-1]]
        names = {parameter["name"] for parameter in known}
        required = {parameter["name"] for parameter in known if parameter["required"]}
        assert required <= set(each.said) <= names, each.path
