"""What a desk did without a line: once, in order, at its moment; and what cannot be done is for a person to settle."""

import json
import re
from base64 import b64decode
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.test import Client

from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.fines import accrue_fines, report_lost
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.offline import Kept, dismiss_entry, retry_entry, take_entries
from lumbung.circulation.models import FeeAccount, Loan, OfflineEntry
from lumbung.circulation.queries import offline_conflicts, provisions
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.circulation.tests.test_fees import owed
from lumbung.circulation.tests.test_fines import after
from lumbung.circulation.tests.test_fines import lent as late
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.seals import public_key
from lumbung.kernel.tests.race import race
from lumbung.members.domain.members import block
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
WEEK_LATER = FRIDAY + timedelta(days=7)


def lent(sequence, code, card="M-ANI", at=FRIDAY):
    return Kept(sequence, at, "loan", card, code)


def back(sequence, code, at=FRIDAY):
    return Kept(sequence, at, "return", "", code)


def states(entries):
    return [entry.state for entry in entries]


def test_what_was_lent_is_lent_at_that_moment_and_by_that_door_a_week_late(sari, ani, pusat, rule):
    item = ItemFactory(barcode="B1")
    with clock.stopped_at(WEEK_LATER):
        [entry] = take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)
    loan = Loan.objects.get()
    assert (entry.state, entry.loan, entry.card, entry.received_at) == ("done", loan, "", WEEK_LATER)
    assert (loan.member, loan.item, loan.lent_at, loan.channel, loan.lent_by) == (ani, item, FRIDAY, "offline", sari)
    assert loan.due_at.astimezone(pusat.zone).date() == (FRIDAY + timedelta(days=7)).date()


def test_sent_twice_or_a_week_apart_nothing_is_done_twice(sari, ani, pusat, rule):
    ItemFactory(barcode="B1")
    kept = [lent(1, "B1"), back(2, "B1", FRIDAY + timedelta(minutes=5))]
    for moment in (FRIDAY + timedelta(hours=1), FRIDAY + timedelta(hours=1), WEEK_LATER):
        with clock.stopped_at(moment):
            assert states(take_entries("HP-1", kept, at=pusat, by=sari)) == ["done", "done"]
    assert (Loan.objects.count(), Loan.objects.open().count()) == (1, 0)
    assert [JournalEntry.objects.filter(name=name).count() for name in ("CheckedOut", "CheckedIn")] == [1, 1]


def test_one_device_at_two_branches_loses_nothing_though_it_counts_from_one_at_each(sari, ani, budi, pusat, teknik, rule):
    ItemFactory(barcode="B1")
    ItemFactory(barcode="B2", branch=teknik)
    with clock.stopped_at(WEEK_LATER):
        for _ in range(2):
            assert states(take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)) == ["done"]
            assert states(take_entries("HP-1", [lent(1, "B2")], at=teknik, by=sari)) == ["done"]
    assert list(Loan.objects.order_by("pk").values_list("item__barcode", "lent_from")) == [("B1", pusat.pk), ("B2", teknik.pk)]


def test_a_return_that_arrives_late_was_on_time_and_ends_no_newer_loan(sari, ani, budi, pusat, rule):
    late = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=7), due_at=FRIDAY + timedelta(hours=3))
    with clock.stopped_at(WEEK_LATER):
        take_entries("HP-1", [back(1, late.item.barcode)], at=pusat, by=sari)
    late.refresh_from_db()
    assert late.returned_at == FRIDAY
    assert JournalEntry.objects.get(name="CheckedIn").data["overdue_days"] == 0

    item = ItemFactory(barcode="B2")
    with clock.stopped_at(FRIDAY + timedelta(days=1)):
        newer = check_out(item, to=budi, at=pusat, by=sari)
    with clock.stopped_at(WEEK_LATER):
        [entry] = take_entries("HP-1", [back(2, "B2")], at=pusat, by=sari)
    newer.refresh_from_db()
    assert (entry.state, entry.loan, newer.returned_at) == ("done", None, None)


def test_what_left_the_building_is_lent_though_staff_would_have_been_asked(sari, ani, pusat, rule):
    LoanFactory.create_batch(3, member=ani, lent_at=FRIDAY - timedelta(days=20))
    ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY):
        assert states(take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)) == ["done"]
    loan = Loan.objects.get(item__barcode="B1")
    assert loan.waive_reason == "Meja tanpa jaringan"
    assert JournalEntry.objects.get(name="CheckedOut").data["waived"] == ["has_overdue_loans", "loan_limit_reached"]


def test_the_same_member_scanned_at_two_desks_has_one_loan(sari, ani, pusat, rule):
    item = ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY):
        loan = check_out(item, to=ani, at=pusat, by=sari)
        [entry] = take_entries("HP-1", [lent(1, "B1")], at=pusat, by=sari)
    assert (entry.state, entry.loan, Loan.objects.count()) == ("done", loan, 1)


def test_what_cannot_be_done_is_kept_with_every_reason_and_settled_by_a_person(sari, ani, budi, pusat, rule):
    item = ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY - timedelta(hours=1)):
        other = check_out(item, to=budi, at=pusat, by=sari)
    block(ani, reason="Skorsing", by=sari)
    with clock.stopped_at(FRIDAY):
        entries = take_entries("HP-1", [lent(1, "B1"), lent(2, "B9", card="nobody")], at=pusat, by=sari)
        assert states(entries) == ["conflict", "conflict"]
        assert [[each["code"] for each in entry.reasons] for entry in entries] == [
            ["already_lent", "member_blocked"],
            ["card_unknown", "item_unknown"],
        ]
        assert list(offline_conflicts()) == entries
        check_in(other.item, at=pusat, by=sari)
        ani.blocked_because = ""
        ani.save()
        assert retry_entry(entries[1], by=sari).state == "conflict"
        assert (retry_entry(entries[0], by=sari).state, Loan.objects.open().get().member) == ("done", ani)
        with pytest.raises(Refused) as told:
            retry_entry(entries[0], by=sari)
        assert told.value.codes == ["entry_settled"]
        with pytest.raises(Refused):
            dismiss_entry(entries[1], reason=" ", by=sari)
        dismissed = dismiss_entry(entries[1], reason="Salah pindai", by=sari)
    assert (dismissed.card, dismissed.note, offline_conflicts().count()) == ("", "Salah pindai", 0)
    dismissed.refresh_from_db()
    assert [(each["code"], each["said"]) for each in dismissed.reasons] == [("card_unknown", ""), ("item_unknown", "")]
    names = [entry.name for entry in JournalEntry.objects.filter(name__startswith="Offline").order_by("pk")]
    assert names == ["OfflineConflictFound", "OfflineConflictFound", "OfflineConflictSettled", "OfflineConflictDismissed"]


@pytest.mark.parametrize("wrong", [timedelta(days=-61), timedelta(minutes=11), timedelta(days=400)])
def test_a_device_whose_clock_jumped_is_not_believed(sari, ani, pusat, rule, wrong):
    ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY):
        [entry] = take_entries("HP-1", [lent(1, "B1", at=FRIDAY + wrong)], at=pusat, by=sari)
    assert (entry.state, entry.reasons[0]["code"], Loan.objects.count()) == ("conflict", "device_clock_wrong", 0)


def test_a_clock_that_is_a_little_ahead_is_believed_up_to_now(sari, ani, pusat, rule):
    ItemFactory(barcode="B1")
    with clock.stopped_at(FRIDAY):
        take_entries("HP-1", [lent(1, "B1", at=FRIDAY + timedelta(minutes=5))], at=pusat, by=sari)
    assert Loan.objects.get().lent_at == FRIDAY


@pytest.mark.django_db(transaction=True)
def test_a_device_that_sends_the_same_twice_at_once_is_taken_once(sari, ani, pusat, rule):
    ItemFactory(barcode="B1")
    kept = [lent(1, "B1", at=clock.now() - timedelta(minutes=5))]
    results, _ = race(*[lambda: take_entries("HP-1", kept, at=pusat, by=sari)] * 3)
    assert [states(entries) for entries in results] == [["done"]] * 3
    assert (OfflineEntry.objects.count(), Loan.objects.count()) == (1, 1)


def test_what_is_taken_along_has_no_name_and_no_number_and_ends(ani, budi, pusat, rule):
    ani.identifiers.create(kind="nim", value="2311040087")
    LoanFactory(member=budi, lent_at=clock.now() - timedelta(days=20))
    MemberFactory(name="Citra Dewi Lestari", blocked_because="Skorsing")
    told = provisions(pusat)
    assert sorted(map(tuple, told["members"].values())) == [
        ("A.", "ok"),
        ("A.", "ok"),
        ("B. S.", "overdue"),
        ("C. D. L.", "blocked"),
    ]
    written = json.dumps(told)
    assert all(secret not in written for secret in ("Ani", "M-ANI", "2311040087", "Citra"))
    assert datetime.fromisoformat(told["until"]) - datetime.fromisoformat(told["made"]) == timedelta(hours=72)


def test_what_is_taken_along_tells_of_suspensions_and_of_who_owes_too_much(sari, ani, budi, pusat, rule):
    rule.owed_limit = 5000
    rule.save()
    charge(ani, "overdue", 5000, by=sari)
    charge(budi, "overdue", 5500, by=sari)
    citra = MemberFactory(name="Citra Dewi", category=ani.category)
    charge(citra, "card", 100, by=sari)
    FeeAccount.objects.filter(member=citra).update(suspended_until=clock.today(pusat.zone))
    told = provisions(pusat)
    assert sorted(map(tuple, told["members"].values())) == [("A.", "ok"), ("B. S.", "owes"), ("C. D.", "suspended")]


def test_what_is_taken_along_counts_loans_as_the_desk_does(sari, ani, budi, pusat, rule):
    rule.loan_limit, rule.overdue_limit = 2, 1
    rule.save()
    citra = MemberFactory(name="Citra Dewi", category=ani.category)
    for member, count in ((ani, 1), (budi, 2), (citra, 1)):
        for _ in range(count):
            late(member)
    lost = late(ani)
    with clock.stopped_at(after(0)):
        report_lost(lost, by=None)
    LoanFactory(member=citra)
    LoanFactory.create_batch(2, member=ani, kind="on_site")
    with clock.stopped_at(after(5)):
        told = provisions(pusat)
    assert sorted(map(tuple, told["members"].values())) == [("A.", "ok"), ("B. S.", "overdue"), ("C. D.", "full")]


def test_the_page_its_provisions_and_what_it_sends_are_for_those_who_lend(client: Client, sari, ani, pusat, rule, with_role):
    addresses = ["/staff/offline/desk", "/staff/offline/provisions", "/staff/offline/conflicts"]
    client.force_login(ani.user)
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    client.force_login(sari)
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    ItemFactory(barcode="B1")
    sent = {"device": "HP-1", "branch": "PUSAT", "entries": [
        {"sequence": 1, "at": clock.now().isoformat(), "form": {"kind": "loan", "card": "M-ANI", "code": "B1"}},
        {"sequence": 2, "at": clock.now().isoformat(), "form": {"kind": "return", "code": "B9"}},
    ]}  # fmt: skip
    answer = client.post("/staff/offline/entries", sent, content_type="application/json")
    assert answer.json() == {"taken": [1, 2], "conflicts": 1, "standing": []}
    page = client.get("/staff/offline/conflicts").content.decode()
    assert "Tidak ada eksemplar dengan barcode B9." in page
    assert "perbaiki barcodenya" in page
    entry = OfflineEntry.objects.get(state="conflict")
    ItemFactory(barcode="B9")
    assert "Sekarang tercatat." in client.post(f"/staff/offline/entries/{entry.pk}", follow=True).content.decode()
    assert "Tidak ada yang perlu diselesaikan" in client.get("/staff/offline/conflicts").content.decode()
    for rubbish in (
        {},
        {**sent, "branch": "X"},
        {**sent, "entries": [{"sequence": 1}]},
        {**sent, "entries": [{"sequence": 3, "at": "now", "form": {}}]},
    ):
        assert client.post("/staff/offline/entries", rubbish, content_type="application/json").status_code == 400
    assert client.post("/staff/offline/entries", "]", content_type="application/json").status_code == 400


def test_what_was_done_is_whose_page_it_was_done_on_and_by_our_clock_whoever_sends_it(
    client: Client, sari, ani, pusat, rule, with_role
):
    dewi = with_role("circulation")
    ItemFactory(barcode="B1")
    client.force_login(dewi)
    by = re.search(r' by="([^"]+)"', client.get("/staff/offline/desk").content.decode())[1]
    client.force_login(sari)
    kept = {"sequence": 1, "at": (FRIDAY - timedelta(days=2)).isoformat(), "by": by}
    with clock.stopped_at(FRIDAY + timedelta(hours=1)):
        says = (clock.now() - timedelta(days=2)).isoformat()
        entry = {**kept, "form": {"kind": "loan", "card": "M-ANI", "code": "B1"}}
        sent = {"device": "HP-1", "branch": "PUSAT", "now": says, "entries": [entry]}
        assert client.post("/staff/offline/entries", sent, content_type="application/json").json()["taken"] == [1]
    loan, entry = Loan.objects.get(), OfflineEntry.objects.get()
    assert (loan.lent_by, entry.clerk, entry.sent_by, loan.lent_at) == (dewi, dewi, sari, FRIDAY)
    sent_on = JournalEntry.objects.get(name="OfflineEntryHandedIn")
    assert (sent_on.actor_id, sent_on.data) == (sari.pk, {"entry": entry.pk})


def test_a_conflict_says_who_did_it_and_who_sent_it_where_that_was_somebody_else(client: Client, sari, pusat, with_role):
    dewi = with_role("circulation")
    dewi.name = "Dewi"
    dewi.save()
    take_entries("HP-1", [Kept(1, FRIDAY, "return", "", "B8", clerk=dewi), back(2, "B9")], at=pusat, by=sari)
    client.force_login(sari)
    page = client.get("/staff/offline/conflicts").content.decode()
    told = re.findall(r'<span class="small quiet">(.*?)</span>', page)
    assert [each.split(" · ", 2)[2] for each in told] == [f"Dewi · dikirim oleh {sari.name}", sari.name]


@pytest.mark.parametrize(("ahead", "state"), [(timedelta(minutes=9), "done"), (timedelta(minutes=11), "conflict")])
def test_a_moment_yet_to_come_is_now_or_where_it_is_far_off_for_a_person_to_settle(client: Client, sari, pusat, ahead, state):
    client.force_login(sari)
    with clock.stopped_at(FRIDAY):
        told = {
            "sequence": 1,
            "at": (FRIDAY + ahead).isoformat(),
            "form": {"kind": "return", "code": ItemFactory(barcode="B1").barcode},
        }
        sent = {"device": "HP-1", "branch": "PUSAT", "now": FRIDAY.isoformat(), "entries": [told]}
        client.post("/staff/offline/entries", sent, content_type="application/json")
    entry = OfflineEntry.objects.get()
    assert (entry.state, entry.happened_at) == (state, FRIDAY if state == "done" else FRIDAY + ahead)


def test_what_a_colleague_did_who_may_not_lend_any_more_counts_as_whose_device_sends_it(
    client: Client, sari, ani, pusat, rule, with_role
):
    dewi = with_role("circulation")
    client.force_login(dewi)
    by = re.search(r' by="([^"]+)"', client.get("/staff/offline/desk").content.decode())[1]
    dewi.role_grants.all().delete()
    client.force_login(sari)
    told = {"sequence": 1, "at": clock.now().isoformat(), "by": by, "form": {"kind": "return", "code": "B9"}}
    client.post(
        "/staff/offline/entries", {"device": "HP-1", "branch": "PUSAT", "entries": [told]}, content_type="application/json"
    )
    assert (OfflineEntry.objects.get().clerk, JournalEntry.objects.filter(name="OfflineEntryHandedIn").count()) == (sari, 0)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"by": "\ud800"}, 200),
        ({"by": "None"}, 200),
        ({"sequence": 10**30}, 400),
        ({"sequence": -1}, 400),
        ({"form": {"kind": "return", "code": "\ud800"}}, 400),
        ({"form": {"kind": "return", "code": "B\u00009"}}, 200),
    ],
)
def test_a_request_made_by_hand_is_read_or_refused(client: Client, sari, pusat, told, status):
    client.force_login(sari)
    entry = {"sequence": 1, "at": clock.now().isoformat(), "form": {"kind": "return", "code": "B9"}, **told}
    sent = json.dumps({"device": "HP-1", "branch": "PUSAT", "entries": [entry]})
    assert client.post("/staff/offline/entries", sent, content_type="application/json").status_code == status
    assert [each.clerk for each in OfflineEntry.objects.all()] == [sari] * (status == 200)


def test_what_the_desk_takes_along_bears_a_seal_that_the_page_can_check_and_no_other_bytes_do(
    client: Client, sari, ani, pusat, rule
):
    client.force_login(sari)
    key = load_der_public_key(b64decode(public_key()))
    assert f'seal-key="{public_key()}"' in client.get("/staff/offline/desk").content.decode()
    answer = client.get("/staff/offline/provisions")
    raw = b64decode(answer["X-Lumbung-Seal"])
    seal = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(seal, answer.content, ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(seal, answer.content.replace(b'"ok"', b'"no"'), ECDSA(SHA256()))


def test_a_return_brought_in_late_takes_back_what_the_nights_since_charged(sari, ani, pusat):
    loan = late(ani, fine=500)
    with clock.stopped_at(after(7)):
        accrue_fines()
        take_entries("d1", [Kept(1, after(2), "return", "", loan.item.barcode)], at=pusat, by=sari)
        take_entries("d1", [Kept(1, after(2), "return", "", loan.item.barcode)], at=pusat, by=sari)
    assert owed(ani) == (1000, 0)
