"""Call numbers in the order of the shelf, and made by the library's rule."""

from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from lumbung.catalogue import queries
from lumbung.catalogue.domain.call_numbers import change_call_number_rule, suggested_call_number
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.shelf_order import shelf_key, shelf_key_from
from lumbung.catalogue.domain.simple_entry import SimpleEntry
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import a_record, an_import, an_item, copy_field, marc_of
from lumbung.kernel.refusals import Refused

ON_THE_SHELF = [
    ("005.13 SUT p", ""),
    ("299.5 WID h", ""),
    ("2X0 NAS i", ""),
    ("2X4 RAS f", ""),
    ("2X4.11 ABD f", ""),
    ("2X4.2 ABD f", ""),
    ("2X9 HAM s", ""),
    ("300 SOE p", ""),
    ("T 610 ABC", ""),
    ("610 SAR k", ""),
    ("610.7 AAA z", ""),
    ("610.73 NUR a", ""),
    ("658.4 ZZZ a", ""),
    ("658.403 8 AAA a", ""),
    ("899.221 TOE a", ""),
    ("899.221 TOE b 1980", ""),
    ("899.221 TOE b 2005", "c.2"),
    ("899.221 TOE b 2005", "c.10"),
    ("R 899.221 TOE b 2005", "c.10"),
    ("899.221 TOER", ""),
    ("899.221 3 TOE a", ""),
    ("SKR 2", ""),
    ("SKRIPSI 10", ""),
]


def test_the_shelf_goes_by_class_author_title_year_and_copy() -> None:
    mixed = ON_THE_SHELF[::2] + ON_THE_SHELF[1::2]
    assert sorted(mixed, key=lambda each: shelf_key(*each)) == ON_THE_SHELF


@pytest.mark.django_db
def test_the_database_orders_keys_as_python_does() -> None:
    record = a_record()
    for number, (call, copy) in enumerate(reversed(ON_THE_SHELF)):
        change_item(an_item(record, barcode=f"B-{number}"), call_number=call, copy=copy, by=None)
    assert list(Item.objects.values_list("call_number", "copy")) == ON_THE_SHELF, connection.vendor


@pytest.mark.parametrize(
    ("typed", "first"),
    [("61", "610"), ("2x", "2X0"), ("2X4.2", "2X4.2 ABD"), ("899.221 TOE b", "899.221 TOE b"), ("610.7", "610.70 A")],
)
def test_the_shelf_is_entered_at_what_was_typed(typed: str, first: str) -> None:
    assert shelf_key_from(typed) <= shelf_key(first)
    assert shelf_key_from(typed) > shelf_key("005")


@pytest.mark.parametrize("call", ["", "  ", "‎", "📕", "كتاب 12", "899.221." + "9" * 100, "a" * 120, "306.8/5095"])
def test_any_call_number_has_a_key_that_fits(call: str) -> None:
    key = shelf_key(call, "c.1")
    assert len(key) <= 120
    assert key.isascii()
    assert key.isalnum() or not key


@pytest.mark.django_db
def test_an_import_orders_what_it_brings() -> None:
    an_import([marc_of("Bumi manusia", copy_field("B-1", t="c.2"))])
    assert queries.item_by_barcode("B-1").shelf_key == shelf_key("899.221 TOE b", "c.2")


TOER = SimpleEntry(title="Bumi manusia", people=["Toer, Pramoedya Ananta"], classification="899.221", year="c1980")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, "899.221 TOE b"),
        ({"people": ["Sugiyono"]}, "899.221 SUG b"),
        ({"people": ["Al-Ghazali"]}, "899.221 GHA b"),
        ({"people": ["Prof. Dr. H. M. Quraish Shihab"]}, "899.221 QUR b"),
        ({"people": ["Amien Rais, M."]}, "899.221 AMI b"),
        ({"people": ["Ömer"]}, "899.221 OME b"),
        ({"people": [], "bodies": ["Universitas Nusa"]}, "899.221 UNI b"),
        ({"people": []}, "899.221 BUM"),
        ({"title": "The art of war"}, "899.221 TOE a"),
        ({"title": "Al-Hikam"}, "899.221 TOE h"),
        ({"title": "A"}, "899.221 TOE a"),
        ({"title": "A!"}, "899.221 TOE a"),
        ({"people": ["Yo"], "classification": "2X4.2"}, "2X4.2 YO b"),
    ],
)
def test_a_call_number_is_suggested(changes: dict[str, object], number: str) -> None:
    assert suggested_call_number(replace(TOER, **changes)) == number


@pytest.mark.django_db
def test_the_library_says_how_call_numbers_are_made() -> None:
    change_call_number_rule(author_letters=4, capitals=False, title_letters=2, year=True, name_part="last", by=None)
    assert suggested_call_number(TOER) == "899.221 Toer bu 1980"
    assert suggested_call_number(replace(TOER, people=["Quraish Shihab"])) == "899.221 Shih bu 1980"
    with pytest.raises(Refused) as refused:
        change_call_number_rule(author_letters=0, title_letters=9, by=None)
    assert refused.value.codes == ["author_letters_wrong", "title_letters_wrong"]


@pytest.mark.django_db
def test_a_librarian_changes_the_rule_and_sees_what_comes_of_it(client, sari, signed_in) -> None:
    signed_in(client, sari)
    page = reverse("catalogue:call_numbers")
    assert "899.221 TOE b" in client.get(page).content.decode()
    told = {"author_letters": 2, "name_part": "first", "capitals": "on", "title_letters": 0, "articles": ""}
    assert client.post(page, told).status_code == 302
    assert "899.221 TO" in client.get(page).content.decode()
    assert client.post(page, {**told, "author_letters": 7}).status_code == 422
