"""Lists in pages: whatever the address asks for, a page that is there is shown."""

import pytest
from django.test import RequestFactory

from lumbung.kernel.ui.pages import page_of


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", 1), ("2", 2), ("3", 3), ("4", 3), ("99999", 3), ("0", 1), ("-7", 1), ("1.5", 1), ("dua", 1), ("9" * 5000, 1)],
)
def test_the_nearest_page_is_shown(asked: str, shown: int) -> None:
    request = RequestFactory().get("/staff/records/", {"page": asked} if asked else {})
    assert page_of(list(range(5)), request, size=2).number == shown


def test_a_list_without_rows_has_one_page() -> None:
    page = page_of([], RequestFactory().get("/", {"page": "-3"}))
    assert (page.number, list(page)) == (1, [])
