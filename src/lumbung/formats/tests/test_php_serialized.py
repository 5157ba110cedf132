import contextlib

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


@given(st.text())
def test_no_text_brings_it_down(text: str):
    with contextlib.suppress(NotSerializedError):
        loads(text)
