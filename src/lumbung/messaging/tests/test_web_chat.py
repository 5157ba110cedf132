"""The chat of the site as a visitor's browser meets it: by itself, and in pieces for the box on the page."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.kernel import clock
from lumbung.messaging.domain import accounts, continuing
from lumbung.messaging.domain.sending import reply
from lumbung.messaging.models import Delivery, Identity, Incoming
from lumbung.messaging.replies import Choice, Picture, Reply
from lumbung.messaging.tests.factories import send_due

pytestmark = pytest.mark.django_db
PIECE = {"headers": {"Lumbung-Fragment": "1"}}
PNG = b"\x89PNG\r\n\x1a\n....IEND...."


def said_to_the_visitor(text: str, **more: object) -> Delivery:
    incoming = Incoming.objects.latest("pk")
    return reply(incoming.identity, Reply(text, **more), answers=incoming)


def test_a_visitor_writes_and_reads_the_answer(client: Client):
    assert "Selamat datang" in client.get("/chat").content.decode()
    assert client.post("/chat", {"text": "Ada kamus Jepang?"}).status_code == 302
    said_to_the_visitor("Ada, di rak 495.")
    page = client.get("/chat").content.decode()
    assert "Ada kamus Jepang?" in page
    assert "Ada, di rak 495." in page


def test_another_browser_sees_nothing_of_it(client: Client):
    client.post("/chat", {"text": "rahasia"})
    picture = said_to_the_visitor("kartu", picture=Picture(PNG))
    stranger = Client()
    stranger.cookies["chat"] = f"{Incoming.objects.get().identity.address}:forged"
    assert "rahasia" not in stranger.get("/chat").content.decode()
    assert stranger.get("/chat/news?after=0").status_code == 204
    assert stranger.get(f"/chat/pictures/{picture.pk}").status_code == 404
    assert b"".join(client.get(f"/chat/pictures/{picture.pk}").streaming_content) == PNG


def test_who_was_signed_in_is_kept_with_the_message(client: Client, ani, signed_in):
    signed_in(client, ani.user)
    client.post("/chat", {"text": "pinjaman saya"})
    assert Incoming.objects.get().data == {"user": ani.user.pk}


def test_where_channels_are_cut_there_is_no_way_to_the_chat_and_who_is_there_is_told(client: Client):
    assert "ask-box" in client.get("/services").content.decode()
    accounts.cut_all(by=None)
    for answered in (client.get("/chat"), client.post("/chat", {"text": "halo"})):
        assert (answered.status_code, "Obrolan sedang dimatikan" in answered.content.decode()) == (503, True)
    piece = client.post("/chat", {"text": "halo"}, **PIECE)
    assert (piece.status_code, piece["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert piece.content.decode().strip().startswith("Obrolan sedang dimatikan; yang ini belum terkirim.")
    assert not Incoming.objects.exists()
    assert "ask-box" not in client.get("/services").content.decode()


def test_news_come_without_a_reload_and_count_as_read(client: Client):
    piece = client.post("/chat", {"text": "halo"}, **PIECE)
    assert (piece.status_code, "halo" in piece.content.decode(), "<html" in piece.content.decode()) == (200, True, False)
    assert client.get("/chat/news?after=0").status_code == 204
    delivery = said_to_the_visitor("Halo, Kak <b>Ani</b>", choices=(Choice("Jam buka", "jam"),))
    send_due()
    news = client.get("/chat/news?after=0")
    assert "Halo, Kak &lt;b&gt;Ani&lt;/b&gt;" in news.content.decode()
    assert re.search(r'<button class="chip" name="text" value="jam">Jam buka', news.content.decode())
    assert news["Lumbung-After"] == str(delivery.pk)
    assert client.get(f"/chat/news?after={delivery.pk}").status_code == 204
    delivery.refresh_from_db()
    assert delivery.state == "read"


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "٣"])
def test_a_strange_place_has_no_news(client: Client, after):
    client.post("/chat", {"text": "halo"})
    assert client.get("/chat/news", {"after": after}).status_code == 204


def test_waiting_asks_little_of_the_database(client: Client, django_assert_max_num_queries):
    client.post("/chat", {"text": "halo"})
    with django_assert_max_num_queries(3):
        client.get("/chat/news?after=0")


def test_a_visitor_who_has_gone_gets_the_answer_by_mail_once_and_a_way_back(client: Client, settings):
    settings.SITE_URL = "https://perpus.example"
    client.post("/chat", {"text": "halo"})
    client.post("/chat/mail", {"address": "ani@kampus.example"})
    said_to_the_visitor("Ada, di rak 495.")
    send_due()
    assert not continuing.unseen_wait()
    assert not continuing.mail_unseen()
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        assert continuing.unseen_wait()
        assert continuing.mail_unseen()
        assert not continuing.mail_unseen()
        assert not continuing.unseen_wait()
    letter = Delivery.objects.get(account__kind="email")
    assert (letter.address, "Ada, di rak 495." in letter.body) == ("ani@kampus.example", True)
    elsewhere = Client()
    way_back = re.search(r"https://perpus\.example(/chat/resume/\S+)", letter.body)[1]
    assert "rak 495" in elsewhere.get(way_back, follow=True).content.decode()
    assert elsewhere.get("/chat/resume/forged").status_code == 404


def test_what_was_read_is_not_mailed(client: Client):
    client.post("/chat", {"text": "halo"})
    client.post("/chat/mail", {"address": "ani@kampus.example"})
    said_to_the_visitor("Ada.")
    send_due()
    client.get("/chat")
    with clock.stopped_at(clock.now() + timedelta(minutes=3)):
        assert not continuing.mail_unseen()


def test_an_address_that_is_none_is_not_kept(client: Client):
    client.post("/chat", {"text": "halo"})
    client.post("/chat/mail", {"address": "bukan alamat"})
    assert Identity.objects.get().mail_to == ""
