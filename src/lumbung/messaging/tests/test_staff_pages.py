"""The staff's pages on messages: what went out, and the channels."""

import pytest
from django.test import Client

from lumbung.kernel import secrets_at_rest
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.domain import arrivals, messages
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.models import Account, Delivery, Inbound
from lumbung.messaging.tests.factories import account_of

pytestmark = pytest.mark.django_db
FORM = {
    "url": "https://api.fonnte.com/send",
    "token": "rahasia-123",
    "form": "form",
    "header": "Authorization",
    "body": "a = {to}",
}


@pytest.fixture
def librarian(client: Client, sari, signed_in) -> Client:
    signed_in(client, sari)
    return client


@pytest.fixture
def head(client: Client, sari, signed_in) -> Client:
    sari.role_grants.create(role="head")
    signed_in(client, sari)
    return client


def letters(count: int) -> list[Delivery]:
    facts = {"name": "Ani", "username": "ani", "link": "https://perpus.example"}
    return [messages.send("password_reset", address=f"a{n}@kampus.example", facts=facts) for n in range(count)]


def test_what_went_out_is_listed_with_its_fate(librarian: Client, django_assert_num_queries):
    [first] = letters(1)
    Delivery.objects.filter(pk=first.pk).update(state="failed", error="452 Mailbox full")
    page = librarian.get("/staff/messages/").content.decode()
    assert "a0@kampus.example" in page
    assert 'href="?state=failed"' in page
    page = librarian.get(f"/staff/messages/{first.pk}").content.decode()
    assert "452 Mailbox full" in page
    assert "Kirim lagi" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long(librarian: Client, rows, django_assert_max_num_queries):
    letters(rows)
    librarian.get("/staff/messages/")
    with django_assert_max_num_queries(7):
        librarian.get("/staff/messages/")


def test_the_list_is_narrowed(librarian: Client):
    letters(2)
    page = librarian.get("/staff/messages/?address=a1@&state=queued&kind=email&purpose=notice").content.decode()
    assert "a1@kampus.example" in page
    assert ('<option value="whatsapp">WhatsApp resmi (Cloud API)</option>' in page, ">telegram<" in page) == (True, False)
    assert "a0@kampus.example" not in page
    assert "Tidak ada pesan yang cocok" in librarian.get("/staff/messages/?state=read").content.decode()


def test_a_failed_message_is_sent_again_from_its_page(librarian: Client):
    [first] = letters(1)
    Delivery.objects.filter(pk=first.pk).update(state="failed")
    assert librarian.post(f"/staff/messages/{first.pk}/resending").status_code == 302
    first.refresh_from_db()
    assert first.state == "queued"


def test_the_fate_of_a_message_is_decided_on_its_page(librarian: Client):
    [first] = letters(1)
    Delivery.objects.filter(pk=first.pk).update(state="unknown")
    assert "Sudah sampaikah pesan ini?" in librarian.get(f"/staff/messages/{first.pk}").content.decode()
    librarian.post(f"/staff/messages/{first.pk}/decision", {"gone": "yes"})
    first.refresh_from_db()
    assert first.state == "accepted"


def test_channels_are_the_heads(librarian: Client, ani, signed_in):
    assert librarian.get("/staff/channels/").status_code == 403


def test_every_channel_says_what_it_needs(head: Client):
    page = head.get("/staff/channels/").content.decode()
    for words in (
        "Obrolan di situs",
        "Surel",
        "SMS",
        "Gateway HTTP",
        "Datang langsung",
        "Jangan pakai nomor utama perpustakaan",
    ):
        assert words in page


def test_an_account_is_set_up_and_its_secret_never_shown_again(head: Client):
    assert head.post("/staff/channels/new/generic", {"name": "WA Layanan", **FORM}).status_code == 302
    account = Account.objects.get(kind="generic")
    assert (account.name, account.is_enabled, account.secrets) == ("WA Layanan", False, {"token": "rahasia-123"})
    assert "rahasia-123" not in account.sealed_secrets + str(account.settings)
    page = head.get(f"/staff/channels/{account.pk}").content.decode()
    assert "rahasia-123" not in page
    assert f"/hooks/generic/{account.hook_key}" in page
    assert "Anggota yang terhubung dan petugas membacanya" in page
    head.post(f"/staff/channels/{account.pk}", {"name": "WA", **FORM, "token": ""})
    account.refresh_from_db()
    assert (account.name, account.secrets) == ("WA", {"token": "rahasia-123"})


def test_what_is_left_empty_is_told_beside_its_field(head: Client):
    answer = head.post("/staff/channels/new/generic", {**FORM, "token": "", "body": "tanpa tanda"})
    assert answer.status_code == 422
    assert "“tanpa tanda” bukan nama = nilai." in answer.content.decode()
    assert Account.objects.filter(kind="generic").count() == 0


def test_a_kind_there_is_not_cannot_be_added(head: Client):
    assert head.get("/staff/channels/new/pigeon").status_code == 404


def test_an_account_is_tested_and_switched(head: Client):
    account = account_of("sms", settings={"way": "gammu", "config": "/nowhere"}, sealed_secrets=secrets_at_rest.seal({}))
    assert "belum bekerja" in head.post(f"/staff/channels/{account.pk}/check", follow=True).content.decode()
    head.post(f"/staff/channels/{account.pk}/switch", {"on": "no"})
    account.refresh_from_db()
    assert (account.is_enabled, account.health) == (False, "ailing")


def test_one_button_cuts_all_channels_and_one_restores_them(head: Client):
    head.get("/staff/channels/")
    assert "Semua saluran diputus" in head.post("/staff/channels/cut", follow=True).content.decode()
    assert not built_in("web").is_open
    head.post("/staff/channels/cut", {"restore": "yes"})
    assert built_in("web").is_open


def unread(count: int) -> list[Inbound]:
    for number in range(count):
        arrivals.receive(built_in("web"), f"e{number}", {"visitor": "v1", "text": f"tanpa nomor {number}"})
    Inbound.objects.update(state="failed", attempts=6, error="KeyError: 'id'")
    return list(Inbound.objects.order_by("pk"))


def test_what_could_not_be_understood_is_shown_raw_and_tried_again_or_let_be(librarian: Client):
    assert "Semua kiriman terbaca" in librarian.get("/staff/messages/unread/").content.decode()
    first, second, third = unread(3)
    page = librarian.get("/staff/messages/unread/").content.decode()
    assert page.count("KeyError: &#x27;id&#x27;") == 3
    assert "tanpa nomor 0" in librarian.get(f"/staff/messages/unread/{first.pk}").content.decode()
    librarian.post("/staff/messages/unread/again", {"arrival": first.pk})
    librarian.post(f"/staff/messages/unread/{second.pk}/let-be")
    states = dict(Inbound.objects.values_list("pk", "state"))
    assert states == {first.pk: "waiting", second.pk: "ignored", third.pk: "failed"}
    assert "1 kiriman dicoba lagi" in librarian.post("/staff/messages/unread/again", follow=True).content.decode()
    names = JournalEntry.objects.filter(name__startswith="Arrival").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["ArrivalsTriedAgain", "ArrivalLetBe", "ArrivalsTriedAgain"]


def test_members_and_strangers_see_no_raw_event(client: Client, ani, signed_in):
    [event] = unread(1)
    pages = ["/staff/messages/unread/", f"/staff/messages/unread/{event.pk}"]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    signed_in(client, ani.user)
    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert client.post("/staff/messages/unread/again").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_raw_events_asks_the_same_of_the_database_however_long(librarian: Client, rows, django_assert_num_queries):
    unread(rows)
    librarian.get("/staff/messages/unread/")
    with django_assert_num_queries(5):
        librarian.get("/staff/messages/unread/")


def test_the_channels_page_tells_how_many_wait(head: Client):
    assert "belum terbaca" not in head.get("/staff/channels/").content.decode()
    unread(2)
    assert "2 kiriman masuk belum terbaca" in head.get("/staff/channels/").content.decode()


def test_an_address_for_events_is_shown_only_where_somebody_has_to_paste_it(head: Client):
    shown = {
        (kind, way): "Alamat webhook"
        in head.get(f"/staff/channels/{account_of(kind, settings={'way': way}).pk}").content.decode()
        for kind, way in (("whatsapp", ""), ("telegram", "poll"), ("telegram", "hook"), ("sms", "gammu"), ("sms", "http"))
    }
    assert [each for each, is_shown in shown.items() if is_shown] == [("whatsapp", ""), ("sms", "http")]
