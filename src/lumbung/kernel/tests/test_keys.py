"""What an address or a form names as a key."""

import pytest

from lumbung.kernel.ui.keys import key_in


@pytest.mark.parametrize(("text", "key"), [("17", 17), ("0", 0), ("9" * 18, 10**18 - 1)])
def test_digits_name_a_key(text: str, key: int) -> None:
    assert key_in(text) == key


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1.5", " 7", "٧", "²", "9" * 19, "9" * 5_000])
def test_anything_else_names_no_row(text: str | None) -> None:
    assert key_in(text) == 0
