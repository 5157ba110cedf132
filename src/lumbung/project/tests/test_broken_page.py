"""What a reader is told while the database server is away, and what the log says of it."""

import errno
import json
import logging
import sys
from types import SimpleNamespace

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections
from django.test import RequestFactory

from lumbung.kernel.away import database_is_away
from lumbung.project.broken_page import broken_page
from lumbung.project.log import KeyValue
from lumbung.project.problems import broken


class Lost:
    """A connection that the server cut."""

    closed = True


@pytest.fixture
def away(monkeypatch):
    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    monkeypatch.setattr(connections["default"], "connection", Lost())


def answered(error: Exception):
    try:
        raise error
    except type(error):
        return broken_page(RequestFactory().get("/search"))


def test_a_page_without_its_database_asks_to_come_back(away):
    answer = answered(OperationalError("the connection is lost"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Basis data perpustakaan sedang tidak menjawab." in answer.content.decode()


def test_the_api_says_so_too(away):
    answer = broken(RequestFactory().get("/api/v1/records"), OperationalError("the connection is lost"))
    assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (503, "5", "application/problem+json")


def test_a_fault_of_our_own_stays_one(away):
    assert answered(KeyError("loan")).status_code == 500


def test_a_full_disk_is_told_as_what_it_is_and_by_whatever_it_shows():
    kept = OperationalError("database or disk is full")
    for error in (kept, OSError(errno.ENOSPC, "No space left on device")):
        answer = answered(error)
        assert (answer.status_code, "Ruang penyimpanan penuh" in answer.content.decode()) == (507, True)
    told = broken(RequestFactory().post("/api/v1/loans"), kept)
    assert (told.status_code, json.loads(told.content)["title"]) == (507, "Ruang penyimpanan penuh")


@pytest.mark.django_db
def test_who_signs_in_while_the_disk_is_full_is_not_told_to_have_tried_too_often(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(DatabaseCache, "_base_set", lambda *_given: False)
    asked = {"login": "sari", "password": "rahasia"}
    assert client.post("/accounts/login/", asked).status_code == 429  # somebody else holds the count
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=0))
    answer = client.post("/accounts/login/", asked)
    assert (answer.status_code, "Ruang penyimpanan penuh" in answer.text) == (507, True)


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_told_so_and_one_that_is_damaged_is_not(client):
    asked = {"Referer": "http://testserver/chat", "Accept": "text/html"}
    large = client.post("/chat", {"text": "x" * 2_700_000}, content_type="application/x-www-form-urlencoded", headers=asked)
    assert (large.status_code, "Isian ini terlalu besar" in large.text, 'href="/chat">Kembali' in large.text) == (
        413,
        True,
        True,
    )
    assert client.get("/chat\0").status_code == 400


def test_a_database_that_answers_is_not_away():
    assert not database_is_away(OperationalError("deadlock detected"))


def test_the_log_has_one_line_for_it_and_no_traceback(away):
    try:
        raise OperationalError("connection refused\nIs the server running?")
    except OperationalError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "/search", (), sys.exc_info())
    line = KeyValue().format(record)
    assert line.endswith('message=/search reason="the database does not answer: connection refused"')
