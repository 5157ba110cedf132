"""The guided page: a librarian without a terminal brings the backup, reads the report, says go, reads the proof, undoes."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.tests.factories import ItemTypeFactory, a_record
from lumbung.circulation.domain.loans import check_in
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.moving.domain import discarding, inbox
from lumbung.moving.models import Finding, Move
from lumbung.moving.tests.dumps import added, biblio, dump, item, table
from lumbung.organization.models import Branch

KOHA = table("biblio", [{"biblionumber": 1, "title": "Satu"}], columns=("biblionumber", "title")) + table(
    "borrowers", [{"borrowernumber": 1, "surname": "Ani"}], columns=("borrowernumber", "surname")
)
INLISLITE = table("catalog_ruas", [{"ID": 1, "CatalogId": 1, "Tag": "245"}], columns=("ID", "CatalogId", "Tag"))


@pytest.fixture
def head(client, with_role, signed_in, house):
    return signed_in(client, with_role(Role.HEAD))


def begun(client) -> Move:
    form = {"source": "slims", "file": "cadangan.sql", "branch": "PUSAT", "places": "rooms"}
    answer = client.post(reverse("moving:start"), form)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Move.objects.get()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CIRCULATION, Role.LIBRARIAN, Role.CATALOGUER])
def test_only_head_and_administrator_move_a_library(client, with_role, signed_in, house, role):
    signed_in(client, with_role(role))
    assert client.get(reverse("moving:moves")).status_code == 403
    assert client.post(reverse("moving:upload"), {"piece": SimpleUploadedFile("a.sql", b"x")}).status_code == 403


def test_without_a_move_the_page_says_what_to_do(head):
    page = head.get(reverse("moving:moves")).content.decode()
    assert "Belum pernah pindah" in page
    assert "Belum ada berkas di kotak masuk" in head.get(reverse("moving:start")).content.decode()


def test_a_file_comes_whole_without_scripts(head):
    answer = head.post(
        reverse("moving:upload"), {"piece": SimpleUploadedFile("../../cadangan 1.sql", dump().encode())}, follow=True
    )
    assert "cadangan_1.sql" in answer.content.decode()
    assert [each.name for each in inbox.listed()] == ["cadangan_1.sql"]


def test_a_file_comes_in_pieces_and_goes_on_where_it_stopped(head):
    data = dump().encode()

    def send(at: int, piece: bytes):
        form = {"name": "besar.sql", "at": at, "size": len(data), "piece": SimpleUploadedFile("besar.sql", piece)}
        return head.post(reverse("moving:upload"), form)

    assert send(0, data[:1000]).json() == {"received": 1000, "name": "besar.sql"}
    assert inbox.listed() == []  # not whole yet
    assert head.get(reverse("moving:upload"), {"name": "besar.sql"}).json() == {"received": 1000}
    again = send(500, data[500:])
    assert (again.status_code, again.json()["received"]) == (409, 1000)
    assert send(1000, data[1000:]).json()["received"] == len(data)
    assert inbox.path_of("besar.sql").read_bytes() == data


@pytest.mark.parametrize("name", ["../lumbung.sqlite3", "/etc/passwd", ".", "hilang.sql"])
def test_no_name_leads_out_of_the_inbox(head, name):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    answer = head.post(reverse("moving:start"), {"source": "slims", "file": name, "branch": "PUSAT", "places": "rooms"})
    assert answer.status_code == 422
    assert Move.objects.count() == 0


def test_the_whole_way_from_backup_to_proof_and_back(head, django_assert_max_num_queries):
    (inbox.folder() / "cadangan.sql").write_text(dump(item=added("item", item(20, 999, "B020"))))
    move = begun(head)
    address = reverse("moving:move", args=[move.pk])
    page = head.get(address).content.decode()
    assert "Uji coba selesai; belum ada yang disimpan" in page
    assert "Judul nomor 999 tidak ada atau ditolak." in page
    assert Record.objects.count() == 0
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    with django_assert_max_num_queries(16):
        page = head.get(address).content.decode()
    assert "Selesai, dan terbukti" in page
    proof = head.get(reverse("moving:proof", args=[move.pk])).content.decode()
    assert "tidak ada satu baris pun yang hilang tanpa sebab" in proof
    assert "visitor_count" in proof
    table = b"".join(head.get(reverse("moving:findings", args=[move.pk]))).decode("utf-8-sig")
    assert "title_missing" in table
    assert "B020" in table
    kept = move.kept_tables.get(name="visitor_count")
    answer = head.get(reverse("moving:kept", args=[move.pk, kept.pk]))
    assert json.loads(gzip.decompress(b"".join(answer)))["member_name"] == "Ani"
    taken = JournalEntry.objects.filter(name="MoveDataTaken").order_by("pk")
    assert [each.data["table"] for each in taken] == ["findings", "visitor_count"]
    assert {str(each.actor_id) for each in taken} == {head.session["_auth_user_id"]}
    assert "Yang berikut akan dihapus" in head.get(reverse("moving:undo", args=[move.pk])).content.decode()
    head.post(reverse("moving:undo", args=[move.pk]))
    assert 'hx-trigger="every 2s"' in head.get(address).content.decode()  # the page watches until it is undone
    work_off()
    assert Record.objects.count() == 0
    undone = head.get(address).content.decode()
    assert ("Dibatalkan" in undone, "semua baris terbaca baik" in undone) == (True, False)
    assert "yang datang bersama perpindahan ini sudah dikeluarkan" in undone
    again = reverse("moving:start") + "?source=slims&amp;file=cadangan.sql"
    assert again in undone
    form = head.get(again.replace("&amp;", "&")).context["form"]
    assert (form["source"].value(), form["file"].value(), form["branch"].value()) == ("slims", "cadangan.sql", "PUSAT")


def test_undoing_shows_how_far_it_is_from_its_beginning(head):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    move = begun(head)
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    head.post(reverse("moving:undo", args=[move.pk]))
    move.refresh_from_db()
    assert (move.state, move.done, move.total) == ("undoing", 0, move.origins.count())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (KOHA, "cadangan.sql adalah cadangan Koha. Pilih Koha sebagai sistem asalnya, lalu uji coba lagi."),
        (INLISLITE, "cadangan.sql adalah cadangan INLISLite. Pilih INLISLite sebagai sistem asalnya, lalu uji coba lagi."),
        ("bukan cadangan", "cadangan.sql bukan cadangan basis data sistem ini."),
    ],
)
def test_a_file_of_another_system_is_told_by_its_name_and_the_way_leads_back_to_the_choice(head, text, told):
    (inbox.folder() / "cadangan.sql").write_text(text)
    page = head.get(reverse("moving:move", args=[begun(head).pk])).content.decode()
    assert told in page
    assert "Belum ada yang disimpan. Pilih sistem asal atau berkas yang lain" in page
    assert reverse("moving:start") + "?source=slims&amp;file=cadangan.sql" in page
    assert ("Lanjutkan</button>" in page, "Yang sudah masuk tetap tersimpan" in page) == (False, False)


def test_a_rehearsal_of_which_no_row_would_come_says_so(head):
    (inbox.folder() / "cadangan.sql").write_text(table("biblio", [biblio(1, "")]) + table("item", [item(20, 999, "B020")]))
    page = head.get(reverse("moving:move", args=[begun(head).pk])).content.decode()
    assert "Tidak ada satu baris pun yang akan masuk" in page


def test_a_rehearsal_is_put_away_after_asking_with_what_it_told_and_the_file_stays(head, django_capture_on_commit_callbacks):
    (inbox.folder() / "cadangan.sql").write_text(dump(item=[item(99, 1, "")]))
    move = begun(head)
    address, folder = reverse("moving:discard", args=[move.pk]), Path(settings.DATA) / "moving" / str(move.pk)
    assert address in head.get(reverse("moving:move", args=[move.pk])).content.decode()
    assert (move.findings.exists(), folder.exists()) == (True, True)
    assert "Ya, buang uji coba ini" in head.get(address).content.decode()
    assert Move.objects.count() == 1
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = head.post(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("moving:moves"))
    assert (Move.objects.count(), Finding.objects.count(), folder.exists()) == (0, 0, False)
    assert (inbox.path_of("cadangan.sql").exists(), Record.objects.count()) == (True, 0)
    assert JournalEntry.objects.get(name="RehearsalDiscarded").data == {"move": move.pk, "source": "slims"}


def test_of_two_presses_that_both_found_the_rehearsal_the_later_finds_it_put_away(head, django_capture_on_commit_callbacks):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    move = begun(head)
    for seen in (Move.objects.get(pk=move.pk), move):
        with django_capture_on_commit_callbacks(execute=True):
            discarding.discard(seen, by=None)
    assert (Move.objects.count(), JournalEntry.objects.filter(name="RehearsalDiscarded").count()) == (0, 1)


def test_what_was_moved_is_no_rehearsal_to_put_away(head):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    move = begun(head)
    head.post(reverse("moving:go", args=[move.pk]))
    answer = head.post(reverse("moving:discard", args=[move.pk]))
    assert "hanya uji coba" in answer.content.decode()
    work_off()
    assert reverse("moving:discard", args=[move.pk]) not in head.get(reverse("moving:move", args=[move.pk])).content.decode()
    assert "tidak dapat dibuang" in head.get(reverse("moving:discard", args=[move.pk])).content.decode()
    assert Record.objects.exists()


def test_labels_are_printed_for_the_copies_of_one_move(head):
    other = add_item(a_record(), barcode="LAIN-1", branch=Branch.objects.get(), item_type=ItemTypeFactory(), by=None)
    (inbox.folder() / "cadangan.sql").write_text(dump())
    move = begun(head)
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    address = f"{reverse('catalogue:labels')}?move={move.pk}"
    assert address in head.get(reverse("moving:move", args=[move.pk])).content.decode()
    assert f'name="move" value="{move.pk}"' in head.get(address).content.decode()
    chosen = Selection(move=move.pk).items()
    assert {each.barcode for each in chosen} == {each.barcode for each in Item.objects.exclude(pk=other.pk)} != set()
    assert not Selection(move=move.pk + 1).items().exists()


def test_kept_tables_can_be_deleted_because_they_name_people(head):
    (inbox.folder() / "cadangan.sql").write_text(dump(item=added("item", item(20, 999, "B020"))))
    move = begun(head)
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    assert any(each.row for each in move.findings.all())
    address = reverse("moving:forget", args=[move.pk])
    assert "visitor_count" in head.get(address).content.decode()
    head.post(address)
    assert move.kept_tables.count() == 0
    assert not any(each.row for each in move.findings.all())


def test_lists_ask_the_same_number_of_questions_for_one_move_and_three(head, django_assert_max_num_queries):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    begun(head)
    with django_assert_max_num_queries(12):
        head.get(reverse("moving:moves"))
    for _ in range(2):
        Move.objects.create(source="slims", file_name="x", path="x", file_size=1, created_at=Move.objects.first().created_at)
    with django_assert_max_num_queries(12):
        head.get(reverse("moving:moves"))


def test_old_addresses_lead_to_the_new_pages(client, moved):
    moved(dump())
    record = Record.objects.get(title__startswith="Bumi")
    answer = client.get("/index.php", {"p": "show_detail", "id": "1"})
    assert (answer.status_code, answer.url) == (301, reverse("discovery:record", args=[record.pk]))
    assert client.get("/index.php", {"p": "show_detail", "id": "404"}).status_code == 404
    assert client.get("/index.php", {"p": "show_detail", "id": "1' OR 1=1"}).status_code == 404
    assert client.get("/index.php", {"keywords": "bumi manusia", "search": "Cari"}).url == "/search?q=bumi+manusia"
    assert client.get("/index.php", {"p": "member"}).url == reverse("discovery:my")
    assert client.get("/index.php").url == reverse("discovery:home")


@pytest.mark.parametrize("address", ["/", "/slims/", "/slims/index.php", "/perpus/opac/index.php"])
def test_old_addresses_lead_on_from_the_front_page_and_from_a_folder_too(client, moved, address):
    moved(dump())
    record = Record.objects.get(title__startswith="Bumi")
    answer = client.get(address, {"p": "show_detail", "id": "1", "keywords": ""})
    assert (answer.status_code, answer.url) == (301, reverse("discovery:record", args=[record.pk]))
    assert client.get(address, {"p": "show_detail", "id": "404"}).status_code == 404
    assert client.get("/", {"p": "2"}).status_code == 200


def test_the_manifest_of_what_is_kept_tells_rows_and_digest(moved):
    move = moved(dump())
    kept = move.kept_tables.get(name="visitor_count")
    assert (kept.rows, len(kept.digest)) == (1, 64)
    assert json.loads(json.dumps(move.proof["kept"]))  # the proof names it too


def test_a_spreadsheet_asks_what_its_columns_are_and_remembers(head):
    data = b"Nama kitab;Juru tulis\nTaj as-Salatin;Bukhari\n"
    inbox.take_piece("daftar.csv", data, at=0, size=len(data))
    chosen = {"source": "spreadsheet", "file": "daftar.csv", "branch": "PUSAT", "places": "rooms"}
    asked = head.post(reverse("moving:start"), chosen)
    assert asked["Location"].startswith(reverse("moving:columns"))
    page = head.get(asked["Location"])
    assert [field.label for field, _ in page.context["form"].rows()] == ["nama kitab", "juru tulis"]
    refused = head.post(asked["Location"], {"column-0": "", "column-1": "people"})
    assert (refused.status_code, Move.objects.count()) == (422, 0)
    head.post(asked["Location"], {"column-0": "title", "column-1": "people"})
    work_off()
    move = Move.objects.get()
    assert move.counts["rehearsal"]["title"] == {"read": 1, "added": 1}
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    assert Record.objects.get().title == "Taj as-Salatin"
    again = head.get(asked["Location"]).context["form"]
    assert [field.value() for field, _ in again.rows()] == ["title", "people"]


def test_a_sheet_is_looked_at_as_members_when_asked(head):
    data = b"NAMA,KOTA\nBudi,Solo\n"
    inbox.take_piece("orang.csv", data, at=0, size=len(data))
    chosen = {"source": "spreadsheet", "file": "orang.csv", "branch": "PUSAT", "places": "rooms", "what": "titles"}
    assert head.get(reverse("moving:columns"), chosen).context["seen"].what == "titles"
    assert head.get(reverse("moving:columns"), {**chosen, "what": "members"}).context["form"]["column-0"].value() == "name"


def test_the_columns_of_a_file_outside_the_inbox_are_not_shown(head):
    chosen = {"source": "spreadsheet", "file": "../secret.key", "branch": "PUSAT", "places": "rooms"}
    assert head.get(reverse("moving:columns"), chosen)["Location"] == reverse("moving:start")


def test_undoing_is_offered_only_while_it_can_be_done_and_else_it_is_said_why(head, house):
    (inbox.folder() / "cadangan.sql").write_text(dump())
    move = begun(head)
    head.post(reverse("moving:go", args=[move.pk]))
    work_off()
    address, ask = reverse("moving:move", args=[move.pk]), reverse("moving:undo", args=[move.pk])
    assert f'hx-get="{ask}"' in head.get(address).content.decode()
    offered = head.get(ask, headers={"HX-Request": "true"}).content.decode()
    assert ("Batalkan seluruh perpindahan ini" in offered, "<h1>" in offered) == (True, False)
    check_in(Item.objects.get(barcode="B001"), at=house, by=None)
    too_late = head.get(ask, headers={"HX-Request": "true"}).content.decode()
    assert "Perpindahan ini sekarang tidak dapat dibatalkan." in too_late
    assert "1 eksemplar dari perpindahan ini sudah diubah atau dipakai sesudahnya." in too_late
    assert "Batalkan seluruh perpindahan ini" not in too_late
