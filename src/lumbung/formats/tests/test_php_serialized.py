import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.php_serialized import NotSerializedError, loads


def test_settings_of_slims_are_read():
    assert loads('s:7:"Senayan";') == "Senayan"
    assert loads('a:2:{s:5:"theme";s:7:"default";i:0;b:1;}') == {"theme": "default", 0: True}
    assert loads('a:1:{i:0;s:1:"1";}') == {0: "1"}
    assert loads("N;") is None
    assert loads("d:0.5;") == 0.5
    assert loads('O:8:"stdClass":1:{s:1:"a";i:1;}') == {"a": 1}


def test_lengths_count_bytes():
    assert loads('s:6:"naïve";') == "naïve"


@pytest.mark.parametrize(
    "text",
    ["", "x", "i:1", 's:9:"short";', 'a:1:{s:1:"a";}', "R:1;", 's:1:"a";junk', "a:1:{a:0:{}i:1;}", "i:x;", "a:99:{" * 60],
)
def test_what_is_none_is_refused(text: str):
    with pytest.raises(NotSerializedError):
        loads(text)


@given(st.text() | st.text(alphabet='aOsbidN:;{}"0123456789'))
def test_any_text_is_a_plain_value_or_said_not_to_be_one(text: str):
    try:
        value = loads(text)
    except NotSerializedError:
        return
    assert value is None or isinstance(value, bool | int | float | str | dict)


written = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.dictionaries(st.integers() | st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def serialized(value: object) -> str:
    """As PHP's serialize() writes it: lengths are of bytes."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case dict():
            return f"a:{len(value)}:{{{''.join(serialized(k) + serialized(v) for k, v in value.items())}}}"
    raise TypeError(value)


@given(written)
def test_what_php_writes_is_read_as_it_was(value: object):
    assert loads(serialized(value)) == value
