import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lumbung.accounts.domain import sign_in, users
from lumbung.accounts.domain.tokens import issue_token
from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import PASSWORD, UserFactory
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
WRONG = "Nama atau kata sandi keliru."


@pytest.fixture(autouse=True)
def _no_past_attempts():
    cache.clear()


def _sign_in(client, login, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": login, "password": password, **extra})


@pytest.mark.parametrize("login", ["ani", "ANI", " Ani ", "ani@kampus.example", "Ani@Kampus.Example"])
def test_one_signs_in_by_username_or_address_in_any_case(client, ani, login):
    response = _sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/my")
    assert int(client.session["_auth_user_id"]) == ani.user.pk


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MEMBER])
def test_staff_begin_at_their_work_unless_they_asked_for_a_page(client, role):
    UserFactory(username="sari", roles=[Role.MEMBER, role])
    assert _sign_in(client, "sari")["Location"] == "/staff/"
    client.logout()
    assert _sign_in(client, "sari", next="/search")["Location"] == "/search"


def test_another_part_may_know_people_by_other_names(client, ani, monkeypatch):
    monkeypatch.setattr(sign_in, "_finders", [*sign_in._finders])
    sign_in.also_by(lambda login: ani.user if login == "23001" else None)
    assert _sign_in(client, "23001").status_code == 302


@pytest.mark.parametrize(
    ("login", "password"), [("ani", "salah"), ("tiada", PASSWORD), ("ani\0", PASSWORD), ("' or 1=1 --", "x")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(client, ani, login, password):
    response = _sign_in(client, login, password)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    if "\0" not in login:
        assert WRONG in response.content.decode()


def test_a_deactivated_user_is_told_no_more_than_a_stranger_and_loses_the_session(client, ani):
    _sign_in(client, "ani")
    users.deactivate(ani.user, by=UserFactory(roles=[Role.ADMIN]))
    assert client.get("/accounts/preferences/").status_code == 302
    assert WRONG in _sign_in(client, "ani").content.decode()


def test_five_failures_close_the_door_on_one_name_and_not_on_another(client, ani, budi):
    for _ in range(5):
        assert WRONG in _sign_in(client, "ani", "salah").content.decode()
    refused = _sign_in(client, "ani")
    assert "Terlalu banyak percobaan masuk yang gagal." in refused.content.decode()
    assert "_auth_user_id" not in client.session
    assert _sign_in(client, "budi").status_code == 302


def test_failures_are_counted_in_the_database_for_every_process(client, ani):
    _sign_in(client, "ani", "salah")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone()[0] == 2


def test_signing_in_renews_the_session_so_that_a_planted_one_is_worthless(client, ani):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key
    _sign_in(client, "ani")
    assert client.session.session_key != before


def test_signing_out_takes_a_post(client, ani, signed_in):
    signed_in(client, ani.user)
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize("outside", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, ani, outside):
    assert _sign_in(client, "ani", next=outside)["Location"] == "/my"


def test_a_new_password_is_asked_for_by_mail_and_ends_other_sessions(client, ani):
    elsewhere = Client()
    _sign_in(elsewhere, "ani")
    asked = client.post("/accounts/password/reset/", {"email": "ANI@kampus.example"})
    assert (asked.status_code, asked["Location"]) == (302, "/accounts/password/reset/done/")
    delivery = Delivery.objects.get()
    assert (delivery.code, delivery.address) == ("password_reset", "ani@kampus.example")
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", delivery.body)[1]
    form = client.get(link, follow=True)
    assert form.status_code == 200
    set_to = form.request["PATH_INFO"]
    client.post(set_to, {"password1": "jagung muda 77", "password2": "jagung muda 77"})
    assert User.objects.get(pk=ani.user.pk).check_password("jagung muda 77")
    assert elsewhere.get("/accounts/preferences/").status_code == 302
    assert "Tautan tidak berlaku" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    ("language", "label", "fault"),
    [
        ("id", "Surel", "Tulis alamat surel yang lengkap, misalnya nama@kampus.ac.id."),
        ("en", "Email", "Write the whole email address, for example name@campus.ac.id."),
    ],
)
def test_the_form_for_a_new_password_speaks_as_the_rest_of_the_house(client, language, label, fault):
    client.cookies["django_language"] = language
    form = client.post("/accounts/password/reset/", {"email": "ani@"}).context["form"]
    assert (form["email"].label, form.errors["email"]) == (label, [fault])
    assert "placeholder" not in form["email"].as_widget()


def test_api_tokens_end_with_a_password_that_was_lost_and_outlive_one_that_is_changed(client, ani):
    issue_token(ani.user, name="Rak", scopes=["me"], by=ani.user)
    _sign_in(client, "ani")
    page = client.get("/accounts/password/change/").content.decode()
    assert page.count("Kata sandi baru") == 2
    assert "Password" not in page
    changed = {"oldpassword": PASSWORD, "password1": "jagung muda 77", "password2": "jagung muda 77"}
    client.post("/accounts/password/change/", changed)
    assert ani.user.api_tokens.count() == 1
    client.logout()
    client.post("/accounts/password/reset/", {"email": "ani@kampus.example"})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", Delivery.objects.get().body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "padi tua 88 x", "password2": "padi tua 88 x"})
    assert User.objects.get(pk=ani.user.pk).check_password("padi tua 88 x")
    assert ani.user.api_tokens.count() == 0
    assert JournalEntry.objects.filter(name="ApiTokenRevoked").count() == 1


def test_asking_for_a_password_tells_nobody_who_has_an_account(client, ani):
    known = client.post("/accounts/password/reset/", {"email": "ani@kampus.example"}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "tiada@kampus.example"}, follow=True)
    assert known.content == unknown.content
    assert Delivery.objects.count() == 1


def test_links_in_mail_begin_with_the_public_address_whatever_host_was_asked(client, ani, settings):
    settings.SITE_URL = "https://perpus.kampus.example"
    client.post("/accounts/password/reset/", {"email": "ani@kampus.example"}, headers={"host": "jahat.example"})
    assert "https://perpus.kampus.example/accounts/password/reset/key/" in Delivery.objects.get().body


def test_a_weak_new_password_is_refused_with_reasons(client, ani, signed_in):
    signed_in(client, ani.user)
    response = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    )
    assert response.status_code == 200
    assert "Kata sandi ini dipakai banyak orang, jadi mudah ditebak." in response.text
    assert User.objects.get(pk=ani.user.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("given", "language", "told"),
    [
        (["pendek", "pendek"], "id", ["Kata sandi ini terlalu pendek: pakai paling sedikit 8 huruf, angka, atau tanda."]),
        (["pendek", "pendek"], "en", ["This password is too short: use at least 8 letters, digits or signs."]),
        (["bismillah123", "bismillah123"], "id", ["Kata sandi ini dipakai banyak orang, jadi mudah ditebak. Pilih yang lain."]),
        (["ani lestari", "ani lestari"], "id", ["Kata sandi ini terlalu mirip dengan nama Anda, jadi mudah ditebak."]),
        (["ani lestari", "ani lestari"], "en", ["This password is too much like your name, so it is easily guessed."]),
        (["jagung muda 77", "jagung tua 77"], "id", ["Kata sandi yang kedua berbeda dari yang pertama. Ketik keduanya lagi."]),
        (["jagung muda 77", ""], "en", ["This field is required."]),
    ],
)
def test_a_new_password_is_asked_for_and_refused_in_our_own_words(client, ani, signed_in, given, language, told):
    users.change(ani.user, by=None, name="Ani Lestari")
    signed_in(client, ani.user)
    client.cookies["django_language"] = language
    given = {"oldpassword": PASSWORD, "password1": given[0], "password2": given[1]}
    answer = client.post("/accounts/password/change/", given)
    assert [str(each) for errors in answer.context["form"].errors.values() for each in errors] == told
    advice = {
        "id": "Paling sedikit 8 huruf, angka, atau tanda, bukan nama Anda",
        "en": "At least 8 letters, digits or signs, not your",
    }
    assert answer.text.count(advice[language]) == 1
    assert "Your password" not in answer.text
