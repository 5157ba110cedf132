"""The simple form and the MARC behind it: what is not changed stays to the letter."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lumbung.catalogue.domain.bibliographic import material_of
from lumbung.catalogue.domain.call_numbers import suggested_call_number
from lumbung.catalogue.domain.revision import new_marc, revised
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Material
from lumbung.formats.marc import Field, Record, read
from lumbung.kernel import clock

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def field(tag, indicators, *subfields):
    return Field(tag, indicators[0], indicators[1], list(subfields))


@pytest.fixture
def bumi():
    """A record with ISBD marks, local fields, and fields the form does not show."""
    return Record(
        "01234cam a2200289 a 4500",
        [
            Field("001", value="bm1"),
            Field("008", value="800101s1980    io            000 1 ind d"),
            field("020", "  ", ("a", "9799731232"), ("q", "sampul lunak"), ("z", "0000000000")),
            field("082", "04", ("a", "899.221"), ("2", "23")),
            field("100", "1 ", ("a", "Toer, Pramoedya Ananta,"), ("d", "1925-2006,"), ("e", "pengarang."), ("0", "auth77")),
            field("245", "10", ("a", "Bumi manusia :"), ("b", "sebuah roman /"), ("c", "Pramoedya Ananta Toer.")),
            field("260", "  ", ("a", "Jakarta :"), ("b", "Hasta Mitra,"), ("c", "1980.")),
            field("300", "  ", ("a", "354 p. ;"), ("c", "20 cm.")),
            field("500", "  ", ("a", "Jilid pertama tetralogi.")),
            field("650", " 0", ("a", "Indonesian fiction"), ("y", "20th century.")),
            field("700", "1 ", ("a", "Isak, Joesoef."), ("t", "Karya lain.")),
            field("700", "1 ", ("a", "Lane, Max,"), ("e", "penerjemah.")),
            field("952", "  ", ("p", "B001"), ("9", "lokal")),
        ],
    )


def changed_fields(before, after):
    """The fields that came and the fields that went, as (tag, text)."""

    def told(marc):
        return [(each.tag, each.ind1 + each.ind2, each.value or each.subfields) for each in marc.fields]

    return [each for each in told(before) if each not in told(after)], [
        each for each in told(after) if each not in told(before)
    ]


def test_the_form_shows_values_without_marks(bumi):
    entry = entry_of(bumi)
    assert (entry.title, entry.subtitle, entry.responsibility) == ("Bumi manusia", "sebuah roman", "Pramoedya Ananta Toer")
    assert entry.people == ["Toer, Pramoedya Ananta, 1925-2006", "Lane, Max"]
    assert (entry.place, entry.publisher, entry.year) == ("Jakarta", "Hasta Mitra", "1980")
    assert (entry.subjects, entry.isbn, entry.language) == (["Indonesian fiction -- 20th century"], ["9799731232"], "ind")


def test_saving_without_a_change_changes_nothing(bumi):
    assert revised(bumi, entry_of(bumi)) == bumi


def test_a_changed_title_keeps_its_mark_and_its_neighbours(bumi):
    new = revised(bumi, replace(entry_of(bumi), title="Anak semua bangsa"))
    gone, come = changed_fields(bumi, new)
    assert [each[0] for each in gone] == ["245"]
    assert come == [("245", "10", [("a", "Anak semua bangsa :"), ("b", "sebuah roman /"), ("c", "Pramoedya Ananta Toer.")])]


def test_taking_the_subtitle_away_moves_the_mark(bumi):
    new = revised(bumi, replace(entry_of(bumi), subtitle=""))
    assert new.first("245").subfields == [("a", "Bumi manusia /"), ("c", "Pramoedya Ananta Toer.")]


def test_a_subtitle_added_to_a_record_without_marks_gets_none():
    plain = Record("00000nam a2200000 c 4500", [field("245", "00", ("a", "Judul"))])
    assert revised(plain, replace(entry_of(plain), subtitle="anak")).first("245").subfields == [("a", "Judul"), ("b", "anak")]


def test_a_corrected_name_keeps_dates_and_role_but_not_its_authority(bumi):
    new = revised(bumi, replace(entry_of(bumi), people=["Toer, Pramudya Ananta, 1925-2006", "Lane, Max"]))
    assert changed_fields(bumi, new)[1] == [
        ("100", "1 ", [("a", "Toer, Pramudya Ananta,"), ("d", "1925-2006,"), ("e", "pengarang.")])
    ]


def test_the_first_person_is_the_main_entry_and_a_mononym_is_a_forename(bumi):
    new = revised(bumi, replace(entry_of(bumi), people=["Sugiyono", "Toer, Pramoedya Ananta, 1925-2006", "Lane, Max"]))
    assert [(each.tag, each.ind1, each.get("a")) for each in new.all("100", "700")] == [
        ("100", "0", "Sugiyono"),
        ("700", "1", "Isak, Joesoef."),
        ("700", "1", "Toer, Pramoedya Ananta,"),
        ("700", "1", "Lane, Max,"),
    ]


def test_names_of_other_works_are_left_alone(bumi):
    new = revised(bumi, replace(entry_of(bumi), people=[]))
    assert [each.get("t") for each in new.all("100", "700")] == ["Karya lain."]
    assert new.first("245").ind1 == "0"


def test_a_year_reaches_the_coded_date_too(bumi):
    new = revised(bumi, replace(entry_of(bumi), year="2005"))
    assert new.first("260").get("c") == "2005."
    assert new.control("008")[6:11] == "s2005"


def test_a_wrong_isbn_goes_but_its_cancelled_one_stays(bumi):
    new = revised(bumi, replace(entry_of(bumi), isbn=[]))
    assert [each.subfields for each in new.all("020")] == [[("z", "0000000000")]]


def test_a_subject_in_the_middle_is_changed_in_its_place(bumi):
    new = revised(bumi, replace(entry_of(bumi), subjects=["Fiksi Indonesia -- 20th century", "Tetralogi -- Indonesia"]))
    assert [(each.ind2, each.subfields) for each in new.all("650")] == [
        ("0", [("a", "Fiksi Indonesia"), ("y", "20th century.")]),
        ("4", [("a", "Tetralogi"), ("x", "Indonesia")]),
    ]


FULL = SimpleEntry(
    title="The Weaver",
    subtitle="a study",
    responsibility="Sugiyono ; Ani",
    people=["Sugiyono", "Toer, Pramoedya"],
    bodies=["BRIN"],
    edition="Edisi 2",
    place="Bandung",
    publisher="Alfabeta",
    year="2019",
    extent="xii, 248 halaman",
    details="ilustrasi",
    dimensions="23 cm",
    series=["Seri riset ; 4"],
    isbn=["9786022893738"],
    issn=["0126-1754"],
    language="eng",
    classification="001.42",
    call_number="001.42 SUG w",
    subjects=["Penelitian -- Metode"],
    summary="Ringkas.",
    notes=["Catatan 1", "Catatan 2"],
)


def test_a_new_record_says_all_that_was_filled_in():
    with clock.stopped_at(MORNING):
        made = new_marc(FULL)
    assert entry_of(made) == FULL
    assert (made.first("245").ind1, made.first("245").ind2) == ("1", "4")
    assert [each.tag for each in made.all("100", "110", "700", "710")] == ["100", "700", "710"]
    assert made.control("008") == "261123s2019    xx |||||||||||||||||eng d"
    assert [each.tag for each in made.fields] == sorted(each.tag for each in made.fields)


@pytest.mark.parametrize("material", Material)
def test_every_carrier_comes_back_as_it_was_chosen(material):
    made = new_marc(replace(FULL, material=material))
    assert (material_of(made), entry_of(made).material, len(made.control("008"))) == (material, material, 40)


@pytest.mark.parametrize("material", Material)
def test_a_record_changes_from_any_carrier_to_a_book_and_back(material):
    made = new_marc(replace(FULL, material=material))
    book = revised(made, replace(entry_of(made), material=Material.BOOK))
    assert entry_of(book).material == Material.BOOK
    assert entry_of(revised(book, replace(entry_of(book), material=material))).material == material


@pytest.mark.django_db
def test_the_call_number_is_suggested_from_class_author_and_title():
    entry = SimpleEntry(title="Bumi manusia", people=["Toer, Pramoedya Ananta"], classification="899.221")
    assert suggested_call_number(entry) == "899.221 TOE b"
    assert suggested_call_number(replace(entry, call_number="813 PRA b")) == "813 PRA b"
    assert suggested_call_number(replace(entry, classification="")) == ""


def test_real_records_survive_the_form_to_the_letter_and_keep_all_but_what_changes(shared_data):
    count = 0
    for name in ("marc/good/apache-5000.mrc.gz", "marc/good/gpo-cmr-420.xml.gz"):
        with (shared_data / name).open("rb") as file:
            for entry in read(file):
                if entry.record is None or count % 10:
                    count += 1
                    continue
                count += 1
                before = deepcopy(entry.record)
                assert revised(entry.record, entry_of(entry.record)) == before
                told = replace(entry_of(before), title="Judul baru", people=["Sugiyono"], subjects=["A", "B"], notes=["C"])
                after = revised(before, told)
                assert entry_of(after) == told
                others = ("1", "24", "5", "6", "7")
                assert [each for each in after.fields if not each.tag.startswith(others)] == [
                    each for each in before.fields if not each.tag.startswith(others)
                ]
    assert count > 5000
