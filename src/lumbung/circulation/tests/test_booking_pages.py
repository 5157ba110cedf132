"""Bookings on the pages of members and staff, and for programs: who sees what, and what can be done."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.models import Booking
from lumbung.circulation.queries import may_book
from lumbung.circulation.tests.factories import BookingFactory, ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Jakarta")
DAYS = {"first_day": "2026-12-10", "last_day": "2026-12-11"}


@pytest.fixture(autouse=True)
def on_tuesday():
    with clock.stopped_at(datetime(2026, 12, 1, 9, tzinfo=ZONE)):
        yield


@pytest.fixture
def projector(ani):
    LoanRuleFactory(category=ani.category, booking_limit=2, booking_days=3)
    return ItemFactory(barcode="P1", record=RecordFactory(title="Proyektor"), branch=ani.branch)


@pytest.fixture
def booking(projector, ani):
    return BookingFactory(item=projector, member=ani, note="Kelas A")


def text(response):
    return response.content.decode()


def test_ani_books_on_the_page_of_the_title_changes_and_calls_off(client, ani, projector):
    client.force_login(ani.user)
    page = f"/records/{projector.record_id}/booking"
    assert f'href="{page}"' in text(client.get(f"/records/{projector.record_id}"))
    assert "Hari-hari di" in text(client.get(page))
    sent = client.post(page, {**DAYS, "branch": ani.branch_id, "note": "Kelas A"})
    assert (sent.status_code, sent["Location"]) == (302, "/my")
    booking = Booking.objects.get()
    assert "Proyektor" in text(client.get("/my"))

    moved = client.post(f"/my/bookings/{booking.pk}", {"first_day": "2026-12-14", "last_day": "2026-12-14"})
    assert moved.status_code == 302
    booking.refresh_from_db()
    assert str(booking.first_day) == "2026-12-14"
    assert client.post(f"/my/bookings/{booking.pk}", {"_method": "DELETE"}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_what_stands_against_it_is_told_on_the_form(client, ani, projector, booking):
    client.force_login(ani.user)
    sent = client.post(
        f"/records/{projector.record_id}/booking",
        {"first_day": "2026-12-11", "last_day": "2026-12-20", "branch": ani.branch_id},
    )
    assert sent.status_code == 422
    assert "Paling lama 3 hari" in text(sent)


def test_without_a_rule_there_is_no_way_to_book(client, ani):
    LoanRuleFactory(category=ani.category)
    item = ItemFactory(branch=ani.branch)
    client.force_login(ani.user)
    assert "/booking" not in text(client.get(f"/records/{item.record_id}"))
    assert "tidak dapat dipesan untuk tanggal" in text(client.get(f"/records/{item.record_id}/booking"))


def test_budi_finds_nothing_of_anis_booking(client, budi, projector, booking):
    client.force_login(budi.user)
    assert client.get(f"/my/bookings/{booking.pk}").status_code == 404
    assert client.post(f"/my/bookings/{booking.pk}", {"_method": "DELETE"}).status_code == 404
    assert "Kelas A" not in text(client.get("/my"))
    calendar = text(client.get(f"/records/{projector.record_id}/booking"))
    assert 'class="booked"' in calendar
    assert "Ani" not in calendar
    assert client.get("/staff/bookings").status_code == 403


@pytest.mark.parametrize("page", ["/records/{record}/booking", "/my/bookings/{booking}"])
def test_ani_tells_her_own_days_in_the_calendar_from_those_of_others(client, ani, budi, projector, booking, page):
    second = ItemFactory(barcode="P2", record=projector.record, branch=ani.branch)
    theirs = BookingFactory(item=second, member=budi)
    client.force_login(ani.user)
    shown = text(client.get(page.format(record=projector.record_id, booking=booking.pk)))
    assert '<b class="own">★</b> pesanan Anda' in shown
    mine = re.findall(r'<td class="own" title="([^"]+)"><a href="([^"]+)">★<span class="unseen"> pesanan Anda, ', shown)
    days = (booking.last_day - booking.first_day).days + 1
    assert [address for _day, address in mine] == [f"/my/bookings/{booking.pk}"] * days
    assert all(told.endswith(": pesanan Anda") for told, _address in mine)
    assert shown.count('<td class="booked"') == (theirs.last_day - theirs.first_day).days + 1
    assert "Budi" not in shown


def test_sari_reads_of_no_booking_that_it_is_hers(client, sari, booking, projector):
    client.force_login(sari)
    shown = text(client.get(f"/staff/records/{projector.record_id}/bookings"))
    assert (shown.count("pesanan Anda"), '<td class="booked"' in shown) == (0, True)


def test_a_stranger_is_asked_to_sign_in(client, projector):
    answer = client.get(f"/records/{projector.record_id}/booking")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("count", [1, 3])
def test_sari_lists_bookings_in_as_many_statements_for_three_as_for_one(
    client, sari, ani, projector, count, django_assert_max_num_queries
):
    BookingFactory.create_batch(count, member=ani)
    client.force_login(sari)
    client.get("/staff/bookings")
    with django_assert_max_num_queries(14):
        shown = text(client.get("/staff/bookings"))
    assert f"{count} pesanan" in shown


def test_sari_filters_by_state_and_days_and_sees_what_is_threatened(client, sari, booking, projector):
    client.force_login(sari)
    assert "Tidak ada yang cocok" in text(client.get("/staff/bookings?state=trouble"))
    assert "Tidak ada yang cocok" in text(client.get("/staff/bookings?first_day=2027-01-01"))
    projector.status = "lost"
    projector.save()
    assert "eksemplarnya terancam tidak ada" in text(client.get("/staff/bookings?state=trouble"))


def test_sari_books_for_a_member_sees_it_in_the_calendar_changes_and_cancels(client, sari, ani, projector):
    client.force_login(sari)
    page = f"/staff/records/{projector.record_id}/bookings"
    unknown = client.post(page, {**DAYS, "card": "X", "branch": ani.branch_id, "barcode": "Y"})
    assert unknown.status_code == 422
    assert "Tidak ada anggota dengan nomor X." in text(unknown)
    assert "Tidak ada eksemplar dengan barcode Y." in text(unknown)

    client.post(page, {**DAYS, "card": "M-ANI", "branch": ani.branch_id, "barcode": "P1", "note": "Kelas A"})
    booking = Booking.objects.get()
    assert (booking.any_copy, booking.note) == (False, "Kelas A")
    assert f'href="/staff/bookings/{booking.pk}"' in text(client.get(page))
    for other in (f"/staff/members/{ani.pk}", f"/staff/items/{projector.pk}", f"/staff/records/{projector.record_id}"):
        assert f'href="/staff/bookings/{booking.pk}"' in text(client.get(other))
    one = f"/staff/bookings/{booking.pk}"
    assert client.post(one, {"first_day": "2026-12-12", "last_day": "2026-12-20"}).status_code == 422
    assert client.post(one, {"first_day": "2026-12-12", "last_day": "2026-12-12"}).status_code == 302
    assert client.post(one, {"_method": "DELETE"}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_a_cataloguer_may_not_see_who_booked(client, with_role, ani, projector, booking):
    client.force_login(with_role("cataloguer"))
    assert client.get(f"/staff/bookings/{booking.pk}").status_code == 403
    assert "Kelas A" not in text(client.get(f"/staff/items/{projector.pk}"))


def test_a_program_books_changes_and_cancels_for_a_member(calling, sari, ani, projector):
    clerk = calling(sari, "holds:read", "holds:write")
    facts = {"record": projector.record_id, "member": "M-ANI", "branch": ani.branch.code, **DAYS}
    made = clerk.post("/api/v1/bookings", facts, content_type="application/json")
    assert made.status_code == 201
    told = made.json()
    assert told == {
        "id": told["id"], "record": projector.record_id, "title": "Proyektor", "branch": ani.branch.code, "item": "P1",
        "any_copy": True, "state": "booked", **DAYS, "blocked_from": "2026-12-10", "blocked_until": "2026-12-11",
        "fetch_until": "2026-12-11", "note": "", "member": {"id": ani.pk, "card": "M-ANI", "name": "Ani"},
    }  # fmt: skip
    one = f"/api/v1/bookings/{told['id']}"
    taken = clerk.post("/api/v1/bookings", facts, content_type="application/json")
    assert (taken.status_code, [each["code"] for each in taken.json()["reasons"]]) == (409, ["booking_taken"])
    changed = clerk.patch(one, {"first_day": "2026-12-14", "last_day": "2026-12-14"}, content_type="application/json")
    assert changed.json()["first_day"] == "2026-12-14"
    assert [each["id"] for each in clerk.get("/api/v1/bookings?first_day_from=2026-12-14").json()["rows"]] == [told["id"]]
    assert clerk.delete(one).status_code == 204
    assert clerk.get("/api/v1/bookings").json()["rows"] == []


def test_a_members_own_program_keeps_to_their_bookings(calling, ani, budi, projector, booking):
    mine = calling(budi.user, "me")
    assert mine.get("/api/v1/me/bookings").json() == []
    assert mine.delete(f"/api/v1/me/bookings/{booking.pk}").status_code == 404
    facts = {"record": projector.record_id, "branch": budi.branch.code, "first_day": "2026-12-20", "last_day": "2026-12-20"}
    LoanRuleFactory(category=budi.category, booking_limit=1) if budi.category_id != ani.category_id else None
    made = mine.post("/api/v1/me/bookings", facts, content_type="application/json")
    assert made.status_code == 201
    one = f"/api/v1/me/bookings/{made.json()['id']}"
    assert (
        mine.patch(one, {"first_day": "2026-12-21", "last_day": "2026-12-21"}, content_type="application/json").status_code
        == 200
    )
    assert mine.delete(one).status_code == 204


def test_the_list_opens_in_a_spreadsheet_and_the_journal_keeps_who_took_it(client, sari, ani, booking):
    client.force_login(sari)
    BookingFactory(member=ani, state=Booking.States.CANCELLED, closed_at=clock.now())
    assert "/staff/bookings.csv" in text(client.get("/staff/bookings"))
    sent = client.post("/staff/bookings.csv?state=")
    head, *rows = b"".join(sent.streaming_content).decode().splitlines()
    assert head == ("\ufeffhari pertama,hari terakhir,status,nomor kartu,nama,telepon,barcode,judul,diambil di,untuk apa")
    assert [row.split(",")[2:5] for row in rows] == [["Menunggu harinya", ani.barcode, "Ani"]]
    assert rows[0].endswith(",Kelas A")
    taken = JournalEntry.objects.get(name="BookingsExported")
    assert (taken.actor_id, taken.data) == (sari.pk, {"count": 1})


def test_ani_and_the_desk_may_not_take_the_list_away(client, ani, booking):
    for user in (ani.user, UserFactory(name="Dewi", roles=[Role.CIRCULATION])):
        client.force_login(user)
        assert client.post("/staff/bookings.csv").status_code == 403
    assert "bookings.csv" not in text(client.get("/staff/bookings"))


@pytest.mark.parametrize("branches", [1, 3])
def test_where_a_title_may_be_booked_is_one_question_for_any_number_of_branches(
    ani, projector, branches, django_assert_num_queries
):
    for number in range(branches - 1):
        ItemFactory.create_batch(2, record=projector.record, branch=BranchFactory(code=f"C{number}"))
    may_book(projector.record, ani)
    with django_assert_num_queries(1):
        assert len(may_book(projector.record, ani)) == branches


def test_the_title_says_at_which_branches_a_member_may_book_it(ani, pusat, teknik, projector):
    ItemFactory(record=projector.record, branch=teknik)
    assert set(may_book(projector.record, ani)) == {pusat, teknik}
