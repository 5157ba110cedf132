from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.accounts.models import Role
from lumbung.catalogue.models import Identifier
from lumbung.circulation.domain import holds, loans
from lumbung.circulation.domain.handover_places import add_place, change_place
from lumbung.circulation.models import Hold, Loan, Renewal
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
LOANS, HOLDS, ME = "/api/v1/loans", "/api/v1/holds", "/api/v1/me"
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
DUE = "2026-11-30T16:59:59Z"


@pytest.fixture
def item(ani, budi):
    LoanRuleFactory(category=ani.category)
    return ItemFactory(barcode="B-BUMI", record=RecordFactory(title="Bumi manusia"), branch=ani.branch)


@pytest.fixture
def clerk(sari, item, calling) -> Client:
    return calling(sari, "loans:read", "loans:write", "holds:read", "holds:write", "items:read")


def _send(client, url, facts, method="post"):
    return getattr(client, method)(url, facts, content_type="application/json")


def _lend(clerk, item, member):
    return _send(clerk, LOANS, {"item": item.barcode, "member": member.barcode, "branch": "PUSAT"})


def test_a_program_lends_renews_and_takes_back(clerk, item, ani, sari):
    with clock.stopped_at(MONDAY):
        lent = _lend(clerk, item, ani)
    assert lent.status_code == 201
    told = lent.json()
    assert lent["Location"] == f"{LOANS}/{told['id']}"
    assert told == {
        "id": told["id"],
        "item": "B-BUMI",
        "record": item.record_id,
        "title": "Bumi manusia",
        "volume": "",
        "branch": "PUSAT",
        "lent_at": "2026-11-23T02:00:00Z",
        "due_at": DUE,
        "returned_at": None,
        "is_overdue": False,
        "renewals": 0,
        "renewal_fee": 0,
        "member": {"id": ani.pk, "card": "M-ANI", "name": "Ani"},
    }
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        renewed = clerk.post(f"{LOANS}/{told['id']}/renewal", content_type="application/json").json()
    assert (renewed["was_due_at"], renewed["due_at"], renewed["renewals"]) == (DUE, "2026-12-03T16:59:59Z", 1)
    assert Renewal.objects.get().was_due_at.isoformat() == "2026-11-30T16:59:59+00:00"
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        returned = clerk.delete(f"{LOANS}/{told['id']}?branch=PUSAT")
    assert returned.status_code == 200
    assert returned.json()["loan"]["returned_at"] == "2026-11-27T02:00:00Z"
    assert {
        (entry.name, entry.channel, entry.actor_id)
        for entry in JournalEntry.objects.filter(name__in=["CheckedOut", "CheckedIn"])
    } == {
        ("CheckedOut", "api", sari.pk),
        ("CheckedIn", "api", sari.pk),
    }


def test_an_item_is_taken_back_by_its_barcode_lent_or_not(clerk, item, ani):
    _lend(clerk, item, ani)
    url = "/api/v1/items/B-BUMI/return"
    first, second = (_send(clerk, url, {"branch": "PUSAT"}).json() for _ in range(2))
    assert (first["loan"]["item"], second["loan"]) == ("B-BUMI", None)
    assert Loan.objects.open().count() == 0


def test_every_reason_comes_at_once_with_what_may_be_waived(clerk, item, ani):
    LoanFactory(member=ani, lent_at=clock.now() - timedelta(days=30))
    ani.expires_on = clock.now().date() - timedelta(days=1)
    ani.save()
    refused = _lend(clerk, item, ani)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    told = refused.json()
    assert (told["type"], told["title"], told["status"]) == ("/api/v1/reference#conflict", "Ditolak", 409)
    assert {each["code"]: each["waivable"] for each in told["reasons"]} == {
        "membership_expired": False,
        "has_overdue_loans": True,
    }
    assert all(each["detail"] in told["detail"] for each in told["reasons"])


def test_two_programs_cannot_lend_one_copy(clerk, item, ani, budi):
    _lend(clerk, item, ani)
    refused = _lend(clerk, item, budi).json()
    assert [each["code"] for each in refused["reasons"]] == ["already_lent"]
    assert refused["detail"].startswith("Eksemplar ini sedang dipinjam sampai")


def test_waiving_takes_a_role_that_may(clerk, item, ani, calling, with_role):
    LoanFactory(member=ani, lent_at=clock.now() - timedelta(days=30))
    facts = {"item": "B-BUMI", "member": "M-ANI", "branch": "PUSAT", "waive": ["has_overdue_loans"], "waive_reason": "Ujian"}
    desk = calling(with_role(Role.CIRCULATION), "loans:write")
    denied = _send(desk, LOANS, facts)
    assert (denied.status_code, denied.json()["needs"]) == (403, "circulation.waive")
    assert _send(clerk, LOANS, facts).status_code == 201
    assert JournalEntry.objects.get(name="CheckedOut").data["waived"] == ["has_overdue_loans"]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [({"item": "TIADA"}, "item: TIADA"), ({"member": "TIADA"}, "member: TIADA"), ({"branch": "TIADA"}, "branch: TIADA")],
)
def test_what_nobody_knows_is_named(clerk, item, ani, facts, wrong):
    response = _send(clerk, LOANS, {"item": "B-BUMI", "member": "M-ANI", "branch": "PUSAT"} | facts)
    assert (response.status_code, response.json()["detail"]) == (422, wrong)


def test_lending_is_few_statements_and_writes_nothing_about_the_token(clerk, item, ani, django_assert_num_queries):
    _lend(clerk, ItemFactory(branch=ani.branch), ani)
    with django_assert_num_queries(13) as asked:
        assert _lend(clerk, item, ani).status_code == 201
    assert not [each for each in asked.captured_queries if "accounts_apitoken" in each["sql"] and "UPDATE" in each["sql"]]


def test_loans_are_listed_in_as_many_statements_for_three_as_for_one(clerk, item, ani, django_assert_num_queries):
    LoanFactory(member=ani)
    clerk.get(LOANS)
    with django_assert_num_queries(2):
        assert len(clerk.get(LOANS).json()["rows"]) == 1
    LoanFactory.create_batch(2, member=ani)
    with django_assert_num_queries(2):
        assert len(clerk.get(LOANS, {"size": 2}).json()["rows"]) == 2
    assert clerk.get(LOANS, {"size": 2}).json()["more"] is True
    assert clerk.get(LOANS, {"size": 2, "page": 2}).json() | {"rows": []} == {"rows": [], "page": 2, "more": False}


def test_loans_are_listed_by_member_and_state(clerk, item, ani, budi):
    late = LoanFactory(member=ani, lent_at=clock.now() - timedelta(days=30))
    current = LoanFactory(member=budi)
    returned = LoanFactory(member=budi, lent_at=clock.now() - timedelta(days=1), returned_at=clock.now())

    def listed(**facts):
        return [row["id"] for row in clerk.get(LOANS, facts).json()["rows"]]

    assert listed() == [late.pk, current.pk]
    assert listed(state="overdue") == [late.pk]
    assert listed(member=budi.pk) == [current.pk]
    assert listed(member=budi.pk, state="returned") == [returned.pk]
    assert clerk.get(LOANS, {"state": "lost"}).status_code == 422


def test_budi_cannot_read_renew_or_end_what_ani_has(clerk, item, ani, budi, calling):
    loan = LoanFactory(member=ani, item=item, lent_at=clock.now() - timedelta(days=2))
    hold = holds.place_hold(_held_title(ani), member=ani, pickup_branch=ani.branch, by=None)
    budis = calling(budi.user, "me", "loans:read", "loans:write", "holds:read", "holds:write")
    assert budis.get(f"{ME}/loans").json() == []
    assert budis.get(f"{ME}/holds").json() == []
    answers = [
        budis.post(f"{ME}/loans/{loan.pk}/renewal"),
        budis.delete(f"{ME}/holds/{hold.pk}"),
        budis.get(f"{LOANS}/{loan.pk}"),
        budis.get(LOANS, {"member": ani.pk}),
        budis.post(f"{LOANS}/{loan.pk}/renewal"),
        budis.delete(f"{LOANS}/{loan.pk}?branch=PUSAT"),
        budis.delete(f"{HOLDS}/{hold.pk}"),
    ]
    assert [each.status_code for each in answers] == [404, 404, 403, 403, 403, 403, 403]
    loan.refresh_from_db()
    assert (loan.renewal_count, loan.returned_at) == (0, None)


def _held_title(member):
    return ItemFactory(branch=member.branch).record


def test_ani_sees_and_renews_her_own_with_a_token_for_that_alone(clerk, item, ani, calling):
    with clock.stopped_at(MONDAY):
        loan = loans.check_out(item, to=ani, at=ani.branch, by=None)
    hers = calling(ani.user, "me")
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert [(each["id"], each["due_at"]) for each in hers.get(f"{ME}/loans").json()] == [(loan.pk, DUE)]
        renewed = hers.post(f"{ME}/loans/{loan.pk}/renewal").json()
    assert (renewed["was_due_at"], renewed["due_at"]) == (DUE, "2026-12-01T16:59:59Z")
    assert hers.get(ME).json()["card"] == "M-ANI"
    assert hers.get(f"{ME}/history").json() == {"rows": [], "page": 1, "more": False}
    without = calling(ani.user, "loans:read")
    assert without.get(f"{ME}/loans").json()["needs"] == "me"


def test_ani_waits_for_a_title_and_thinks_better_of_it(clerk, item, ani, budi, calling):
    loans.check_out(item, to=budi, at=budi.branch, by=None)
    hers = calling(ani.user, "me")
    placed = _send(hers, f"{ME}/holds", {"record": item.record_id, "branch": "PUSAT"})
    told = placed.json()
    assert placed.status_code == 201
    assert (told["title"], told["state"], told["position"], told["item"]) == ("Bumi manusia", "waiting", 1, None)
    assert (
        _send(hers, f"{ME}/holds", {"record": item.record_id, "branch": "PUSAT"}).json()["reasons"][0]["code"] == "hold_exists"
    )
    assert hers.delete(f"{ME}/holds/{told['id']}").status_code == 204
    assert hers.get(f"{ME}/holds").json() == []


@pytest.fixture
def hall(ani, sari):
    """A stop of the mobile library, visited from Ani's branch every Thursday from nine to eleven."""
    facts = {
        "kind": "stop",
        "name": "Balai Desa",
        "address": "Jl. Raya 3",
        "weekdays": "4",
        "starts": time(9),
        "ends": time(11),
    }
    return add_place(branch=ani.branch, by=sari, **facts)


def test_a_title_is_asked_for_at_a_place_that_is_no_branch_by_a_program_of_staff_or_ones_own(
    clerk, item, ani, budi, hall, sari, calling, client
):
    loans.check_out(item, to=budi, at=budi.branch, by=None)
    hers = calling(ani.user, "me")
    with clock.stopped_at(MONDAY):
        offered = client.get("/api/v1/pickup-places").json()
        mine = _send(hers, f"{ME}/holds", {"record": item.record_id, "place": "Balai Desa"})
        for_budi = {"record": ItemFactory(branch=ani.branch).record_id, "member": budi.barcode, "place": "Balai Desa"}
        theirs = _send(clerk, HOLDS, {**for_budi, "branch": "PUSAT"})
    assert offered == [
        {
            "name": "Balai Desa",
            "kind": "stop",
            "branch": "PUSAT",
            "address": "Jl. Raya 3",
            "note": "",
            "starts_at": "2026-11-26T02:00:00Z",
            "ends_at": "2026-11-26T04:00:00Z",
        }
    ]
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert [(each.json()["branch"], each.json()["place"]) for each in (mine, theirs)] == [("PUSAT", "Balai Desa")] * 2
    assert Hold.objects.filter(place=hall, pickup_branch=ani.branch).count() == 2
    assert _send(calling(budi.user, "loans:read"), f"{ME}/holds", {"record": 1, "place": "Balai Desa"}).json()["needs"] == "me"


def test_a_place_that_is_unknown_or_offered_no_longer_and_no_place_at_all_are_refused(item, ani, hall, sari, calling, client):
    hers = calling(ani.user, "me")
    facts = {"record": item.record_id}
    with clock.stopped_at(MONDAY):
        change_place(hall, by=sari, is_offered=False)
        assert client.get("/api/v1/pickup-places").json() == []
        refused = _send(hers, f"{ME}/holds", {**facts, "place": "Balai Desa"})
    assert (refused.status_code, [each["code"] for each in refused.json()["reasons"]]) == (409, ["place_not_offered"])
    unknown, nowhere = _send(hers, f"{ME}/holds", {**facts, "place": "Bulan"}), _send(hers, f"{ME}/holds", facts)
    assert (unknown.status_code, nowhere.status_code) == (422, 422)
    assert not Hold.objects.exists()


def test_staff_place_list_and_cancel_holds(clerk, item, ani, budi, django_assert_num_queries):
    loans.check_out(item, to=budi, at=budi.branch, by=None)
    placed = _send(clerk, HOLDS, {"record": item.record_id, "member": "M-ANI", "branch": "PUSAT"})
    assert (placed.status_code, placed.json()["member"]["name"]) == (201, "Ani")
    unknown = _send(clerk, HOLDS, {"record": item.record_id, "member": "M-NIHIL", "branch": "PUSAT"})
    assert (unknown.status_code, unknown.json()["detail"]) == (422, "member: M-NIHIL")
    untitled = _send(clerk, HOLDS, {"record": 10**9, "member": "M-ANI", "branch": "PUSAT"})
    assert (untitled.status_code, untitled.json()["errors"][0]["pointer"]) == (422, "body/record")
    with django_assert_num_queries(2):
        assert [row["id"] for row in clerk.get(HOLDS, {"record": item.record_id}).json()["rows"]] == [placed.json()["id"]]
    assert clerk.get(HOLDS, {"member": budi.pk}).json()["rows"] == []
    assert clerk.delete(f"{HOLDS}/{placed.json()['id']}").status_code == 204


def test_anybody_reads_a_title_with_its_copies(client, item, ani, django_assert_max_num_queries):
    client.get(f"/api/v1/records/{item.record_id}")
    with django_assert_max_num_queries(10):
        told = client.get(f"/api/v1/records/{item.record_id}").json()
    assert (told["title"], told["availability"]) == (
        "Bumi manusia",
        {"total": 1, "available": 1, "in_house": 0, "waiting": 0},
    )
    assert told["items"] == [
        {
            "barcode": "B-BUMI",
            "record": item.record_id,
            "branch": "PUSAT",
            "held_at": "PUSAT",
            "location": None,
            "item_type": "textbook",
            "call_number": "899.221 TOE b",
            "volume": "",
            "copy_number": "",
            "state": "available",
            "due_at": None,
            "ready_until": None,
            "booked_from": None,
        }
    ]


def test_a_hidden_title_is_told_to_staff_alone(client, item, sari, ani, calling):
    item.record.suppressed = True
    item.record.save()
    url = f"/api/v1/records/{item.record_id}"
    assert client.get(url).status_code == 404
    assert calling(ani.user, "records:read").get(url).status_code == 404
    assert calling(sari, "me").get(url).status_code == 404
    assert calling(sari, "records:read").get(url).status_code == 200


def test_a_copy_is_found_by_its_barcode_in_any_case(clerk, item, ani):
    loans.check_out(item, to=ani, at=ani.branch, by=None)
    told = clerk.get("/api/v1/items/b-bumi").json()
    assert (told["barcode"], told["state"]) == ("B-BUMI", "on_loan")
    assert clerk.get("/api/v1/items/tiada").status_code == 404


def test_a_page_of_the_site_uses_its_session_and_needs_the_csrf_token(item, ani, sari):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(sari)
    facts = {"item": "B-BUMI", "member": "M-ANI", "branch": "PUSAT"}
    forged = _send(browser, LOANS, facts)
    assert (forged.status_code, forged["Content-Type"]) == (403, "application/problem+json")
    browser.get("/accounts/preferences/")
    token = browser.cookies["csrftoken"].value
    sent = browser.post(LOANS, facts, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 201


def test_a_form_is_not_what_the_api_takes(clerk, item, ani):
    refused = clerk.post(LOANS, {"item": "B-BUMI"})
    assert (refused.status_code, refused["Content-Type"]) == (415, "application/problem+json")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.dictionaries(
        st.sampled_from(["item", "member", "branch", "waive", "x"]),
        st.one_of(st.text(max_size=30), st.integers(), st.none(), st.lists(st.text(max_size=5), max_size=3)),
        max_size=5,
    ),
    word=st.text(min_size=1, max_size=20),
    number=st.integers(min_value=-(10**30), max_value=10**30),
)
def test_nothing_that_is_sent_breaks_it(clerk, ani, facts, word, number):
    whole = {"item": "B-BUMI", "member": "M-ANI", "branch": "NONE"} | facts
    answers = [
        _send(clerk, LOANS, whole),
        _send(clerk, f"{LOANS}/{abs(number)}/renewal", facts),
        clerk.get(LOANS, {"member": number, "page": number}),
        clerk.get(LOANS, {"member": word}),
        clerk.delete(f"{LOANS}/{abs(number)}", {"branch": word}),
        clerk.get(f"{LOANS}/{abs(number)}"),
        clerk.post(LOANS, word.encode("utf-8", "surrogatepass"), content_type="application/json"),
        clerk.get("/api/v1/items/" + word.replace("/", "").replace("?", "").replace("#", "")),
        _send(clerk, HOLDS, {"record": number, "member": word, "branch": "PUSAT"}),
    ]
    assert all(each.status_code < 500 for each in answers), [each.status_code for each in answers]
    for each in answers:
        if each.status_code >= 400 and each.status_code != 400:
            assert each["Content-Type"] == "application/problem+json"
    assert connection.is_usable()


def test_a_title_is_told_with_numbers_of_every_kind_valid_or_not(client, item):
    for kind in Identifier.Kinds:
        item.record.identifiers.create(kind=kind, value=f"9-{kind}")
    told = client.get(f"/api/v1/records/{item.record_id}").json()
    assert {each["kind"]: each["value"] for each in told["identifiers"]} == {
        kind: f"9-{kind}" for kind in Identifier.Kinds.values
    }
