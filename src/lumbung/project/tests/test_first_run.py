"""From an empty installation to a library that can lend."""

from datetime import time

import pytest
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.circulation.models import LoanRule
from lumbung.organization import queries
from lumbung.organization.models import Branch, Library
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.project.first_run import code

pytestmark = pytest.mark.django_db
SETUP = reverse("first_run")


def told(typed, **other):
    return {
        "code": typed,
        "library_name": "Perpustakaan Universitas Nusa",
        "time_zone": "Asia/Makassar",
        "branch_name": "Perpustakaan Pusat",
        "branch_code": "PUSAT",
        "d0_0_opens": "08:00",
        "d0_0_closes": "16:00",
        "person": "Sari Wulandari",
        "username": "sari",
        "password": "lumbung-padi-1908",
        "password_again": "lumbung-padi-1908",
        **other,
    }


def test_one_page_makes_a_library_that_can_lend_and_signs_its_librarian_in(client):
    typed = code.issue_code()
    answer = client.post(SETUP, told(typed.lower()), follow=True)
    assert answer.redirect_chain == [(reverse("staff_home"), 302)]
    library, branch, sari = Library.objects.get(), Branch.objects.get(), User.objects.get()
    assert (library.name, branch.time_zone) == ("Perpustakaan Universitas Nusa", "Asia/Makassar")
    assert queries.calendar_of(branch).week[0] == (queries.Hours(time(8), time(16)),)
    assert (sari.roles, int(client.session["_auth_user_id"])) == ({"admin", "librarian"}, sari.pk)
    assert LoanRule.objects.exists()


def test_until_then_every_page_leads_there_and_afterwards_none(client):
    typed = code.issue_code()
    assert [client.get(page)["Location"] for page in ("/", "/search", "/staff/", "/accounts/login/")] == [SETUP] * 4
    client.post(SETUP, told(typed))
    client.logout()
    assert client.get("/accounts/login/").status_code == 200


def test_its_page_is_read_in_the_other_language_at_a_press(client):
    code.issue_code()
    assert 'action="/language"' in client.get(SETUP).text
    answer = client.post("/language", {"language": "en", "next": SETUP}, follow=True)
    assert (answer.redirect_chain, "Welcome to Lumbung" in answer.text) == ([(SETUP, 302)], True)


@pytest.mark.parametrize("typed", ["AAAAA-AAAAA", ""])
def test_a_wrong_code_opens_nothing(client, typed):
    code.issue_code()
    answer = client.post(SETUP, told(typed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert Library.objects.count() == User.objects.count() == 0


def test_a_newer_code_takes_the_place_of_an_older(client):
    older = code.issue_code()
    newer = code.issue_code()
    assert (code.matches(older), code.matches(newer)) == (False, True)


def test_only_the_hash_is_kept_and_only_its_owner_reads_it(settings):
    typed = code.issue_code()
    file = settings.DATA / "setup.code"
    assert typed.replace("-", "") not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_library_that_is_set_up_cannot_be_set_up_again(client):
    typed = code.issue_code()
    LibraryFactory()
    queries.library.changed()
    assert client.get(SETUP).status_code == 404
    assert client.post(SETUP, told(typed)).status_code == 404
    assert code.issue_code() is None
    assert User.objects.count() == 0


def test_without_a_code_there_is_no_such_page(client):
    assert client.get(SETUP).status_code == 404


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_half_done(client):
    typed = code.issue_code()
    answer = client.post(
        SETUP, told(typed, username="sari dua", password="12345678", password_again="12345678", branch_code=" ")
    )
    assert answer.status_code == 422
    assert Library.objects.count() == User.objects.count() == Branch.objects.count() == 0


def test_two_passwords_that_differ_are_pointed_out(client):
    answer = client.post(SETUP, told(code.issue_code(), password_again="lain-sekali-1908"))
    assert answer.context["form"].errors == {"password_again": ["Kedua kata sandi tidak sama."]}
