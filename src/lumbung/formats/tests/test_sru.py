"""SRU as a client sees it: addresses, and answers of every version."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats import cql, sru
from lumbung.formats.marc import read_marcxml

MARC = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">R&amp;D &lt;dasar&gt;</subfield></datafield></record>'
)


def answered(body: str, *, space: str = "http://www.loc.gov/zing/srw/", prefix: str = "zs:") -> bytes:
    root = f"{prefix}searchRetrieveResponse"
    return f'<?xml version="1.0"?><{root} xmlns:{prefix.rstrip(":") or "x"}="{space}">{body}</{root}>'.encode()


def packed(data: str, prefix: str = "zs:") -> str:
    return (
        f"<{prefix}records><{prefix}record><{prefix}recordSchema>marcxml</{prefix}recordSchema>"
        f"<{prefix}recordData>{data}</{prefix}recordData></{prefix}record></{prefix}records>"
    )


def title(record: bytes) -> str:
    read = next(read_marcxml(io.BytesIO(record))).record
    return read.first("245").get("a")


@pytest.mark.parametrize("prefix", ["zs:", "", "srw:"])
@pytest.mark.parametrize(
    "data", [MARC, MARC.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), f"\n <![CDATA[{MARC}]]> \n"]
)
def test_a_record_is_the_same_as_xml_and_as_a_string(prefix, data):
    body = f"<{prefix}numberOfRecords>7</{prefix}numberOfRecords>{packed(data, prefix)}"
    found = sru.read_response(answered(body, prefix=prefix))
    assert (found.total, [title(each) for each in found.records], found.diagnostics) == (7, ["R&D <dasar>"], [])


def test_a_prefix_declared_far_above_does_no_harm():
    marc = MARC.replace("<", "<mx:").replace("<mx:/", "</mx:").replace(' xmlns="http://www.loc.gov/MARC21/slim"', "")
    found = sru.read_response(answered(packed(marc)))
    assert title(found.records[0]) == "R&D <dasar>"


def test_a_query_that_is_refused_says_why():
    told = (
        '<zs:diagnostics><d:diagnostic xmlns:d="http://www.loc.gov/zing/srw/diagnostic/"><d:uri>info:srw/diagnostic/1/16</d:uri>'
        "<d:details>bath.isbn</d:details><d:message>Unsupported index</d:message></d:diagnostic></zs:diagnostics>"
    )
    found = sru.read_response(answered(told))
    assert (found.total, found.diagnostics) == (0, [sru.Diagnostic(16, "Unsupported index", "bath.isbn")])


def test_a_record_that_cannot_be_had_is_a_diagnostic_in_its_place():
    told = "<diagnostic><uri>info:srw/diagnostic/1/67</uri><message>Not available in this schema</message></diagnostic>"
    found = sru.read_response(answered(packed(told)))
    assert (found.records, found.diagnostics) == ([], [sru.Diagnostic(67, "Not available in this schema")])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"\x00\xff",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><searchRetrieveResponse>&a;</searchRetrieveResponse>',
        b"<searchRetrieveResponse><records>",
    ],
)
def test_what_is_no_answer_of_sru_is_told(data):
    with pytest.raises(sru.NotSru):
        sru.read_response(data)


def test_a_server_explains_its_indexes_and_schemas():
    told = (
        b'<zs:explainResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:record><zs:recordData><explain><databaseInfo>'
        b"<title>Katalog</title></databaseInfo><indexInfo><index><title>ISBN</title><map><name set='bath'>isbn</name></map></index>"
        b"</indexInfo><schemaInfo><schema name='marcxml'/></schemaInfo></explain></zs:recordData></zs:record></zs:explainResponse>"
    )
    assert sru.read_explain(told) == sru.Explained("Katalog", ["bath.isbn"], ["marcxml"])


def test_addresses_say_what_each_version_asks_for():
    asked = {"start": 1, "most": 5, "schema": "marcxml"}
    assert sru.search_url("http://lx2.example/LCDB", "bath.isbn=1", version=sru.Version.V1_1, **asked) == (
        "http://lx2.example/LCDB?operation=searchRetrieve&version=1.1&query=bath.isbn%3D1&startRecord=1&maximumRecords=5"
        "&recordSchema=marcxml"
    )
    assert "operation" not in sru.search_url("http://x/?a=b", "q", version=sru.Version.V2_0, **asked)
    assert sru.explain_url("http://x/?a=b", version=sru.Version.V1_2) == "http://x/?a=b&version=1.2&operation=explain"


@given(st.text(alphabet='ab "\\*?^()=/é', min_size=1, max_size=20))
def test_any_words_are_one_term_of_cql(text):
    read = cql.parse("dc.title = " + sru.term(text))
    assert read.root.term.replace("\\", "") == text.replace("\\", "")


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_not_sru(data):
    with pytest.raises(sru.NotSru):
        sru.read_response(data)
