"""Requests and orders for programs: scopes and roles both decide."""

import pytest

from lumbung.accounts.models import Role
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.tests.factories import ISBN, a_request, an_order
from lumbung.catalogue.tests.factories import a_record

pytestmark = pytest.mark.django_db
REQUESTS, ORDERS = "/api/v1/purchase-requests", "/api/v1/orders"


def test_a_request_is_noted_and_read(calling, sari, ani):
    program = calling(sari, "purchase_requests:read", "purchase_requests:write")
    sent = {"title": "Laut bercerita", "isbn": ISBN, "copies": 2, "member": "M-ANI"}
    noted = program.post(REQUESTS, sent, content_type="application/json")
    assert noted.status_code == 201, noted.content
    told = noted.json()
    assert (told["isbn"], told["copies"], told["member"], told["state"]) == (ISBN, 2, ani.pk, "asked")
    assert program.get(f"{REQUESTS}/{told['id']}").json() == told
    listed = program.get(REQUESTS, {"state": "asked"}).json()
    assert ([row["id"] for row in listed["rows"]], listed["more"]) == ([told["id"]], False)
    assert program.get(REQUESTS, {"state": "declined"}).json()["rows"] == []
    more = program.post(REQUESTS, {"record": a_record("Pulang").pk}, content_type="application/json").json()
    assert (more["title"], more["member"]) == ("Pulang", None)


def test_what_is_wrong_is_told_as_a_problem(calling, sari):
    program = calling(sari, "purchase_requests:write")
    wrong = program.post(REQUESTS, {"title": " ", "isbn": "12"}, content_type="application/json")
    assert (wrong.status_code, [each["code"] for each in wrong.json()["reasons"]]) == (409, ["title_empty", "isbn_wrong"])
    for unknown in ({"title": "Pulang", "member": "tidak ada"}, {"record": 999}):
        assert program.post(REQUESTS, unknown, content_type="application/json").status_code == 422
    assert not PurchaseRequest.objects.exists()


def test_an_order_is_read_with_its_lines(calling, sari, pusat):
    order = an_order("Pulang")
    program = calling(sari, "orders:read")
    [listed] = program.get(ORDERS, {"state": "ordered"}).json()["rows"]
    whole = program.get(f"{ORDERS}/{order.pk}").json()
    lines = whole.pop("lines")
    assert (listed, whole["number"], whole["branch"]) == (whole, order.number, "PUSAT")
    assert [(line["title"], line["copies"], line["price_each"], line["fund"]) for line in lines] == [
        ("Pulang", 2, 100_000, "DIPA 2026")
    ]


def test_scope_and_role_are_both_needed(calling, sari, ani, with_role, client):
    order, asked = an_order(), a_request()
    for user, scopes in (
        (sari, ["loans:read"]),
        (with_role(Role.CIRCULATION), ["orders:read", "purchase_requests:read"]),
        (ani.user, ["orders:read", "purchase_requests:read"]),
    ):
        program = calling(user, *scopes)
        answers = [
            program.get(address).status_code for address in (REQUESTS, ORDERS, f"{ORDERS}/{order.pk}", f"{REQUESTS}/{asked.pk}")
        ]
        assert answers == [403] * 4
    assert client.get(ORDERS).status_code == 401
