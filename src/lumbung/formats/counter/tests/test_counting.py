"""Counting by the Code of Practice: double clicks, sessions, unique items and titles, denials, searches."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.counter import Item, Use, counted
from lumbung.formats.counter.counting import INVESTIGATION, LICENCE, LIMIT, REQUEST, SEARCH, clicks

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
BOOK = Item("1", 1, "Book", "Book_Segment", 2020)


def chapter(number: int) -> Item:
    return Item(f"1/{number}", 1, "Book", "Book_Segment", 2020)


def used(seconds: float = 0, kind: str = REQUEST, visitor: str = "ani", link: int = 1, item: Item | None = BOOK) -> Use:
    return Use(kind, NOON + timedelta(seconds=seconds), visitor, link, item)


def counts(*uses: Use) -> dict[str, int]:
    found: dict[str, int] = {}
    for (_item, metric, _month), count in counted(uses).counts.items():
        found[metric] = found.get(metric, 0) + count
    return found


def test_two_clicks_within_thirty_seconds_are_one_and_the_later_is_kept():
    assert [use.at for use in clicks([used(0), used(30)])] == [NOON + timedelta(seconds=30)]
    assert len(list(clicks([used(0), used(31)]))) == 2
    assert len(list(clicks([used(0), used(20), used(40), used(60)]))) == 1
    assert len(list(clicks([used(0), used(5, visitor="budi"), used(6, link=2), used(7, kind=INVESTIGATION)]))) == 4


def test_a_request_is_an_investigation_too_and_unique_counts_once_in_a_session_of_an_hour():
    assert counts(used(0), used(60), used(120)) == {
        "Total_Item_Requests": 3,
        "Total_Item_Investigations": 3,
        "Unique_Item_Requests": 1,
        "Unique_Item_Investigations": 1,
        "Unique_Title_Requests": 1,
        "Unique_Title_Investigations": 1,
    }
    assert counts(used(0), used(3_600))["Unique_Item_Requests"] == 2


def test_twelve_chapters_are_twelve_items_and_one_title():
    told = counts(*(used(n * 40, link=n, item=chapter(n)) for n in range(12)))
    assert (told["Unique_Item_Requests"], told["Unique_Title_Requests"]) == (12, 1)


def test_two_formats_of_one_work_are_one_item():
    told = counts(used(0, link=1), used(60, link=2))
    assert (told["Total_Item_Requests"], told["Unique_Item_Requests"]) == (2, 1)


def test_titles_are_counted_of_books_alone():
    thesis = Item("9", 9, "Thesis_or_Dissertation", "Thesis_or_Dissertation")
    assert "Unique_Title_Requests" not in counts(used(item=thesis))


def test_a_denial_is_no_request_and_tells_why():
    assert counts(used(kind=LIMIT)) == {
        "Limit_Exceeded": 1,
        "Total_Item_Investigations": 1,
        "Unique_Item_Investigations": 1,
        "Unique_Title_Investigations": 1,
    }
    assert counts(used(kind=LICENCE))["No_License"] == 1


def test_searches_are_counted_by_month_and_the_same_one_twice_at_once_is_one():
    tally = counted(
        [used(0, SEARCH, link=5, item=None), used(9, SEARCH, link=5, item=None), used(10, SEARCH, link=6, item=None)]
    )
    assert tally.searches == {"2026-11": 2}


@given(st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from("ab"), st.integers(1, 3)), max_size=60))
def test_unique_never_exceeds_total_and_no_two_clicks_left_are_close(events):
    uses = [used(seconds, visitor=who, link=link) for seconds, who, link in sorted(events)]
    told = counts(*uses)
    assert told.get("Unique_Item_Requests", 0) <= told.get("Total_Item_Requests", 0) <= len(uses)
    last: dict[tuple[str, int], datetime] = {}
    for use in clicks(uses):
        before = last.get((use.visitor, use.link))
        assert before is None or (use.at - before).total_seconds() > 30
        last[use.visitor, use.link] = use.at
