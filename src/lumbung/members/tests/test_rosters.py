"""Lists from the academic system: tried first, stored in the background, taken back; with everything that spreadsheets break."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.sheets import xlsx
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.rosters import course
from lumbung.members.domain.rosters.reading import guessed, proper
from lumbung.members.models import Member, Roster
from lumbung.members.tests.factories import (
    CategoryFactory,
    ClearancePurposeFactory,
    HomeBranchFactory,
    MemberFactory,
    MemberIdentifierFactory,
)
from lumbung.organization.tests.factories import StudyProgrammeFactory

pytestmark = pytest.mark.django_db
HEADINGS = "NIM;Nama Mahasiswa;Kode Prodi;Angkatan;Email;No HP;Tgl Lahir;Berlaku Sampai"


def a_list(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *rows]).encode()


def opened(content: bytes, sari) -> Roster:
    return course.open_roster(content, name="maba.csv", category=CategoryFactory(), branch=HomeBranchFactory(), by=sari)


def tried(content: bytes, sari) -> Roster:
    roster = opened(content, sari)
    return course.try_out(course.match_columns(roster, roster.columns))


def counts(roster: Roster) -> dict[str, int]:
    roster.refresh_from_db()
    return {name: getattr(roster, name) for name in course.COUNTED if getattr(roster, name)}


def test_a_list_is_tried_stored_tried_again_and_taken_back(sari):
    nurses = StudyProgrammeFactory(code="14201", name="Keperawatan", level="S1")
    there = MemberFactory(name="Budi Santoso", barcode="0011040002", phone="+6281111111111")
    MemberIdentifierFactory(member=there, value="0011040002")
    content = a_list(
        "0011040001;NI MADE ANI SARASWATI;14201;2026/2027;ani@kampus.example;0812-3456-7890;01/02/2008;31/08/2027",
        "0011040002;BUDI SANTOSO;S1 Keperawatan;2025;;62 812 9999 0000;;",
    )
    roster = tried(content, sari)
    assert counts(roster) == {"new": 1, "changed": 1}
    assert Member.objects.count() == 1
    assert [(row.outcome, row.told) for row in roster.rows.all()] == [
        ("new", []),
        ("changed", ["intake", "phone", "programme"]),
    ]
    assert roster.rows.get(outcome="changed").remarks == ["angkatan", "telepon", "program studi"]
    course.carry_out(course.start(roster))
    ani = Member.objects.get(barcode="0011040001")
    assert (ani.name, ani.programme, ani.intake, ani.phone, ani.expires_on) == (
        "Ni Made Ani Saraswati",
        nurses,
        2026,
        "+6281234567890",
        date(2027, 8, 31),
    )
    assert [str(number) for number in ani.identifiers.all()] == ["NIM 0011040001"]
    there.refresh_from_db()
    assert (there.name, there.programme, there.phone) == ("Budi Santoso", nurses, "+6281299990000")
    assert counts(tried(content, sari)) == {"same": 2}
    course.undo(roster, by=sari)
    there.refresh_from_db()
    assert (there.programme, there.intake, there.phone) == (None, None, "+6281111111111")
    assert list(Member.objects.all()) == [there]
    with pytest.raises(Refused) as refused:
        course.undo(Roster.objects.get(pk=roster.pk), by=sari)
    assert refused.value.codes == ["roster_not_undoable"]
    assert JournalEntry.objects.get(name="RosterFinished").data == {"roster": roster.pk, "new": 1, "changed": 1}


def test_broken_cells_and_twins_are_told_row_by_row_and_the_others_come_in(sari):
    roster = tried(
        a_list(
            "0011040001;Ani;;;;;;",
            "1.9E+9;Rusak;;;;;;",
            "11040003;Hilang Nol;;;;;;",
            ";Tanpa nomor;;;;;;",
            "0011040005;;;;;;;",
            "0011040001;Kembar;;;;;;",
            "0011040007;Salah Semua;99999;dua ribu;bukan surel;12;;31/31/2027",
            *(f"00110400{number};Anggota {number};;;;;;" for number in range(10, 40)),
        ),
        sari,
    )
    told = [(row.row, row.outcome, row.told) for row in roster.rows.exclude(outcome="new")]
    assert told == [
        (3, "wrong", ["NIM “1.9E+9” dirusak program lembar sebar. Ubah kolomnya menjadi teks, lalu ekspor lagi."]),
        (4, "wrong", ["NIM 11040003 kurang dari 10 angka: nol di depannya mungkin hilang."]),
        (5, "wrong", ["NIM kosong."]),
        (6, "wrong", ["Nama masih kosong."]),
        (7, "twice", ["NIM 0011040001 sudah ada di baris sebelumnya."]),
        (
            8,
            "wrong",
            [
                "Program studi “99999” tidak dikenal. Impor dahulu tabel kodenya.",
                "Angkatan “dua ribu” bukan tahun.",
                "Tanggal “31/31/2027” tidak terbaca. Contoh: 31/08/2027.",
                "“bukan surel” bukan alamat surel.",
                "Nomor telepon “12” tidak terbaca. Contoh: 0812-3456-7890.",
            ],
        ),
    ]
    course.carry_out(course.start(roster))
    assert Member.objects.count() == 31


def test_numbers_from_excel_keep_their_zeros(sari):
    content = xlsx(["NIM", "Nama"], [["0011040001", "Ani"], ["0011040002", "Budi"]])
    roster = tried(content, sari)
    assert [row.number for row in roster.rows.all()] == ["0011040001", "0011040002"]


@pytest.mark.parametrize("content", [b"", b"NIM;Nama\n", b"PK\x03\x04 broken", b"\x00\x01\x02\x03"])
def test_what_is_no_list_is_refused_whole(sari, content: bytes):
    with pytest.raises(Refused) as refused:
        opened(content, sari)
    assert refused.value.codes == ["not_a_list"]


def test_columns_are_guessed_remembered_and_must_have_number_and_name(sari):
    assert guessed(["No", "N P M", "npm", "Nama  Lengkap"])["nim"] == 2
    first = opened(a_list("Ani;0011040001", headings="Siapa;Kode orang"), sari)
    assert first.columns["nim"] is None
    with pytest.raises(Refused) as refused:
        course.match_columns(first, first.columns)
    assert refused.value.codes == ["columns_missing"]
    course.match_columns(first, {"name": 0, "nim": 1})
    again = opened(a_list("Budi;0011040002", headings="Siapa;Kode orang"), sari)
    assert (again.columns["name"], again.columns["nim"]) == (0, 1)


def test_a_list_whose_new_members_began_something_stays(sari):
    roster = tried(a_list("0011040001;Ani;;;;;;"), sari)
    course.carry_out(course.start(roster))
    apply(ClearancePurposeFactory(), Member.objects.get(), by=None)
    with pytest.raises(Refused) as refused:
        course.undo(roster, by=sari)
    assert refused.value.codes == ["roster_in_use"]
    assert Member.objects.count() == 1


def test_a_worker_that_ended_goes_on_where_it_was_left(sari, monkeypatch):
    monkeypatch.setattr(course, "STRETCH", 2)
    roster = tried(a_list(*(f"00110400{number};Anggota {number};;;;;;" for number in range(10, 15))), sari)
    started = course.start(roster)
    counted = course._count

    def dies(*_given: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(course, "_count", dies)
    with pytest.raises(InterruptedError):
        course.carry_out(started)
    assert Member.objects.count() == 0
    monkeypatch.setattr(course, "_count", counted)
    course.carry_out(Roster.objects.get(pk=roster.pk))
    assert counts(roster) == {"new": 5}
    assert Member.objects.count() == 5


def test_a_list_is_set_going_once_though_two_hands_press_the_button(sari):
    roster = tried(a_list("0011040001;Ani;;;;;;"), sari)
    seen_by_another = Roster.objects.get(pk=roster.pk)
    course.carry_out(course.start(roster))
    for press in (lambda: course.start(seen_by_another), lambda: course.match_columns(seen_by_another, roster.columns)):
        with pytest.raises(Refused) as refused:
            press()
        assert refused.value.codes == ["roster_under_way"]
    assert counts(roster) == {"new": 1}
    assert roster.rows.get().member == Member.objects.get()


def test_a_trial_asked_again_counts_every_row_once(sari):
    roster = tried(a_list("0011040001;Ani;;;;;;"), sari)
    course.try_out(Roster.objects.get(pk=roster.pk))
    assert (counts(roster), roster.rows.count()) == ({"new": 1}, 1)


def test_lists_are_forgotten_after_thirty_days_and_cannot_be_taken_back_then(sari):
    roster = tried(a_list("0011040001;Ani;;;;;;"), sari)
    course.carry_out(course.start(roster))
    file = roster.stored_file
    assert course.forget_old_rosters() == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert course.forget_old_rosters() == 1
        assert course.forget_old_rosters() == 0
    assert not default_storage.exists(file)
    assert roster.rows.count() == 0
    with pytest.raises(Refused) as refused:
        course.undo(roster, by=sari)
    assert refused.value.codes == ["roster_not_undoable"]
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("SITI AMINAH, S.KOM.", "Siti Aminah, S.Kom."),
        ("MA'RUF  AMIN", "Ma'ruf Amin"),
        ("I GEDE WIRA", "I Gede Wira"),
        ("Ni Made Ani", "Ni Made Ani"),
        ("SUHARTO", "Suharto"),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(written: str, kept: str):
    assert proper(written) == kept


def test_sari_uploads_matches_looks_and_stores_and_others_may_not(client: Client, sari, with_role, ani):
    client.force_login(with_role(Role.CIRCULATION))
    assert client.get(reverse("members:rosters")).status_code == 403
    client.force_login(sari)
    file = SimpleUploadedFile("maba.csv", a_list("0011040001;=HYPERLINK(1);;;;;;"))
    sent = {"file": file, "category": CategoryFactory().pk, "branch": HomeBranchFactory().pk}
    page = client.post(reverse("members:new_roster"), sent, follow=True)
    roster = Roster.objects.get()
    assert "Nama Mahasiswa" in page.content.decode()
    wanted = {name: "" if at is None else at for name, at in roster.columns.items()}
    client.post(reverse("members:roster_columns", args=[roster.pk]), wanted)
    assert 'hx-trigger="every 2s"' in client.get(reverse("members:roster", args=[roster.pk])).content.decode()
    course.try_out(Roster.objects.get())
    assert "Simpan sekarang" in client.get(reverse("members:roster", args=[roster.pk])).content.decode()
    client.post(reverse("members:roster_go", args=[roster.pk]))
    course.carry_out(Roster.objects.select_related("branch", "category", "created_by").get())
    table = b"".join(client.get(reverse("members:roster_report", args=[roster.pk])).streaming_content).decode()
    assert "2,0011040001,'=Hyperlink(1),Baru," in table
    client.post(reverse("members:roster_undo", args=[roster.pk]))
    assert [each.name for each in Member.objects.all()] == ["Ani"]
    assert client.post(reverse("members:new_roster"), {**sent, "file": SimpleUploadedFile("x.csv", b"x")}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_lists_asks_the_same_number_of_questions(client: Client, sari, rows: int, django_assert_num_queries):
    client.force_login(sari)
    for _ in range(rows):
        opened(a_list("0011040001;Ani;;;;;;"), sari)
    client.get(reverse("members:rosters"))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("members:rosters")).context["page"]) == rows


def test_the_page_of_a_list_says_whether_it_was_stored_or_taken_back(client: Client, sari):
    roster = tried(a_list("0011040001;Ani;;2026;;;;"), sari)
    client.force_login(sari)
    page = reverse("members:roster", args=[roster.pk])
    course.carry_out(course.start(roster))
    assert ">Tersimpan</span>" in client.get(page).content.decode()
    roster.refresh_from_db()
    course.undo(roster, by=sari)
    assert ">Dibatalkan</span>" in client.get(page).content.decode()
