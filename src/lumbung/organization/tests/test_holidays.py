"""Lists of holidays: read, looked through, announced, taken back."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import xlsx
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.domain.holidays import import_holidays, read_holidays, withdraw_holidays
from lumbung.organization.models import Closure, HolidayList
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
PAGE = "/staff/organization/holidays"
LIST = """Tanggal;Nama;Jenis
Senin, 17 Agustus 2026;Hari Kemerdekaan;Libur Nasional
25/12/2026;Natal;
2026-12-24;Cuti bersama Natal;Cuti Bersama
17 Agt 2026;Proklamasi;libur nasional
1 Juni 2026;Hari Lahir Pancasila;libur nasional
18-19 Maret 2027;Nyepi;libur nasional
kapan-kapan;;pesta
"""


@pytest.fixture(autouse=True)
def monday(db):
    LibraryFactory()
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def test_every_row_says_what_it_is_and_why_it_cannot_be_read():
    read = read_holidays(LIST.encode())
    assert [(each.state, each.day, each.kind) for each in read[:5]] == [
        ("new", date(2026, 8, 17), "holiday"),
        ("new", date(2026, 12, 25), "holiday"),
        ("new", date(2026, 12, 24), "joint_leave"),
        ("there", date(2026, 8, 17), "holiday"),
        ("past", date(2026, 6, 1), "holiday"),
    ]
    assert [[reason.code for reason in each.reasons] for each in read[5:]] == [
        ["holiday_day_unreadable"],
        ["holiday_day_unreadable", "holiday_name_wrong", "holiday_kind_unknown"],
    ]
    assert not Closure.objects.exists()


def test_a_list_without_headings_and_one_of_a_spreadsheet_are_read_alike():
    plain = read_holidays(b"17 Agustus 2026, Hari Kemerdekaan")
    sheet = read_holidays(xlsx(("date", "name"), [("2026-08-17", "Hari Kemerdekaan")]))
    told = [(each.state, each.day, each.name, each.kind) for each in (*plain, *sheet)]
    assert told == [("new", date(2026, 8, 17), "Hari Kemerdekaan", "holiday")] * 2
    for wrong in (b"", b"apa;saja\n1;2", b"PK\x03\x04 bukan"):
        with pytest.raises(Refused, match="not_holidays"):
            read_holidays(wrong)


def test_what_is_new_is_announced_at_once_and_a_second_time_refused(sari):
    announce_closure(first_day=date(2026, 12, 20), last_day=date(2026, 12, 26), reason="Libur akhir tahun", by=sari)
    kept = import_holidays(LIST.encode(), by=sari)
    assert list(kept.closures.values_list("first_day", "reason", "kind", "branch")) == [
        (date(2026, 8, 17), "Hari Kemerdekaan", "holiday", None)
    ]
    entry = JournalEntry.objects.get(name="HolidaysImported")
    assert (entry.actor_id, entry.data) == (sari.pk, {"holiday_list": kept.pk, "count": 1})
    with pytest.raises(Refused, match="no_new_holidays"):
        import_holidays(LIST.encode(), by=sari)


def test_a_list_is_taken_back_until_one_of_its_days_has_begun(sari):
    first = import_holidays(LIST.encode(), by=sari)
    own = announce_closure(first_day=date(2026, 9, 1), last_day=date(2026, 9, 1), reason="Cacah ulang", by=sari)
    assert withdraw_holidays(first, by=sari) == 3
    assert list(Closure.objects.all()) == [own]
    assert JournalEntry.objects.get(name="HolidaysWithdrawn").data == {"holiday_list": first.pk, "count": 3}
    second = import_holidays(LIST.encode(), by=sari)
    with clock.stopped_at(datetime(2026, 8, 17, 2, tzinfo=UTC)), pytest.raises(Refused, match="holidays_began"):
        withdraw_holidays(second, by=sari)
    assert second.closures.count() == 3


def test_the_page_shows_first_then_announces_and_takes_back(desk):
    file = SimpleUploadedFile("libur.csv", LIST.encode())
    shown = desk.post(PAGE, {"way": "look", "file": file})
    assert "3 baru, 1 sudah ada, 1 sudah lewat, 2 tidak terbaca." in shown.text
    assert not Closure.objects.exists()
    again = {"text": shown.context["form"].initial["text"], "way": "announce"}
    answer = desk.post(PAGE, again, follow=True)
    assert answer.redirect_chain == [("/staff/organization/closures", 302)]
    assert "3 libur diumumkan." in answer.text
    assert '<span class="tag">Cuti bersama</span>' in answer.text
    assert "Batalkan impor" in desk.get(PAGE).text
    desk.delete(f"{PAGE}/{HolidayList.objects.get().pk}")
    assert (Closure.objects.count(), HolidayList.objects.count()) == (0, 0)


def test_bad_input_is_explained_and_stays(desk):
    assert desk.post(PAGE, {"way": "look"}).context["form"].non_field_errors() == ["Tempel daftarnya atau pilih berkas."]
    answer = desk.post(PAGE, {"way": "announce", "text": "halo; dunia"})
    assert (answer.status_code, "halo; dunia" in answer.text) == (422, True)
    large = SimpleUploadedFile("besar.csv", b"x" * 200_001)
    assert desk.post(PAGE, {"file": large}).context["form"].errors["file"] == ["Berkas paling besar 200 kB."]


def test_the_template_can_be_read_back_whole(desk):
    content = b"".join(desk.get(f"{PAGE}/template").streaming_content)
    assert [each.state for each in read_holidays(content)] == ["new"] * 3


def test_nobody_else_imports(client, ani, budi, signed_in, with_role):
    for user in (ani.user, budi.user, with_role("cataloguer"), with_role("circulation")):
        signed_in(client, user)
        answers = [client.get(PAGE), client.post(PAGE, {"text": LIST, "way": "announce"}), client.get(f"{PAGE}/template")]
        assert [each.status_code for each in [*answers, client.delete(f"{PAGE}/1")]] == [403] * 4
    assert not Closure.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_three_lists_as_for_one(desk, sari, count, django_assert_num_queries):
    for number in range(count):
        import_holidays(f"2026-09-0{number + 1};Libur {number};".encode(), by=sari)
    with django_assert_num_queries(5):
        desk.get(PAGE)
