"""From home to the first book: nobody comes to a desk to become a member."""

import re
from typing import Any

import pytest
from django.test import Client

from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory
from lumbung.messaging.models import Delivery

WORD = "Kata-sandi-panjang-9"


@pytest.mark.requirement("R015")
@pytest.mark.requirement("R311")
@pytest.mark.django_db
def test_somebody_becomes_a_member_from_home_and_signs_in_without_visiting_a_desk(mailoutbox: Any) -> None:
    category, branch = CategoryFactory(code="umum", name="Masyarakat umum", joining="once"), HomeBranchFactory()
    citra = Client()
    assert "Daftar menjadi anggota dari sini" in citra.get("/accounts/login/").content.decode()
    form = {"name": "Citra Dewi", "email": "citra@example.org", "category": category.pk, "branch": branch.pk}
    page = citra.post("/join", form)["Location"]
    work_off()
    code = re.search(r"\d{6}", Delivery.objects.get(code="join_code").subject)
    assert code is not None
    assert "Anda sudah menjadi anggota" in citra.post(page, {"code": code[0]}, follow=True).content.decode()
    work_off()
    link = re.search(r"http://testserver(/\S+)", mailoutbox[-1].body)
    assert link is not None
    password = citra.get(link[1], follow=True).redirect_chain[-1][0]
    citra.post(password, {"password1": WORD, "password2": WORD})
    card = Member.objects.get().barcode
    citra.post("/accounts/login/", {"login": card, "password": WORD})
    assert "Citra Dewi" in citra.get("/my").content.decode()
