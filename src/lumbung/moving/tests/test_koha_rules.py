"""Every name of Koha's circulation rules is either said here or told in the report; none is dropped, none is said wrongly."""

from datetime import date

import pytest

from lumbung.moving.domain.koha.rules import NAMES, READ, said, terms_of, unsaid
from lumbung.moving.domain.koha.told import Told

CHRISTMAS = date(2026, 12, 20)


@pytest.mark.parametrize("name", sorted(NAMES))
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
        "chargeperiod_charge_at",
    }
    assert terms or unsaid(values) == [name] or alone_says_nothing


def test_a_case_of_a_branch_says_of_its_own_copies_what_has_no_word_here():
    told = Told({"holdallowed": "from_home_library", "hold_fulfillment_policy": "homebranch"}, is_of_branch=True)
    terms, lost = said(told)
    assert (terms, lost & told.values.keys()) == ({}, {"holdallowed", "hold_fulfillment_policy"})


def test_nobody_recalls_where_patrons_may_not_at_all():
    assert said(Told({"recalls_allowed": "5"}, {"userecalls": "off"}))[0]["recall_limit"] == 0


def test_the_names_read_are_names_of_koha():
    assert READ <= NAMES


@pytest.mark.parametrize(
    ("values", "terms", "left"),
    [
        ({"issuelength": "14", "lengthunit": "days"}, {"loan_days": 14}, []),
        ({"issuelength": "3", "lengthunit": "hours", "renewalperiod": "2"}, {"loan_hours": 3}, ["renewalperiod"]),
        ({"fine": "500", "chargeperiod": "1"}, {"fine": 500, "fine_per": "day"}, []),
        ({"fine": "500.000000", "chargeperiod": "7"}, {"fine": 500, "fine_per": "week", "fine_at_end": True}, []),
        ({"fine": "500", "chargeperiod": "7", "chargeperiod_charge_at": "1"}, {"fine": 500, "fine_per": "week"}, []),
        (
            {"fine": "100", "chargeperiod": "1", "lengthunit": "hours"},
            {"fine": 100, "fine_per": "hour", "fine_at_end": True},
            [],
        ),
        ({"fine": "500", "chargeperiod": "3"}, {"fine": 500, "fine_per": "day", "fine_every": 3, "fine_at_end": True}, []),
        (
            {"fine": "500", "chargeperiod": "3", "chargeperiod_charge_at": "1"},
            {"fine": 500, "fine_per": "day", "fine_every": 3},
            [],
        ),
        ({"fine": "500", "chargeperiod": "400"}, {}, ["chargeperiod", "fine"]),
        ({"finedays": "2", "suspension_chargeperiod": "1"}, {"suspension_days": 2}, []),
        ({"finedays": "14", "suspension_chargeperiod": "7"}, {"suspension_days": 2}, []),
        ({"finedays": "1", "suspension_chargeperiod": "7"}, {"suspension_days": 1, "suspension_every": 7}, []),
        ({"hardduedate": "2026-12-20", "hardduedatecompare": "-1"}, {"due_by": CHRISTMAS}, []),
        ({"hardduedate": "2026-12-20", "hardduedatecompare": "0"}, {"due_by": CHRISTMAS, "due_by_how": "exactly"}, []),
        ({"hardduedate": "2026-12-20", "hardduedatecompare": "1"}, {"due_by": CHRISTMAS, "due_by_how": "earliest"}, []),
        ({"hardduedate": "2026-12-20", "hardduedatecompare": "2"}, {}, ["hardduedate", "hardduedatecompare"]),
        ({"unseen_renewals_allowed": "2"}, {"unseen_limit": 2}, []),
        ({"unseen_renewals_allowed": ""}, {"unseen_limit": None}, []),
        (
            {"auto_renew": "1", "noautorenewalbefore": "2", "no_auto_renewal_after": "60"},
            {"auto_renew": True, "auto_renew_from_days": 2, "auto_renew_for_days": 60},
            [],
        ),
        ({"no_auto_renewal_after_hard_limit": "2026-12-20"}, {"auto_renew_until": CHRISTMAS}, []),
        ({"no_auto_renewal_after_hard_limit": "natal"}, {}, ["no_auto_renewal_after_hard_limit"]),
        ({"rentaldiscount": "25.000000"}, {"loan_fee_discount": 25}, []),
        ({"rentaldiscount": "2.5"}, {}, ["rentaldiscount"]),
        ({"note": "Periksa CD-nya"}, {"note": "Periksa CD-nya"}, []),
        ({"note": "x" * 201}, {}, ["note"]),
        ({"daysmode": "Kira-kira"}, {}, ["daysmode"]),
        ({"maxissueqty": "banyak"}, {}, ["maxissueqty"]),
        ({"maxonsiteissueqty": "4", "patron_maxonsiteissueqty": "2"}, {"on_site": 2}, []),
        ({"maxonsiteissueqty": ""}, {"on_site": None}, []),
        ({"holdallowed": "not_allowed"}, {"hold_limit": 0}, []),
        ({"holdallowed": "not_allowed", "reservesallowed": "4"}, {"hold_limit": 0}, []),
        ({"returnbranch": "holdingbranch"}, {"return_to": "lender"}, []),
        ({"returnbranch": "noreturn"}, {"return_to": "stays"}, []),
        ({"returnbranch": "kios"}, {}, ["returnbranch"]),
        ({"holds_per_day": "2", "holds_per_record": "1"}, {"holds_per_day": 2, "holds_per_record": 1}, []),
        ({"bookings_lead_period": "2", "bookings_trail_period": ""}, {"booking_lead_days": 2, "booking_trail_days": 0}, []),
        ({"holdallowed": "from_home_library"}, {"hold_from": "own"}, []),
        ({"holdallowed": "from_local_hold_group"}, {}, ["holdallowed"]),
        ({"hold_fulfillment_policy": "homebranch"}, {"pickup_at": "home"}, []),
        ({"hold_fulfillment_policy": "holdingbranch"}, {"pickup_at": "holding"}, []),
        ({"hold_fulfillment_policy": "patrongroup"}, {}, ["hold_fulfillment_policy"]),
        ({"opacitemholds": "F", "waiting_hold_cancellation": "0"}, {"hold_of": "copy", "cancel_ready": False}, []),
        ({"opacitemholds": "Y", "waiting_hold_cancellation": "1"}, {"hold_of": "either", "cancel_ready": True}, []),
        ({"expire_reserves_charge": "2000.000000"}, {"unfetched_fee": 2000}, []),
        ({"expire_reserves_charge": "0.500000"}, {}, ["expire_reserves_charge"]),
        ({"recalls_allowed": "3", "recalls_per_record": "1"}, {"recall_limit": 3, "recalls_per_record": 1}, []),
        ({"on_shelf_recalls": "any", "recall_due_date_interval": "4"}, {"recall_on_shelf": True, "recall_days": 4}, []),
        ({"recall_overdue_fine": "1500", "recall_shelf_time": "5"}, {"recall_fine": 1500, "recall_shelf_days": 5}, []),
        ({"recall_overdue_fine": "0.000000", "recall_shelf_time": ""}, {}, []),
        ({"decreaseloanholds": "2"}, {}, ["decreaseloanholds"]),
        ({"recalls_allowed": "0"}, {"recall_limit": 0}, []),
        (
            {"article_requests": "item_only", "article_request_fee": "5000.000000"},
            {"article_scope": "item", "article_fee": 5000},
            [],
        ),
        (
            {"article_requests": "bib_only", "open_article_requests_limit": "2"},
            {"article_scope": "title", "article_limit": 2},
            [],
        ),
        ({"article_requests": "", "open_article_requests_limit": ""}, {"article_scope": "no", "article_limit": None}, []),
        ({"article_requests": "kadang"}, {}, ["article_requests"]),
        ({"auto_renew": "0", "rentaldiscount": "0"}, {"auto_renew": False, "loan_fee_discount": 0}, []),
        ({"auto_renew": "1", "lostreturn": "refund"}, {"auto_renew": True}, ["lostreturn"]),
        ({"aturan_plugin": "ya"}, {}, ["aturan_plugin"]),
    ],
)
def test_what_a_case_says_here_and_what_is_told(values, terms, left):
    assert (terms_of(values)[0], unsaid(values)) == (terms, left)


@pytest.mark.parametrize(
    ("values", "price", "work"),
    [
        ({}, "all", "all"),
        ({"lostreturn": "refund_unpaid"}, "unpaid", "all"),
        ({"lostreturn": "charge", "processingreturn": "0"}, "fine", "nothing"),
        ({"lostreturn": "restore", "processingreturn": "refund_unpaid"}, "all", "unpaid"),
        ({"lostreturn": "", "processingreturn": ""}, "nothing", "nothing"),
    ],
)
def test_what_comes_back_of_the_price_and_of_the_work_is_said_apart(values, price, work):
    terms, lost = said(Told(values, {"norefundonlostreturneditemsage": "90"}))
    assert (terms["lost_return"], terms["processing_return"], terms["refund_days"], lost) == (price, work, 90, set())
