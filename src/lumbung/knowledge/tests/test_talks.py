"""Morning talks make their own agenda; feeds are bounded and never reach into our own network; incidents come up and are checked."""

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.knowledge.domain import actions, feeds, incidents, sessions, signals, talks
from lumbung.knowledge.domain.signals import Found, Source
from lumbung.knowledge.models import Feed, Session, Signal
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)  # Monday, six o'clock in Jakarta
RSS = "<rss><channel>{}</channel></rss>"


@contextmanager
def answering(*answers: bytes):
    """A server on loopback that gives these answers one after the other, whole; yields its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            line, _ = server.accept()
            with line:
                line.recv(65536)
                try:
                    line.sendall(answer)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()


def page(body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def news(*titles: str) -> bytes:
    return RSS.format("".join(f"<item><guid>{each}</guid><title>{each}</title></item>" for each in titles)).encode()


@pytest.fixture
def reachable(settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]


def test_a_feed_is_read_and_what_is_known_is_not_told_twice(sari, reachable):
    with answering(page(news("a", "b")), page(news("b", "c"))) as port:
        feed = feeds.add_feed(name="Berita", url=f"http://127.0.0.1:{port}/rss", category="politik", is_active=True, by=sari)
        assert [feeds.take_news(feed), feeds.take_news(feed)] == [2, 1]
    assert sorted(Signal.objects.values_list("title", "section")) == [("a", "news"), ("b", "news"), ("c", "news")]
    assert feed.failure == ""


def test_a_feed_in_our_own_network_is_not_asked(sari):
    feed = feeds.add_feed(name="Dalam", url="http://127.0.0.1:1/rss", by=sari)
    assert feeds.take_news(feed) == 0
    assert feed.failure == "Alamatnya di jaringan dalam, dan pengaturan server tidak mengizinkannya."


def test_a_feed_that_leads_into_our_own_network_is_not_followed(sari, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.1/32"]
    with answering(page(b"", "302 Found", "Location: http://169.254.169.254/latest/meta-data\r\n")) as port:
        feed = feeds.add_feed(name="Menyesatkan", url=f"http://127.0.0.1:{port}/", by=sari)
        assert feeds.take_news(feed) == 0
    assert feed.failure == "Alamatnya di jaringan dalam, dan pengaturan server tidak mengizinkannya."


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"x" * (feeds.LARGEST + 10)), "Jawabannya terlalu besar."),
        (page(b"<html>maaf</html>"), "Jawabannya tidak dapat dibaca."),
        (page(b'<!DOCTYPE r [<!ENTITY x "y">]><rss>&x;</rss>'), "Jawabannya tidak dapat dibaca."),
        (page(b"", "503 Sibuk"), "Server itu menjawab dengan galat."),
        (b"bukan http", "Sambungannya terputus di tengah jawaban."),
    ],
)
def test_a_hostile_or_broken_feed_is_told_and_breaks_nothing(sari, reachable, answer, why):
    with answering(answer) as port:
        feed = feeds.add_feed(name="Aneh", url=f"http://127.0.0.1:{port}/", by=sari)
        assert feeds.take_news(feed) == 0
    assert (feed.failure, feed.failed_times) == (why, 1)


def test_a_feed_that_fails_three_mornings_is_shown_as_dead(client, sari, signed_in):
    LibraryFactory()
    feed = feeds.add_feed(name="Mati", url="http://127.0.0.1:1/", is_active=True, by=sari)
    for _ in range(3):
        feeds.take_all_news()
    feed.refresh_from_db()
    assert feed.is_dead
    assert ">mati<" in signed_in(client, sari).get(reverse("knowledge:signals")).content.decode()


def test_what_is_no_address_or_there_already_is_refused(sari):
    feeds.add_feed(name="Satu", url="https://berita.example/rss", by=sari)
    for fields, codes in [
        ({"name": "", "url": "ftp://x"}, ["feed_name_empty", "feed_address_wrong"]),
        ({"name": "Dua", "url": "https://berita.example/rss"}, ["feed_taken"]),
    ]:
        with pytest.raises(Refused) as refused:
            feeds.add_feed(**fields, by=sari)
        assert refused.value.codes == codes


def test_the_agenda_is_there_by_itself_on_the_days_of_the_plan(sari):
    LibraryFactory()
    incidents.report("Mesin mandiri macet", by=sari)
    talks.change_plan(is_on=True, weekdays="01234", by=sari)
    with clock.stopped_at(MORNING - timedelta(days=1)):
        assert talks.prepare_today() == 0
    with clock.stopped_at(MORNING):
        assert talks.prepare_today() == 1
        assert talks.prepare_today() == 1
    talk = sessions.Session.objects.get(talk_on=date(2026, 11, 30))
    assert (talk.state, talk.starts_at) == ("published", datetime(2026, 11, 30, 0, 30, tzinfo=UTC))


def test_each_challenge_wants_recovery_and_action_and_tomorrow_checks_it(sari, monkeypatch):
    LibraryFactory()
    told = [Found("w1", "Dua pertanyaan belum dijawab", section="challenges", is_challenge=True), Found("f1", "120 kunjungan")]
    monkeypatch.setitem(signals._sources, "uji", Source("uji", lambda day: told))
    feed = Feed.objects.create(name="Berita", url="https://b.example/", category="ekonomi")
    for n in range(6):
        Signal.objects.create(source="feed", key=str(n), feed=feed, section="news", title=f"Kabar {n}", at=MORNING)
    with clock.stopped_at(MORNING):
        talk = talks.prepare(date(2026, 11, 30), by=sari)
    assert [each.section for each in talk.points.all()] == ["challenges", "figures", "news", "news", "news"]
    challenge = talk.points.get(is_challenge=True)
    with clock.stopped_at(MORNING + timedelta(hours=3)):
        with pytest.raises(Refused) as refused:
            sessions.close(talk, product="Semua dibahas", by=sari)
        assert refused.value.codes == ["challenge_without_recovery"]
        actions.take_on("Jawab keduanya", owner=sari, due_on=date(2026, 11, 30), session=talk, point=challenge, by=sari)
        challenge.said = "Dijawab siang ini"
        challenge.save()
        assert sessions.close(talk, product="Semua dibahas", by=sari).state == "closed"
    with clock.stopped_at(MORNING + timedelta(days=1)):
        tomorrow = talks.prepare(date(2026, 12, 1), by=sari)
    first = tomorrow.points.first()
    assert (first.section, first.title) == ("checks", "Jawab keduanya")


def test_whoever_opens_the_address_of_today_lands_on_its_talk_or_is_offered_to_prepare_it(sari, with_role, signed_in):
    LibraryFactory()
    today = reverse("knowledge:talk_today")
    incidents.report("Printer struk mati", by=sari)
    rina = signed_in(Client(), with_role("circulation"))
    offered = rina.get(today)
    assert (offered.status_code, Session.objects.count()) == (200, 0)
    assert "Siapkan agenda sekarang" in offered.text
    made = rina.post(today)
    talk = Session.objects.get()
    assert made["Location"] == reverse("knowledge:session", args=[talk.pk])
    assert rina.get(today)["Location"] == made["Location"]


def test_a_signal_is_settled_once(sari):
    LibraryFactory()
    signal = Signal.objects.create(source="uji", key="1", section="news", title="Kabar", at=MORNING)
    signals.dismiss(signal, by=sari)
    with pytest.raises(Refused) as refused:
        signals.put_on_agenda(signal, by=sari)
    assert refused.value.codes == ["signal_settled"]


def test_an_incident_is_solved_with_its_recovery_once(sari):
    incident = incidents.report("Printer struk mati", by=sari)
    with pytest.raises(Refused) as refused:
        incidents.solve(incident, recovery=" ", by=sari)
    assert refused.value.codes == ["recovery_empty"]
    incidents.solve(incident, recovery="Ganti kabel", by=sari)
    with pytest.raises(Refused) as refused:
        incidents.solve(incident, recovery="Lagi", by=sari)
    assert refused.value.codes == ["incident_solved"]


def test_pages_open_for_the_staff_and_feeds_are_a_managers(sari, with_role, ani, signed_in):
    LibraryFactory()
    incident = incidents.report("Printer struk mati", by=sari)
    rina = signed_in(Client(), with_role("circulation"))
    pages = [reverse("knowledge:signals"), reverse("knowledge:incidents"), reverse("knowledge:incident", args=[incident.pk])]
    managed = [reverse("knowledge:talk_plan"), reverse("knowledge:feed_new")]
    assert [rina.get(each).status_code for each in [*pages, *managed]] == [200, 200, 200, 403, 403]
    assert [signed_in(Client(), sari).get(each).status_code for each in managed] == [200, 200]
    assert [signed_in(Client(), ani.user).get(each).status_code for each in pages] == [403] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_however_long_they_are(client, sari, signed_in, count, django_assert_max_num_queries):
    LibraryFactory()
    for n in range(count):
        Signal.objects.create(source="uji", key=str(n), section="news", title=f"Kabar {n}", at=MORNING)
        incidents.report(f"Insiden {n}", by=sari)
    signed_in(client, sari)
    for name in ("signals", "incidents"):
        with django_assert_max_num_queries(9):
            assert client.get(reverse(f"knowledge:{name}")).status_code == 200
