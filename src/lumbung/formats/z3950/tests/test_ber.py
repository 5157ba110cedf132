"""BER as the standard gives it, in pieces, and as no standard does."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.ber import (
    SEQUENCE,
    Class,
    Malformed,
    Node,
    bits,
    constructed,
    decode,
    encode,
    first_length,
    identifier,
    integer,
    string,
)

numbers = st.integers(0, 2**28 - 1)
tags = st.sampled_from(Class)
leaves = st.builds(Node, numbers, st.binary(max_size=300), st.none(), tags)
nodes = st.recursive(
    leaves,
    lambda inner: st.builds(lambda n, p, t: Node(n, parts=tuple(p), tag=t), numbers, st.lists(inner, max_size=4), tags),
    max_leaves=12,
)


@given(nodes)
def test_what_was_written_is_read_back_and_its_end_is_known(node):
    data = encode(node)
    assert decode(data) == node
    assert first_length(data + b"more") == len(data)
    assert first_length(data[:-1]) is None


@given(st.integers(-(2**63), 2**63 - 1))
def test_integers_are_twos_complement(value):
    assert decode(encode(integer(5, value))).integer() == value


@pytest.mark.parametrize(
    ("node", "bytes_"),
    [
        (integer(2, 128, tag=Class.UNIVERSAL), "02020080"),
        (integer(2, -1, tag=Class.UNIVERSAL), "0201ff"),
        (identifier(6, "1.2.840.10003.3.1", tag=Class.UNIVERSAL), "06072a8648ce130301"),
        (bits(3, {0, 1, 2}, 3), "830205e0"),
        (string(211, b"x"), "9f815301" + "78"),
        (constructed(SEQUENCE, Node(0), tag=Class.UNIVERSAL), "30028000"),
        (string(4, b"a" * 200, tag=Class.UNIVERSAL), "0481c8" + "61" * 200),
    ],
)
def test_the_bytes_are_those_of_the_standard(node, bytes_):
    assert encode(node).hex() == bytes_


def test_a_value_without_a_length_ends_at_its_mark():
    data = bytes.fromhex("3080 a280 020101 0000 0000".replace(" ", ""))
    node = decode(data)
    assert [each.integer() for each in node.parts[0].parts] == [1]
    assert first_length(data + b"\x02") == len(data)
    assert [first_length(data[:end]) for end in range(len(data))] == [None] * len(data)


def test_a_string_sent_in_pieces_is_one():
    assert decode(bytes.fromhex("2480040261620401630000")).octets() == b"abc"


@pytest.mark.parametrize(
    "data", ["", "30", "3003020101ff", "0480", "02850000000001", "3002020201", "1fffffffffff01", "30" * 3 + "80" * 200]
)
def test_what_is_no_value_is_malformed(data):
    with pytest.raises(Malformed):
        decode(bytes.fromhex(data))


def test_nesting_has_an_end():
    with pytest.raises(Malformed, match="deep"):
        decode(b"\x30\x80" * 5000)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_malformed(data):
    with contextlib.suppress(Malformed):
        decode(data)
        assert first_length(data) == len(data)
