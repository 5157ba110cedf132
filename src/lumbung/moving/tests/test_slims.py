"""A library moves in from SLiMS: what comes over."""

import hashlib
from datetime import UTC, datetime

import bcrypt
import pytest
from django.contrib.auth import authenticate

from lumbung.accounts.domain.users import reactivate
from lumbung.accounts.models import Role, User
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import FeeAccount, Loan, LoanRule
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel import clock
from lumbung.members.models import Category, Member
from lumbung.moving.models import Move
from lumbung.moving.tests.dumps import dump, member, table

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


def findings(move: Move, *, refused: bool | None = None) -> list[tuple[str, str, str]]:
    told = move.findings.filter(rehearsal=move.state != Move.States.MOVED)
    told = told if refused is None else told.filter(refused=refused)
    return sorted(told.values_list("entity", "source_id", "code"))


def test_everything_comes_over_and_is_proved(moved):
    move = moved(dump())
    assert move.state == Move.States.MOVED
    assert (Record.objects.count(), Item.objects.count(), Member.objects.count(), Loan.objects.count()) == (2, 3, 2, 2)
    assert [(each["name"], each["source"], each["here"]) for each in move.proof["sums"]] == [
        ("open_loans", 1, 1),
        ("holds", 1, 1),
        ("owed", 3000, 3000),
    ]
    assert move.proof["differences"] == []
    assert move.proof["whole"] is True
    assert {each["entity"]: each["compared"] for each in move.proof["spots"]} == {
        "title": 2,
        "copy": 3,
        "member": 2,
        "loan": 2,
        "balance": 1,
    }
    assert findings(move, refused=True) == []


def test_a_title_becomes_a_marc_21_record(moved):
    moved(dump())
    told = to_lines(Record.objects.get(title__startswith="Bumi").marc_record)
    assert told.splitlines()[1:5] == [
        "001 1",
        "003 SLIMS",
        "005 20200521090000.0",
        "008 200520s1980    xx |||||||||||||||||ind d",
    ]
    record = Record.objects.get(title__startswith="Bumi")
    assert (record.title, record.year, record.language) == ("Bumi manusia: sebuah novel", 1980, "ind")
    marc = record.marc_record
    assert [(each.tag, each.ind1, each.subfields) for each in marc.all("100", "700")] == [
        ("100", "1", [("a", "Toer, Pramoedya Ananta,"), ("d", "1925-2006,"), ("e", "pengarang"), ("4", "aut")]),
        ("700", "1", [("a", "Lane, Max,"), ("e", "penerjemah"), ("4", "trl")]),
    ]
    assert marc.all("245")[0].subfields == [("a", "Bumi manusia :"), ("b", "sebuah novel /"), ("c", "Pramoedya Ananta Toer")]
    assert marc.all("264")[0].subfields == [("a", "Jakarta :"), ("b", "Balai Pustaka,"), ("c", "1980")]
    assert marc.all("300")[0].subfields == [("a", "xi, 354 hlm. :"), ("b", "ilus. ;"), ("c", "20 cm")]
    assert [each.get("b") for each in marc.all("336", "337", "338")] == ["txt", "n", "nc"]
    assert [(each.tag, each.get("a")) for each in marc.all("490", "500", "650", "651")] == [
        ("490", "Tetralogi Buru"),
        ("500", "Roman pertama Tetralogi Buru."),
        ("650", "Fiksi Indonesia"),
        ("651", "Jawa"),
    ]
    assert marc.all("041")[0].get("a") == "ind"


def test_a_title_hidden_there_is_hidden_here(moved):
    moved(dump())
    assert Record.objects.get(title="Kamus besar").suppressed is True


def test_copies_keep_their_barcode_place_status_and_price(moved):
    moved(dump())
    first, last = Item.objects.get(barcode="B001"), Item.objects.get(barcode="B003")
    assert (first.call_number, first.accession_number, str(first.accessioned_on), first.source) == (
        "813 TOE b c.1", "001/H/2020", "2020-01-02", "purchase",
    )  # fmt: skip
    assert (first.location.name, first.item_type.name, int(first.price), first.note) == (
        "Ruang Baca",
        "Textbook",
        85000,
        "Rak: A1",
    )
    assert (last.call_number, last.item_type.name, last.item_type.lendable) == (
        "R 413 KAM",
        "Reference (baca di tempat)",
        False,
    )


def test_members_keep_number_type_and_dates(moved):
    moved(dump())
    ani = Member.objects.get(barcode="M01")
    assert (ani.name, ani.email, ani.phone, ani.unit, ani.category.name) == (
        "Ani Lestari", "ani@contoh.ac.id", "+6281234567890", "Nautika", "Taruna",
    )  # fmt: skip
    assert (str(ani.joined_on), str(ani.expires_on)) == ("2024-08-15", "2030-12-31")
    assert Category.objects.get(name="Taruna").membership_months == 12


def test_loan_rules_come_with_the_member_types(moved):
    moved(dump())
    rule = LoanRule.objects.get(category__name="Taruna")
    assert (rule.loan_days, rule.loan_limit, rule.renewal_limit, rule.hold_limit) == (14, 4, 1, 2)


def test_a_loan_of_yesterday_is_returned_today(moved, house):
    moved(dump())
    returned = Loan.objects.get(item__barcode="B001")
    assert (returned.member.barcode, returned.due_at.astimezone(house.zone).isoformat()) == ("M01", "2026-12-04T23:59:59+07:00")
    result = check_in(returned.item, at=house, by=None)
    assert result.loan == returned
    assert result.hold.member.barcode == "M02"  # who reserved it in SLiMS


def test_old_loans_count_but_who_borrowed_is_forgotten(moved):
    moved(dump())
    old = Loan.objects.get(item__barcode="B002")
    assert (old.member, old.returned_at is not None, old.policy["category"]) == (
        None,
        True,
        Category.objects.get(name="Taruna").pk,
    )


def test_debts_stand_in_the_ledger(moved):
    moved(dump())
    account = FeeAccount.objects.get()
    assert (account.member.barcode, account.owed) == ("M01", 3000)
    assert account.fees.get().note == "Saldo denda dari SLiMS"


def test_what_the_library_owes_a_member_is_credit(moved):
    moved(dump(fines=[{"fines_id": 1, "fines_date": "2026-10-01", "member_id": "M02", "debet": 0, "credit": 7000}]))
    account = FeeAccount.objects.get()
    assert (account.member.barcode, account.owed, account.credit) == ("M02", 0, 7000)


@pytest.mark.parametrize(
    ("kept", "password"),
    [
        ("$2y$10$EFc/jT8aRLFe5dxT0tPAeu7.sVM4ijbHGJSCpm6.E6xPZqJFsgSIK", "rahasia"),
        ("ac43724f16e9241d990427ab7c8f4228", "rahasia"),
    ],
)
def test_a_member_signs_in_with_the_old_password_once_and_it_is_hashed_anew(moved, kept, password):
    if kept.startswith("$2y"):
        kept = "$2y$" + bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()[4:]
    moved(dump(member=[member("M01", "Ani", mpasswd=kept)]))
    user = Member.objects.get(barcode="M01").user
    assert kept not in user.password or kept.startswith("$2y")
    assert authenticate(username="M01", password="salah") is None
    assert authenticate(username="M01", password=password) == user
    user.refresh_from_db()
    assert user.password.startswith("md5$")  # the preferred hasher of tests


def test_a_password_of_unknown_form_is_told_and_gives_no_sign_in(moved):
    move = moved(dump(member=[member("M01", "Ani", mpasswd="polos123")]))
    assert Member.objects.get(barcode="M01").user is None
    assert ("member", "M01", "password_unreadable") in findings(move)


def test_what_has_no_room_is_kept_whole_and_named(moved):
    move = moved(dump() + table("bebas_pustaka_history", [{"id": 1, "nomor": "7/BP/2026"}], columns=("id", "nomor")))
    kept = {each.name: (each.rows, each.because) for each in move.kept_tables.all()}
    assert kept == {"visitor_count": (1, "columns"), "bebas_pustaka_history": (1, "no_room"), "member": (2, "columns")}


def test_old_staff_sign_in_with_their_old_password_only_once_an_administrator_lets_them(moved, client, with_role):
    kept = hashlib.md5(b"admin", usedforsecurity=False).hexdigest()
    columns = ("user_id", "username", "realname", "passwd", "email", "groups")
    row = {"user_id": 1, "username": "admin", "realname": "Admin SLiMS", "passwd": kept, "groups": 'a:1:{i:0;s:1:"1";}'}
    move = moved(dump() + table("user", [row], columns=columns))
    old = User.objects.get(username="admin")
    assert (old.is_active, old.roles) == (False, {Role.LIBRARIAN})
    assert client.login(username="admin", password="admin") is False
    assert "belum aktif" in move.findings.get(rehearsal=False, code="staff_not_active").reason
    reactivate(old, by=with_role(Role.ADMIN))
    assert client.login(username="admin", password="admin") is True
    assert not User.objects.get(username="admin").password.startswith("old_")


def test_a_rehearsal_tells_of_staff_whose_name_is_taken_here(moved, with_role):
    taken = with_role(Role.LIBRARIAN).username
    columns = ("user_id", "username", "realname", "passwd")
    rows = [{"user_id": 1, "username": taken, "realname": "X"}, {"user_id": 2, "username": "baru", "realname": "Y"}]
    move = moved(dump() + table("user", rows, columns=columns), dry_run=True)
    told = [each for each in findings(move) if each[0] == "staff"]
    assert told == [("staff", "1", "username_taken"), ("staff", "2", "staff_not_active")]
