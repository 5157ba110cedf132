"""How a move goes: rehearsed, carried out, killed and resumed, run again, undone; and who else uses the library meanwhile."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.circulation.models import FeeAccount, Hold, Loan, LoanRule
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain import members
from lumbung.members.models import Category, FormerCard, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.moving.domain import course, undoing
from lumbung.moving.domain.options import Options
from lumbung.moving.models import Move, Origin
from lumbung.moving.tests.dumps import SMALL, added, biblio, dump, item, loan, member
from lumbung.organization.models import Barcode, Location

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
MANY = {
    "biblio": [biblio(n, f"Judul {n}") for n in range(1, 61)],
    "item": [item(n, n, f"C{n:03}") for n in range(1, 61)],
    "member": [member(f"M{n:02}", f"Anggota {n}") for n in range(1, 41)],
    "loan": [loan(n, f"C{n:03}", f"M{n:02}") for n in range(1, 31)],
    "biblio_author": [],
    "biblio_topic": [],
}


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


def everything() -> dict[str, int]:
    models = (Record, Item, Member, Loan, Hold, FeeAccount, Origin, Barcode, ItemType, Category, LoanRule, Location)
    return {model.__name__: model.objects.count() for model in models}


def test_a_rehearsal_stores_nothing_and_tells_what_would_come(moved):
    before = everything()
    move = moved(dump(item=added("item", item(20, 999, "B020"))), dry_run=True)
    assert everything() == before
    assert move.state == Move.States.REHEARSED
    assert move.counts["rehearsal"]["title"] == {"read": 2, "added": 2}
    assert move.counts["rehearsal"]["copy"] == {"read": 4, "added": 3, "rejected": 1}
    assert move.findings.get(refused=True).code == "title_missing"


def test_after_a_go_the_rehearsed_move_is_carried_out(moved):
    move = moved(dump(), dry_run=True)
    course.carry_on(course.go(move, by=None))
    assert Move.objects.get().state == Move.States.MOVED
    assert Record.objects.count() == 2


def test_a_go_without_a_rehearsal_is_refused(started):
    with pytest.raises(Refused) as refused:
        course.go(started(dump(), dry_run=True), by=None)
    assert refused.value.codes == ["not_rehearsed"]


def test_a_second_run_makes_no_doubles(moved):
    moved(dump())
    before = everything()
    again = moved(dump())
    assert everything() == before
    assert again.counts["move"]["title"] == {"read": 2, "same": 2}
    assert again.counts["move"]["loan"] == {"read": 2, "same": 2}
    assert again.proof["whole"] is True


def test_the_proof_of_a_second_run_names_what_was_dealt_with_here_since(moved, house):
    moved(dump())
    check_in(Item.objects.get(barcode="B001"), at=house, by=None)
    Hold.objects.update(state=Hold.States.FILLED)
    again = moved(dump())
    sums = {each["name"]: (each["source"], each["here"], each.get("since"), each["named"]) for each in again.proof["sums"]}
    assert sums == {"open_loans": (1, 0, 1, True), "holds": (1, 0, 1, True), "owed": (3000, 3000, None, True)}
    assert again.proof["whole"] is True


def test_a_reservation_that_ended_here_and_is_gone_there_too_is_no_difference(moved):
    still = {**SMALL["reserve"][0], "reserve_id": 2, "biblio_id": 2, "item_code": "B002"}
    moved(dump(reserve=[*SMALL["reserve"], still]))
    Hold.objects.update(state=Hold.States.EXPIRED)
    proofs = [moved(dump(reserve=rows)).proof for rows in ([still], [])]
    told = [next(each for each in proof["sums"] if each["name"] == "holds") for proof in proofs]
    assert [(each["source"], each["here"], each.get("since"), each["named"]) for each in told] == [
        (1, 0, 1, True),
        (0, 0, None, True),
    ]
    assert [proof["whole"] for proof in proofs] == [True, True]


def test_a_second_run_brings_what_is_new_and_changes_what_changed(moved):
    moved(dump())
    changed = [biblio(1, "Bumi manusia, edisi baru"), SMALL["biblio"][1], biblio(3, "Anak semua bangsa")]
    again = moved(
        dump(
            biblio=changed,
            item=added("item", item(30, 3, "B030"), item(31, 2, "B031")),
            member=[member("M01", "Ani Lestari Putri"), SMALL["member"][1]],
            loan=[
                loan(100, "B001", "M01", is_return=1, return_date="2026-11-24"),
                SMALL["loan"][1],
                loan(110, "B030", "M02"),
            ],
        )
    )
    assert again.counts["move"]["title"] == {"read": 3, "added": 1, "changed": 1, "same": 1}
    assert sorted(Record.objects.values_list("title", flat=True)) == [
        "Anak semua bangsa",
        "Bumi manusia, edisi baru",
        "Kamus besar",
    ]
    assert Item.objects.get(barcode="B031").record.title == "Kamus besar"
    assert Member.objects.get(barcode="M01").name == "Ani Lestari Putri"
    assert Loan.objects.get(item__barcode="B001").returned_at.date().isoformat() == "2026-11-24"
    assert again.proof["differences"] == []


def test_undoing_the_second_run_says_again_what_the_first_brought(moved):
    moved(dump())
    before = everything()
    again = moved(
        dump(
            biblio=[biblio(1, "Judul baru"), SMALL["biblio"][1], biblio(3, "Tambahan")],
            item=[item(11, 1, "B001", site="Z9"), *SMALL["item"][1:]],
            member=[member("M01", "Nama Baru"), SMALL["member"][1]],
            loan=[loan(100, "B001", "M01", is_return=1, return_date="2026-11-24"), SMALL["loan"][1]],
        )
    )
    undoing.undo(again, by=None)
    assert everything() == before
    assert Record.objects.filter(title="Bumi manusia: sebuah novel").exists()
    assert Item.objects.get(barcode="B001").note == "Rak: A1"
    assert Member.objects.get(barcode="M01").name == "Ani Lestari"
    assert Loan.objects.get(item__barcode="B001").returned_at is None


def test_a_second_run_does_not_harm_what_was_done_here_since(moved, house):
    moved(dump())
    record, copy, ani = (
        Record.objects.get(title__startswith="Bumi"),
        Item.objects.get(barcode="B002"),
        Member.objects.get(barcode="M01"),
    )
    better = record.marc_record
    better.all("245")[0].subfields = [("a", "Bumi manusia, diperbaiki")]
    change_record(record, better, version=1, by=None)
    change_item(copy, note="Sudah dijilid", by=None)
    members.change(ani, name="Ani L. Sari", by=None)
    check_in(Item.objects.get(barcode="B001"), at=house, by=None)
    again = moved(
        dump(
            biblio=[biblio(1, "Judul lama lagi"), SMALL["biblio"][1]],
            item=[SMALL["item"][0], item(12, 1, "B002", site="Q"), SMALL["item"][2]],
            member=[member("M01", "Ani Lain"), SMALL["member"][1]],
            loan=[loan(100, "B001", "M01", renewed=1), SMALL["loan"][1]],
        )
    )
    assert Record.objects.get(pk=record.pk).title == "Bumi manusia, diperbaiki"
    assert Item.objects.get(pk=copy.pk).note == "Sudah dijilid"
    assert Member.objects.get(pk=ani.pk).name == "Ani L. Sari"
    assert Loan.objects.get(item__barcode="B001").returned_at == NOW
    assert {entity: again.counts["move"][entity]["ours"] for entity in ("title", "copy", "member", "loan")} == {
        "title": 1, "copy": 1, "member": 1, "loan": 1,
    }  # fmt: skip


def test_members_who_are_here_already_are_recognised_and_keep_what_stands_here(moved, ani):
    moved(dump(member=[member("m-ani", "Ani Dari SLiMS")], loan=[loan(100, "B001", "M-ANI")], reserve=[], fines=[]))
    assert Member.objects.get().name == "Ani"
    assert Loan.objects.get().member == ani


def test_many_who_are_here_already_are_looked_up_together(started, house):
    asked = []
    for known in (2, 40):
        rows = [member(f"K{known}-{n}", f"Anggota {n}") for n in range(known)]
        for row in rows:
            MemberFactory(barcode=row["member_id"], branch=house)
        FormerCard.objects.create(member=MemberFactory(branch=house), barcode=(card := f"LAMA-{known}"))
        Barcode.objects.create(value=card, names=Barcode.Names.MEMBER)
        waiting = started(dump(member=[*rows, member(card, "Kartu lama")], loan=[], reserve=[], fines=[]), dry_run=True)
        with CaptureQueriesContext(connection) as statements:
            move = course.carry_on(waiting)
        asked.append(len(statements))
        assert move.counts["rehearsal"]["member"]["recognised"] == known + 1
    assert asked[1] <= asked[0]


def test_rules_of_a_new_library_give_way_and_those_of_one_in_use_stay(moved, house, budi):
    create_default_rules(by=None)
    kinds = [{**SMALL["mst_member_type"][0], "member_type_name": "Dosen", "loan_periode": 60}]
    first = moved(dump(mst_member_type=kinds))
    rule = LoanRule.objects.get(category__name="Dosen")
    assert rule.loan_days == 60
    again = moved(dump(mst_member_type=[{**kinds[0], "loan_periode": 5}]))
    rule.refresh_from_db()
    assert rule.loan_days == 60
    assert again.findings.filter(code="kept_as_changed_here", entity="rule").exists()
    undoing.undo(again, by=None)
    undoing.undo(first, by=None)
    rule.refresh_from_db()
    assert rule.loan_days == 30


@pytest.mark.parametrize("killed_at", range(1, 9))
def test_a_move_killed_anywhere_goes_on_and_ends_the_same(started, monkeypatch, killed_at):
    for stage in course.STAGES:
        monkeypatch.setattr(stage, "size", 20)
    whole, calls = course._commit, []

    def failing(*args, **options):
        calls.append(1)
        if len(calls) == seen + killed_at:
            raise DatabaseError("power cut")
        whole(*args, **options)

    move = course.carry_on(started(dump(**MANY), dry_run=True))
    course.go(move, by=None)
    seen = len(calls)
    monkeypatch.setattr(course, "_commit", failing)
    with pytest.raises(course.MoveStoppedError):
        course.carry_on(move)
    assert move.state == Move.States.INTERRUPTED
    monkeypatch.setattr(course, "_commit", whole)
    course.discard_staged(move)  # the machine is another, or the folder was cleaned
    move = course.carry_on(Move.objects.get(pk=move.pk))
    assert (Record.objects.count(), Item.objects.count(), Member.objects.count(), Loan.objects.count()) == (60, 60, 40, 30)
    assert move.counts["move"]["title"] == {"read": 60, "added": 60}
    assert move.counts["move"]["loan"] == {"read": 30, "added": 30}
    assert move.proof["whole"] is True


def test_two_processes_on_one_move_do_not_store_twice(started, monkeypatch):
    for stage in course.STAGES:
        monkeypatch.setattr(stage, "size", 20)
    move = course.go(course.carry_on(started(dump(**MANY), dry_run=True)), by=None)
    whole = course._commit

    def overtaken(work, stage, some, **options):
        if stage.kind.entity == "title":
            Move.objects.filter(pk=move.pk).update(stage="title", place=40)
        whole(work, stage, some, **options)

    monkeypatch.setattr(course, "_commit", overtaken)
    with pytest.raises(Refused) as refused:
        course.carry_on(move)
    assert refused.value.codes == ["runs_elsewhere"]
    assert Record.objects.count() == 0


def test_undo_leaves_the_library_as_it_was(moved, house):
    create_default_rules(by=None)
    before = everything()
    move = moved(dump())
    assert everything() != before
    undoing.undo(move, by=None)
    assert everything() == before
    undone = Move.objects.get()
    assert (undone.state, undone.done) == (Move.States.UNDONE, undone.total)
    assert (JournalEntry.objects.latest("pk").name, move.kept_tables.count()) == ("MoveUndone", 0)


def test_after_undo_it_can_be_done_again(moved):
    undoing.undo(moved(dump()), by=None)
    again = moved(dump())
    assert again.counts["move"]["title"] == {"read": 2, "added": 2}
    assert again.proof["whole"] is True


def test_undo_is_refused_with_every_reason_once_the_library_is_in_use(moved, house):
    move = moved(dump())
    check_in(Item.objects.get(barcode="B001"), at=house, by=None)
    check_out(
        Item.objects.get(barcode="B002"),
        to=Member.objects.get(barcode="M01"),
        at=house,
        by=None,
        waive=["wanted_by_others"],
        waive_reason="Pemesan setuju",
    )
    with pytest.raises(Refused) as refused:
        undoing.undo(move, by=None)
    assert set(refused.value.codes) == {"changed_since", "used_since"}
    assert Record.objects.count() == 2


def test_the_first_run_is_undone_only_after_the_second(moved):
    first, second = moved(dump()), moved(dump(biblio=added("biblio", biblio(9, "Baru"))))
    with pytest.raises(Refused) as refused:
        undoing.undo(first, by=None)
    assert refused.value.codes == ["later_move"]
    undoing.undo(second, by=None)
    undoing.undo(first, by=None)
    assert Record.objects.count() == 0


def test_two_libraries_on_one_system_are_kept_apart(started):
    course.carry_on(started(dump()))
    other = started(dump(item=[item(11, 1, "F001")], member=[member("F01", "Fajar")], loan=[], reserve=[], fines=[]))
    Move.objects.filter(pk=other.pk).update(options={**other.options, "origin": "slims-fk"})
    course.carry_on(Move.objects.get(pk=other.pk))
    assert Record.objects.filter(identifiers__value="(SLIMS-FK)1").distinct().count() == 1
    assert Record.objects.count() == 4


def test_starting_refuses_everything_that_is_wrong_at_once(house, tmp_path):
    with pytest.raises(Refused) as refused:
        course.start("koha9", tmp_path / "hilang.sql", options=Options(origin="Bukan Nama", branch="XX"), by=None)
    assert refused.value.codes == ["source_unknown", "file_missing", "origin_wrong", "branch_unknown"]


def test_an_empty_file_is_refused(started):
    with pytest.raises(Refused) as refused:
        started(b"")
    assert refused.value.codes == ["file_empty"]
