"""Whoever is refused is told the rule that refuses, or the terms that hold where no rule speaks; at every door in the same words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lumbung.circulation.domain.fines import replace_lost, report_lost
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.models import Loan, LoanRule
from lumbung.circulation.queries.blocks import blocks_to_check_out, blocks_to_renew
from lumbung.circulation.queries.hold_blocks import blocks_to_place_hold
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
LATE = MONDAY + timedelta(days=10)


def lent(member, at, by, kind="normal") -> Loan:
    with clock.stopped_at(MONDAY):
        return check_out(ItemFactory(branch=at), to=member, at=at, by=by, kind=kind)


def why_not_renewed(loan: Loan, now: datetime = LATE) -> list[str]:
    with clock.stopped_at(now):
        return [str(reason) for reason in blocks_to_renew(Loan.objects.get(pk=loan.pk))]


def test_what_no_rule_says_is_told_as_the_general_terms(sari, ani, pusat):
    add_rule(loan_days=7, by=sari)
    loan = lent(ani, pusat, sari)
    assert why_not_renewed(loan) == [
        "Pinjaman ini sudah lewat jatuh tempo 9 Maret 2026 (ketentuan umum). Kembalikan bukunya di meja.",
        "Sudah diperpanjang 0 kali, batasnya 0 (ketentuan umum).",
    ]
    with clock.stopped_at(LATE):
        blocks = blocks_to_check_out(ItemFactory(branch=pusat), ani, at=pusat)
    assert [str(each) for each in blocks] == ["Masih ada pinjaman yang terlambat: 1 (ketentuan umum)."]


def test_a_rule_that_says_the_usual_is_named_all_the_same_also_when_another_says_how_long(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, renewal_limit=2, renew_overdue=False, overdue_limit=0, by=sari)
    add_rule(name="Cabang pusat", branch=pusat, loan_days=3, by=sari)
    loan = lent(ani, pusat, sari)
    assert why_not_renewed(loan) == [
        "Pinjaman ini sudah lewat jatuh tempo 5 Maret 2026 (aturan “Semua”). Kembalikan bukunya di meja."
    ]
    with clock.stopped_at(LATE):
        blocks = blocks_to_check_out(ItemFactory(branch=pusat), ani, at=pusat)
    assert [str(each) for each in blocks] == ["Masih ada pinjaman yang terlambat: 1 (aturan “Semua”)."]


def test_a_rule_that_is_gone_is_told_as_the_terms_it_was_lent_under(sari, ani, pusat):
    rule = add_rule(loan_days=7, renewal_limit=2, renew_overdue=False, by=sari)
    loan = lent(ani, pusat, sari)
    LoanRule.objects.filter(pk=rule.pk).delete()
    add_rule(name="Yang baru", loan_days=7, by=sari)
    assert why_not_renewed(loan) == [
        "Pinjaman ini sudah lewat jatuh tempo 9 Maret 2026 (ketentuan saat dipinjam). Kembalikan bukunya di meja."
    ]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"renewal_total_days": 7}, "aturan “Cabang”"),
        ({"renewal_days": 5}, "aturan “Cabang”"),
        ({"due_by": date(2026, 3, 9)}, "aturan “Cabang”"),
        ({"loan_limit": 9}, "aturan “Semua”"),
    ],
)
def test_a_renewal_that_gains_nothing_names_what_keeps_it_from_lasting_longer(sari, ani, pusat, said, named):
    add_rule(name="Semua", loan_days=7, renewal_limit=2, by=sari)
    add_rule(name="Cabang", branch=pusat, by=sari, **said)
    loan = lent(ani, pusat, sari)
    assert why_not_renewed(loan, MONDAY) == [f"Belum perlu diperpanjang: jatuh temponya sudah 9 Maret 2026 ({named})."]


def test_the_end_of_the_membership_and_reading_on_site_are_named_where_they_decide(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, renewal_limit=2, by=sari)
    read = lent(ani, pusat, sari, kind="on_site")
    assert "(dibaca di tempat)" in why_not_renewed(read, MONDAY)[-1]
    Member.objects.filter(pk=ani.pk).update(expires_on=date(2026, 3, 5))
    ani.refresh_from_db()
    ending = lent(ani, pusat, sari)
    assert why_not_renewed(ending, MONDAY) == [
        "Belum perlu diperpanjang: jatuh temponya sudah 5 Maret 2026 (akhir keanggotaan)."
    ]


def test_a_suspension_names_the_rule_of_the_loan_that_came_back_late(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, by=sari)
    add_rule(name="Cabang", branch=pusat, suspension_days=2, by=sari)
    loan = lent(ani, pusat, sari)
    with clock.stopped_at(LATE):
        check_in(loan.item, at=pusat, by=sari)
        blocks = blocks_to_check_out(ItemFactory(branch=pusat), Member.objects.get(pk=ani.pk), at=pusat)
        assert [str(each) for each in blocks] == [
            "Diskors sampai 18 Maret 2026 karena mengembalikan terlambat (aturan “Cabang”)."
        ]
        Loan.objects.update(member=None)  # as when borrowers are forgotten
        [forgotten] = blocks_to_check_out(ItemFactory(branch=pusat), Member.objects.get(pk=ani.pk), at=pusat)
    assert str(forgotten) == "Diskors sampai 18 Maret 2026 karena mengembalikan terlambat (ketentuan saat dipinjam)."


def test_limits_of_holds_and_copies_in_place_of_a_lost_one_name_theirs_too(sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, by=sari)
    loan = lent(ani, pusat, sari)
    HoldFactory.create_batch(3, member=ani)
    wanted = ItemFactory(branch=pusat)
    LoanFactory(item=wanted)
    assert [str(each) for each in blocks_to_place_hold(wanted.record, ani, pusat)] == [
        "Sudah mencapai batas 3 pesanan (ketentuan umum)."
    ]
    report_lost(loan, by=sari)
    with pytest.raises(Refused) as refused:
        replace_lost(loan, ["N1", "N2"], at=pusat, by=sari)
    assert [str(each) for each in refused.value.reasons] == [
        "Diganti 1 eksemplar judul yang sama (ketentuan umum): tulis satu barcode untuk tiap eksemplar."
    ]


def test_desk_member_program_and_machine_are_told_the_same_rule(client, signed_in, calling, sari, ani, pusat):
    add_rule(name="Semua", loan_days=7, renewal_limit=2, renew_overdue=False, by=sari)
    loan, told = lent(ani, pusat, sari), "Pinjaman ini sudah lewat jatuh tempo 9 Maret 2026 (aturan “Semua”)."
    _, secret = add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari)
    set_pin(ani, "2580", by=None)
    with clock.stopped_at(LATE):
        desk = signed_in(client, sari).post(f"/staff/loans/{loan.pk}/renewal", follow=True).text
        program = calling(sari, "loans:write").post(f"/api/v1/loans/{loan.pk}/renewal", {}, content_type="application/json")
        mine = signed_in(client, ani.user).get("/my").text
        machine = Machine()
        machine.sign_in("lobi", secret)
        screen = machine.say("29", AO="UNNES", AA="M-ANI", AB=loan.item.barcode, AC="", AD="2580").all("AF")
        with pytest.raises(Refused):
            renew(loan, by=ani.user)
    assert (told in desk, told in mine) == (True, True)
    assert [each["code"] for each in program.json()["reasons"]] == ["loan_overdue"]
    assert (program.status_code, program.json()["detail"].startswith(told)) == (409, True)
    assert screen == [f"{told} Kembalikan bukunya di meja."]
