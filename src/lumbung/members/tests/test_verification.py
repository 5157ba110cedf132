"""Checking a letter without signing in: little is shown, forged codes lead nowhere, a revoked letter says so."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lumbung.kernel import clock
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.checking import CHECKS_A_MINUTE
from lumbung.members.domain.clearance.letters import issue, revoke
from lumbung.members.models import ClearanceLetter
from lumbung.members.tests.factories import ClearancePurposeFactory, MemberFactory, MemberIdentifierFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> ClearanceLetter:
    member = MemberFactory(name="Ni Made Ani Saraswati", email="ani@kampus.example", phone="+6281234567890")
    MemberIdentifierFactory(member=member, value="2311040087")
    return issue(apply(ClearancePurposeFactory(), member, by=None), address="http://testserver/verify", by=None)


def checked(code: str, **sent: object) -> tuple[int, str]:
    client = Client()
    address = reverse("membership:verified", args=[code])
    answer = client.post(address, sent) if sent else client.get(address)
    return answer.status_code, answer.content.decode()


def test_anybody_sees_that_a_letter_is_genuine_and_little_of_whose(letter):
    status, page = checked(letter.code)
    assert status == 200
    assert "Surat ini asli dan berlaku" in page
    assert letter.number in page
    assert "N* M*** A** S********" in page
    assert "…087" in page
    for secret in ("Saraswati", "2311040087", "ani@kampus", "81234567890"):
        assert secret not in page


def test_a_code_is_read_as_it_stands_on_paper(letter):
    answer = Client().get(reverse("membership:verify"), {"code": letter.code_to_read.lower()}, follow=True)
    assert answer.redirect_chain[0][0].endswith(letter.code)
    assert "Surat ini asli" in answer.content.decode()


def test_a_revoked_letter_says_so_and_not_why(letter):
    revoke(letter, reason="Buku ditemukan di asrama", by=None)
    status, page = checked(letter.code)
    assert status == 200
    assert "Surat ini sudah dicabut" in page
    assert "asli dan berlaku" not in page
    assert "asrama" not in page


@pytest.mark.parametrize("code", ["AAAAAAAAAAAAAAAA", "x", "..%2f..%2fetc", "1 OR 1=1", "A" * 300])
def test_a_forged_code_is_told_to_be_none_of_ours(letter, code: str):
    status, page = checked(code)
    assert status == 404
    assert "Kode ini tidak dikenal" in page


def test_a_copy_is_the_very_file_or_is_not(letter):
    with default_storage.open(letter.stored_file) as file:
        content = file.read()
    assert "sama persis" in checked(letter.code, copy=SimpleUploadedFile("surat.pdf", content))[1]
    assert "berbeda dari" in checked(letter.code, copy=SimpleUploadedFile("surat.pdf", content + b" "))[1]


def test_codes_cannot_be_tried_by_the_thousand(letter):
    with clock.stopped_at(datetime(2026, 11, 23, 3, 0, 5, tzinfo=UTC)):
        assert {checked("A" * 16)[0] for _ in range(CHECKS_A_MINUTE)} == {404}
        answer = Client().get(reverse("membership:verified", args=[letter.code]))
        assert (answer.status_code, answer["Retry-After"]) == (429, "55")
        assert Client(REMOTE_ADDR="10.0.0.9").get(reverse("membership:verified", args=[letter.code])).status_code == 200
