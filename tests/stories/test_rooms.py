"""A library begins with catalogue and circulation, and opens the other rooms when its people are ready; nothing is lost meanwhile."""

import re
from collections.abc import Iterable

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.desk.models import Conversation
from lumbung.kernel import rooms
from lumbung.kernel.jobs import nightly
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat import commands, others
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.project.api import operations

LINK = re.compile(r'(?:href|action|hx-get|hx-post)="(/[^"#]*)')
LATER = {"acquisitions", "spaces", "desk", "digital", "knowledge", "cooperation"}
pytestmark = pytest.mark.django_db


def closed_links(client: Client, addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Links on these pages that lead into a room that is closed: page and link."""
    found = set()
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        for link in LINK.findall(answer.content.decode()):
            try:
                match = resolve(link.partition("?")[0].partition("&")[0])
            except Resolver404:
                continue
            answering = operations().get(match.url_name, match.func) if match.namespace == "api" else match.func
            if not rooms.lets_in(answering):
                found.add((address, link))
    return found


@pytest.mark.requirement("R247")
def test_a_library_begins_with_two_rooms_and_opens_the_others_one_by_one_without_losing_anything(client: Client, ani):
    LibraryFactory()
    record = an_item(a_record("Bumi manusia")).record
    work_off()
    asked = Client().post(
        "/ask", {"text": "Jam berapa buka?", "name": "Budi", "email": "budi@contoh.id", "consent": "1", "answer_by": "email"}
    )
    assert asked.status_code < 500
    conversations = Conversation.objects.count()
    head = UserFactory(roles=[Role.HEAD, Role.LIBRARIAN])
    client.force_login(head)
    assert "Mulai dari katalog dan sirkulasi" in client.get("/staff/rooms").content.decode()
    client.post("/staff/rooms/beginning")
    assert {room.key for room, is_open in rooms.rooms() if not is_open} == LATER

    menu = client.get("/staff/").content.decode()
    assert "/staff/desk" in menu
    assert all(gone not in menu for gone in ("/staff/inbox", "/staff/knowledge", "/staff/visits", "/staff/harvest"))
    for address in ("/ask", "/oai?verb=Identify", "/opds/2/", "/staff/gates"):
        answer = Client().get(address, follow=True) if not address.startswith("/staff") else client.get(address)
        assert (answer.status_code, "belum dibuka oleh perpustakaan" in answer.content.decode()) == (404, True), address
    problem = client.post("/api/v1/visits", content_type="application/json")
    assert (problem.status_code, problem["Content-Type"]) == (404, "application/problem+json")
    assert "Kunjungan" in problem.json()["detail"]
    assert client.get("/api/v1/loans").status_code == 200

    public = ["/", "/search?q=bumi", f"/records/{record.pk}", "/services", "/help", "/browse"]
    assert closed_links(Client(), public) == set()
    reader = Client()
    reader.force_login(ani.user)
    assert closed_links(reader, [*public, "/my", "/my/lists", "/my/settings", "/my/fees"]) == set()
    staff = [
        "/staff/",
        "/staff/desk",
        "/staff/records/",
        f"/staff/records/{record.pk}",
        "/staff/members",
        f"/staff/members/{ani.pk}",
    ]
    assert closed_links(client, staff) == set()
    assert not {rooms.room_of(each.run) for each in commands()} & LATER
    assert not others.somebody_answers()

    client.post("/staff/rooms", {"room": "desk", "open": "1"})
    assert Client().get("/ask").status_code == 200
    assert others.somebody_answers()
    assert "Tanya pustakawan" in client.get("/staff/").content.decode()
    assert Conversation.objects.count() == conversations
    client.post("/staff/rooms/beginning", {"all": "1"})
    assert all(is_open for _room, is_open in rooms.rooms())
    told = JournalEntry.objects.filter(name__in=("RoomClosed", "RoomOpened"), actor_id=head.pk)
    assert sorted(told.values_list("name", "data__room")) == [
        *(("RoomClosed", each) for each in sorted(LATER)),
        *(("RoomOpened", each) for each in sorted(LATER)),
    ]


def test_a_library_may_begin_with_the_catalogue_alone(client: Client, ani):
    LibraryFactory()
    record = an_item(a_record("Bumi manusia")).record
    work_off()
    client.force_login(UserFactory(roles=[Role.HEAD]))
    for room, _is_open in rooms.rooms():
        client.post("/staff/rooms", {"room": room.key, "open": "0"})
    reader = Client()
    reader.force_login(ani.user)
    page = reader.get(f"/records/{record.pk}").content.decode()
    assert "Pesan untuk diambil" not in page
    assert reader.post(f"/records/{record.pk}/holds").status_code == 404
    pages = ["/", "/search?q=bumi", f"/records/{record.pk}", "/my", "/my/lists", "/my/settings"]
    assert closed_links(reader, pages) == set()
    assert closed_links(client, ["/staff/", "/staff/records/", f"/staff/records/{record.pk}", "/staff/members"]) == set()
    assert client.get("/staff/desk").status_code == 404


def test_only_who_leads_the_library_opens_and_closes_rooms(client: Client, ani):
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    assert client.post("/staff/rooms", {"room": "desk", "open": "0"}).status_code == 403
    client.force_login(ani.user)
    assert client.post("/staff/rooms/beginning").status_code == 403
    assert all(is_open for _room, is_open in rooms.rooms())
    client.force_login(UserFactory(roles=[Role.HEAD]))
    answer = client.post("/staff/rooms", {"room": "catalogue", "open": "0"}, follow=True)
    assert "tidak dikenal, atau selalu terbuka" in answer.content.decode()


def test_nightly_work_of_a_closed_room_waits_until_it_is_open(client: Client):
    client.force_login(UserFactory(roles=[Role.HEAD]))
    client.post("/staff/rooms/beginning")
    nightly.enqueue_due()
    names = set(nightly.NightlyRun.objects.values_list("name", flat=True))
    assert "accrue_fines" in names
    assert not {"prepare_morning_talk", "end_e_loans", "forget_visitors", "remind_of_appointments"} & names
    client.post("/staff/rooms/beginning", {"all": "1"})
    nightly.enqueue_due()
    assert "prepare_morning_talk" in set(nightly.NightlyRun.objects.values_list("name", flat=True))
