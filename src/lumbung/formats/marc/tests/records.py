"""Records for tests: made by hand, and of any kind a record can be."""

from hypothesis import strategies as st

from lumbung.formats.marc import Field, Record

LEADER = "00000nam a2200000 i 4500"


def a_record(title: str = "Bumi manusia", *more: Field) -> Record:
    return Record(LEADER, [Field("001", value="1"), Field("245", "1", "0", [("a", title)]), *more])


_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=40)
_CODE = st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789")
_INDICATOR = st.sampled_from(" 0123456789")
_TAG = st.integers(10, 999).map("{:03d}".format) | st.sampled_from(["CAT", "LKR", "9XX"])
_CONTROL = st.builds(Field, tag=st.sampled_from(["001", "003", "005", "008"]), value=_TEXT)
_DATA = st.builds(
    Field,
    tag=_TAG,
    ind1=_INDICATOR,
    ind2=_INDICATOR,
    subfields=st.lists(st.tuples(_CODE, _TEXT), min_size=1, max_size=5),
)
any_record = st.builds(Record, leader=st.just(LEADER), fields=st.lists(_CONTROL | _DATA, min_size=1, max_size=12))
