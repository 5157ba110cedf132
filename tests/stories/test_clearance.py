"""Bebas pustaka without running between desks: from open loans to a letter that anybody can check."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role, User
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.kernel.typesetting import pdf
from lumbung.members.domain.clearance.purposes import create_default_purposes
from lumbung.members.models import ClearancePurpose, Member
from lumbung.organization.tests.factories import StudyProgrammeFactory

pytestmark = pytest.mark.django_db
SIGNER = {"name": "Dr. Ratna Wulandari, M.IP.", "role": "Kepala Perpustakaan", "number": "198005172008012003"}


def acting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.requirement("R015")
def test_a_student_goes_from_open_loans_to_a_verified_letter_without_visiting_a_desk_for_it(
    ani: Member, sari: User, with_role: Callable[..., User], calling: Callable[..., Client]
):
    create_default_purposes(by=sari, place="Yogyakarta", signers=[SIGNER])
    graduation = ClearancePurpose.objects.get(code="wisuda")
    ani.programme = StudyProgrammeFactory(code="14201", name="Keperawatan", level="S1")
    ani.save()
    loan = LoanFactory(member=ani, item=ItemFactory(barcode="B-1", record__title="Bumi manusia"))
    phone, desk, faculty, stranger = acting(ani.user), acting(sari), acting(with_role(Role.VERIFIER)), Client()

    page = phone.post("/my/clearance", {"purpose": graduation.pk}, follow=True)
    mine = page.redirect_chain[-1][0]
    assert "Bumi manusia" in page.content.decode()
    assert "Kembalikan semua pinjaman" in page.content.decode()

    returned = calling(sari, "loans:write").post(
        "/api/v1/items/B-1/return", {"branch": loan.lent_from.code}, content_type="application/json"
    )
    assert returned.json()["loan"]["returned_at"] is not None
    assert "Bumi manusia" not in phone.get(mine).content.decode()

    upload = re.search(rf"{mine}/conditions/(\d+)", phone.get(mine).content.decode())
    phone.post(upload[0], {"file": SimpleUploadedFile("lembar.pdf", pdf("= Lembar pengesahan", {}))})
    number = mine.rpartition("/")[2]
    queue = faculty.get("/staff/clearance").content.decode()
    assert f"/staff/clearance/{number}" in queue
    conditions = {str(each): each.pk for each in graduation.conditions.all()}
    answer = f"/staff/clearance/{number}/conditions/"
    faculty.post(f"{answer}{conditions['Bebas pustaka fakultas']}", {"verdict": "accept"})
    desk.post(f"{answer}{upload[1]}", {"verdict": "refuse", "reason": "Tanda tangan belum ada"})
    assert "Tanda tangan belum ada" in phone.get(mine).content.decode()
    phone.post(upload[0], {"file": SimpleUploadedFile("lembar.pdf", pdf("= Lembar bertanda tangan", {}))})
    desk.post(f"{answer}{upload[1]}", {"verdict": "accept"})
    assert "Semua syarat terpenuhi" in phone.get(mine).content.decode()

    desk.post(f"/staff/clearance/{number}/letter")
    shown = phone.get(mine).content.decode()
    letter = b"".join(phone.get(re.search(r"/my/clearance/letters/\d+", shown)[0]).streaming_content)
    assert letter.startswith(b"%PDF-")
    check = re.search(r"/verify/[0-9A-Z]{16}", shown)[0]
    verified = stranger.post(check, {"copy": SimpleUploadedFile("surat.pdf", letter)}).content.decode()
    assert "Surat ini asli dan berlaku" in verified
    assert "sama persis" in verified
    assert desk.get(f"/staff/members/{ani.pk}").status_code == 200
    ani.refresh_from_db()
    assert not ani.is_current(loan.due_at.date())
