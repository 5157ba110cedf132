"""The library's own words for messages: seen before they are kept, and never a program."""

import pytest
from django.test import Client

from lumbung.messaging.domain import messages, texts
from lumbung.messaging.models import NoticePolicy, Wording

pytestmark = pytest.mark.django_db
FACTS = {"name": "Ani", "username": "ani", "link": "https://perpus.example"}
PAGE = "/staff/messages/texts/password_reset/id"


@pytest.fixture
def head(client: Client, sari, signed_in) -> Client:
    sari.role_grants.create(role="head")
    signed_in(client, sari)
    return client


def test_a_message_speaks_in_the_librarys_words_once_they_are_kept(head: Client):
    own = {"subject": "Sandi baru", "body": "Halo {{ name }},\n{% if link %}Buka {{ link }}{% endif %}"}
    preview = head.post(PAGE, {**own, "preview": "1"}).content.decode()
    assert "Halo [name]," in preview
    assert Wording.objects.count() == 0
    head.post(PAGE, own)
    letter = messages.send("password_reset", address="ani@kampus.example", facts=FACTS)
    assert (letter.subject, letter.body) == ("Sandi baru", "Halo Ani,\nBuka https://perpus.example\n")
    assert messages.send("password_reset", address="a@b.example", facts=FACTS, language="en").subject != "Sandi baru"
    head.post(f"{PAGE}/default")
    assert messages.send("password_reset", address="c@d.example", facts=FACTS).subject.startswith("Kata sandi baru")


@pytest.mark.parametrize("body", ["{% include 'x' %}", "{% load static %}", "{% if %}", "{% debug %}", "{{ name|nothing }}"])
def test_words_that_would_run_or_cannot_be_filled_in_are_refused(head: Client, body):
    answer = head.post(PAGE, {"subject": "x", "body": body})
    assert (answer.status_code, Wording.objects.count()) == (422, 0)


def test_every_message_can_be_previewed_in_both_languages(head: Client):
    page = head.get("/staff/messages/texts/").content.decode()
    for code in texts.codes():
        assert f"/staff/messages/texts/{code}/en" in page
    assert "hold_ready" in texts.codes()
    assert {"line.title", "lines", "name"} <= set(texts.places("overdue"))
    assert head.get("/staff/messages/texts/overdue/id").status_code == 200
    assert head.get("/staff/messages/texts/nothing/id").status_code == 404


def test_quiet_hours_and_budget_are_set_on_a_page(head: Client):
    assert "21:00" in head.get("/staff/messages/rules").content.decode()
    head.post("/staff/messages/rules", {"quiet_from": "22:00", "quiet_until": "06:00", "monthly_budget": "50000"})
    assert NoticePolicy.objects.get().monthly_budget == 50_000
    assert head.post("/staff/messages/rules", {"quiet_from": "25:00"}).status_code == 422


def test_words_and_rules_are_the_heads(client: Client, sari, signed_in):
    signed_in(client, sari)
    for path in ("/staff/messages/texts/", PAGE, "/staff/messages/rules"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("code", texts.codes())
def test_every_message_of_every_part_can_be_looked_at_before_it_goes(code: str):
    for language in ("id", "en"):
        shown = texts.sample(code, language)
        assert shown.subject
        assert "[" in shown.subject + shown.body


def test_a_day_stands_in_a_preview_as_a_day():
    assert "Ambillah paling lambat Kamis, 1 Januari 2026." in texts.sample("hold_ready", "id").body
