"""Every name of Koha's circulation rules is either said here or told in the report; none is dropped, none is said wrongly."""

import pytest

from lumbung.moving.domain.koha.rules import _COUNTED, _SAID, NAMES, terms_of, unsaid


@pytest.mark.parametrize("name", sorted(NAMES - {"note"}))
def test_each_rule_of_koha_is_said_or_told(name):
    values = {name: "3"}
    terms, _ = terms_of(values)
    alone_says_nothing = name in {
        "lengthunit",
        "chargeperiod",
        "suspension_chargeperiod",
        "hardduedatecompare",
        "hardduedate",
        "fine",
    }
    assert terms or unsaid(values) == [name] or alone_says_nothing


def test_the_names_read_are_names_of_koha():
    assert {*_COUNTED, *_SAID} <= NAMES


@pytest.mark.parametrize(
    ("values", "terms", "left"),
    [
        ({"issuelength": "14", "lengthunit": "days"}, {"loan_days": 14}, []),
        ({"issuelength": "3", "lengthunit": "hours", "renewalperiod": "2"}, {"loan_hours": 3}, ["renewalperiod"]),
        ({"fine": "500", "chargeperiod": "1"}, {"fine": 500, "fine_per": "day"}, []),
        ({"fine": "500.000000", "chargeperiod": "7"}, {"fine": 500, "fine_per": "week"}, []),
        ({"fine": "100", "chargeperiod": "1", "lengthunit": "hours"}, {"fine": 100, "fine_per": "hour"}, []),
        ({"fine": "500", "chargeperiod": "3"}, {}, ["chargeperiod", "fine"]),
        ({"finedays": "2", "suspension_chargeperiod": "1"}, {"suspension_days": 2}, []),
        ({"finedays": "14", "suspension_chargeperiod": "7"}, {"suspension_days": 2}, []),
        ({"finedays": "1", "suspension_chargeperiod": "7"}, {}, ["finedays", "suspension_chargeperiod"]),
        ({"hardduedate": "2026-12-20", "hardduedatecompare": "1"}, {}, ["hardduedate"]),
        ({"daysmode": "Kira-kira"}, {}, ["daysmode"]),
        ({"maxissueqty": "banyak"}, {}, ["maxissueqty"]),
        ({"holdallowed": "not_allowed"}, {"hold_limit": 0}, []),
        ({"holdallowed": "not_allowed", "reservesallowed": "4"}, {"hold_limit": 0}, []),
        ({"returnbranch": "holdingbranch"}, {"return_to": "lender"}, []),
        ({"returnbranch": "noreturn"}, {"return_to": "stays"}, []),
        ({"returnbranch": "kios"}, {}, ["returnbranch"]),
        ({"holds_per_day": "2", "holds_per_record": "1"}, {"holds_per_day": 2, "holds_per_record": 1}, []),
        ({"holdallowed": "from_home_library"}, {}, ["holdallowed"]),
        ({"auto_renew": "0", "article_requests": "no", "rentaldiscount": "0", "recalls_allowed": "0"}, {}, []),
        ({"auto_renew": "1", "lostreturn": "refund"}, {}, ["auto_renew", "lostreturn"]),
        ({"aturan_plugin": "ya"}, {}, ["aturan_plugin"]),
    ],
)
def test_what_a_case_says_here_and_what_is_told(values, terms, left):
    assert (terms_of(values)[0], unsaid(values)) == (terms, left)
