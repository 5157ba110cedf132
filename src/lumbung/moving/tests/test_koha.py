"""A library moves in from Koha: by a dump of everything, or by MARC with 952, borrowers as CSV and the circulation tables."""

# ruff: noqa: E501 -- a row a line is easier to read

import io
import zipfile
from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.circulation.models import ArticleRequest, Fee, FeeAccount, Hold, Loan, LoanRule
from lumbung.circulation.queries.rules import best_rule
from lumbung.formats import marc
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Category, Member
from lumbung.moving.domain import course, undoing
from lumbung.moving.models import Move, Origin
from lumbung.moving.tests.dumps import table
from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.models import Branch, Closure, Location, OpeningHours
from lumbung.organization.tests.factories import BranchFactory

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
OLD_PASSWORD = "$2a$08$" + "0" * 53


def record(number: int, title: str, *, hidden: bool = False, items: tuple[dict[str, str], ...] = ()) -> marc.Record:
    fields = [
        Field("001", value=str(number)),
        Field("008", value="200520s2005    io            000 0 ind d"),
        Field("100", "1", " ", [("a", "Hirata, Andrea")]),
        Field("245", "1", "0", [("a", title)]),
        *[Field("952", subfields=list(each.items())) for each in items],
        Field("942", subfields=[("c", "BK"), *([("n", "1")] if hidden else [])]),
        Field("999", subfields=[("c", str(number)), ("d", str(number))]),
    ]
    return marc.Record(leader="00000nam a2200000 a 4500", fields=fields)


def xml(number: int, title: str, **options: bool) -> str:
    return marc.COLLECTION_START + marc.to_marcxml(record(number, title, **options)) + marc.COLLECTION_END


def borrower(key: int, card: str | None, first: str, last: str, **others: object) -> dict[str, object]:
    usual = {"categorycode": "S", "branchcode": "CPL", "dateenrolled": "2024-08-15", "dateexpiry": "2030-12-31", "flags": None}
    return {"borrowernumber": key, "cardnumber": card, "firstname": first, "surname": last, **usual, **others}


def rule(
    name: str, value: str, category: str | None = None, kind: str | None = None, branch: str | None = None
) -> dict[str, object]:
    return {"branchcode": branch, "categorycode": category, "itemtype": kind, "rule_name": name, "rule_value": value}


TABLES: dict[str, list[dict[str, object]]] = {
    "branches": [{"branchcode": "CPL", "branchname": "Perpustakaan Kota"}, {"branchcode": "FPL", "branchname": "Perpustakaan Farida"}],
    "authorised_values": [{"id": 1, "category": "LOC", "authorised_value": "FIC", "lib": "Rak Fiksi"}],
    "itemtypes": [{"itemtype": "BK", "description": "Buku", "notforloan": 0}, {"itemtype": "REF", "description": "Rujukan", "notforloan": 1}],
    "categories": [
        {"categorycode": "S", "description": "Pelajar", "enrolmentperiod": 24, "category_type": "C"},
        {"categorycode": "PT", "description": "Umum Kota", "enrolmentperiod": 12, "category_type": "A"},
    ],
    "systempreferences": [{"variable": "useDaysMode", "value": "Datedue"}, {"variable": "finesCalendar", "value": "noFinesWhenClosed"}],
    "circulation_rules": [
        rule("issuelength", "21"), rule("lengthunit", "days"), rule("maxissueqty", "5"), rule("renewalsallowed", "2"), rule("reservesallowed", "4"),
        rule("fine", "500.000000"), rule("chargeperiod", "1"), rule("firstremind", "2"), rule("overduefinescap", "20000"), rule("onshelfholds", "1"),
        rule("issuelength", "14", "S"), rule("issuelength", "7", None, "BK"), rule("maxissueqty", "9", None, "BK", "FPL"),
        rule("patron_maxissueqty", "3", "S"), rule("finedays", "1", "PT"), rule("maxsuspensiondays", "30", "PT"),
        rule("issuelength", "2", "PT", "REF"), rule("lengthunit", "hours", "PT", "REF"),
    ],
    "special_holidays": [
        {"id": 1, "branchcode": "CPL", "day": 25, "month": 12, "year": 2026, "isexception": 0, "title": "Natal"},
        {"id": 2, "branchcode": "FPL", "day": 25, "month": 12, "year": 2026, "isexception": 0, "title": "Natal"},
        {"id": 3, "branchcode": "FPL", "day": 26, "month": 12, "year": 2026, "isexception": 0, "title": "Hanya Farida"},
    ],
    "repeatable_holidays": [
        *[{"id": 1, "branchcode": each, "weekday": None, "day": 17, "month": 8, "title": "Kemerdekaan"} for each in ("CPL", "FPL")],
        *[{"id": 2, "branchcode": each, "weekday": 0, "day": None, "month": None, "title": "Minggu"} for each in ("CPL", "FPL")],
    ],
    "biblio": [{"biblionumber": 1, "title": "Laskar pelangi", "datecreated": "2020-05-20", "timestamp": "2020-05-21 09:00:00"}],
    "biblioitems": [{"biblioitemnumber": 1, "biblionumber": 1, "itemtype": "BK"}],
    "biblio_metadata": [
        {"id": 1, "biblionumber": 1, "format": "marcxml", "schema": "MARC21", "metadata": xml(1, "Laskar pelangi")},
        {"id": 2, "biblionumber": 2, "format": "marcxml", "schema": "MARC21", "metadata": xml(2, "Sang pemimpi", hidden=True)},
        {"id": 3, "biblionumber": 3, "format": "marcxml", "schema": "MARC21", "metadata": "<record><broken"},
    ],
    "items": [
        {"itemnumber": 11, "biblionumber": 1, "barcode": "39999000011", "homebranch": "CPL", "holdingbranch": "CPL", "location": "FIC", "itype": "BK", "itemcallnumber": "813 HIR l", "stocknumber": "11/2020", "price": "79000.00", "dateaccessioned": "2020-05-20", "notforloan": 0, "damaged": 0, "itemlost": 0, "withdrawn": 0, "itemnotes": "Sampul <b>baru</b>"},
        {"itemnumber": 12, "biblionumber": 1, "barcode": "39999000012", "homebranch": "FPL", "holdingbranch": "CPL", "itype": None, "damaged": 1},
        {"itemnumber": 13, "biblionumber": 2, "barcode": "39999000013", "homebranch": "CPL", "itype": "REF"},
        {"itemnumber": 14, "biblionumber": 99, "barcode": "39999000014", "homebranch": "CPL", "itype": "BK"},
    ],
    "borrowers": [
        borrower(51, "23529000051", "Ani", "Lestari", email="ani@contoh.ac.id", mobile="0812-3456-7890", password=OLD_PASSWORD, userid="ani"),
        borrower(52, "23529000052", "Budi", "Santoso", categorycode="PT", branchcode="FPL", debarred="9999-12-31", debarredcomment="Buku rusak", password="ISMvKXpXpadDiUoOSoAfww"),
        borrower(53, None, "Sari", "Petugas", userid="sari", flags=1, password=OLD_PASSWORD),
    ],
    "issues": [{"issue_id": 900, "borrowernumber": 51, "itemnumber": 11, "issuedate": "2026-11-20 10:00:00", "date_due": "2026-12-04 23:59:00", "renewals_count": 1}],
    "old_issues": [{"issue_id": 899, "borrowernumber": None, "itemnumber": 12, "issuedate": "2024-01-10 09:00:00", "date_due": "2024-01-24 23:59:00", "returndate": "2024-01-20 15:00:00", "renewals_count": 0}],
    "reserves": [
        {"reserve_id": 71, "borrowernumber": 52, "biblionumber": 1, "reservedate": "2026-11-21", "priority": 2, "branchcode": "FPL", "found": None},
        {"reserve_id": 72, "borrowernumber": 53, "biblionumber": 1, "reservedate": "2026-11-23", "priority": 1, "branchcode": "CPL", "found": None, "itemnumber": 11, "suspend": 1, "suspend_until": "2026-12-24"},
        {"reserve_id": 73, "borrowernumber": 51, "biblionumber": 2, "reservedate": "2026-11-01", "priority": 0, "branchcode": "CPL", "found": "W", "itemnumber": 13, "expirationdate": "2026-11-28"},
    ],
    "article_requests": [
        {"id": 5, "borrowernumber": 51, "biblionumber": 1, "itemnumber": 11, "branchcode": "FPL", "title": "Mimpi", "author": "Ikal", "chapters": "2", "volume": "1", "date": "2020", "pages": "12-30", "patron_notes": "Untuk skripsi", "status": "PROCESSING", "format": "SCAN", "created_on": "2026-11-24 08:00:00", "updated_on": "2026-11-25 09:00:00"},
        {"id": 6, "borrowernumber": 52, "biblionumber": 2, "branchcode": "CPL", "pages": "3-9", "status": "COMPLETED", "format": "PHOTOCOPY", "created_on": "2024-02-01 08:00:00", "updated_on": "2024-02-03 09:00:00"},
        {"id": 7, "borrowernumber": 99, "biblionumber": 1, "title": "Siapa?", "status": "REQUESTED", "created_on": "2026-11-24 08:00:00"},
    ],
    "accountlines": [
        {"accountlines_id": 1, "borrowernumber": 51, "date": "2026-10-01 00:00:00", "amount": "5000.000000", "amountoutstanding": "3000.000000", "description": "Laskar pelangi", "debit_type_code": "OVERDUE"},
        {"accountlines_id": 2, "borrowernumber": 51, "date": "2026-10-02 00:00:00", "amount": "79000.000000", "amountoutstanding": "79000.000000", "description": "Hilang", "debit_type_code": "LOST"},
        {"accountlines_id": 3, "borrowernumber": 51, "date": "2026-10-02 00:00:00", "amount": "-2000.000000", "amountoutstanding": "0.000000", "credit_type_code": "PAYMENT"},
        {"accountlines_id": 4, "borrowernumber": 52, "date": "2026-10-02 00:00:00", "amount": "-1500.400000", "amountoutstanding": "-1500.400000", "description": "Lebih bayar", "credit_type_code": "CREDIT"},
    ],
    "patronimage": [{"borrowernumber": 51, "mimetype": "image/png", "imagefile": "PNG"}],
}  # fmt: skip


def dump(**changes: list[dict[str, object]] | None) -> str:
    tables = {**TABLES, **changes}
    return "".join(
        table(name, rows, columns=tuple(dict.fromkeys(key for row in rows for key in row)))
        for name, rows in tables.items()
        if rows is not None
    )


@pytest.fixture
def move(moved):
    with clock.stopped_at(NOW):
        yield moved(dump(), source="koha")


def findings(move: Move, *, refused: bool = True) -> list[tuple[str, str, str]]:
    return sorted(
        move.findings.filter(rehearsal=False, refused=refused)
        .exclude(entity="input")
        .values_list("entity", "source_id", "code")
    )


def test_everything_comes_over_and_is_proved(move):
    assert (move.state, move.proof["whole"], move.proof["differences"]) == ("moved", True, [])
    assert findings(move) == [
        ("article_request", "7", "member_missing"),
        ("copy", "14", "title_missing"),
        ("title", "3", "record_unreadable"),
    ]
    assert {each["name"]: (each["source"], each["here"]) for each in move.proof["sums"]} == {
        "open_loans": (1, 1),
        "holds": (3, 3),
        "owed": (80_500, 80_500),
    }


def test_a_record_is_kept_as_koha_kept_it_but_for_its_copies(move):
    kept = Record.objects.get(title="Laskar pelangi")
    assert [each.tag for each in kept.marc_record.fields] == ["001", "008", "035", "100", "245", "942", "999"]
    assert kept.marc_record.all("035")[0].get("a") == "(KOHA)1"
    assert kept.created_at.date() == date(2020, 5, 19)  # midnight in Jakarta
    assert Record.objects.get(title="Sang pemimpi").suppressed


def test_copies_stand_in_their_branch_and_room_with_status_and_type(move):
    first, broken, read_here = (Item.objects.get(barcode=f"3999900001{number}") for number in (1, 2, 3))
    assert (first.branch.code, first.location.name, first.item_type.name) == ("CPL", "Rak Fiksi", "Buku")
    assert (first.call_number, first.accession_number, int(first.price), first.note) == (
        "813 HIR l",
        "11/2020",
        79_000,
        "Sampul baru",
    )
    assert (broken.branch.code, broken.location, broken.item_type.name, broken.status) == ("FPL", None, "Buku", "damaged")
    assert (read_here.item_type.lendable, read_here.status) == (False, "available")


def test_members_belong_to_their_branch_and_keep_category_block_and_password(move):
    ani, budi = Member.objects.get(barcode="23529000051"), Member.objects.get(barcode="23529000052")
    assert (ani.name, ani.branch.code, ani.category.name, ani.phone) == ("Ani Lestari", "CPL", "Pelajar", "+6281234567890")
    assert (budi.branch.code, budi.category.name, budi.blocked_because) == ("FPL", "Umum Kota", "Buku rusak")
    assert ani.expires_on == date(2030, 12, 31)
    assert ani.user.password.startswith("old_bcrypt$")
    assert budi.user.check_password("koha") is False
    assert budi.user.password.startswith("old_digest$md5$")
    assert Member.objects.get(barcode="sari").name == "Sari Petugas"


def test_whoever_koha_let_into_its_staff_pages_comes_as_staff(move):
    assert [
        (each.username, each.name) for each in User.objects.filter(pk__in=Origin.objects.filter(entity="staff").values("key"))
    ] == [("sari", "Sari Petugas")]


def test_loans_come_with_the_hour_they_are_due_and_yesterdays_is_open(move):
    loan = Loan.objects.open().get()
    assert (loan.item.barcode, loan.member.barcode, loan.renewal_count) == ("39999000011", "23529000051", 1)
    assert loan.due_at.astimezone(move_zone()).isoformat() == "2026-12-04T23:59:59+07:00"
    old = Loan.objects.exclude(returned_at=None).get()
    assert (old.item.barcode, old.member) == ("39999000012", None)


def move_zone():
    return Branch.objects.get(code="CPL").zone


def test_an_hourly_loan_is_due_at_its_hour(moved):
    hourly = [{**TABLES["issues"][0], "date_due": "2026-11-25 15:30:00"}]
    moved(dump(issues=hourly), source="koha")
    assert Loan.objects.open().get().due_at.astimezone(move_zone()).isoformat() == "2026-11-25T15:30:00+07:00"


def test_holds_keep_their_order_their_copy_and_their_pause(move):
    queue = Hold.objects.filter(record__title="Laskar pelangi").order_by("placed_at")
    assert [(each.member.name, each.pickup_branch.code) for each in queue] == [("Sari Petugas", "CPL"), ("Budi Santoso", "FPL")]
    first = queue[0]
    assert (first.is_suspended, first.suspended_until, first.wanted_item.barcode) == (True, date(2026, 12, 24), "39999000011")
    ready = Hold.objects.get(record__title="Sang pemimpi")
    assert (ready.state, ready.item.barcode, ready.ready_until) == ("ready", "39999000013", date(2026, 11, 28))


def test_requests_for_a_part_come_with_what_was_asked_and_those_of_long_ago_without_their_member(move):
    wanted, made = ArticleRequest.objects.order_by("asked_at").reverse()
    assert (wanted.state, wanted.way, wanted.kind, wanted.branch.code) == ("in_work", "file", "chapter", "FPL")
    assert (wanted.member.barcode, wanted.item.barcode) == ("23529000051", "39999000011")
    assert (wanted.title, wanted.author, wanted.issue, wanted.pages) == ("Mimpi", "Ikal", "1, 2020", "12-30")
    assert (wanted.note, wanted.fee, wanted.agreed_at) == ("Untuk skripsi", 0, None)
    assert (made.state, made.way, made.member, made.title, made.pages) == ("done", "pickup", None, "", "3-9")
    row = next(each for each in move.proof["rows"] if each["entity"] == "article_request")
    assert row == {"entity": "article_request", "source": 3, "arrived": 2, "rejected": 1, "kept": 0, "missing": 0}


def test_every_open_line_of_an_account_is_a_fee_of_its_kind(move):
    assert sorted(Fee.objects.values_list("kind", "amount", "note")) == [
        ("lost", 79_000, "Hilang"),
        ("overdue", 3_000, "Laskar pelangi"),
    ]
    accounts = FeeAccount.objects.order_by("member__barcode").values_list("member__barcode", "owed", "credit")
    assert list(accounts) == [("23529000051", 82_000, 0), ("23529000052", 0, 1_500)]
    assert ("balance", "4", "amount_rounded") in findings(move, refused=False)


def decided(category: str, kind: str, branch: str = "CPL"):
    """What our rules say of a case, all terms put together."""
    keys = (Category.objects.get(name=category).pk, ItemType.objects.get(name=kind).pk, Branch.objects.get(code=branch).pk)
    return best_rule(category=keys[0], item_type=keys[1], branch=keys[2])


def test_rules_say_the_same_as_koha_would_for_every_case(move):
    student, other = decided("Pelajar", "Buku"), decided("Umum Kota", "Buku")
    assert (student.loan_days, other.loan_days) == (14, 7)  # Koha asks the category before the type
    assert (student.loan_limit, other.loan_limit) == (3, 5)
    assert decided("Umum Kota", "Buku", "FPL").loan_limit == 9
    assert (
        student.renewal_limit,
        student.hold_limit,
        student.fine,
        student.fine_per,
        student.grace_days,
        student.fine_cap,
    ) == (2, 4, 500, "day", 2, 20_000)
    assert (student.closed_days, student.count_closed_days) == ("forward", False)
    assert (other.suspension_days, other.suspension_cap, student.suspension_days or 0) == (1, 30, 0)
    assert decided("Umum Kota", "Rujukan").loan_hours == 2
    told = move.findings.get(rehearsal=False, code="rule_parts_kept")
    assert (told.source_id, told.facts) == ("*|*|*", {"parts": "onshelfholds"})


def test_a_day_off_of_every_branch_is_a_closure_and_one_of_a_single_branch_closes_that_branch(move):
    closed = Closure.objects.order_by("first_day").values_list("first_day", "reason", "branch__code")
    assert list(closed) == [
        (date(2026, 12, 25), "Natal", None),
        (date(2026, 12, 26), "Hanya Farida", "FPL"),
        (date(2027, 8, 17), "Kemerdekaan", None),
    ]
    assert move.findings.get(rehearsal=False, code="closed_weekday").facts == {"day": "Minggu"}
    assert {each.name for each in move.kept_tables.all()} >= {"special_holidays", "patronimage", "accountlines", "borrowers"}


def test_what_a_single_branch_has_every_week_leaves_the_hours_of_the_others_alone(moved):
    with clock.stopped_at(NOW):
        branches = [BranchFactory(code=code) for code in ("CPL", "FPL")]
        for branch in branches:
            set_opening_hours(branch, [(day, time(8), time(16)) for day in range(6)], by=None)
            set_opening_hours(branch, [(day, time(9), time(17)) for day in range(6)], by=None)  # hours of before do not meddle
        saturday = {"id": 9, "branchcode": "FPL", "weekday": 6, "day": None, "month": None, "title": "Sabtu"}
        elsewhere = {**TABLES["special_holidays"][2], "id": 8, "branchcode": "LAMA"}
        moved(
            dump(
                repeatable_holidays=[*TABLES["repeatable_holidays"], saturday],
                special_holidays=[*TABLES["special_holidays"], elsewhere],
            ),
            source="koha",
            branch="CPL",
        )
        now = [OpeningHours.objects.filter(branch=each, until=None).values_list("weekday", flat=True) for each in branches]
    assert [list(each) for each in now] == [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4]]
    assert Move.objects.get().findings.get(rehearsal=False, code="place_unknown").source_id == "2026-12-26@LAMA"
    assert not Move.objects.get().findings.filter(code="closed_weekday", facts={"day": "Sabtu (FPL)"}).exists()


def test_undoing_leaves_nothing_behind(moved, house):
    with clock.stopped_at(NOW):
        rules, branches = LoanRule.objects.count(), Branch.objects.count()
        undoing.undo(moved(dump(), source="koha"), by=None)
    left = [kind.objects.count() for kind in (Record, Item, Member, Loan, Hold, ArticleRequest, FeeAccount, Location, Origin)]
    assert left == [0] * 9
    assert (LoanRule.objects.count(), Branch.objects.count()) == (rules, branches)


def test_a_second_run_makes_no_doubles_and_closes_what_was_returned_there(moved):
    with clock.stopped_at(NOW):
        moved(dump(), source="koha")
        returned = [*TABLES["old_issues"], {**TABLES["issues"][0], "returndate": "2026-11-24 10:00:00"}]
        again = moved(dump(issues=None, old_issues=returned), source="koha", branch="PUSAT")
    assert (Record.objects.count(), Item.objects.count(), Member.objects.count(), Loan.objects.count()) == (2, 3, 3, 2)
    assert Loan.objects.open().count() == 0
    assert again.proof["whole"] is True


def archive(*, with_circulation: bool = True, more: bytes = b"") -> bytes:
    """What a library has that exports from Koha's own pages."""
    items = ({"0": "0", "1": "0", "4": "0", "7": "0", "a": "CPL", "b": "CPL", "c": "FIC", "d": "2020-05-20", "o": "813 HIR l", "p": "39999000011", "y": "BK", "9": "11"},)  # fmt: skip
    people = "borrowernumber,cardnumber,surname,firstname,categorycode,branchcode,dateenrolled,dateexpiry\n51,0023529,Lestari,Ani,S,CPL,2024-08-15,2030-12-31\n"
    circulation = dump(
        **dict.fromkeys(
            ("biblio", "biblioitems", "biblio_metadata", "items", "borrowers", "reserves", "accountlines", "old_issues")
        )
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ekspor/koha.mrc", marc.to_iso2709(record(1, "Laskar pelangi", items=items)) + more + b"rusak")
        packed.writestr("ekspor/borrowers.csv", people)
        packed.writestr("ekspor/baca saya.txt", "bukan data")
        if with_circulation:
            packed.writestr("ekspor/sirkulasi.sql", circulation)
    return file.getvalue()


def test_marc_with_952_borrowers_and_circulation_tables_do_as_well(moved):
    with clock.stopped_at(NOW):
        move = moved(archive(), source="koha")
    item = Item.objects.get()
    assert (item.barcode, item.branch.code, item.location.name, item.item_type.name) == (
        "39999000011",
        "CPL",
        "Rak Fiksi",
        "Buku",
    )
    assert [each.tag for each in Record.objects.get().marc_record.fields if each.tag == "952"] == []
    assert Member.objects.get().barcode == "0023529"  # the zeros stay
    assert Loan.objects.open().get().item == item
    assert move.proof["whole"] is True
    told = {(each.code, each.source_id) for each in move.findings.filter(entity="input")}
    assert {("marc_unreadable", ""), ("table_missing", "reserves"), ("table_missing", "accountlines")} <= told


def test_records_alone_are_a_library_too(moved):
    move = moved(archive(with_circulation=False), source="koha")
    assert (Record.objects.count(), Item.objects.count(), Member.objects.count()) == (1, 1, 1)
    assert move.proof["whole"] is True


@pytest.mark.parametrize("data", [b"bukan apa-apa", dump(**{**dict.fromkeys(TABLES), "biblio": TABLES["biblio"]}).encode()])
def test_what_is_no_koha_is_refused_in_words(started, data):
    move = started(data, source="koha")
    with pytest.raises(Refused) as refused:
        course.carry_on(move)
    assert [each.code for each in refused.value.reasons] == ["not_a_dump"]


def test_malicious_values_are_only_text(moved):
    evil = "'); DROP TABLE members_member; -- <script>alert(1)</script>"
    moved(dump(borrowers=[*TABLES["borrowers"], borrower(54, "23529000054", evil, "Jahat", borrowernotes=evil)]), source="koha")
    assert Member.objects.get(barcode="23529000054").name == f"{evil} Jahat"


def test_old_addresses_of_koha_lead_to_the_new_pages(client, moved):
    moved(dump(), source="koha")
    kept = Record.objects.get(title="Laskar pelangi")
    answer = client.get("/cgi-bin/koha/opac-detail.pl", {"biblionumber": "1"})
    assert (answer.status_code, answer.url) == (301, reverse("discovery:record", args=[kept.pk]))
    assert client.get("/cgi-bin/koha/opac-detail.pl", {"biblionumber": "404"}).status_code == 404
    assert client.get("/cgi-bin/koha/opac-search.pl", {"q": "laskar pelangi"}).url == "/search?q=laskar+pelangi"
    assert client.get("/cgi-bin/koha/opac-user.pl").url == reverse("discovery:my")
