"""Under what people's names are entered: by the library's rule, for names that come as they are spoken, and never behind its back."""

import pytest

from lumbung.catalogue.domain import batches
from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority
from lumbung.catalogue.domain.authorities.keys import key_of
from lumbung.catalogue.domain.batches import Step
from lumbung.catalogue.domain.bibliographic import describe
from lumbung.catalogue.domain.imports.table_columns import Target
from lumbung.catalogue.domain.imports.tables import TableOptions, record_of
from lumbung.catalogue.domain.name_entry import change_name_rule, enter_names, entered
from lumbung.catalogue.domain.record_selection import RecordSelection
from lumbung.catalogue.models import Batch, HeadingKind, NameRule, Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.formats.marc import Field
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

FIRST = NameRule(order="first", families="Simatupang\nKaro Karo\nShihab")
LAST = NameRule(order="last", families="Simatupang\nKaro Karo")
PRAM = "Pramoedya Ananta Toer"


@pytest.fixture
def desk(client, sari):
    client.force_login(sari)
    return client


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (PRAM, PRAM, "Toer, Pramoedya Ananta"),
        ("Sugiyono", "Sugiyono", "Sugiyono"),
        ("Tahi Bonar Simatupang", "Simatupang, Tahi Bonar", "Simatupang, Tahi Bonar"),
        ("T. B. SIMATUPANG", "SIMATUPANG, T. B.", "SIMATUPANG, T. B."),
        ("Jamin Karo Karo", "Karo Karo, Jamin", "Karo Karo, Jamin"),
        ("Simatupang", "Simatupang", "Simatupang"),
        ("Ahmad bin Abdullah", "Ahmad bin Abdullah", "Ahmad bin Abdullah"),
        ("Muhammad Abdul Ghani", "Muhammad Abdul Ghani", "Abdul Ghani, Muhammad"),
        ("Abdul Ghani", "Abdul Ghani", "Abdul Ghani"),
        ("Suryadi S.", "Suryadi S", "Suryadi S"),
        ("Toer, Pramoedya Ananta", "Toer, Pramoedya Ananta", "Toer, Pramoedya Ananta"),
        ("", "", ""),
        ("  ,  ", "", ""),
        ("Prof.", "Prof.", "Prof."),
    ],
)
def test_names_by_either_rule(name, first, last):
    assert [entered(name, rule).heading.rstrip(".") for rule in (FIRST, LAST)] == [first.rstrip("."), last.rstrip(".")]


@pytest.mark.parametrize(
    ("name", "heading", "titles", "natural"),
    [
        ("Prof. Dr. Siti Aminah, M.Pd.", "Aminah, Siti", "Prof. Dr., M.Pd.", "Siti Aminah"),
        ("Ir. Budi Santoso M.T.", "Santoso, Budi", "Ir., M.T.", "Budi Santoso"),
        ("Drs. Simatupang, Tahi Bonar, M.Si.", "Simatupang, Tahi Bonar", "Drs., M.Si.", "Tahi Bonar Simatupang"),
        ("Jack Ma", "Ma, Jack", "", "Jack Ma"),
    ],
)
def test_titles_are_set_apart_and_the_natural_form_is_kept(name, heading, titles, natural):
    made = entered(name, LAST)
    assert (made.heading, made.titles, made.natural) == (heading, titles, natural)


def test_names_with_a_comma_are_turned_only_where_that_is_asked_for_and_families_never():
    names = ("Toer, Pramoedya Ananta", "Shihab, M. Quraish")
    assert [entered(each, FIRST).heading for each in names] == list(names)
    assert [entered(each, FIRST, commas=True).heading for each in names] == [PRAM, "Shihab, M. Quraish"]


def test_without_a_rule_a_name_stays_as_it_came():
    assert entered("Prof. Dr. Siti Aminah, M.Pd.", NameRule()).heading == "Prof. Dr. Siti Aminah, M.Pd."


def test_titles_are_shown_and_never_compared():
    plain, titled = Field("100", "0", " ", [("a", "Siti Aminah")]), Field("100", "0", " ", [("a", "Dr. Siti Aminah, M.Pd.")])
    made = marc_of("Pendidikan", titled)
    enter_names(made, LAST)
    said = describe(made).contributors[0]
    assert (said.name, said.titles) == ("Aminah, Siti", "Dr., M.Pd.")
    assert key_of(made.first("100"), HeadingKind.PERSON) == key_of(plain, HeadingKind.PERSON)


def test_families_rulers_and_works_stay_and_marks_too():
    kept = [
        Field("700", "3", " ", [("a", "Keluarga Besar Cendana")]),
        Field("700", "0", " ", [("a", "Hamengku Buwono"), ("b", "X")]),
        Field("700", "0", " ", [("a", "Armijn Pane"), ("t", "Belenggu")]),
        Field("710", "2", " ", [("a", "Universitas Nusa Bangsa")]),
        Field("700", "0", " ", [("a", "Chairil Anwar,"), ("e", "penyair")]),
    ]
    made = enter_names(marc_of("Sajak", *kept), LAST)
    assert to_lines(made).splitlines()[-5:] == [
        "700 3# $aKeluarga Besar Cendana",
        "700 0# $aHamengku Buwono$bX",
        "700 0# $aArmijn Pane$tBelenggu",
        "710 2# $aUniversitas Nusa Bangsa",
        "700 1# $aAnwar, Chairil,$epenyair",
    ]


@pytest.mark.django_db
def test_a_spreadsheet_follows_the_rule_of_the_day():
    table = TableOptions(columns={0: Target.TITLE, 1: Target.PEOPLE})
    before = record_of(["Bumi manusia", PRAM], table)
    change_name_rule(order="last", by=None)
    after = record_of(["Bumi manusia", PRAM], table)
    assert [each.first("100").subfields for each in (before, after)] == [[("a", PRAM)], [("a", "Toer, Pramoedya Ananta")]]
    assert [each.name for each in JournalEntry.objects.all()] == ["NameRuleChanged"]


def run(step, **selection):
    batch = batches.start_record_batch(RecordSelection(**selection), [step], name="Tata nama", by=None)
    return batches.prepare_batch(batch)


def creators():
    return [each.marc_record.first("100").get("a") for each in Record.objects.order_by("pk")]


@pytest.mark.django_db
def test_headings_that_stand_change_only_by_a_batch_that_is_looked_at_and_undone():
    add_authority(new_authority_marc(AuthorityEntry(heading="Andrea Hirata")), by=None)
    for title, name in (
        ("Bumi", PRAM),
        ("Laskar", "Andrea Hirata"),
        ("Sekolah", "Navis, A. A."),
        ("Marga", "T. B. Simatupang"),
    ):
        a_record(title, Field("100", "1" if "," in name else "0", " ", [("a", name)]))
    before = creators()
    change_name_rule(order="last", by=None)
    assert creators() == before
    made = run(Step(action="names", tag="100", put="koma"), material="book")
    change_name_rule(order="first", families="", by=None)
    assert [line.label for line in made.lines.all()] == ["Bumi", "Marga"]
    batches.run_batch(batches.go_ahead(made, by=None))
    assert creators() == ["Toer, Pramoedya Ananta", "Andrea Hirata", "Navis, A. A.", "Simatupang, T. B."]
    batches.undo_batch(batches.take_back_batch(Batch.objects.get(), by=None))
    assert creators() == before


@pytest.mark.django_db
def test_a_batch_needs_a_rule_and_a_field_of_names():
    with pytest.raises(Refused) as refused:
        run(Step(action="names", tag="245"), material="book")
    assert refused.value.codes == ["no_name_rule", "step_name_tag"]


@pytest.mark.django_db
def test_the_page_shows_the_collections_own_names_before_anything_is_saved(desk):
    a_record("Bumi", Field("100", "0", " ", [("a", f"{PRAM},"), ("d", "1925-2006")]))
    told = {"order": "last", "families": "Simatupang\r\n\r\n Karo  Karo", "sample": "Tahi Bonar Simatupang"}
    page = desk.post("/staff/name-rule", {**told, "look": "1"}).text
    assert "<b>Toer, Pramoedya Ananta</b>" in page
    assert "<b>Simatupang, Tahi Bonar</b>" in page
    assert not NameRule.objects.exists()
    assert desk.post("/staff/name-rule", told).url == "/staff/name-rule"
    assert NameRule.objects.values_list("order", "families").get() == ("last", "Simatupang\nKaro Karo")
    assert desk.post("/staff/name-rule", {"order": "middle"}).status_code == 422
    assert "step=names" in desk.get("/staff/name-rule").text
    assert '<option value="names" selected>' in desk.get("/staff/batches/new/records?step=names&tag=X00").text


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_name_and_for_three(desk, count, django_assert_max_num_queries):
    for n in range(count):
        a_record(f"Judul {n}", Field("100", "0", " ", [("a", f"Nama Orang{n}")]))
    desk.get("/staff/name-rule")
    with django_assert_max_num_queries(5):
        page = desk.get("/staff/name-rule").text
    assert page.count("Nama Orang") >= count


@pytest.mark.django_db
def test_the_simple_form_proposes_and_leaves_it_to_the_cataloguer(desk):
    form = {"material": "book", "title": "Bumi", "people": f"{PRAM}\nSugiyono", "language": ""}
    assert "enter_names" not in desk.get("/staff/records/new").text
    change_name_rule(order="last", by=None)
    page = desk.post("/staff/records/new", {**form, "enter_names": "1"}).text
    assert "Toer, Pramoedya Ananta\nSugiyono</textarea>" in page
    desk.post("/staff/records/new", form)
    assert Record.objects.get().creator == PRAM
    told = desk.get("/staff/authorities/suggestions.json", {"q": PRAM, "kinds": "person", "field": "1"}).json()["suggestions"]
    assert [(each["heading"], each["kind"]) for each in told] == [("Toer, Pramoedya Ananta", "Menurut aturan nama")]
