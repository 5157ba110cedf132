"""What rules say of asking back: who may, how often, what the borrower keeps, and what being late with it costs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.circulation.domain.fines import accrue_fines
from lumbung.circulation.domain.holds import cancel_hold, hold_days, place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.recalls import recall_for, recall_loan
from lumbung.circulation.domain.rules import add_rule, change_rule, remove_rule
from lumbung.circulation.models import Fee, Hold, Loan, Recall
from lumbung.circulation.queries import loan_words, recall_offer, recall_offers
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def refusal_of(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return [str(reason) for reason in refused.value.reasons]


def lent_long_ago(member, *, days: int = 30, due_in: int = 20, **of_item) -> Loan:
    now = clock.now()
    return LoanFactory(
        member=member, item=ItemFactory(**of_item), lent_at=now - timedelta(days=days), due_at=now + timedelta(days=due_in)
    )


def test_a_member_asks_back_only_where_a_rule_lets_members_do_so(sari, ani, budi, pusat, rule):
    with clock.stopped_at(MONDAY):
        loan = lent_long_ago(budi)
        hold = place_hold(loan.item.record, member=ani, pickup_branch=pusat, by=ani.user)
        assert refusal_of(recall_for, hold, by=ani.user) == [
            "Pinjaman judul ini tidak diminta kembali oleh anggota (ketentuan umum)."
        ]
        change_rule(rule, name="Mahasiswa", recall_limit=1, by=None)
        recall = recall_for(hold, by=ani.user)
        loan.refresh_from_db()
        assert (loan.due_at, recall.hold, recall.recalled_by) == (recall.due_at, hold, ani.user)
        assert loan.due_at.astimezone(pusat.zone).date() == date(2026, 3, 5)
        assert refusal_of(recall_for, hold, by=ani.user) == [
            "Sudah mencapai batas 1 permintaan kembali (aturan “Mahasiswa”).",
            "Untuk pesanan ini sudah diminta kembali satu eksemplar, jatuh temponya 5 Maret 2026.",
        ]
    assert JournalEntry.objects.filter(name="LoanRecalled", actor_id=ani.user.pk).count() == 1


def test_so_many_titles_and_so_many_copies_of_one_are_asked_back_at_once(ani, budi, pusat, rule):
    change_rule(rule, name="Mahasiswa", recall_limit=2, recalls_per_record=1, hold_limit=9, by=None)
    set_of_two = RecordFactory()
    with clock.stopped_at(MONDAY):
        volumes = [lent_long_ago(budi, record=set_of_two, volume=volume) for volume in ("1", "2")]
        first, second = (
            place_hold(set_of_two, member=ani, pickup_branch=pusat, volume=each.item.volume, by=ani.user) for each in volumes
        )
        recall_for(first, by=ani.user)
        assert refusal_of(recall_for, second, by=ani.user) == [
            "Sudah mencapai batas 1 permintaan kembali untuk satu judul (aturan “Mahasiswa”)."
        ]
        others = [place_hold(lent_long_ago(budi).item.record, member=ani, pickup_branch=pusat, by=ani.user) for _ in range(2)]
        recall_for(others[0], by=ani.user)
        assert refusal_of(recall_for, others[1], by=ani.user) == [
            "Sudah mencapai batas 2 permintaan kembali (aturan “Mahasiswa”)."
        ]
        cancel_hold(others[0], by=ani.user)
        assert len(refusal_of(recall_for, others[1], by=ani.user)) == 1
        check_in(volumes[0].item, at=pusat, by=None)
        recall_for(others[1], by=ani.user)


def test_what_stands_on_the_shelf_is_not_asked_back_unless_the_rule_lets_it(ani, budi, pusat, rule):
    change_rule(rule, name="Mahasiswa", recall_limit=1, by=None)
    record = RecordFactory()
    with clock.stopped_at(MONDAY):
        lent_long_ago(budi, record=record)
        ItemFactory(record=record)
        hold = place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
        assert refusal_of(recall_for, hold, by=ani.user) == [
            "Masih ada eksemplarnya di rak, jadi tidak perlu diminta kembali (ketentuan umum)."
        ]
        change_rule(rule, recall_on_shelf=True, by=None)
        assert recall_for(hold, by=ani.user).hold == hold


def test_of_several_loans_that_which_comes_back_first_is_asked_back(ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, by=None)
    record = RecordFactory()
    with clock.stopped_at(MONDAY):
        fresh, old = (lent_long_ago(budi, days=days, record=record) for days in (1, 20))
        hold = place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
        assert recall_offer(hold).loan == old
        assert recall_for(hold, by=ani.user).loan == old
        fresh.refresh_from_db()
        assert fresh.due_at == MONDAY + timedelta(days=20)


def test_the_loan_of_a_copy_that_members_may_not_ask_back_does_not_hide_another(ani, budi, pusat, rule):
    reserve, record = ItemTypeFactory(code="TANDON"), RecordFactory()
    add_rule(name="Tandon", item_type=reserve, recall_limit=0, by=None)
    change_rule(rule, recall_limit=1, by=None)
    with clock.stopped_at(MONDAY):
        lent_long_ago(budi, record=record, item_type=reserve)
        hold = place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
        assert refusal_of(recall_for, hold, by=ani.user) == [
            "Pinjaman judul ini tidak diminta kembali oleh anggota (aturan “Tandon”)."
        ]
        usual = lent_long_ago(budi, days=6, record=record)
        assert recall_for(hold, by=ani.user).loan == usual


def test_where_no_rule_fits_any_more_members_ask_nothing_back(ani, budi, pusat, rule):
    with clock.stopped_at(MONDAY):
        hold = place_hold(lent_long_ago(budi).item.record, member=ani, pickup_branch=pusat, by=ani.user)
        remove_rule(rule, by=None)
        assert refusal_of(recall_for, hold, by=ani.user) == [
            "Pinjaman judul ini tidak diminta kembali oleh anggota (ketentuan umum)."
        ]


def test_who_may_not_use_the_library_any_more_asks_nothing_back(ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, by=None)
    with clock.stopped_at(MONDAY):
        hold = place_hold(lent_long_ago(budi).item.record, member=ani, pickup_branch=pusat, by=ani.user)
        ani.expires_on = date(2026, 3, 1)
        ani.save()
        assert refusal_of(recall_for, Hold.objects.get(pk=hold.pk), by=ani.user) == [
            "Keanggotaan berakhir pada 1 Maret 2026. Perpanjang keanggotaannya dahulu."
        ]


def test_what_staff_asked_back_does_not_use_up_what_the_member_may_ask(sari, ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, by=None)
    with clock.stopped_at(MONDAY):
        loans = [lent_long_ago(budi) for _ in range(2)]
        theirs, own = (place_hold(loan.item.record, member=ani, pickup_branch=pusat, by=ani.user) for loan in loans)
        assert recall_loan(loans[0], by=sari).hold == theirs
        assert recall_offer(theirs).is_asked
        assert recall_for(own, by=ani.user).loan == loans[1]


def test_what_was_asked_back_is_due_on_a_day_on_which_the_library_opens(sari, ani, budi, pusat, rule):
    open_on(pusat)
    change_rule(rule, loan_days=60, recall_days=1, recall_kept_days=6, by=None)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=budi, at=pusat, by=sari)
        HoldFactory(record=loan.item.record, member=ani)
        assert recall_loan(loan, by=sari).due_at.astimezone(pusat.zone).date() == date(2026, 3, 9)  # the 8th is a Sunday


def test_a_renewal_ends_what_was_asked_back_and_it_may_be_asked_back_anew(sari, ani, budi, pusat, rule):
    change_rule(rule, loan_days=30, fine=500, fine_per="day", recall_fine=2000, by=None)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=budi, at=pusat, by=sari)
        hold = HoldFactory(record=loan.item.record, member=ani)
        recall_loan(loan, by=sari)
        cancel_hold(hold, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        renewed = renew(loan, by=budi.user)
        assert not Recall.objects.exists()
    with clock.stopped_at(renewed.due_at + timedelta(days=1)):
        accrue_fines()
    assert Fee.objects.get().amount == 500
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        again = HoldFactory(record=loan.item.record, member=ani)
        assert recall_loan(loan, by=sari).hold == again


def test_nothing_is_asked_back_that_would_not_come_sooner(ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, by=None)
    with clock.stopped_at(MONDAY):
        hold = place_hold(lent_long_ago(budi, due_in=2).item.record, member=ani, pickup_branch=pusat, by=ani.user)
        assert refusal_of(recall_for, hold, by=ani.user) == ["Tidak ada pinjaman yang akan kembali lebih cepat bila diminta."]


def test_the_terms_of_the_loan_say_what_its_borrower_keeps_whatever_is_set_for_all(sari, ani, budi, pusat, rule):
    open_on(pusat)
    change_rule(rule, loan_days=60, recall_days=5, recall_kept_days=2, by=None)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=budi, at=pusat, by=sari)
        change_rule(rule, recall_days=1, by=None)  # what is lent keeps its terms
        HoldFactory(record=loan.item.record, member=ani)
        recall = recall_loan(loan, by=sari)
    assert recall.due_at.astimezone(pusat.zone).date() == date(2026, 3, 9)
    change_rule(rule, recall_days=1, recall_kept_days=14, by=None)
    with clock.stopped_at(MONDAY):
        loan = check_out(ItemFactory(), to=budi, at=pusat, by=sari)
        HoldFactory(record=loan.item.record, member=ani)
        assert recall_loan(loan, by=sari).due_at.astimezone(pusat.zone).date() == date(2026, 3, 16)
    assert loan_words(loan)[-3:-1] == [
        "2 kali diperpanjang", "dikembalikan dalam 1 hari buka sesudah diminta kembali, boleh disimpan paling sedikit 14 hari"
    ]  # fmt: skip


def test_what_was_asked_back_costs_another_fine_when_it_is_late_and_only_that(sari, ani, budi, pusat, rule):
    change_rule(rule, fine=500, fine_per="day", recall_fine=2000, loan_days=30, by=None)
    with clock.stopped_at(MONDAY):
        asked, other = (check_out(ItemFactory(), to=budi, at=pusat, by=sari) for _ in range(2))
        HoldFactory(record=asked.item.record, member=ani)
        recall_loan(asked, by=sari)
    asked.refresh_from_db()
    with clock.stopped_at(asked.due_at + timedelta(days=3)):
        assert accrue_fines() == 1
        check_in(asked.item, at=pusat, by=sari)
    with clock.stopped_at(other.due_at + timedelta(days=3)):
        check_in(other.item, at=pusat, by=sari)
    assert list(Fee.objects.order_by("pk").values_list("loan", "amount")) == [(asked.pk, 6000), (other.pk, 1500)]


def test_a_fine_for_what_was_asked_back_grows_by_night_where_there_is_no_other(sari, ani, budi, pusat, rule):
    change_rule(rule, recall_fine=2000, loan_days=30, by=None)
    with clock.stopped_at(MONDAY):
        asked, _ = (check_out(ItemFactory(), to=budi, at=pusat, by=sari) for _ in range(2))
        HoldFactory(record=asked.item.record, member=ani)
        recall_loan(asked, by=sari)
    with clock.stopped_at(MONDAY + timedelta(days=60)):
        assert accrue_fines() == 1
    assert Fee.objects.get().loan == asked


def test_what_was_asked_back_waits_on_the_shelf_as_long_as_its_rule_says(sari, ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, recall_shelf_days=7, by=None)
    with clock.stopped_at(MONDAY):
        hold = place_hold(lent_long_ago(budi).item.record, member=ani, pickup_branch=pusat, by=ani.user)
        other = HoldFactory(record=hold.record)
        recall = recall_for(hold, by=ani.user)
        assert [hold_days(each, recall.loan.item, pusat) for each in (hold, other)] == [7, 3]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_may_be_asked_back_is_read_at_once_for_all_holds(ani, budi, pusat, rule, rows, django_assert_num_queries):
    change_rule(rule, recall_limit=3, by=None)
    with clock.stopped_at(MONDAY):
        holds = [place_hold(lent_long_ago(budi).item.record, member=ani, pickup_branch=pusat, by=ani.user) for _ in range(rows)]
        recall_offer(holds[0])
        with django_assert_num_queries(3):
            assert [offer.is_open for offer in recall_offers(holds).values()] == [True] * rows


def test_ani_asks_back_on_her_page_and_budi_not_for_her(client: Client, ani, budi, pusat, rule):
    loan = LoanFactory(member=budi, lent_at=clock.now() - timedelta(days=30), due_at=clock.now() + timedelta(days=20))
    hold = place_hold(loan.item.record, member=ani, pickup_branch=pusat, by=ani.user)
    client.force_login(ani.user)
    assert "Minta dikembalikan lebih cepat" not in client.get("/my").content.decode()
    change_rule(rule, recall_limit=1, by=None)
    assert "Minta dikembalikan lebih cepat" in client.get("/my").content.decode()
    client.force_login(budi.user)
    assert client.post(f"/my/holds/{hold.pk}/recall").status_code == 404
    client.force_login(ani.user)
    client.post(f"/my/holds/{hold.pk}/recall")
    assert Recall.objects.get().hold == hold
    page = client.get("/my").content.decode()
    assert "Minta dikembalikan lebih cepat" not in page
    assert "Untuk pesanan ini sudah diminta kembali satu eksemplar" in page


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_one_copy_back_at_once_do_so_once(ani, budi, pusat, rule):
    change_rule(rule, recall_limit=1, by=None)
    loan = LoanFactory(lent_at=clock.now() - timedelta(days=30), due_at=clock.now() + timedelta(days=20))
    holds = [place_hold(loan.item.record, member=each, pickup_branch=pusat, by=each.user) for each in (ani, budi)]
    won, refused = race(*(lambda hold=hold: recall_for(hold, by=hold.member.user) for hold in holds))
    assert (len(won), len(refused), Recall.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_back_at_once_does_not_pass_the_limit(ani, pusat, rule):
    change_rule(rule, recall_limit=1, hold_limit=9, by=None)
    loans = [lent_long_ago(MemberFactory()) for _ in range(3)]
    holds = [place_hold(loan.item.record, member=ani, pickup_branch=pusat, by=ani.user) for loan in loans]
    won, refused = race(*(lambda hold=hold: recall_for(hold, by=ani.user) for hold in holds))
    assert (len(won), refused, Recall.objects.count()) == (1, [["recall_limit_reached"]] * 2, 1)
    assert Hold.objects.waiting().count() == 3


def test_anis_own_program_waits_for_one_copy_reads_what_it_costs_and_asks_it_back(calling, ani, budi, pusat, rule):
    change_rule(rule, hold_of="either", unfetched_fee=2000, recall_limit=1, by=None)
    with clock.stopped_at(MONDAY):
        loan = lent_long_ago(budi)
    hers = calling(ani.user, "me")
    asked = {"record": loan.item.record_id, "branch": "PUSAT", "item": loan.item.barcode}
    with clock.stopped_at(MONDAY):
        placed = hers.post("/api/v1/me/holds", asked, content_type="application/json").json()
        assert (placed["unfetched_fee"], Hold.objects.get().wanted_item) == (2000, loan.item)
        recalled = hers.post(f"/api/v1/me/holds/{placed['id']}/recall")
        again = hers.post(f"/api/v1/me/holds/{placed['id']}/recall").json()
    assert (recalled.status_code, recalled.json()) == (
        201, {"hold": placed["id"], "due_at": "2026-03-05T16:59:59Z", "was_due_at": "2026-03-22T02:00:00Z"},
    )  # fmt: skip
    assert [each["code"] for each in again["reasons"]] == ["recall_limit_reached", "hold_recalled"]
    unknown = hers.post("/api/v1/me/holds", asked | {"item": "TIDAK-ADA"}, content_type="application/json")
    assert unknown.status_code == 422
