"""A teacher says what interests and what is needed, agrees that more is concluded, hears of new titles; the librarian sees figures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Record
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.discovery.models import SavedSearch
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.domain.privacy.consents import create_default_consents
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.messaging.models import Delivery
from lumbung.reactions.tell_new_titles import tell_new_titles

pytestmark = pytest.mark.django_db
TANAH = {"address": "?subject=Tanah", "verdict": "take"}


@pytest.fixture
def at() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def shelf(db: None) -> list[Record]:
    with clock.stopped_at(clock.now() - timedelta(days=9)):
        rows = [("Ilmu tanah", "Tanah"), ("Kesuburan tanah", "Tanah"), ("Olimpiade kimia", "Kimia")]
        made = [catalogued(title, subject=subject) for title, subject in rows]
        work_off()
    create_default_consents()
    return made


@pytest.mark.requirement("R323")
def test_what_interests_a_teacher_is_asked_concluded_with_consent_told_of_and_counted_without_names(
    at: Any, ani: Member, budi: Member, sari: User, shelf: list[Record]
) -> None:
    LoanRuleFactory(category=ani.category)
    for number, record in enumerate(shelf[:2]):
        check_out(ItemFactory(record=record, barcode=f"B-{number}", branch=ani.branch), to=ani, at=ani.branch, by=sari)
    hers = at(ani.user)
    assert 'href="/my/interests"' in hers.get("/my/settings").text
    page = hers.get("/my/interests").text
    assert ('value="subject:Kimia"' in page, "yang Anda pinjam tentang ini" in page) == (True, False)
    hers.post("/my/interests", {"interest": "subject:Kimia"})
    hers.post("/my/interests/needs", {"text": "Latihan soal olimpiade untuk kelas XI"})

    assert (
        "Karena 2 judul yang Anda pinjam tentang ini" in hers.post("/my/interests/consent", {"agrees": "yes"}, follow=True).text
    )
    hers.post("/my/interests/proposals", TANAH)
    hers.post("/my/interests/news", {"frequency": "daily"})
    assert "Tanah" not in at(budi.user).get("/my/interests").text.partition("Tambah minat")[0]

    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        catalogued("Tanah dan kimianya", subject="Tanah")
        catalogued("Kimia hijau", subject="Kimia")
        work_off()
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert tell_new_titles() == 1
    told = Delivery.objects.get(code="search_digest").body
    assert (told.count("Tanah dan kimianya"), told.count("Kimia hijau")) == (1, 1)

    desk = at(sari)
    others = [MemberFactory(category=ani.category, user=UserFactory(roles=[Role.MEMBER])) for _ in range(4)]
    for other in others[:3]:
        at(other.user).post("/my/interests", {"interest": "subject:Kimia"})
    assert "Belum ada kelompok yang cukup besar" in desk.get("/staff/interests").text
    at(others[3].user).post("/my/interests", {"interest": "subject:Kimia"})
    for other in others:
        at(other.user).post("/my/interests/needs", {"text": f"Buku bacaan {other.pk}"})
    figures = b"".join(desk.get("/staff/interests.csv")).decode()
    assert [line.split(",")[2:] for line in figures.splitlines()[1:]] == [["Kimia", "5"]]
    seen = desk.get("/staff/interests").text
    assert ("Latihan soal olimpiade untuk kelas XI" in seen, ani.barcode in seen, "Tanah" in seen) == (True, False, False)

    assert "olimpiade untuk kelas XI" in hers.get("/my/privacy.json").content.decode()
    hers.post("/my/interests/consent", {"agrees": "no"})
    work_off()
    assert [each.name for each in SavedSearch.objects.filter(owner=ani.user)] == ["Kimia"]
