"""What a record says, read out of its MARC."""

import io

import pytest

from lumbung.catalogue.domain.bibliographic import Contributor, Link, Subject, columns_of, describe, material_of
from lumbung.catalogue.domain.bibliographic.findable import findable_in
from lumbung.catalogue.domain.bibliographic.numbers import isbn_13, issn
from lumbung.catalogue.domain.imports.copies import price_in
from lumbung.catalogue.tests.factories import marc_of
from lumbung.formats.marc import Field, Record, read


def data(tag, ind1=" ", ind2=" ", **subfields):
    return Field(tag, ind1, ind2, list(subfields.items()))


def columns(*fields, leader="00000nam a2200000 i 4500"):
    return columns_of(Record(leader, list(fields)))[0]


def test_a_title_is_written_as_people_write_it():
    title = Field("245", "1", "0", [("a", "Teologi Islam :"), ("b", "aliran-aliran sejarah /"), ("c", "Harun Nasution.")])
    said = describe(Record(fields=[title]))
    assert (said.title, said.responsibility) == ("Teologi Islam: aliran-aliran sejarah", "Harun Nasution")
    assert (said.title_proper, said.remainder) == ("Teologi Islam", "aliran-aliran sejarah")


WRAPPED = """<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nam a2200000 i 4500</leader>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Ōta,
    Hirohito.
  </subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">110-nen no arubamu :</subfield><subfield code="b">de la inmigración
    japonesa al Perú /
  </subfield><subfield code="c">Ōta
    Hirohito.</subfield></datafield>
<datafield tag="500" ind1=" " ind2=" "><subfield code="a">Dengan
    indeks.
  </subfield></datafield>
<datafield tag="650" ind1=" " ind2="4"><subfield code="a">Japanese
    in Peru
  </subfield></datafield></record></collection>"""


def test_what_a_file_was_wrapped_into_is_read_on_one_line_and_kept_as_it_came():
    [entry] = read(io.BytesIO(WRAPPED.encode()))
    said, found = describe(entry.record), findable_in(entry.record.leader, entry.record.by_tag())
    title = "110-nen no arubamu: de la inmigración japonesa al Perú"
    assert (said.title, said.responsibility) == (title, "Ōta Hirohito")
    assert (found.title, list(found.names), list(found.notes)) == (title, ["Ōta, Hirohito"], ["Dengan indeks."])
    assert [each.text for each in found.subjects] == ["Japanese in Peru"]
    assert columns_of(entry.record)[0].title == title
    assert "japonesa al Perú /\n" in entry.record.first("245").get("b")


def test_parts_of_a_title_follow_it():
    title = Field("245", "0", "0", [("a", "Tafsir al-Misbah."), ("n", "Vol. 2,"), ("p", "Surah Ali Imran.")])
    assert columns(title).title == "Tafsir al-Misbah. Vol. 2, Surah Ali Imran"


def test_a_record_without_a_title_is_called_so():
    assert columns(data("100", a="Hamka")).title == "[Tanpa judul]"


@pytest.mark.parametrize(
    ("leader", "code", "form"),
    [("nam", "f", "f"), ("nam", "0", ""), ("nas", "f", ""), ("njm", "1", ""), ("", "f", "")],
)
def test_the_literary_form_is_told_by_books_alone(leader, code, form):
    coded = Field("008", value=f"260101s1995    io a          000 {code} ind d")
    assert describe(Record(f"00000{leader}" if leader else "", [coded])).literary_form == form


def test_forms_in_other_scripts_are_kept_for_display():
    said = describe(marc_of("Kitab", data("880", "1", "0", **{"6": "245-01/(3/r", "a": "كتاب /"})))
    assert said.titles_in_other_scripts == ("كتاب",)


def test_contributors_have_their_roles_and_mononyms_stay_whole():
    said = describe(
        marc_of(
            "X",
            Field("100", "0", " ", [("a", "Hamka,"), ("d", "1908-1981,"), ("e", "pengarang.")]),
            Field("700", "1", " ", [("a", "Toer, Pramoedya Ananta,"), ("4", "edt")]),
            Field("710", "2", " ", [("a", "Indonesia."), ("b", "Departemen Agama.")]),
            Field("700", "1", " ", [("a", "Hirata, Andrea."), ("t", "Laskar pelangi.")]),
        )
    )
    assert said.contributors == (
        Contributor("Hamka", "person", "1908-1981", ("pengarang",), main=True),
        Contributor("Toer, Pramoedya Ananta", "person", roles=("edt",)),
        Contributor("Hirata, Andrea", "person", work="Laskar pelangi"),
        Contributor("Indonesia. Departemen Agama", "body"),
    )
    assert said.creator == "Hamka"


@pytest.mark.parametrize(
    ("coded", "told", "year"),
    [
        ("200520s1987    ", "2001", 1987),
        ("200520q19uu    ", "[ca. 1987?]", 1987),
        ("200520n        ", "c2003.", 2003),
        ("", "[19--]", None),
        ("", "1435 H/2014 M", 2014),
        ("", "cet. ke-3, 1998", 1998),
        ("200520s9999    ", "", None),
    ],
)
def test_the_year_is_found_where_it_can_be(coded, told, year):
    assert columns(Field("008", value=coded), data("260", c=told)).year == year


def test_the_publication_is_that_of_the_publisher():
    production = data("264", " ", "0", a="Bandung :", b="Dicetak sendiri,", c="1990")
    publication = data("264", " ", "1", a="[Jakarta] :", b="Hasta Mitra,", c="1980.")
    found = columns(production, publication)
    assert (found.place, found.publisher, found.year) == ("Jakarta", "Hasta Mitra", 1980)


def test_languages_are_told_by_008_and_041():
    assert describe(marc_of("X", data("041", "1", a="indara"))).languages == ("ind", "ara")
    assert columns(Field("008", value=" " * 35 + "|||"), data("041", a="jw")).language == "jav"
    assert columns().language == ""


@pytest.mark.parametrize(("field", "number"), [("082", "2X4.2"), ("080", "821(910)"), ("084", "QA76")])
def test_the_class_number_may_be_of_any_scheme(field, number):
    assert columns(data(field, a=number)).classification == number
    assert columns(data(field, a=number), data("082", a="297/.1'2")).classification in {number, "297.12"}


MATERIALS = {
    ("am", ""): "book",
    ("am", "502"): "thesis",
    ("tm", "502"): "thesis",
    ("tm", ""): "manuscript",
    ("as", ""): "serial",
    ("ai", ""): "serial",
    ("ab", ""): "article",
    ("am", "338cr"): "ebook",
    ("am", "337h"): "microform",
    ("cm", ""): "score",
    ("em", ""): "map",
    ("im", ""): "audio",
    ("jm", ""): "audio",
    ("gm", ""): "video",
    ("km", ""): "image",
    ("mm", ""): "computer_file",
    ("om", ""): "kit",
    ("pc", ""): "mixed",
    ("rm", ""): "object",
}


@pytest.mark.parametrize(("codes", "field"), MATERIALS)
def test_every_carrier_has_its_material(codes, field):
    extra = [data(field[:3], a="x", b=field[3:])] if field else []
    assert material_of(Record(f"00000n{codes} a2200000 i 4500", extra)) == MATERIALS[codes, field]


def test_a_form_of_item_tells_online_and_micro():
    for form, material in (("o", "ebook"), ("s", "ebook"), ("a", "microform"), ("r", "book"), (" ", "book")):
        assert material_of(Record(fields=[Field("008", value=" " * 23 + form + " " * 16)])) == material


def test_subjects_have_their_kinds_and_come_once():
    said = describe(
        marc_of(
            "X",
            Field("650", " ", "4", [("a", "Islam"), ("x", "Sejarah"), ("z", "Indonesia.")]),
            Field("650", " ", "4", [("a", "Islam"), ("x", "Sejarah"), ("z", "Indonesia")]),
            Field("653", " ", " ", [("a", "moderasi"), ("a", "toleransi")]),
            Field("600", "0", "4", [("a", "Hamka,"), ("d", "1908-1981.")]),
        )
    )
    assert said.subjects == (
        Subject("person", "Hamka, 1908-1981", "Hamka, 1908-1981"),
        Subject("topic", "Islam", "Islam — Sejarah — Indonesia"),
        Subject("keyword", "moderasi", "moderasi"),
        Subject("keyword", "toleransi", "toleransi"),
    )


def test_only_addresses_a_browser_may_follow_are_links():
    said = describe(
        marc_of("X", data("856", "4", "0", u="https://repo.id/1", y="Teks lengkap"), data("856", u="javascript:alert(1)"))
    )
    assert said.links == (Link("https://repo.id/1", "Teks lengkap", related=False),)


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("979-3062-79-7 (jilid 1)", "9789793062792"),
        ("978-979-3062-79-2", "9789793062792"),
        ("080442957X", "9780804429573"),
        ("979-3062-79-2", ""),
        ("tanpa ISBN", ""),
        ("978‐979–97312‐3‐4", "9789799731234"),
    ],
)
def test_an_isbn_has_thirteen_digits_and_is_right_or_none(text, isbn):
    assert isbn_13(text) == isbn


def test_an_issn_is_right_or_none():
    assert (issn("ISSN 2049-3630"), issn("2049-3631"), issn("0000-006x")) == ("20493630", "", "0000006X")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("85.000", "85000.00"),
        ("Rp85.000,00", "85000.00"),
        ("$14.50", "14.50"),
        ("1,250,000", "1250000.00"),
        ("hibah", None),
        ("45rb", "45000.00"),
        ("Rp 1,5 jt", "1500000.00"),
        ("45 - 50 ribu", None),
    ],
)
def test_prices_are_read_as_people_write_them(text, amount):
    assert (str(found) if (found := price_in(text)) else None) == amount


def test_every_real_record_can_be_described(shared_data):
    for name in ("good/apache-5000.mrc.gz", "good/apache-uchicago.xml.gz", "gpo-and-friends/dnb.xml.gz"):
        with (shared_data / "marc" / name).open("rb") as file:
            for entry in read(file):
                said, (row, _) = describe(entry.record), columns_of(entry.record)
                assert (said.title, said.year, said.material) == (row.title, row.year, row.material)
