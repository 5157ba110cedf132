"""Which types and libraries INLISLite lets each member borrow from: the list of a type of member becomes rules, what one member has
otherwise a rule of their own."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from lumbung.catalogue.models import Item, ItemType
from lumbung.circulation.domain.personal_rules import change_personal_rule
from lumbung.circulation.models import LoanRule, PersonalRule
from lumbung.circulation.queries import decision
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.moving.domain.undoing import undo
from lumbung.moving.tests.test_inlislite import dump

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


def _member(key: int) -> dict[str, object]:
    return {
        "ID": key, "MemberNo": f"1801000000{key}", "Fullname": f"Anggota {key}", "JenisAnggota_id": 1, "StatusAnggota_id": 3,
        "RegisterDate": "2024-02-01 00:00:00", "EndDate": "2027-02-01 00:00:00",
    }  # fmt: skip


def _lists(member: int, column: str, *named: int) -> list[dict[str, object]]:
    return [{"ID": member * 100 + each, "Member_id": member, column: each} for each in named]


def told_there(*of_nine: int) -> bytes | str:
    """Pupils borrow general works and novels, from either library; member 8 may have rare works too, 9 these types alone, 6 one library."""
    types = [{"ID": 1, "Name": "Umum"}, {"ID": 2, "Name": "Novel"}, {"ID": 3, "Name": "Langka"}]
    listed = [
        *_lists(7, "CategoryLoan_id", 1, 2), *_lists(8, "CategoryLoan_id", 1, 2, 3), *_lists(9, "CategoryLoan_id", *of_nine),
        *_lists(6, "CategoryLoan_id", 1, 2),
    ]  # fmt: skip
    libraries = [
        *_lists(7, "LocationLoan_id", 1, 2), *_lists(8, "LocationLoan_id", 1, 2), *_lists(9, "LocationLoan_id", 1, 2),
        *_lists(6, "LocationLoan_id", 2),
    ]  # fmt: skip
    tables = {
        "members": [_member(key) for key in (6, 7, 8, 9)],
        "collectioncategorys": types,
        "collectioncategorysdefault": [{"ID": n, "JenisAnggota_id": 1, "CollectionCategory_id": n} for n in (1, 2)],
        "locations": [{"ID": 3, "Name": "Ruang Umum", "LocationLibrary_id": 1}, {"ID": 4, "Name": "Anak", "LocationLibrary_id": 2}],
        "memberloanauthorizecategory": listed,
        "memberloanauthorizelocation": libraries,
        "collections": [
            {"ID": 50 + n, "Catalog_id": 1, "NomorBarcode": f"B{n}", "Location_id": room, "Category_id": kind, "Rule_id": 1, "Status_id": 1}
            for n, (room, kind) in enumerate([(3, 1), (3, 2), (3, 3), (4, 1)])
        ],
    }  # fmt: skip
    return dump(**tables)


@pytest.fixture
def move(moved):
    """Member 9 may have novels alone."""
    with clock.stopped_at(NOW):
        yield moved(told_there(2), source="inlislite")


def lent(member: int) -> list[bool]:
    """Whether the member may have a general work, a novel and a rare work of the first library, and a general work of the second."""
    one = Member.objects.get(barcode=f"1801000000{member}")
    items = Item.objects.select_related("record", "item_type", "branch").order_by("barcode")
    return [decision(item, one, item.branch).policy.may_borrow for item in items]


def test_each_member_may_borrow_what_they_might_there(move):
    assert [lent(member) for member in (7, 8, 9, 6)] == [
        [True, True, False, True],
        [True, True, True, True],
        [False, True, False, False],
        [False, False, False, True],
    ]


def test_the_list_of_a_type_of_member_is_one_rule_and_only_exceptions_are_of_members(move):
    assert [str(each.item_type) for each in LoanRule.objects.filter(may_borrow=False)] == ["Langka"]
    told = PersonalRule.objects.order_by("member__barcode").values_list("member__name", "kind", "loan_days")
    assert list(told) == [("Anggota 6", "only", None), ("Anggota 8", "allowed", 7), ("Anggota 9", "only", None)]


def test_the_proof_has_a_line_for_them_and_the_lists_are_kept(move):
    row = next(each for each in move.proof["rows"] if each["entity"] == "personal_rule")
    assert (row, move.proof["whole"]) == (
        {"entity": "personal_rule", "source": 3, "arrived": 3, "rejected": 0, "kept": 0, "missing": 0},
        True,
    )
    assert {"memberloanauthorizecategory", "memberloanauthorizelocation"} <= {each.name for each in move.kept_tables.all()}


def test_they_go_with_the_move_that_is_taken_back(move):
    undo(move, by=None)
    assert (PersonalRule.objects.count(), Member.objects.count()) == (0, 0)


def test_moving_again_in_another_language_follows_what_changed_there_and_doubles_nothing(move, moved):
    reasons = list(PersonalRule.objects.order_by("pk").values_list("pk", "reason"))
    with translation.override("en"):
        again = moved(told_there(1), source="inlislite")
    assert (lent(9), again.counts["move"]["personal_rule"]["changed"]) == ([True, False, False, True], 1)
    assert list(PersonalRule.objects.order_by("pk").values_list("pk", "reason")) == reasons
    undo(again, by=None)
    assert lent(9) == [False, True, False, False]


def test_moving_again_leaves_alone_what_a_librarian_changed_here_since_whatever_its_reason_says(move, moved, sari):
    rare = ItemType.objects.get(name="Langka")
    change_personal_rule(PersonalRule.objects.get(member__name="Anggota 9"), item_types=[rare], by=sari)
    again = moved(told_there(1), source="inlislite")
    assert (lent(9), again.counts["move"]["personal_rule"]["ours"]) == ([False] * 4, 1)
