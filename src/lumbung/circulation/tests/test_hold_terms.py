"""What rules say of holds: how many in a day and on one title."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.circulation.domain.holds import cancel_hold, expire_holds, hold_days, place_hold
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.gateways.chat.holding import HOLD
from lumbung.circulation.gateways.chat.holding import cancel as cancel_in_chat
from lumbung.circulation.gateways.chat.holding import hold as chat_hold
from lumbung.circulation.models import Fee, LoanRule
from lumbung.circulation.queries import decision
from lumbung.circulation.queries.explaining import explanation, said_words
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.messaging.chat import Asking, Confirm
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.domain.studies import add_programme, faculty_named
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def refusal_of(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return [str(reason) for reason in refused.value.reasons]


def test_so_many_holds_in_a_day_are_placed_and_no_more_until_midnight_at_the_branch(ani, budi, pusat, rule):
    rule.name, rule.holds_per_day, rule.hold_limit = "Mahasiswa", 2, 10
    rule.save()
    records = [ItemFactory().record for _ in range(5)]
    with clock.stopped_at(MONDAY):
        first, _ = (place_hold(each, member=ani, pickup_branch=pusat, by=ani.user) for each in records[:2])
        assert refusal_of(place_hold, records[2], member=ani, pickup_branch=pusat, by=ani.user) == [
            "Hari ini sudah mencapai batas 2 pesanan sehari (aturan “Mahasiswa”). Coba lagi besok."
        ]
        place_hold(records[2], member=budi, pickup_branch=pusat, by=budi.user)
        cancel_hold(first, by=ani.user)
        place_hold(records[2], member=ani, pickup_branch=pusat, by=ani.user)
    with clock.stopped_at(MONDAY.replace(hour=16, minute=59)):  # a minute before midnight in Jakarta
        assert len(refusal_of(place_hold, records[3], member=ani, pickup_branch=pusat, by=ani.user)) == 1
    with clock.stopped_at(MONDAY.replace(hour=17)):
        place_hold(records[3], member=ani, pickup_branch=pusat, by=ani.user)


def test_so_many_volumes_of_one_title_are_held_at_once(ani, pusat, rule):
    rule.name, rule.holds_per_record = "Mahasiswa", 1
    rule.save()
    record, other = RecordFactory(), ItemFactory().record
    for volume in ("1", "2"):
        ItemFactory(record=record, volume=volume)
    with clock.stopped_at(MONDAY):
        place_hold(record, member=ani, pickup_branch=pusat, volume="1", by=ani.user)
        assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, volume="2", by=ani.user) == [
            "Sudah mencapai batas 1 pesanan untuk satu judul (aturan “Mahasiswa”)."
        ]
        place_hold(other, member=ani, pickup_branch=pusat, by=ani.user)
        change_rule(rule, holds_per_record=None, by=None)
        place_hold(record, member=ani, pickup_branch=pusat, volume="2", by=ani.user)


def test_where_the_shelf_must_be_empty_the_volume_that_is_wanted_counts(ani, pusat, rule):
    change_rule(rule, name="Mahasiswa", hold_on_shelf=False, by=None)
    record = RecordFactory()
    LoanFactory(item=ItemFactory(record=record, volume="1"))
    ItemFactory(record=record, volume="2")
    with clock.stopped_at(MONDAY):
        for wanted in ("2", ""):
            said = refusal_of(place_hold, record, member=ani, pickup_branch=pusat, volume=wanted, by=ani.user)
            assert any("rak" in each and "Mahasiswa" in each for each in said), (wanted, said)
        assert place_hold(record, member=ani, pickup_branch=pusat, volume="1", by=ani.user).volume == "1"


def test_who_chooses_a_copy_on_loan_is_not_kept_from_it_by_another_volume_on_the_shelf(ani, pusat, rule):
    change_rule(rule, hold_on_shelf=False, hold_of="either", by=None)
    record = RecordFactory()
    lent, free = ItemFactory(record=record, volume="1"), ItemFactory(record=record, volume="2")
    LoanFactory(item=lent)
    with clock.stopped_at(MONDAY):
        assert place_hold(record, member=ani, pickup_branch=pusat, item=lent, by=ani.user).wanted_item == lent
        assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, item=free, by=ani.user)


@pytest.mark.parametrize("limit", ["holds_per_day", "holds_per_record"])
def test_none_in_a_day_or_on_a_title_is_none_at_all_unless_another_copy_may_be_held(ani, pusat, rule, limit):
    reserve, other = ItemTypeFactory(code="reserve"), ItemTypeFactory()
    LoanRuleFactory(
        name="Tandon",
        category=None,
        item_type=reserve,
        loan_days=None,
        loan_limit=None,
        renewal_limit=None,
        hold_limit=None,
        **{limit: 0},
    )
    record = ItemFactory(item_type=reserve).record
    with clock.stopped_at(MONDAY):
        assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, by=ani.user) == [
            "Judul ini tidak dapat dipesan (aturan “Tandon”)."
        ]
        ItemFactory(record=record, item_type=other)
        place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)


def test_each_limit_of_holds_is_told_with_the_rule_that_says_it(ani, pusat, rule):
    LoanRuleFactory(
        name="Pusat", category=None, branch=pusat, loan_days=None, loan_limit=None, renewal_limit=None, hold_limit=None,
        holds_per_day=2, holds_per_record=1,
    )  # fmt: skip
    found = decision(ItemFactory(), ani, pusat)
    told = {each.name: (each.words, each.ruling.title) for each in explanation(found) if each.ruling}
    assert (told["holds_per_day"], told["holds_per_record"]) == (("paling banyak 2", "Pusat"), ("paling banyak 1", "Pusat"))
    assert said_words(found.said["holds_per_day"]) == [
        "pesanan sehari paling banyak 2",
        "pesanan tiap judul paling banyak 1",
        "lama pesanan menunggu diambil (hari): 3",
    ]


@pytest.mark.parametrize("fact", ["programme", "faculty", "age_to", "unit"])
def test_a_rule_for_programme_faculty_age_or_unit_speaks_of_holds_and_of_how_long_they_wait(sari, ani, pusat, rule, fact):
    law = faculty_named("Hukum")
    programme = add_programme(code="1", name="Ilmu hukum", level="S1", faculty=law, by=None)
    ani.programme, ani.born_on, ani.unit = programme, date(2015, 1, 1), "Kelas 5"
    ani.save()
    said = {"programme": programme, "faculty": law, "age_to": 17, "unit": "Kelas 5"}[fact]
    with clock.stopped_at(MONDAY):
        own = add_rule(name="Khusus", hold_days=9, hold_limit=1, by=None, **{fact: said})
        item = ItemFactory(branch=pusat)
        hold = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
        assert hold_days(hold, item, pusat) == 9
        change_rule(own, hold_limit=0, by=None)
        with pytest.raises(Refused) as refused:
            place_hold(ItemFactory(branch=pusat).record, member=ani, pickup_branch=pusat, by=ani.user)
    assert refused.value.codes == ["held_by_no_rule"]


def test_what_was_not_fetched_costs_once_what_was_told_when_it_was_asked_for(sari, ani, budi, pusat, rule):
    change_rule(rule, unfetched_fee=2000, by=None)
    item = ItemFactory(branch=pusat)
    with clock.stopped_at(MONDAY):
        mine = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
        his = place_hold(item.record, member=budi, pickup_branch=pusat, by=budi.user)
        change_rule(rule, unfetched_fee=9000, by=None)
        check_in(item, at=pusat, by=sari)
        cancel_hold(his, by=budi.user)
    with clock.stopped_at(MONDAY + timedelta(days=10)):
        assert (expire_holds(), expire_holds()) == (1, 0)
    charged = Fee.objects.get()
    assert (charged.account.member, charged.kind, charged.amount, charged.item, charged.once) == (
        ani, "hold", 2000, item, f"hold:{mine.pk}",
    )  # fmt: skip


def test_nobody_pays_for_a_last_day_on_which_the_library_turned_out_to_be_closed(sari, ani, pusat, rule):
    change_rule(rule, unfetched_fee=2000, hold_days=1, by=None)
    item = ItemFactory(branch=open_on(pusat))
    with clock.stopped_at(MONDAY):
        hold = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
        check_in(item, at=pusat, by=sari)
        hold.refresh_from_db()
        last = hold.ready_until
        announce_closure(first_day=last, last_day=last, reason="Banjir", branch=pusat, by=sari)
    assert last == date(2026, 3, 3)
    with clock.stopped_at(MONDAY + timedelta(days=2)):
        assert (expire_holds(), Fee.objects.count()) == (0, 0)
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        assert (expire_holds(), Fee.objects.get().amount) == (1, 2000)


def test_a_hold_that_lapses_without_a_copy_costs_nothing(ani, pusat, rule):
    change_rule(rule, unfetched_fee=2000, by=None)
    with clock.stopped_at(MONDAY):
        place_hold(ItemFactory().record, member=ani, pickup_branch=pusat, wanted_until=date(2026, 3, 3), by=ani.user)
    with clock.stopped_at(MONDAY + timedelta(days=10)):
        assert expire_holds() == 1
    assert not Fee.objects.exists()


def test_ani_reads_what_it_costs_before_she_asks_and_at_which_branch(client: Client, ani, pusat, teknik, rule):
    record = ItemFactory(branch=pusat).record
    client.force_login(ani.user)
    assert "dikenakan" not in client.get(f"/records/{record.pk}").content.decode()
    add_rule(name="Pusat", branch=pusat, unfetched_fee=2000, by=None)
    told = "Bila sudah siap di Perpustakaan Pusat dan tidak diambil sampai batasnya, dikenakan Rp2.000 (aturan “Pusat”)."
    assert told in client.get(f"/records/{record.pk}").content.decode()
    change_rule(rule, name="Semua", unfetched_fee=1000, by=None)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert told in page
    assert f"siap di {teknik} dan tidak diambil sampai batasnya, dikenakan Rp1.000 (aturan “Semua”)." in page
    client.post(f"/records/{record.pk}/holds", {"branch": teknik.pk})
    assert "dikenakan Rp1.000" in client.get("/my").content.decode()


def test_what_stands_ready_is_given_up_by_staff_alone_where_a_rule_says_so(client: Client, sari, ani, pusat, rule):
    item = ItemFactory(branch=pusat)
    hold = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    change_rule(rule, name="Mahasiswa", cancel_ready=False, by=None)
    client.force_login(ani.user)
    assert "Batalkan pesanan" in client.get("/my").content.decode()
    check_in(item, at=pusat, by=sari)
    why = "Sudah siap diambil, jadi tidak dapat dibatalkan sendiri (aturan “Mahasiswa”). Hubungi meja layanan bila tidak jadi."
    page = client.get("/my").content.decode()
    assert (why in page, "Batalkan pesanan" in page) == (True, False)
    hold.refresh_from_db()
    assert refusal_of(cancel_hold, hold, by=ani.user) == [why]
    in_chat = Asking(None, None, "batal", "", "id", person=ani, subject=f"h{hold.pk} pasti")
    assert refusal_of(cancel_in_chat, in_chat) == [why]
    assert cancel_hold(hold, by=sari).state == "cancelled"


def test_a_member_without_an_account_gives_up_no_more_than_others(sari, budi, pusat, rule):
    item = ItemFactory(branch=pusat)
    hold = place_hold(item.record, member=budi, pickup_branch=pusat, by=sari)
    change_rule(rule, name="Mahasiswa", cancel_ready=False, by=None)
    check_in(item, at=pusat, by=sari)
    hold.refresh_from_db()
    budi.user = None
    budi.save()
    in_chat = Asking(None, None, "batal", "", "id", person=budi, subject=f"h{hold.pk} pasti")
    stays = (
        "Sudah siap diambil, jadi tidak dapat dibatalkan sendiri (aturan “Mahasiswa”). Hubungi meja layanan bila tidak jadi."
    )
    assert refusal_of(cancel_in_chat, in_chat) == [stays]


def test_in_chat_ani_is_told_what_it_costs_before_it_is_asked_for(ani, pusat, rule):
    item = ItemFactory(branch=pusat, record=RecordFactory(title="Bumi manusia"))

    def said(subject: str) -> Asking:
        return Asking(None, None, f"pesan {subject}", "", "id", person=ani, subject=subject)

    change_rule(rule, unfetched_fee=2000, by=None)
    asked = chat_hold(said(f"r{item.record_id}"))
    assert asked == Confirm(
        "Bila sudah siap dan tidak diambil sampai batasnya, dikenakan Rp2.000.\n"
        "Pesan “Bumi manusia” untuk diambil di Perpustakaan Pusat?",
        f"pesan r{item.record_id}y",
    )
    assert not ani.holds.exists()
    assert HOLD.takes_for_sure(f"r{item.record_id}y") is True
    assert chat_hold(said(f"r{item.record_id}y")).text.startswith("Dipesan: “Bumi manusia”")
    assert ani.holds.get().unfetched_fee == 2000


def test_each_term_of_holds_is_told_with_the_rule_that_says_it(ani, pusat, rule):
    add_rule(
        name="Tandon", item_type=ItemTypeFactory(), hold_from="group", pickup_at="home", hold_of="copy", guarded_days=30,
        unfetched_fee=2000, cancel_ready=False, recall_limit=2, recalls_per_record=1, recall_days=2, recall_kept_days=5,
        recall_fine=1500, by=None,
    )  # fmt: skip
    found = decision(ItemFactory(), ani, pusat)
    told = {each.name: each.words for each in explanation(found) if each.ruling and each.ruling.title == "Tandon"}
    assert told == {
        "hold_from": "hanya dipesan anggota cabang pemiliknya dan cabang seinduk",
        "pickup_at": "pesanan hanya diambil di cabang pemiliknya",
        "hold_of": "anggota memilih eksemplar yang dipesan",
        "guarded_days": "30 hari pertama hanya dipesan anggota cabang pemiliknya atau diambil di sana",
        "unfetched_fee": "Rp2.000 bila pesanan tidak diambil",
        "cancel_ready": "yang sudah siap hanya dibatalkan petugas",
        "recall_limit": "anggota boleh meminta kembali paling banyak 2, tiap judul 1",
        "recall_days": "dikembalikan dalam 2 hari buka sesudah diminta kembali, boleh disimpan paling sedikit 5 hari",
        "recall_fine": "denda Rp1.500 bila diminta kembali dan terlambat",
    }
    assert said_words(found.said["hold_from"])[:2] == [told["hold_of"], told["hold_from"]]
    assert LoanRule.objects.count() == 2
