"""Choosing established headings in the editors: offered while one types, linked when they are chosen."""

import pytest

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.choosing import settle_chosen
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority
from lumbung.catalogue.domain.revision import new_marc, revised
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Authority, AuthorityName, HeadingKind, Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.formats.marc import Field
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel import clock

pytestmark = pytest.mark.django_db
TOER = "Toer, Pramoedya Ananta, 1925-2006"


def an_authority(heading, kind=HeadingKind.PERSON, number="", **more):
    made = new_authority_marc(AuthorityEntry(kind=kind, heading=heading, **more))
    if number:
        made.fields[:0] = [Field("001", value=number), Field("003", value="ID-Ju")]
    return add_authority(made, by=None)


def lines_of(marc, *tags):
    return [line for line in to_lines(marc).splitlines() if line[:3] in tags]


@pytest.fixture
def desk(client, sari):
    client.force_login(sari)
    return client


def test_a_line_that_reads_as_a_heading_becomes_what_its_authority_says():
    an_authority(TOER, number="n42")
    an_authority("Jakarta", HeadingKind.PLACE)
    an_authority("Perpustakaan -- Sejarah", HeadingKind.SUBJECT)
    an_authority("Seminar Nasional Pustakawan", HeadingKind.MEETING)
    entry = SimpleEntry(
        title="Bumi",
        people=[TOER, "Orang Lain"],
        bodies=["Seminar Nasional Pustakawan"],
        subjects=["Jakarta -- Peta", "Perpustakaan -- Sejarah", TOER, "Perahu"],
    )
    made = settle_chosen(new_marc(entry), None)
    assert lines_of(made, "100", "600", "650", "651", "700", "711") == [
        "100 1# $aToer, Pramoedya Ananta,$d1925-2006$0(ID-Ju)n42",
        "651 #4 $aJakarta$xPeta",
        "650 #4 $aPerpustakaan$xSejarah",
        "600 14 $aToer, Pramoedya Ananta,$d1925-2006$0(ID-Ju)n42",
        "650 #4 $aPerahu",
        "700 0# $aOrang Lain",
        "711 2# $aSeminar Nasional Pustakawan",
    ]


def test_what_stood_there_before_is_left_alone_and_a_line_in_other_letters_too():
    an_authority("Jakarta", HeadingKind.PLACE)
    held = a_record("Kota", Field("650", " ", "7", [("a", "Jakarta"), ("2", "lokal")])).marc_record
    entry = entry_of(held)
    made = revised(held, SimpleEntry(**{**vars_of(entry), "subjects": [*entry.subjects, "JAKARTA"]}))
    assert lines_of(settle_chosen(made, held), "650", "651") == ["650 #7 $aJakarta$2lokal", "650 #4 $aJAKARTA"]


def vars_of(entry):
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def test_a_record_without_new_headings_asks_nothing(django_assert_num_queries):
    held = a_record("Kota", Field("650", " ", "4", [("a", "Kota")])).marc_record
    with django_assert_num_queries(0):
        settle_chosen(revised(held, entry_of(held)), held)


def test_the_simple_form_links_what_was_chosen_when_it_is_saved(desk):
    toer = an_authority(TOER)
    desk.post("/staff/records/new", {"material": "book", "title": "Gadis pantai", "people": TOER, "language": ""})
    assert list(queries.records_under(toer)) == [Record.objects.get()]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"people": "Toer, Pramudya", "subjects": "Padi -- Penyakit"},
         ["100 1# $aToer, Pramudya$epengarang", "650 #4 $aPadi$xPenyakit$0s1"]),
        ({"people": TOER, "subjects": "Padi -- Hama"},
         ["100 1# $aToer, Pramoedya Ananta,$d1925-2006$epengarang$0(ID-Ju)n42", "650 #4 $aPadi$xHama"]),
    ],
)  # fmt: skip
def test_a_heading_that_is_typed_over_in_the_simple_form_loses_its_link(desk, typed, told):
    heading = [("a", "Toer, Pramoedya Ananta,"), ("d", "1925-2006"), ("e", "pengarang"), ("0", "(ID-Ju)n42")]
    subject = Field("650", " ", "4", [("a", "Padi"), ("x", "Penyakit"), ("0", "s1")])
    record = a_record("Gadis pantai", Field("100", "1", " ", heading), subject)
    facts = {"material": "book", "title": "Gadis pantai", "language": "ind", "version": record.version}
    assert desk.post(f"/staff/records/{record.pk}/edit", {**facts, **typed}).status_code == 302
    assert lines_of(Record.objects.get().marc_record, "100", "650") == told


def test_the_editors_are_told_what_a_heading_puts_into_a_field(desk):
    toer = an_authority(TOER, number="n42", see=["Pram"])
    an_authority("Pramono Anung", HeadingKind.BODY)
    told = desk.get("/staff/authorities/suggestions.json", {"q": "pra", "kinds": "person", "field": "1"}).json()
    assert told["suggestions"] == [
        {
            "heading": TOER,
            "see": "Pram",
            "key": toer.pk,
            "kind": "Orang",
            "ind1": "1",
            "codes": "abcdq",
            "subfields": [["a", "Toer, Pramoedya Ananta,"], ["d", "1925-2006"], ["0", "(ID-Ju)n42"]],
        }
    ]


def test_both_editors_offer_headings(desk):
    form, grid = desk.get("/staff/records/new").text, desk.get("/staff/records/new/marc").text
    assert 'data-headings="subject,place,genre,person,body,title"' in form
    assert 'headings="/staff/authorities/suggestions.json"' in grid
    assert '<heading-boxes src="/staff/authorities/suggestions.json"' in form


def test_a_letter_group_is_one_statement_and_rare_kinds_are_not_crowded_out(django_assert_num_queries):
    now = clock.now()
    many = Authority.objects.bulk_create(
        Authority(
            marc={}, kind="person", heading=f"Sa{n:04}", key=f"sa{n:04}", sort_key=f"sa{n:04}", created_at=now, updated_at=now
        )
        for n in range(300)
    )
    AuthorityName.objects.bulk_create(
        AuthorityName(authority=each, kind="person", form="heading", label=each.heading, key=each.key, sort_key=each.sort_key)
        for each in many
    )
    rare = an_authority("Sajak", HeadingKind.GENRE)
    with django_assert_num_queries(1):
        found = [each.authority for each in queries.names_like("sa", kinds=["person", "genre"], size=400)]
    assert rare in found
    assert [each.authority for each in queries.names_like("sa", kinds=["genre"])] == [rare]
