"""Somebody asks in chat what to read: for what they come for, from the librarians' lists, what others read, and for an assignment."""

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.discovery.domain.courses import add_reading, add_section, make_course, publish
from lumbung.discovery.domain.interest import count_interest
from lumbung.discovery.models import CuratedList
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Category, Member
from lumbung.organization.tests.factories import LibraryFactory
from tests.chatting import Chat

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R102")
@pytest.mark.requirement("R215", missing="daftar di unggahan media sosial")
def test_the_menu_offers_purposes_each_leading_to_ways_guides_people_and_lists(sari: User) -> None:
    LibraryFactory()
    book = catalogued("Memahami penelitian kualitatif", "Sugiyono")
    ItemFactory(record=book)
    staff = Client()
    staff.force_login(sari)
    staff.post("/staff/purposes/research", {"people": "Bu Ratna, konsultasi riset", "shown": "on"})
    staff.post("/staff/picks/", {"title": "Metode untuk pemula", "purpose": "research", "published": "on"})
    chosen = CuratedList.objects.get()
    staff.post(f"/staff/picks/{chosen.pk}/titles", {"record": book.pk})

    chat = Chat()
    chat.ask("menu")
    assert "keperluan" in chat.buttons()
    assert chat.ask("keperluan").startswith("Untuk keperluan apa, Kak?")
    assert chat.buttons()[:3] == ["keperluan study", "keperluan research", "keperluan teaching"]
    led = chat.ask("keperluan research")
    assert "Yang membantu: Bu Ratna, konsultasi riset" in led
    assert "/search?material=thesis" in led
    assert "/help/cite" in led
    assert chat.buttons() == [f"rekomendasi p{chosen.pk}"]
    shown = chat.ask(chat.buttons()[0])
    assert "Metode untuk pemula" in shown
    assert "1. Memahami penelitian kualitatif" in shown
    assert chat.ask("ada rekomendasi buku nggak kak?").startswith("Pilihan untuk dibaca, Kak:")
    assert chat.buttons() == [f"rekomendasi p{chosen.pk}", "naik daun"]
    staff.post(f"/staff/picks/{chosen.pk}", {"title": "Metode untuk pemula", "purpose": "research"})
    assert chat.ask(f"rekomendasi p{chosen.pk}").startswith("Daftar itu tidak ditampilkan lagi, Kak.")


@pytest.mark.requirement("R213", missing="sebutan di media sosial")
def test_what_is_in_demand_this_week_is_told_in_chat(budi: Member) -> None:
    LibraryFactory()
    LoanRuleFactory(category=budi.category)
    chat = Chat()
    assert chat.ask("naik daun").startswith("Belum ada judul yang naik daun")
    wanted = catalogued("Cantik itu luka")
    ItemFactory(record=wanted)
    work_off()
    reader = Client()
    reader.force_login(budi.user)
    reader.post(f"/records/{wanted.pk}/holds", {"branch": budi.branch_id})
    count_interest()
    assert "Naik daun pekan ini:\n\n1. Cantik itu luka" in chat.ask("naik daun")


@pytest.mark.requirement("R313")
def test_books_for_an_assignment_are_those_the_lecturer_listed_and_else_those_of_the_words(ani: Member) -> None:
    LibraryFactory()
    Category.objects.filter(pk=ani.category_id).update(teaches=True)
    book, other = catalogued("Statistika untuk penelitian", "Sugiyono"), catalogued("Kimia organik")
    for record in (book, other):
        ItemFactory(record=record)
    course = make_course(by=ani.user, code="MAT 101", name="Statistika dasar", term="Ganjil")
    add_reading(add_section(course, "Tugas 1", by=ani.user), by=ani.user, record=book.pk)
    work_off()
    chat = Chat()
    assert chat.ask("buku untuk tugas kimia organik apa ya?").startswith("Ada 1 judul untuk “kimia organik”")
    assert "MAT 101" not in chat.ask("buku untuk tugas statistika")
    publish(course, by=ani.user)
    told = chat.ask("kak buku buat tugas statistika apa ya")
    assert told.startswith("Bacaan MAT 101 Statistika dasar, dari Ani")
    assert f"/courses/{course.pk}" in told
    assert "1. Statistika untuk penelitian" in told
    assert chat.ask("bacaan kuliah").startswith("Untuk mata kuliah atau tugas apa, Kak?")
    assert chat.ask("statistika").startswith("Bacaan MAT 101 Statistika dasar")
    assert chat.ask("bacaan c999").startswith("Daftar bacaan itu tidak ditampilkan lagi, Kak.")
