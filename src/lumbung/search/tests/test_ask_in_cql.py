"""Questions in CQL, asked of both engines: every relation, masks, orders, and what is refused with SRU's numbers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.formats.cql import Diagnostic
from lumbung.search.contextual import INDEXES, asked_in_cql
from lumbung.search.documents import Document, Query, Sort
from lumbung.search.tests.conftest import book


def headed(key: int, title: str, creator: str, **rest) -> Document:
    """A book whose creator is a heading too."""
    document = book(key, title, creator, **rest)
    return replace(document, facets={**document.facets, "creator": [creator]})


@pytest.fixture
def found(engine):
    def keys(text: str) -> list[int]:
        asked = asked_in_cql(text)
        return list(engine.find(Query(exactly=asked.node, sort=asked.sort or Sort.RELEVANCE)).keys)

    return keys


@pytest.fixture
def novels(shelve):
    toer, wijaya = {"creator": "Toer, Pramoedya Ananta"}, {"creator": "Wijaya, Citra"}
    shelve(
        headed(1, "Bumi manusia : sebuah novel", **toer, identifier="978-979-97312-3-4", year=1980, language="ind"),
        book(2, "Manusia dan bumi dalam kearifan lokal", **wijaya, year=2015, subject="Kearifan lokal", language="ind"),
        headed(3, "This earth of mankind", **toer, year=1996, language="eng", material="book"),
        book(4, "Metode penelitian", "Sugiyono", year=2013, **{"class": "001.42"}, series="Seri metodologi"),
        book(5, "Metode statistika", "Sudjana", **{"class": "001.4"}, note="Memuat C*-aljabar dan tabel.", hidden=True),
    )


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("bumi", {1, 2}),
        ('"bumi manusia"', {1}),
        ('dc.title = "bumi manusia"', {1}),
        ('dc.title adj "bumi manusia"', {1}),
        ('dc.title all "bumi manusia"', {1, 2}),
        ('dc.title any "manusia metode"', {1, 2, 4}),
        ('dc.title any/relevant/cql.stem "manusia metode"', {1, 2, 4}),
        ('title == "BUMI manusia : sebuah novel"', {1}),
        ('title exact "bumi"', set()),
        ('title =/string "this earth of mankind"', {3}),
        ('title <> "this earth of mankind"', {1, 2, 4}),
        ("title = meneliti", {4}),
        ('dc.creator all "pramoedya toer"', {1, 3}),
        ('dc.creator == "Toer, Pramoedya Ananta"', {1, 3}),
        ("dc.subject = kearifan", {2}),
        ("bib.titleSeries = metodologi", {4}),
        ("bath.isbn = 9789799731234", {1}),
        ("dc.identifier = 979-97312-3-8", {1}),
        ("bib.classification = 001", {4}),
        ("bib.classification == 001.4", set()),
        ("dc.language = eng", {3}),
        ('dc.language any "eng ind"', {1, 2, 3}),
        ("dc.type = book", {3}),
        ("dc.date = 1996", {3}),
        ("dc.date = 1996-05-01", {3}),
        ("dc.date < 1996", {1}),
        ("dc.date <= 1996", {1, 3}),
        ("dc.date > 1996", {2, 4}),
        ("dc.date >= 2013", {2, 4}),
        ("dc.date <> 1996", {1, 2, 4}),
        ('dc.date within "1990 2013"', {3, 4}),
        ("rec.identifier = 4", {4}),
        ('rec.identifier any "1 4"', {1, 4}),
        ("cql.allRecords = 1", {1, 2, 3, 4}),
        ("*", {1, 2, 3, 4}),
        ("manu*", {1, 2}),
        ("dc.title = ma?us*a", {1, 2}),
        ('dc.title all "me*ode pen*"', {4}),
        (r"dc.title = manu\*", set()),
        ("dc.title =/unmasked manu*", set()),
        ("bumi and dc.date = 2015", {2}),
        ("bumi not kearifan", {1}),
        ("mankind or (bumi and novel)", {1, 3}),
        ("bumi and novel or mankind", {1, 3}),
        ('> d = "info:srw/cql-context-set/1/dc-v1.1" d.title = mankind', {3}),
    ],
)
def test_a_question_is_answered_exactly(novels, found, text, keys):
    assert set(found(text)) == keys


def test_answers_come_in_the_order_asked_for(novels, found):
    assert found("dc.creator = toer or bumi sortBy dc.date/sort.ascending") == [1, 3, 2]
    assert found("dc.creator = toer or bumi sortBy dc.date/sort.descending") == [2, 3, 1]
    assert found('dc.title any "bumi earth mankind"')[0] == 3


def test_nothing_is_relaxed(novels, found):
    assert found('dc.title all "bumi gajah"') == []


@pytest.mark.parametrize(
    ("text", "number", "details"),
    [
        ("marxist.title = a", 15, "marxist"),
        ("dc.banana = a", 16, "dc.banana"),
        ("cql.resultSetId = 1", 50, ""),
        ("dc.title encloses a", 19, "cql.encloses"),
        ("dc.title any/fuzzy a", 20, "fuzzy"),
        ("dc.title < a", 22, "dc.title <"),
        ('note == "a b"', 22, "note =="),
        ("cql.allRecords = 2", 24, "2"),
        ("dc.date within 2001", 24, "2001"),
        ("dc.date = kemarin", 36, "kemarin"),
        ("rec.identifier = 99999999999999999999", 36, "99999999999999999999"),
        (r"dc.title = a\b", 26, "b"),
        ('dc.title = ""', 27, ""),
        ('dc.title = "..."', 27, "..."),
        ("dc.title = *manusia", 28, "*manusia"),
        ("dc.language = e*", 28, "e*"),
        ("dc.title = m*", 29, "m*"),
        ("dc.title = me?a?a?a?a?", 30, "me?a?a?a?a?"),
        ('dc.title = "^bumi"', 31, "^bumi"),
        ('dc.title adj "bumi man*"', 33, "bumi man*"),
        ("bumi prox manusia", 39, ""),
        ("bumi and/rel.combine=sum manusia", 46, "rel.combine"),
        ("bumi sortBy dc.subject", 80, "dc.subject"),
        ("bumi sortBy dc.date dc.title", 84, "1"),
        ("bumi sortBy dc.date/sort.missingLow", 88, "sort.missinglow"),
    ],
)
def test_what_cannot_be_answered_earns_its_number(text, number, details):
    with pytest.raises(Diagnostic) as raised:
        asked_in_cql(text)
    assert (raised.value.problem, raised.value.details) == (number, details)


TERMS = st.text(st.sampled_from('ab 1*?\\^"-é ') | st.characters(), max_size=12).map(lambda text: text.replace('"', '\\"'))
SIGNS = st.sampled_from(["=", "==", "<>", "any", "all", "adj", "within", "<", ">="])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(index=st.sampled_from(sorted(INDEXES)), relation=SIGNS, term=TERMS)
def test_every_question_is_answered_or_refused(novels, engine, index, relation, term):
    try:
        asked = asked_in_cql(f'{index} {relation} "{term}"')
    except Diagnostic:
        return
    engine.find(Query(exactly=asked.node))
