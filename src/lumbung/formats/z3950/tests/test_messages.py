"""What goes over the wire: requests to the byte, answers as servers send them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats import z3950
from lumbung.formats.ber import (
    EXTERNAL,
    INTEGER,
    OBJECT_IDENTIFIER,
    SEQUENCE,
    VISIBLE_STRING,
    Class,
    Malformed,
    Node,
    boolean,
    constructed,
    encode,
    identifier,
    integer,
    string,
)

UNIVERSAL = Class.UNIVERSAL
BIB_1_DIAGNOSTICS = "1.2.840.10003.4.1"


def diagnostic(number, condition, detail, tag=Class.CONTEXT):
    return constructed(
        number,
        identifier(OBJECT_IDENTIFIER, BIB_1_DIAGNOSTICS, tag=UNIVERSAL),
        integer(INTEGER, condition, tag=UNIVERSAL),
        string(VISIBLE_STRING, detail, tag=UNIVERSAL),
        tag=tag,
    )


def external(data):
    return constructed(
        EXTERNAL, identifier(OBJECT_IDENTIFIER, z3950.Syntax.MARC21, tag=UNIVERSAL), string(1, data), tag=UNIVERSAL
    )


def named(choice):
    return constructed(SEQUENCE, string(0, "LCDB"), constructed(1, choice), tag=UNIVERSAL)


def query_of(*words):
    return [z3950.Term(each, {1: 1016}) for each in words]


def test_a_session_begins_with_version_3_search_and_present():
    assert z3950.init(largest=1000, name="L").hex() == "b4148302" + "05e0" + "840206c0" + "850203e8" + "860203e8" + "9f6f014c"


def test_a_search_says_where_each_word_is_sought():
    query = z3950.all_of([z3950.Term("bumi", {1: 4}), z3950.Term("toer", {1: 1003, 4: 2})])
    data = z3950.search(query, ["LCDB"])
    assert bytes.fromhex("06072a8648ce130301") in data
    assert b"bumi" in data
    assert b"toer" in data
    assert data.hex().endswith("bf2e028000")  # the operator AND
    assert z3950.search(z3950.any_of(query_of("a", "b")), ["LCDB"]).hex().endswith("bf2e028100")
    assert bytes.fromhex("9f78010" + "1" + "9f790203eb") in data  # use: author


def test_records_are_asked_for_in_one_syntax():
    assert bytes.fromhex("9f68072a8648ce13050a") in z3950.present(1, 10, syntax=z3950.Syntax.MARC21)
    assert bytes.fromhex("b303800146") in z3950.present(1, 10, syntax=z3950.Syntax.MARC21, schema="F")


def test_a_server_lets_in_or_not():
    answer = constructed(21, boolean(12, True), string(111, "GFS/YAZ"), string(112, "5.34.0"))
    assert z3950.read_answer(encode(answer)) == z3950.Initialized(True, "GFS/YAZ", "5.34.0")
    assert z3950.read_answer(encode(constructed(21, boolean(12, False)))) == z3950.Initialized(False)


def test_a_search_that_failed_says_why():
    answer = constructed(23, integer(23, 0), boolean(22, False), diagnostic(130, 114, "9999"))
    assert z3950.read_answer(encode(answer)) == z3950.Found(0, False, [z3950.Diagnostic(114, "9999")])


def test_a_record_that_cannot_be_sent_leaves_the_others():
    surrogate = constructed(2, diagnostic(SEQUENCE, 238, "XML", UNIVERSAL))
    records = constructed(
        28, named(constructed(1, external(b"one"))), named(surrogate), named(constructed(1, external(b"two")))
    )
    assert z3950.read_answer(encode(constructed(25, records))) == z3950.Presented(
        [
            z3950.Received(z3950.Syntax.MARC21, b"one"),
            z3950.Diagnostic(238, "XML"),
            z3950.Received(z3950.Syntax.MARC21, b"two"),
        ]
    )


def test_a_server_may_hang_up_with_a_reason():
    assert z3950.read_answer(encode(constructed(48, integer(211, 6), string(3, "idle")))) == z3950.Closed(6, "idle")


@pytest.mark.parametrize(
    "node",
    [
        Node(23, b"x"),
        constructed(99),
        constructed(SEQUENCE, tag=UNIVERSAL),
        constructed(25, constructed(28, named(constructed(1)))),
        constructed(25, constructed(28, constructed(SEQUENCE, tag=UNIVERSAL))),
        constructed(23, Node(23)),
    ],
)
def test_an_answer_nobody_expects_is_malformed(node):
    with pytest.raises(Malformed):
        z3950.read_answer(encode(node))


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_malformed(data):
    try:
        answer = z3950.read_answer(data)
    except Malformed:
        return
    assert isinstance(answer, z3950.Initialized | z3950.Found | z3950.Presented | z3950.Closed)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_any_words_can_be_asked_for(words):
    data = z3950.search(z3950.all_of(query_of(*words)), ["Default"])
    assert all(each.encode("utf-8", "replace") in data for each in words)
