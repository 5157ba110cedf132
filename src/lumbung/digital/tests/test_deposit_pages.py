"""The pages on which a work is handed in and looked at, and who may see which."""

import pytest
from django.urls import reverse

from lumbung.digital.domain.deposits.files import add_deposit_file
from lumbung.digital.domain.deposits.publishing import publish
from lumbung.digital.domain.deposits.reviewing import send_back
from lumbung.digital.domain.deposits.submitting import submit_deposit
from lumbung.digital.tests.factories import a_content, a_deposit, a_pdf, a_whole_deposit
from lumbung.digital.tests.test_deposits import approved
from lumbung.organization.models import StudyProgramme
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db) -> StudyProgramme:
    LibraryFactory()
    return StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")


def test_what_the_library_asks_for_stands_at_the_head_of_a_returned_work(client, ani, sari, programme, signed_in):
    deposit = a_whole_deposit(ani, programme)
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    send_back(deposit, reasons=["Judul pada formulir berbeda dengan naskah."], text="Lihat sampul.", ticked=[], by=sari)
    page = signed_in(client, ani.user).get(reverse("digital:deposit", args=[deposit.pk])).content.decode()
    head = page[: page.index('id="steps"')]
    assert ("Judul pada formulir berbeda dengan naskah." in head, "Lihat sampul." in head) == (True, True)


def test_sari_sees_which_files_are_new_since_she_sent_the_work_back(client, ani, sari, programme, signed_in):
    deposit = a_whole_deposit(ani, programme)
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    address, said = reverse("digital:review", args=[deposit.pk]), "Baru sejak dikembalikan"
    assert signed_in(client, sari).get(address).content.decode().count(said) == 0
    send_back(deposit, reasons=["Ada bab atau lampiran yang belum diunggah."], text="", ticked=[], by=sari)
    add_deposit_file(deposit, a_content(a_pdf("Lampiran")), name="lampiran.pdf", by=ani.user)
    deposit.refresh_from_db()
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    assert client.get(address).content.decode().count(said) == 1


def test_a_supervisor_who_is_known_from_published_works_is_offered_with_the_number_which_is_theirs_to_take_or_leave(
    client, ani, budi, sari, programme, signed_in
):
    deposit = a_deposit(budi, programme=programme)
    address = reverse("digital:deposit_people", args=[deposit.pk])
    unpublished = a_whole_deposit(ani, programme)
    assert "known-people" not in signed_in(client, budi.user).get(address).content.decode().replace('list="known-people"', "")
    publish(approved(unpublished, sari), site="", by=sari)
    page = signed_in(client, budi.user).get(address).content.decode()
    assert '<option value="Dr. Wayan Suarta, M.Kom."></option>' in page
    assert '<option value="0012037801">NIDN, Dr. Wayan Suarta, M.Kom.</option>' in page
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "version": deposit.version}
    form |= {"form-0-role": "supervisor", "form-0-name": "Dr. Wayan  Suarta, M.Kom.", "form-0-number_kind": "nuptk"}
    form |= {"form-1-role": "examiner", "form-1-name": "Orang Baru", "form-1-number_kind": "nuptk"}
    client.post(address, form)
    assert [(each.name, each.number_kind, each.number) for each in deposit.people.all()] == [
        ("Dr. Wayan Suarta, M.Kom.", "", ""),
        ("Orang Baru", "", ""),
    ]


def test_a_wrong_number_is_told_once(client, ani, programme, signed_in):
    deposit = a_deposit(ani, programme=programme)
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "version": deposit.version, "form-0-role": "supervisor"}
    form |= {"form-0-name": "Dr. Wayan", "form-0-number_kind": "nuptk", "form-0-number": "12345"}
    page = signed_in(client, ani.user).post(reverse("digital:deposit_people", args=[deposit.pk]), form).content.decode()
    assert page.count("NUPTK terdiri atas 16 angka; “12345” tidak.") == 1


def test_ani_sees_her_own_deposit_budi_does_not_and_sari_only_what_was_handed_in(client, ani, budi, sari, programme, signed_in):
    deposit = a_whole_deposit(ani, programme)
    file = deposit.files.first()
    own = [reverse("digital:deposit", args=[deposit.pk]), reverse("digital:deposit_files", args=[deposit.pk])]
    content = reverse("digital:deposit_content", args=[deposit.pk, file.pk])
    review = reverse("digital:review", args=[deposit.pk])
    assert [signed_in(client, ani.user).get(each).status_code for each in own] == [200, 200]
    assert [signed_in(client, budi.user).get(each).status_code for each in [*own, content]] == [404] * 3
    assert [signed_in(client, sari).get(each).status_code for each in (review, content)] == [404, 404]
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    assert signed_in(client, sari).get(review).status_code == 200
    assert b"".join(client.get(content)).startswith(b"%PDF-")
    client.logout()
    assert client.get(own[0]).status_code == 302
