"""What a self-check machine is told: the same verbs as at the desk, the same refusals, in SIP2's words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.accounts.domain.rates import Allowance
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.domain.terminals import add_terminal, change_terminal
from lumbung.circulation.gateways.sip2 import session as sessions
from lumbung.circulation.gateways.sip2.session import HangUp, Session
from lumbung.circulation.models import Fee, Handover, Hold, Loan, LoanRule, Payment, Terminal
from lumbung.circulation.queries import standing
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.formats.sip2 import decode
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.members import block
from lumbung.members.models import Member
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PIN = "2580"


@pytest.fixture(autouse=True)
def _friday(monkeypatch):
    monkeypatch.setattr(sessions, "wrong_logins", Allowance(per_minute=10))
    with clock.stopped_at(FRIDAY):
        yield


@pytest.fixture
def terminal(sari, pusat) -> Terminal:
    open_on(pusat)
    powers = {"places_holds": True, "blocks_cards": True}
    made, secret = add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari, **powers)
    made.secret = secret
    return made


@pytest.fixture
def machine(terminal, ani, rule) -> Machine:
    """A machine that has signed in; Ani has a PIN."""
    set_pin(ani, PIN, by=None)
    machine = Machine()
    assert machine.sign_in("lobi", terminal.secret) == "1"
    return machine


def borrow(machine, item, card="M-ANI", pin=PIN, **said):
    return machine.say("11", AO="UNNES", AA=card, AB=item.barcode, AC="", AD=pin, **said)


def test_a_machine_lends_under_the_rules_and_says_until_when(machine, ani, sari, pusat):
    item = ItemFactory(barcode="B1", record=RecordFactory(title="Bumi manusia"))
    answer = borrow(machine, item)
    assert (answer.code, answer["ok"], answer["desensitize"], answer["renewal_ok"]) == ("12", "1", "Y", "N")
    assert (answer["AO"], answer["AJ"], answer["AH"]) == ("UNNES", "Bumi manusia", "20260313    235959")
    loan = Loan.objects.get()
    assert (loan.member, loan.item, loan.lent_from, loan.lent_by, loan.channel) == (ani, item, pusat, sari, "sip2")
    assert JournalEntry.objects.get(name="CheckedOut").channel == "sip2"


def test_every_reason_stands_on_a_line_of_its_own(machine, sari, ani, budi):
    block(ani, reason="Skorsing", by=sari)
    item = ItemFactory(item_type=ItemTypeFactory(code="reference", name="Referensi", lendable=False))
    LoanFactory(item=item, member=budi)
    answer = borrow(machine, item)
    assert (answer["ok"], answer["AH"]) == ("0", "")
    assert answer.all("AF") == [
        "Referensi hanya dibaca di tempat (ketentuan jenis eksemplar).",
        "Eksemplar ini sedang dipinjam sampai 13 Maret 2026.",
        "Anggota ini diblokir: Skorsing",
    ]
    assert Loan.objects.count() == 1


def test_a_message_in_english_is_answered_in_english(machine, budi):
    answer = machine.say("23", language="001", AO="", AA="nobody", AC="", AD="")
    assert (answer["BL"], answer["AF"], answer["status"][:4]) == ("N", "This card is not known.", "YYYY")


def test_a_wrong_pin_lends_nothing_and_tells_nothing(machine, ani):
    LoanFactory(member=ani)
    answer = borrow(machine, ItemFactory(), pin="0000")
    assert (answer["ok"], answer["AF"]) == ("0", "PIN tidak cocok dengan kartu ini.")
    told = machine.say("63", language="000", summary="  Y       ", AO="", AA="M-ANI", AC="", AD="")
    assert (told["BL"], told["CQ"], told["AE"], told["charged"], told.all("AU")) == ("Y", "N", "", "0000", [])
    assert (told["BE"], told["status"]) == ("", "YYYY          ")


def test_where_no_pin_is_asked_for_the_card_is_enough_but_a_wrong_pin_is_not(machine, terminal, ani):
    change_terminal(terminal, needs_pin=False, by=None)
    assert borrow(machine, ItemFactory(), pin="")["ok"] == "1"
    assert borrow(machine, ItemFactory(), pin="0000")["ok"] == "0"


def test_a_message_sent_twice_is_answered_the_same_and_lends_once(machine, ani):
    item = ItemFactory()
    frame = machine.frame("11", AO="", AA="M-ANI", AB=item.barcode, AC="", AD=PIN)
    first = machine.session.hear(frame)
    assert machine.session.hear(frame) == first
    assert machine.session.hear(b"97AZFEF5") == first
    assert decode(first)["ok"] == "1"
    assert (Loan.objects.count(), JournalEntry.objects.filter(name="CheckedOut").count()) == (1, 1)


def test_a_machine_whose_line_broke_asks_on_another_and_is_told_of_the_loan_it_made(machine, terminal, ani):
    item = ItemFactory()
    due = borrow(machine, item)["AH"]
    again = Machine()
    again.sign_in("lobi", terminal.secret)
    assert (borrow(again, item)["ok"], borrow(again, item)["AH"]) == ("1", due)
    assert (Loan.objects.count(), JournalEntry.objects.filter(name="CheckedOut").count()) == (1, 1)
    with clock.stopped_at(FRIDAY + timedelta(minutes=6)):
        late = borrow(again, item)
    assert (late["ok"], late["AF"]) == (
        "0",
        "Anggota ini sudah meminjam eksemplar ini sampai 13 Maret 2026. Perpanjang pinjamannya.",
    )


def test_a_loan_is_undone_when_the_machine_could_not_finish_it(machine, ani):
    item = ItemFactory()
    borrow(machine, item)
    answer = borrow(machine, item, BI="Y")
    assert (answer["ok"], Loan.objects.count()) == ("1", 0)
    assert borrow(machine, item, BI="Y")["AF"] == "Pinjaman ini sudah dikembalikan."


def test_an_own_item_is_renewed_where_the_machine_renews(machine, ani):
    loan = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3))
    answer = borrow(machine, loan.item, renewal_policy="Y")
    assert (answer["ok"], answer["renewal_ok"], answer["desensitize"], answer["AH"][:8]) == ("1", "Y", "N", "20260313")
    assert Loan.objects.get().renewal_count == 1


def test_only_who_has_the_item_renews_it(machine, ani, budi):
    mine = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3))
    his = LoanFactory(member=budi, lent_at=FRIDAY - timedelta(days=3))
    renewed = machine.say("29", AO="", AA="M-ANI", AD=PIN, AB=mine.item.barcode, AC="")
    assert (renewed.code, renewed["ok"], renewed["AH"][:8]) == ("30", "1", "20260313")
    refused = machine.say("29", third_party="Y", AO="", AA="M-ANI", AD=PIN, AB=his.item.barcode, AC="")
    assert (refused["ok"], refused["AF"]) == ("0", "Eksemplar ini tidak sedang dipinjam dengan kartu ini.")


def test_all_that_can_be_renewed_is_and_why_the_rest_cannot_is_said(machine, ani, budi):
    first, wanted = (LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=3)) for _ in range(2))
    HoldFactory(record=wanted.item.record, member=budi)
    answer = machine.say("65", AO="", AA="M-ANI", AD=PIN, AC="")
    assert (answer["ok"], answer["renewed"], answer["unrenewed"]) == ("1", "0001", "0001")
    assert (answer.all("BM"), answer.all("BN")) == ([first.item.barcode], [wanted.item.barcode])
    assert answer.all("AF") == [f"{wanted.item.record.title}: Judul ini dipesan oleh anggota lain."]
    assert machine.say("65", AO="", AA="M-ANI", AD="", AC="")["ok"] == "0"


def test_a_return_chute_is_told_where_the_item_goes(machine, ani, budi, teknik, pusat):
    here = LoanFactory(member=ani, item=ItemFactory(branch=pusat, call_number="899.221 PRA b"))
    answer = machine.say("09", AP="", AO="", AB=here.item.barcode, AC="")
    assert (answer["ok"], answer["resensitize"], answer["alert"], answer["CS"]) == ("1", "Y", "N", "899.221 PRA b")
    assert (answer["AA"], answer["CV"], answer["CL"]) == ("", "", "PUSAT")

    away = LoanFactory(member=ani, item=ItemFactory(branch=teknik))
    answer = machine.say("09", AP="", AO="", AB=away.item.barcode, AC="")
    assert (answer["alert"], answer["CV"], answer["CT"], answer["CL"]) == ("Y", "04", teknik.code, teknik.code)

    wanted = LoanFactory(member=ani)
    hold = HoldFactory(record=wanted.item.record, member=budi, pickup_branch=pusat)
    answer = machine.say("09", AP="", AO="", AB=wanted.item.barcode, AC="")
    hold.refresh_from_db()
    assert (answer["alert"], answer["CV"], answer["CL"], answer["resensitize"]) == ("Y", "01", "hold", "N")
    assert (hold.state, Loan.objects.open().count()) == ("ready", 0)


def test_a_book_dropped_twice_is_taken_back_once_and_a_lost_one_is_found(machine, ani):
    loan = LoanFactory(member=ani)
    machine.say("09", AP="", AO="", AB=loan.item.barcode, AC="")
    again = machine.say("09", AP="", AO="", AB=loan.item.barcode, AC="")
    assert (again["ok"], again["AF"]) == ("1", "Tidak sedang dipinjam; eksemplar diterima.")
    assert JournalEntry.objects.filter(name="CheckedIn").count() == 1
    lost = ItemFactory(status=Item.Statuses.LOST)
    assert machine.say("09", AP="", AO="", AB=lost.barcode, AC="")["ok"] == "1"
    lost.refresh_from_db()
    assert lost.status == "available"
    assert machine.say("09", AP="", AO="", AB="nothing", AC="")["AF"] == "Eksemplar ini tidak dikenal."


def test_a_card_that_is_also_a_barcode_is_read_as_what_the_field_says(machine, ani):
    item = ItemFactory(barcode="2311040087")
    ani.identifiers.create(kind="nim", value="2311040087")
    assert borrow(machine, item, card="2311040087")["ok"] == "1"
    assert Loan.objects.get().member == ani


def test_what_a_member_has_and_waits_for_is_counted_and_the_list_asked_for_is_told(machine, ani):
    late = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=9))
    due = LoanFactory(member=ani, lent_at=FRIDAY - timedelta(days=1))
    HoldFactory(member=ani, record=RecordFactory(title="Laut bercerita"))
    HoldFactory(member=ani, item=ItemFactory(barcode="R1"), state="ready", ready_until=date(2026, 3, 9))

    def told(summary, **said):
        return machine.say("63", language="000", summary=summary, AO="", AA="M-ANI", AC="", AD=PIN, **said)

    counted = told(" " * 10)
    assert [counted[each] for each in ("holds", "overdue", "charged", "unavailable")] == ["0001", "0001", "0002", "0001"]
    assert (counted["AE"], counted["BL"], counted["CQ"], counted["CB"], counted["BZ"]) == ("Ani", "Y", "Y", "0003", "0003")
    assert counted["status"] == "Y     Y       "
    assert counted.all("AF") == ["Masih ada pinjaman yang terlambat: 1 (ketentuan umum)."]
    assert [told(f"{' ' * place}Y".ljust(10)).all(name) for place, name in enumerate(["AS", "AT", "AU"])] == [
        ["R1"], [late.item.barcode], [late.item.barcode, due.item.barcode],
    ]  # fmt: skip
    assert told("     Y    ").all("CD") == ["Laut bercerita"]
    assert told("  Y       ", BP="2", BQ="9").all("AU") == [due.item.barcode]


def test_a_title_is_held_and_let_go_at_the_machine(machine, ani, teknik):
    loan = LoanFactory()
    answer = machine.say("15", mode="+", BS="teknik", BY="2", AO="", AA="M-ANI", AD=PIN, AB=loan.item.barcode, AC="")
    assert (answer.code, answer["ok"], answer["available"], answer["BR"], answer["BS"]) == ("16", "1", "N", "1", teknik.code)
    twice = machine.say("15", mode="+", AO="", AA="M-ANI", AD=PIN, AB=loan.item.barcode, AC="")
    assert (twice["ok"], twice["AF"]) == ("0", "Judul ini sudah dipesan.")
    assert machine.say("15", mode="-", AO="", AA="M-ANI", AD=PIN, AB=loan.item.barcode, AC="")["ok"] == "1"
    assert Hold.objects.get().state == "cancelled"
    assert machine.say("15", mode="-", AO="", AA="M-ANI", AD=PIN, AB=loan.item.barcode, AC="")["ok"] == "0"


def test_an_item_says_how_it_stands(machine, ani, pusat):
    free = ItemFactory(record=RecordFactory(title="Ronggeng"), call_number="899 TOH r")
    answer = machine.say("17", AO="", AB=free.barcode, AC="")
    assert (answer["circulation"], answer["AJ"], answer["CF"], answer["CS"]) == ("03", "Ronggeng", "0", "899 TOH r")
    lent = LoanFactory(item=free)
    answer = machine.say("17", AO="", AB=free.barcode, AC="")
    assert (answer["circulation"], answer["AH"][:8]) == ("04", f"{lent.due_at.astimezone(pusat.zone):%Y%m%d}")
    assert machine.say("17", AO="", AB="nothing", AC="")["circulation"] == "01"
    assert machine.say("19", AO="", AB=free.barcode, AC="", CH="sticker")["ok"] == "0"


def test_a_swallowed_card_is_blocked_and_only_staff_unblock_it(machine, terminal, ani):
    answer = machine.say("01", card_retained="Y", AO="", AL="", AA="M-ANI", AC="")
    ani.refresh_from_db()
    assert (answer.code, ani.blocked_because) == ("24", "Kartu tertelan di Lobi")
    told = machine.say("25", AO="", AA="M-ANI", AC="", AD=PIN)
    ani.refresh_from_db()
    assert (told.code, told["status"][:4], bool(ani.blocked_because)) == ("26", "YYYY", True)


def test_a_card_is_blocked_only_where_the_machine_may(machine, terminal, ani):
    change_terminal(terminal, blocks_cards=False, by=None)
    machine.say("01", card_retained="Y", AO="", AL="x", AA="M-ANI", AC="")
    ani.refresh_from_db()
    assert ani.blocked_because == ""


def test_after_the_session_the_pin_is_typed_again(machine, ani):
    assert borrow(machine, ItemFactory())["ok"] == "1"
    assert machine.say("35", AO="", AA="M-ANI", AC="", AD="")["ended"] == "Y"
    assert borrow(machine, ItemFactory(), pin="")["AF"] == "PIN tidak cocok dengan kartu ini."


def test_the_status_says_what_this_machine_may_do(machine, terminal):
    answer = machine.say("99", status="0", print_width="080", version="2.00")
    assert (answer["online"], answer["checkout_ok"], answer["version"], answer["date"]) == (
        "Y",
        "Y",
        "2.00",
        "20260306    090000",
    )
    assert (answer["BX"], answer["AN"]) == ("YYYYYYYYYNYNYYYY", "Lobi")
    change_terminal(terminal, lends=False, places_holds=False, by=None)
    assert machine.say("99", status="0", print_width="080", version="2.00")["BX"] == "YNYYYYYYYNYNYNNN"
    assert borrow(machine, ItemFactory())["AF"] == "Mesin ini tidak melayani itu. Tanyakan di meja layanan."


def test_before_it_signs_in_a_machine_learns_that_somebody_is_there_and_no_more(terminal, ani):
    machine = Machine()
    assert machine.say("99", status="0", print_width="080", version="2.00")["BX"] == "NNNNYYYNNNNNNNNN"
    with pytest.raises(HangUp):
        machine.say("23", language="000", AO="", AA="M-ANI", AC="", AD="")


def test_wrong_logins_are_refused_and_then_cut_off(terminal):
    machine = Machine()
    assert [machine.sign_in("lobi", "wrong"), machine.sign_in("lobi", "wrong")] == ["0", "0"]
    with pytest.raises(HangUp) as over:
        machine.sign_in("lobi", "wrong")
    assert over.value.answer.startswith(b"940AY2AZ")
    for _ in range(7):
        Machine().sign_in("lobi", "wrong")
    with pytest.raises(HangUp):
        Machine().sign_in("lobi", "wrong")
    assert Machine(Session("192.0.2.7")).sign_in("lobi", terminal.secret) == "1"


def test_a_machine_that_staff_switch_off_is_cut_off_at_once(machine, terminal):
    change_terminal(terminal, is_active=False, by=None)
    with pytest.raises(HangUp):
        machine.say("17", AO="", AB="B1", AC="")


def test_garbage_is_asked_for_again_twice_and_then_the_line_is_cut(machine):
    assert machine.session.hear(b"\xff\xfe garbage") == b"96AZFEF6\r"
    assert machine.session.hear(b"11YN2026") == b"96AZFEF6\r"
    machine.say("99", status="0", print_width="080", version="2.00")
    machine.session.hear(b"x")
    machine.session.hear(b"x")
    with pytest.raises(HangUp):
        machine.session.hear(b"x")


def test_a_message_damaged_on_the_way_does_nothing(machine, ani):
    item = ItemFactory()
    frame = machine.frame("11", AO="", AA="M-ANI", AB=item.barcode, AC="", AD=PIN)
    assert machine.session.hear(frame.replace(b"M-ANI", b"M-ANJ")) == b"96AZFEF6\r"
    assert not Loan.objects.exists()
    assert decode(machine.session.hear(frame))["ok"] == "1"


def test_letters_come_in_the_encoding_of_the_machine(machine, terminal, ani, monkeypatch):
    change_terminal(terminal, encoding="cp850", by=None)
    machine.sign_in("lobi", terminal.secret)
    item = ItemFactory(barcode="B1", record=RecordFactory(title="Café Wien"))
    assert b"AJCaf\x82 Wien|" in machine.session.hear(machine.frame("17", AO="", AB=item.barcode, AC=""))


def owing(member, *amounts):
    return [charge(member, Fee.Kinds.OVERDUE, amount, by=None) for amount in amounts]


def pay(machine, amount, **said):
    said = {"BK": "T1", **said}
    return machine.say("37", fee_type="04", payment_type="00", currency="IDR", BV=amount, AO="", AA="M-ANI", **said)


def test_what_is_owed_is_told_paid_at_the_machine_and_received_once(machine, terminal, ani):
    change_terminal(terminal, takes_fees=True, by=None)
    first, second = owing(ani, 3000, 2000)
    told = machine.say("63", language="000", summary="   Y      ", AO="", AA="M-ANI", AC="", AD=PIN)
    assert (told["fines"], told["BH"], told["BV"]) == ("0002", "IDR", "5000")
    assert told.all("AV") == [f"{first.pk} Denda keterlambatan 3000", f"{second.pk} Denda keterlambatan 2000"]
    answer = pay(machine, "2000.00", CG=str(second.pk))
    assert (answer.code, answer["accepted"], answer["BK"]) == ("38", "Y", "T1")
    assert pay(machine, "2000")["accepted"] == "Y"
    assert (standing(Member.objects.get(pk=ani.pk)).owed, Payment.objects.count()) == (3000, 1)
    payment = Payment.objects.get()
    assert (payment.method, payment.reference, payment.amount) == ("other", "Lobi T1", 2000)
    assert pay(machine, "4000", BK="T2")["accepted"] == "N"
    assert pay(machine, "12,50", BK="T3")["AF"] == "Jumlahnya harus dalam rupiah utuh."
    assert machine.say("23", language="000", AO="", AA="M-ANI", AC="", AD=PIN)["BV"] == "3000"


def test_a_machine_takes_money_only_where_it_may(machine, ani):
    owing(ani, 1000)
    assert (pay(machine, "1000")["accepted"], Payment.objects.count()) == ("N", 0)


def test_who_owes_too_much_is_marked_so(machine, ani, rule):
    rule.owed_limit = 1000
    rule.save()
    owing(ani, 5000)
    assert machine.say("23", language="000", AO="", AA="M-ANI", AC="", AD=PIN)["status"] == "Y         Y   "


def test_a_hold_whose_copy_is_packed_is_not_let_go_at_the_machine(machine, ani, pusat):
    parcel = Handover.objects.create(branch=pusat, member=ani, kind="delivery", state="packed", asked_at=clock.now())
    item = ItemFactory(branch=pusat)
    ready = {"state": "ready", "ready_until": date(2026, 3, 9), "handover": parcel}
    HoldFactory(member=ani, record=item.record, item=item, pickup_branch=pusat, **ready)
    answer = machine.say("15", mode="-", AO="", AA="M-ANI", AD=PIN, AB=item.barcode, AC="")
    why = "Bukunya sudah dikemas untuk dikirim. Batalkan kirimannya dahulu, baru pesanannya."
    assert (answer["ok"], answer["AF"]) == ("0", why)


def test_at_a_machine_members_give_up_no_more_than_by_their_account(machine, ani, pusat):
    change_rule(LoanRule.objects.get(), cancel_ready=False, by=None)
    item = ItemFactory(branch=pusat)
    HoldFactory(member=ani, record=item.record, item=item, pickup_branch=pusat, state="ready", ready_until=date(2026, 3, 9))
    answer = machine.say("15", mode="-", AO="", AA="M-ANI", AD=PIN, AB=item.barcode, AC="")
    assert (answer["ok"], answer["AF"].startswith("Sudah siap diambil, jadi tidak dapat dibatalkan sendiri")) == ("0", True)


def test_a_machine_says_what_it_costs_not_to_fetch_what_was_asked_for(machine, ani, pusat):
    rule = LoanRule.objects.get()
    change_rule(rule, unfetched_fee=2000, by=None)
    item = ItemFactory(branch=pusat)
    answer = machine.say("15", mode="+", AO="", AA="M-ANI", AD=PIN, AB=item.barcode, AC="")
    told = "Bila sudah siap dan tidak diambil sampai batasnya, dikenakan Rp2.000."
    assert (answer["ok"], answer["AF"], Hold.objects.get().unfetched_fee) == ("1", told, 2000)
