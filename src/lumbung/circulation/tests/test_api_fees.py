"""Fees, payments and explanations for programs."""

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.models import Fee, FeeAccount, Payment
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory, RecordFactory

pytestmark = pytest.mark.django_db
FEES, PAYMENTS, WHY = "/api/v1/fees", "/api/v1/payments", "/api/v1/loans/explanation"


@pytest.fixture
def till(sari, calling) -> Client:
    return calling(sari, "fees:read", "fees:write", "loans:read")


def send(client: Client, url: str, **facts: object):
    return client.post(url, facts, content_type="application/json")


def test_a_program_charges_lists_waives_and_is_paid(till, sari, ani, pusat):
    charged = send(till, FEES, member=ani.barcode, kind="damaged", amount=10_000, branch="PUSAT", note="sampul", once="7")
    again = send(till, FEES, member=ani.barcode, kind="damaged", amount=10_000, branch="PUSAT", note="sampul", once="7")
    key = charged.json()["id"]
    assert (charged.status_code, again.json()["id"], charged["Location"]) == (201, key, f"{FEES}/{key}")
    told = {
        "id": key,
        "kind": "damaged",
        "amount": 10_000,
        "left": 10_000,
        "charged_at": charged.json()["charged_at"],
        "note": "sampul",
        "loan": None,
        "item": None,
        "branch": "PUSAT",
        "member": {"id": ani.pk, "card": "M-ANI", "name": "Ani"},
    }
    assert till.get(FEES, {"member": ani.pk}).json() == {"rows": [told], "page": 1, "more": False}
    assert send(till, f"{FEES}/{key}/waiver", amount=4000, reason="baru").json() == told | {"left": 6000}
    paid = send(till, PAYMENTS, member=ani.barcode, amount=6000, method="qris", branch="PUSAT", fees=[key], once="9")
    assert send(till, PAYMENTS, member=ani.barcode, amount=6000, method="qris", branch="PUSAT", once="9").json() == paid.json()
    assert (paid.status_code, paid.json()["amount"], paid.json()["state"]) == (201, 6000, "received")
    assert till.get(paid["Location"]).json()["receipt"] == Payment.objects.get().receipt_number
    assert (till.get(FEES).json()["rows"], len(till.get(FEES, {"state": "settled"}).json()["rows"])) == ([], 1)
    assert FeeAccount.objects.get().owed == 0


def test_refusals_come_whole_and_what_is_unknown_is_an_error_of_the_request(till, sari, ani, pusat):
    fee = charge(ani, "card", 1000, by=sari)
    over = send(till, PAYMENTS, member=ani.barcode, amount=2000, method="credit", branch="PUSAT")
    assert (over.status_code, [each["code"] for each in over.json()["reasons"]]) == (
        409,
        ["amount_over_owed", "amount_over_credit"],
    )
    assert send(till, f"{FEES}/{fee.pk}/waiver", reason=" ").status_code == 422
    assert (
        send(till, PAYMENTS, member=ani.barcode, amount=500, method="cash", branch="PUSAT", fees=[fee.pk + 9]).status_code
        == 422
    )
    assert send(till, PAYMENTS, member="tak ada", amount=500, method="cash", branch="PUSAT").status_code == 422
    assert (till.get(f"{FEES}/{fee.pk + 9}").status_code, Payment.objects.count()) == (404, 0)


def test_scope_and_role_are_both_asked_and_a_member_sees_only_their_own(calling, sari, ani, budi):
    charge(ani, "card", 1000, by=sari)
    fee = charge(budi, "card", 2000, by=sari)
    assert calling(sari, "loans:read").get(FEES).status_code == 403
    clerk = calling(UserFactory(roles=[Role.CIRCULATION]), "fees:read", "fees:write")
    assert (clerk.get(FEES).status_code, send(clerk, f"{FEES}/{fee.pk}/waiver", reason="x").status_code) == (200, 403)
    mine = calling(ani.user, "me")
    assert [each["amount"] for each in mine.get("/api/v1/me/fees").json()] == [1000]
    assert mine.get(FEES).status_code == 403
    assert Fee.objects.open().count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_fees_asks_as_much_for_three_as_for_one(till, sari, ani, rows, django_assert_num_queries):
    for _ in range(rows):
        loan = LoanFactory(member=ani)
        charge(ani, "overdue", 1000, by=sari, loan=loan, item=loan.item, branch=loan.lent_from)
    till.get(FEES)
    with django_assert_num_queries(2):
        assert len(till.get(FEES).json()["rows"]) == rows


def test_why_a_loan_would_be_made_so_is_told_with_the_runner_up_and_all_that_stands_against_it(till, ani, pusat):
    wide = LoanRuleFactory(category=ani.category, loan_days=7)
    item = ItemFactory(record=RecordFactory(title="Bumi manusia"), branch=pusat)
    narrow = LoanRuleFactory(category=ani.category, item_type=item.item_type, loan_days=3, loan_limit=None)
    case = {"item": item.barcode, "member": ani.barcode, "branch": "PUSAT"}
    told = till.get(WHY, case).json()
    days = {each["term"]: each for each in told["terms"]}["loan_days"]
    assert (told["may_be_lent"], told["rule"]["id"], told["blocks"]) == (True, narrow.pk, [])
    assert (days["says"], days["rule"]["id"], days["runner_up"]["id"], days["runner_up_says"]) == (
        "3 hari",
        narrow.pk,
        wide.pk,
        "7 hari",
    )
    assert "jenis eksemplar" in days["because"]
    LoanFactory(item=item, member=ani)
    refused = till.get(WHY, case).json()
    assert (refused["may_be_lent"], "already_has_it" in {each["code"] for each in refused["blocks"]}) == (False, True)
    assert till.get(WHY, case | {"item": "tak ada"}).status_code == 422
    assert till.get(WHY, case | {"kind": "terbang"}).status_code == 422


def test_a_case_no_rule_speaks_of_is_told_as_such(till, ani, pusat):
    item = ItemFactory(branch=pusat)
    told = till.get(WHY, {"item": item.barcode, "member": ani.barcode, "branch": "PUSAT"}).json()
    assert (told["rule"], told["due_at"], told["terms"], [each["code"] for each in told["blocks"]]) == (
        None,
        None,
        [],
        ["no_rule"],
    )
