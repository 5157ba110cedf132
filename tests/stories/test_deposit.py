"""Unggah mandiri: from a phone to the catalogue, sent back once, and green in clearance."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import User
from lumbung.digital.models import Deposit, File
from lumbung.digital.tests.factories import ABSTRACT, THESIS_PAGES, WORK, a_pdf
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.domain.clearance.purposes import create_default_purposes, set_condition
from lumbung.members.models import Member, MemberIdentifier
from lumbung.organization.models import StudyProgramme
from lumbung.organization.tests.factories import StudyProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)
NO_EMBARGO = {"embargo_years": "0", "embargo_reason": ""}


def acting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def version_of(page: bytes) -> str:
    return re.search(r'name="version" value="(\d+)"', page.decode())[1]


def filled(client: Client, address: str, **said: str) -> str:
    """Fill a step in as a browser would; returns where it leads."""
    answer = client.post(address, {"version": version_of(client.get(address).content), **said})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def sent_in_pieces(client: Client, address: str, name: str, content: bytes) -> None:
    """The line drops after the first piece; the phone asks how much is there and goes on."""
    half = len(content) // 2
    for at in (0, half):
        assert client.get(address, {"name": name}).json() == {"received": at}
        piece = SimpleUploadedFile(name, content[at : half if not at else None])
        assert client.post(address, {"name": name, "at": at, "size": len(content), "piece": piece}).status_code == 200


def filled_in(phone: Client, programme: StudyProgramme, *, embargo: dict[str, str] = NO_EMBARGO) -> str:
    """Every step of the deposit, on the phone; returns its page."""
    page = phone.post("/my/deposits", {"kind": "thesis"}, follow=True)
    mine = page.redirect_chain[-1][0]
    assert "Judul belum ditulis." in page.content.decode()
    names = {each: str(value) for each, value in WORK.items()}
    about = {**names, "language": "ind", "programme": programme.pk, "author": "Ani", "author_number": "20210001"}
    people = filled(phone, f"{mine}/work", **about)
    forms = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    supervisor = {"form-0-role": "supervisor", "form-0-name": "Dr. Wayan Suarta", "form-0-number_kind": "nidn"}
    wrong = {"version": version_of(phone.get(people).content), **forms, **supervisor, "form-0-number": "123"}
    assert phone.post(people, wrong).status_code == 422
    files = filled(phone, people, **forms, **supervisor, **{"form-0-number": "0012037801"})
    cut_up(phone, mine, files)
    statements = filled(phone, f"{mine}/rights", licence="cc-by-4.0", **embargo)
    sent_in_pieces(phone, f"{mine}/upload/similarity", "kemiripan.pdf", a_pdf("18.5 %"))
    filled(phone, statements, similarity="18,5", original="on", consented="on")
    return mine


def cut_up(phone: Client, mine: str, files: str) -> None:
    """One PDF, cut where the library recognised its parts."""
    sent_in_pieces(phone, f"{mine}/upload/published", "skripsi.pdf", a_pdf(*THESIS_PAGES))
    parts = re.search(rf"{mine}/files/\d+/parts", phone.get(files).content.decode())[0]
    shown = phone.get(parts).content.decode()
    cuts = dict(re.findall(r'name="(form-\d+-(?:label|first|last))" value="([^"]*)"', shown))
    cuts |= dict(re.findall(r'name="(form-\d+-part)".*?<option value="(\w+)" selected', shown, re.DOTALL))
    count = len([each for each in cuts if each.endswith("first")])
    phone.post(parts, {**cuts, "form-TOTAL_FORMS": str(count), "form-INITIAL_FORMS": "0"})
    assert "Bab II Tinjauan Pustaka" in phone.get(files).content.decode()


def sent_back(desk: Client, phone: Client, mine: str, key: int) -> None:
    """Sari looks at it and asks for a revision; Ani reads why, in a letter and on her phone."""
    review, verdict = f"/staff/deposits/{key}", f"/staff/deposits/{key}/verdict"
    assert review in desk.get("/staff/deposits").content.decode()
    assert "Mohon diperiksa" in desk.get(review).content.decode()
    desk.post(verdict, {"verdict": "take"})
    reason = "Lembar pengesahan belum ditandatangani lengkap."
    desk.post(verdict, {"verdict": "return", "reasons": [reason], "text": "Halaman 2 masih kosong."})
    work_off()
    letter = next(each for each in mail.outbox if each.subject == "Karya Anda perlu diperbaiki")
    assert (letter.to, reason in letter.body, "Halaman 2 masih kosong." in letter.body) == (["ani@kampus.example"], True, True)
    assert reason in phone.get(mine).content.decode()


def published(desk: Client, key: int) -> int:
    """Sari finds it good; returns the number of the title."""
    rubric = re.findall(r'name="ticked" value="([^"]+)"', desk.get(f"/staff/deposits/{key}").content.decode())
    assert len(rubric) == 6
    for verdict in ("approve", "publish"):
        desk.post(f"/staff/deposits/{key}/verdict", {"verdict": verdict, "ticked": rubric})
    work_off()
    return Deposit.objects.get(pk=key).record_id


@pytest.mark.requirement("R003")
def test_a_student_deposits_from_a_phone_is_sent_back_once_and_is_published(ani: Member, sari: User, client: Client):
    programme = StudyProgrammeFactory(code="55201", name="Informatika", level="S1")
    ani.programme = programme
    ani.save()
    MemberIdentifier.objects.create(member=ani, kind="nim", value="20210001")
    phone, desk = acting(ani.user), acting(sari)

    mine = filled_in(phone, programme)
    handed_in = {"version": version_of(phone.get(mine).content), "text": "Mohon diperiksa"}
    assert "Terkirim." in phone.post(f"{mine}/submission", handed_in, follow=True).content.decode()
    assert "berstatus “Diajukan”" in phone.post(f"{mine}/submission", handed_in, follow=True).content.decode()
    key = Deposit.objects.get().pk
    sent_back(desk, phone, mine, key)
    phone.post(f"{mine}/submission", {"version": version_of(phone.get(mine).content), "text": "Sudah diganti"})
    record = published(desk, key)

    found = client.get("/search", {"q": "perpustakaan digital kampus"}).content.decode()
    assert f"/records/{record}" in found
    title = client.get(f"/records/{record}").content.decode()
    assert (ABSTRACT in title, "Berkas ini untuk anggota perpustakaan." in title) == (True, True)
    chapter = re.search(r"/files/\d+/download", title)[0]
    assert b"".join(client.get(chapter)).startswith(b"%PDF-")
    pages = client.get("/search/inside", {"q": "isi bab satu"}).content.decode()
    assert re.search(r'href="/files/\d+/read\?page=2\b', pages)
    assert "/files/" not in client.get("/search/inside", {"q": "tinjauan pustaka"}).content.decode()
    assert "TI  - Perpustakaan digital" in client.get(f"/records/{record}/citation.ris").content.decode()
    assert "Karya Anda sudah terbit" in [each.subject for each in mail.outbox]

    graduation = create_default_purposes(by=sari, place="Yogyakarta", signers=[])[0]
    thesis = {"kind": "automatic", "check_code": "digital.thesis_published", "name": "Tugas akhir terbit"}
    set_condition(graduation, by=sari, **thesis)
    standing = phone.post("/my/clearance", {"purpose": graduation.pk}, follow=True).content.decode()
    line = standing[: standing.index("Tugas akhir terbit")]
    assert re.findall(r'<li class="(\w+)">', line)[-1] == "met"


@pytest.mark.requirement("R003")
def test_a_thesis_under_embargo_is_found_and_cited_at_once_and_read_when_its_day_has_come(
    ani: Member, sari: User, client: Client
):
    programme = StudyProgrammeFactory(code="55201", name="Informatika", level="S1")
    ani.programme = programme
    ani.save()
    MemberIdentifier.objects.create(member=ani, kind="nim", value="20210001")
    phone, desk = acting(ani.user), acting(sari)
    mine = filled_in(phone, programme, embargo={"embargo_years": "2", "embargo_reason": "Menunggu paten"})
    phone.post(f"{mine}/submission", {"version": version_of(phone.get(mine).content), "text": ""})
    key = Deposit.objects.get().pk
    desk.post(f"/staff/deposits/{key}/verdict", {"verdict": "take"})
    record = published(desk, key)

    assert f"/records/{record}" in client.get("/search", {"q": "perpustakaan digital kampus"}).content.decode()
    assert "@" in client.get(f"/records/{record}/citation.bib").content.decode()
    file = File.objects.filter(record=record, part="chapter").first()
    told = client.get(f"/files/{file.pk}").content.decode()
    assert ("Berkas ini diembargo" in told, "Menunggu paten" in told) == (True, True)
    assert client.get(f"/files/{file.pk}/download").status_code == 403
    with clock.stopped_at(clock.now() + timedelta(days=2 * 366)):
        assert b"".join(client.get(f"/files/{file.pk}/download")).startswith(b"%PDF-")
