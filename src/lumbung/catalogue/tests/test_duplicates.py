"""Is this in the catalogue already? By number, however written, and by what a title page says."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain.duplicates import candidates_for
from lumbung.catalogue.domain.works import work_key
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.formats.marc import Field

pytestmark = pytest.mark.django_db


def number(tag, text):
    return Field(tag, subfields=[("a", text)])


def by(name):
    return Field("100", "1", subfields=[("a", name)])


def key(title, creator="", material="book"):
    return work_key(title=title, creator=creator, material=material)


def found(*given):
    return [(each.record.pk, sorted(each.likeness)) for each in candidates_for(marc_of(*given))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("R&D",), ("R & D",)),
        (("Bumi manusia", "Toer, Pramoedya Ananta, 1925-2006"), ("BUMI MANUSIA.", "Toer, Pramudya Ananta")),
        (("Manajemen, edisi revisi", "Sugiyono"), ("Manajemen", "Sugijono")),
        (("Économie politique",), ("Economie politique",)),
        (("Bumi manusia", "", "ebook"), ("Bumi manusia",)),
    ],
)
def test_one_work_has_one_key_however_it_is_written(one, other):
    assert key(*one) == key(*other) != ""


def test_another_part_name_or_kind_is_another_work_and_no_title_is_none():
    keys = {
        key("Sejarah, jilid 1"),
        key("Sejarah, jilid 2"),
        key("Sejarah", "Ani"),
        key("Sejarah", "Budi"),
        key("Sejarah", "", "map"),
    }
    assert len(keys) == 5
    assert key(" – ") == ""


def test_duplicates_are_found_by_each_kind_of_number_and_the_surest_comes_first():
    control = a_record("Satu", Field("001", value="12"), Field("003", value="DLC"))
    isbn = a_record("Dua", number("020", "979-97312-3-2"))
    issn = a_record("Tiga", number("022", "0126-0057"))
    twice = a_record("Empat", number("020", "9789799731234 (pbk.)"), number("035", "(DLC)12"))
    given = ("Lain", number("022", "01260057"), number("020", "9799731232"), number("035", "(DLC)12"))
    assert found(*given) == [
        (twice.pk, ["control", "isbn"]),
        (control.pk, ["control"]),
        (isbn.pk, ["isbn"]),
        (issn.pk, ["issn"]),
    ]


def test_the_same_title_creator_and_year_is_a_likeness_of_its_own():
    held = a_record("Bumi manusia", by("Toer, Pramoedya Ananta"))
    assert found("Bumi Manusia /", by("Toer, Pramudya Ananta")) == [(held.pk, ["title"])]
    assert found("Bumi manusia", by("Toer, Mastoem")) == []
    assert candidates_for(held.marc_record, besides=held.pk) == []


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def test_the_form_tells_of_duplicates_while_one_types_though_much_is_missing_yet(desk):
    held = a_record("Bumi manusia", number("020", "979-97312-3-2"))
    address = reverse("catalogue:duplicates")
    answer = desk.post(address, {"isbn": "9799731232\n123", "title": ""})
    assert [each.record for each in answer.context["candidates"]] == [held]
    assert "ISBN sama" in answer.content.decode()
    assert desk.post(address, {"isbn": "9799731232", "record": held.pk}).context["candidates"] == []
    assert desk.post(address, {"title": "Lain"}).content.strip() == b""


def test_the_marc_view_tells_of_them_too_and_unreadable_lines_tell_nothing(desk):
    held = a_record("Bumi manusia", number("020", "979-97312-3-2"))
    address = reverse("catalogue:duplicates")
    answer = desk.post(address, {"view": "marc", "lines": "LDR 00000nam a2200000 i 4500\n020 ## $a9789799731234\n"})
    assert [each.record for each in answer.context["candidates"]] == [held]
    assert desk.post(address, {"view": "marc", "lines": "???"}).context["candidates"] == []


def test_the_same_title_sent_again_is_saved_only_once_it_is_said_to_be_no_double(desk):
    typed = {"title": "Pengantar ekonomi", "material": "book", "people": "Mubyarto", "year": "1987", "notes": "Sumbangan"}
    address = reverse("catalogue:record_add")
    assert [desk.post(address, typed).status_code for _ in range(2)] == [302, 200]
    assert Record.objects.count() == 1
    assert "Belum disimpan, karena mungkin sudah ada." in desk.post(address, typed).content.decode()
    assert desk.post(address, {**typed, "notes": "Cetakan kedua"}).status_code == 302
    assert desk.post(address, {**typed, "confirmed": "on"}).status_code == 302
    assert Record.objects.count() == 3
