"""Messages to bytes and back: the standard's own examples, whatever else may be said, and another program's reading of it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pysip2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.sip2 import (
    LAYOUTS,
    LONGEST_FRAME,
    Framing,
    Message,
    TooLong,
    Unreadable,
    checksum,
    clean,
    decode,
    encode,
    read_moment,
    write_moment,
)

SPECIFICATION = (Path(__file__).parent / "specification.txt").read_text(encoding="utf-8").splitlines()
"""The examples of the standard. Where the checksum it prints is not that of the message it prints, the line ends before it."""
JAKARTA = ZoneInfo("Asia/Jakarta")

values = st.text(st.characters(codec="utf-8", exclude_characters="|", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=60)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    code = draw(st.sampled_from(sorted(LAYOUTS)))
    layout = LAYOUTS[code]
    fixed = {name: draw(st.text("YN 0123456789", min_size=width, max_size=width)) for name, width in layout.fixed}
    names = st.sampled_from(sorted(layout.fields)) if layout.fields else st.nothing()
    fields = draw(st.lists(st.tuples(names, values), max_size=8)) if layout.fields else []
    sequence = "" if code in {"96", "97"} else draw(st.sampled_from(["", *"0123456789"]))
    return Message(code, fixed, tuple(fields), sequence)


@pytest.mark.parametrize("line", SPECIFICATION)
def test_the_examples_of_the_standard_are_read_and_written_again_to_the_letter(line: str):
    message = decode(line.encode())
    assert encode(message, detect="AZ" in line) == line.encode() + b"\r"
    assert {name for name, _ in message.fields} <= message.layout.fields


def test_a_message_says_what_stands_in_it():
    message = decode(SPECIFICATION[8].encode())
    assert message.layout.name == "patron information response"
    assert (message["holds"], message["AA"], message["XX"]) == ("0001", "PatronID", "")
    assert message.all("AU") == ["ChargeItem1", "ChargeItem2"]


@given(messages(), st.booleans())
def test_what_is_written_is_read_the_same(message: Message, detect: bool):
    expected = message if detect else Message(message.code, message.fixed, message.fields)
    assert decode(encode(message, detect=detect)) == expected


@given(messages(), st.data())
def test_a_byte_that_was_changed_on_the_way_is_noticed(message: Message, data: st.DataObject):
    frame = bytearray(encode(message, detect=True)[:-1])
    at = data.draw(st.integers(0, len(frame) - 7))
    frame[at] = (frame[at] + data.draw(st.integers(1, 255))) % 256
    with pytest.raises(Unreadable):
        decode(bytes(frame))


@given(st.binary(max_size=200))
def test_garbage_is_unreadable_or_a_message_and_never_anything_else(garbage: bytes):
    try:
        read = decode(garbage)
    except Unreadable:
        return
    assert read.code in LAYOUTS
    assert decode(encode(read)) == Message(read.code, read.fixed, read.fields)


@given(st.text(max_size=100))
def test_no_text_can_end_its_field_or_the_message(text: str):
    message = Message.of("36", [("AF", text), ("AG", "last")], ended="Y", date=" " * 18)
    assert [name for name, _ in decode(encode(message)).fields] == ["AF", "AG"]
    assert "|" not in clean(text)


@given(st.lists(messages(), max_size=6), st.sampled_from([b"\r", b"\n", b"\r\n"]), st.integers(1, 40))
def test_frames_are_found_however_the_bytes_arrive(sent: list[Message], end: bytes, size: int):
    stream = b"".join(encode(message)[:-1] + end for message in sent)
    framing, found = Framing(), []
    for at in range(0, len(stream), size):
        found += framing.feed(stream[at : at + size])
    assert [decode(frame) for frame in found] == [Message(each.code, each.fixed, each.fields) for each in sent]
    assert not framing.is_half


def test_a_message_without_an_end_is_given_up_before_it_fills_the_memory():
    framing = Framing()
    assert list(framing.feed(b"9900")) == []
    assert framing.is_half
    with pytest.raises(TooLong):
        list(framing.feed(b"x" * LONGEST_FRAME))


@pytest.mark.parametrize(
    ("frame", "resend"),
    [(b"", True), (b"GET / HTTP/1.1", True), (b"7700", False), (b"11YN2026", True), (b"9900302.00AY1AZFCA6", True)],
)
def test_what_cannot_be_read_is_asked_for_again_unless_asking_is_of_no_use(frame: bytes, resend: bool):
    with pytest.raises(Unreadable) as unreadable:
        decode(frame)
    assert unreadable.value.resend is resend


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "latin-1"])
def test_letters_survive_in_the_encoding_of_the_machine(encoding: str):
    message = Message.of("36", [("AF", "Café, naïf")], ended="Y", date=" " * 18)
    assert decode(encode(message, encoding=encoding), encoding=encoding)["AF"] == "Café, naïf"
    strange = Message.of("36", [("AF", "ꦲ")], ended="Y", date=" " * 18)
    assert decode(encode(strange, encoding="cp850"), encoding="cp850")["AF"] == "?"


def test_a_message_that_is_not_made_rightly_is_not_sent():
    with pytest.raises(ValueError, match="ok must have 1 characters"):
        encode(Message.of("94", ok="10"))
    with pytest.raises(ValueError, match="has no field AA"):
        encode(Message.of("94", [("AA", "x")], ok="1"))


def test_a_field_of_none_is_left_out_and_one_of_many_is_repeated():
    message = Message.of("66", [("AO", "x"), ("BM", ["1", "2"]), ("BN", None)], ok="1")
    assert message.fields == (("AO", "x"), ("BM", "1"), ("BM", "2"))


def test_moments_are_local_unless_they_say_otherwise():
    moment = datetime(2026, 3, 6, 2, 0, 5, tzinfo=UTC)
    assert write_moment(moment, JAKARTA) == "20260306    090005"
    assert read_moment("20260306    090005", JAKARTA) == read_moment("20260306   Z020005", JAKARTA) == moment
    assert [read_moment(text, JAKARTA) for text in (" " * 18, "20261399    000000", "2026")] == [None, None, None]


STRICTER = {"98", "09"}
"""The other program takes no status without BX and no blank date, and the standard's own examples have these."""


@pytest.mark.parametrize("line", [line for line in SPECIFICATION if line[:2] not in STRICTER])
def test_another_program_reads_in_the_examples_what_we_read(line: str):
    ours = decode(line.encode())
    theirs = pysip2.decode_message(line.encode() + b"\r", encoding="utf-8")
    assert ours.sequence == ("" if theirs.sequence_number is None else str(theirs.sequence_number))
    said = [value for name, value in _values(theirs.message) if value]
    assert sorted(said) == sorted([*ours.fixed.values(), *(value for _, value in ours.fields if value)])


def _values(message: object) -> list[tuple[str, str]]:
    pairs = []
    for name in message.__struct_fields__:  # type: ignore[attr-defined]
        value = getattr(message, name)
        pairs += [(name, each) for each in (value if isinstance(value, tuple) else (value,))]
    return pairs


def test_the_checksum_is_that_of_a_known_client():
    frame = b"09N20160419    12200820160419    122008APReading Room 1|AO830|AB830$28170815|AC|AY2AZ"
    assert checksum(frame) == "EB80"
