"""Readers who live far from the library: what they ask for comes by the van to their village, or by courier to their door."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from lumbung.circulation.models import Handover, HandoverPlace, Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.tests.factories import LibraryFactory, open_on
from tests.chatting import Chat

MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 12, 10, 2, 30, tzinfo=UTC)
STOP = {
    "name": "Balai Desa Sukamaju", "kind": "stop", "address": "Jl. Raya Sukamaju 3", "weekdays": ["4"], "starts": "09:00",
    "ends": "11:00", "every_weeks": "1", "is_offered": "on",
}  # fmt: skip
OFFICE = {**STOP, "name": "Kantor Fakultas Teknik", "kind": "point", "address": "Gedung C", "weekdays": ["2", "5"]}


def linked(member: Member, browser: Client) -> Chat:
    chat = Chat(name=member.name)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", browser.post("/my/channels/code").content.decode())
    assert code
    assert chat.ask(f"hubungkan {code[0]}", at=MONDAY).startswith("Terhubung")
    return chat


@pytest.mark.requirement("R360")
@pytest.mark.django_db(transaction=True)
def test_the_van_brings_what_a_pupil_asked_for_to_her_village_and_takes_it_back_there(
    sari: Any, rina: Any, ani: Member, signed_in: Any, mailoutbox: Any
) -> None:
    LibraryFactory(time_zone="Asia/Jakarta")
    branch = open_on(ani.branch)
    LoanRuleFactory(category=ani.category)
    record = catalogued("Beternak lele", "Tani, Karya")
    ItemFactory(record=record, branch=branch, barcode="B1")
    head, desk, at_home = signed_in(Client(), sari), signed_in(Client(), rina), signed_in(Client(), ani.user)
    with clock.stopped_at(MONDAY):
        for place in (STOP, OFFICE):
            head.post("/staff/pickup-places/new", {**place, "branch": branch.pk})
        stop = HandoverPlace.objects.get(kind="stop")
        told = Client().get("/pickup-places").content.decode()
        assert ("Jl. Raya Sukamaju 3" in told, "Kantor Fakultas Teknik" in told, "Kam 3 Des" in told) == (True, True, True)
        assert "DTSTART:20261203T020000Z" in Client().get("/pickup-places/calendar.ics").content.decode()
        chat = linked(ani, at_home)
        at_home.post(f"/records/{record.pk}/holds", {"branch": f"p{stop.pk}"})
        assert "urutan ke-1, diambil di Balai Desa Sukamaju" in chat.ask("pesanan", at=MONDAY)
        assert "diambil di Balai Desa Sukamaju" in at_home.get("/my").content.decode()
        assert "Balai Desa Sukamaju" in desk.get("/staff/holds/pull-list").content.decode()
        desk.post(f"/staff/holds/{Hold.objects.get().pk}/copy", {"item": "B1"})
        work_off()
        assert "Kamis, 3 Desember 2026, pukul 09.00–11.00" in mailoutbox[-1].body
        loading = desk.get("/staff/pickup-places/round?day=2026-12-03").content.decode()
        assert ("Beternak lele" in loading, "B1" in loading, "Ani" in loading) == (True, True, True)

    with clock.stopped_at(WEDNESDAY):
        head.post(f"/staff/pickup-places/{stop.pk}/visits", {"day": "2026-12-03", "step": "call_off", "reason": "Mobil mogok"})
        work_off()
        assert "Kamis, 10 Desember 2026, pukul 09.00–11.00" in mailoutbox[-1].body
        assert "Mobil mogok" in Client().get("/pickup-places").content.decode()
        assert "dibawa ke Balai Desa Sukamaju Kam 10 Des 2026 pukul 09.00–11.00" in chat.ask("pesanan", at=WEDNESDAY)
        assert "Balai Desa Sukamaju, dibawa Kam 10 Des, pukul 09.00–11.00" in at_home.get("/my").content.decode()
        assert "Beternak lele" not in desk.get("/staff/pickup-places/round?day=2026-12-03").content.decode()

    with clock.stopped_at(THURSDAY):
        desk.post("/staff/desk", {"code": "B1", "member": ani.pk})
        loan = Loan.objects.get()
        assert (loan.place, loan.due_at.astimezone(branch.zone).date().isoformat()) == (stop, "2026-12-17")
        back = desk.get("/staff/pickup-places/round?day=2026-12-17").content.decode()
        assert ("Diharapkan kembali" in back, "Beternak lele" in back) == (True, True)
        desk.post("/staff/desk", {"code": "B1", "mode": "return"})
        assert not Loan.objects.open().exists()


@pytest.mark.requirement("R360")
@pytest.mark.django_db(transaction=True)
def test_whoever_asks_in_chat_chooses_the_stop_of_the_van_and_hears_when_it_can_no_longer_be_chosen(
    sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory(time_zone="Asia/Jakarta")
    branch = open_on(ani.branch)
    LoanRuleFactory(category=ani.category)
    for title in ("Beternak lele", "Menanam padi"):
        ItemFactory(record=catalogued(title, "Tani, Karya"), branch=branch)
    work_off()
    head, at_home = signed_in(Client(), sari), signed_in(Client(), ani.user)
    with clock.stopped_at(MONDAY):
        head.post("/staff/pickup-places/new", {**STOP, "branch": branch.pk})
    chat, stop = linked(ani, at_home), HandoverPlace.objects.get()
    chat.ask("cari beternak lele", at=MONDAY)
    where = chat.ask("pesan 1", at=MONDAY)
    assert "Beternak lele: diambil di mana, Kak?" in where
    assert "2. Balai Desa Sukamaju" in where
    assert "berikutnya Kam 3 Des 2026" in where
    assert not Hold.objects.exists()
    placed = chat.ask("2", at=MONDAY)
    assert placed.startswith("Dipesan: “Beternak lele”, urutan ke-1, diambil di Balai Desa Sukamaju.")
    assert Hold.objects.get().place == stop

    chat.ask("cari menanam padi", at=MONDAY)
    chat.ask("pesan 1", at=MONDAY)
    with clock.stopped_at(MONDAY):
        head.post(f"/staff/pickup-places/{stop.pk}", {**STOP, "is_offered": ""})
    assert chat.ask("pesan 1", at=MONDAY).startswith("Dipesan: “Menanam padi”, urutan ke-1, diambil di Perpustakaan Pusat.")
    padi = Hold.objects.get(place=None).record_id
    late = chat.ask(f"pesan r{padi}p{stop.pk}", at=MONDAY)
    assert late.startswith("Tempat itu tidak dapat dipilih lagi.\nMenanam padi: diambil di mana, Kak?")


@pytest.mark.requirement("R360")
@pytest.mark.django_db(transaction=True)
def test_a_distance_student_has_her_books_sent_pays_the_postage_and_keeps_them_longer(
    sari: Any, rina: Any, ratna: Any, ani: Member, budi: Member, signed_in: Any, mailoutbox: Any
) -> None:
    LibraryFactory(time_zone="Asia/Jakarta")
    branch, far = open_on(ani.branch), CategoryFactory(code="jauh", name="Mahasiswa jarak jauh")
    Member.objects.filter(pk=ani.pk).update(category=far)
    LoanRuleFactory(category=far)
    LoanRuleFactory(category=far, loan_kind="delivery", loan_days=21, loan_limit=None)
    record = catalogued("Beternak lele", "Tani, Karya")
    ItemFactory(record=record, branch=branch, barcode="B1")
    head, desk, at_home = signed_in(Client(), ratna), signed_in(Client(), rina), signed_in(Client(), ani.user)
    with clock.stopped_at(MONDAY):
        sent = {"is_on": "on", "fee": "12000", "categories": [far.pk], "way_back": "Lewat pos, atau kotak pengembalian."}
        assert desk.post("/staff/parcels/terms", sent).status_code == 403
        head.post("/staff/parcels/terms", sent)
        at_home.post(f"/records/{record.pk}/holds", {"branch": branch.pk})
        desk.post(f"/staff/holds/{Hold.objects.get().pk}/copy", {"item": "B1"})
        assert "Minta dikirim (Rp12.000)" in at_home.get("/my").content.decode().replace("\xa0", "")
        assert "Minta dikirim" not in signed_in(Client(), budi.user).get("/my").content.decode()
        at_home.post("/my/parcels", {"branch": branch.pk, "address": "Dusun Pasir Angin 7", "keeps": "on"})
        chat = linked(ani, at_home)
        assert "sedang disiapkan untuk dikirim ke alamat Kakak" in chat.ask("pesanan", at=MONDAY)
        assert "Dusun Pasir Angin 7" in desk.get("/staff/parcels").content.decode()
        parcel = {"parcel": Handover.objects.get().pk}
        desk.post("/staff/parcels", {**parcel, "step": "pack"})
        assert not Loan.objects.exists()

    with clock.stopped_at(WEDNESDAY):
        desk.post("/staff/parcels", {**parcel, "step": "send", "courier": "Pos Indonesia", "tracking": "P123"})
        work_off()
        letter = mailoutbox[-1].body
        assert ("Nomor resi: P123" in letter, "Lewat pos, atau kotak pengembalian." in letter) == (True, True)
        assert "Beternak lele: kembali paling lambat Rabu, 23 Desember 2026" in letter
        page = at_home.get("/my").content.decode()
        assert ("P123" in page, "Sudah saya terima" in page) == (True, True)
        assert "Rp12.000" in at_home.get("/my/fees").content.decode().replace("\xa0", "")

    with clock.stopped_at(THURSDAY):
        at_home.post(f"/my/parcels/{parcel['parcel']}", {"step": "arrive"})
        assert (Handover.objects.get().state, Handover.objects.get().address) == ("done", "")
        at_home.post("/my/parcels/address")
        desk.post("/staff/desk/returns", {"code": "B1"})
        assert not Loan.objects.open().exists()
