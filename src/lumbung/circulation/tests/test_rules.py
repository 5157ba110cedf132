"""Which rule holds, and the table a new library begins with."""

import pytest

from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.rules import add_rule, change_rule, create_default_rules, remove_rule
from lumbung.circulation.models import LoanRule
from lumbung.circulation.queries import decision, total_decision
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanRuleFactory
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.categories import remove_category
from lumbung.members.models import Category
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.domain.branches import remove_branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db

TERMS = {"loan_days": 7, "loan_limit": 3, "renewal_limit": 1}


def test_the_most_specific_rule_holds_branch_before_type_before_category(pusat, teknik):
    student = CategoryFactory(code="student")
    final_year = CategoryFactory(code="final-year", parent=student)
    tandon = ItemTypeFactory(code="reserve")
    member, item = MemberFactory(category=final_year), ItemFactory(item_type=tandon)
    assert decision(item, member, pusat) is None

    weakest_first = [
        {"category": None},
        {"category": student},
        {"category": final_year},
        {"category": None, "item_type": tandon},
        {"category": student, "item_type": tandon},
        {"category": final_year, "item_type": tandon},
        {"category": None, "branch": pusat},
        {"category": final_year, "branch": pusat},
        {"category": None, "item_type": tandon, "branch": pusat},
    ]
    for case in weakest_first:
        rule = add_rule(**case, **TERMS, by=None)
        assert decision(item, member, pusat).rule.pk == rule.pk
    assert LoanRule.objects.get(pk=decision(item, member, teknik).rule.pk).category == final_year
    total = total_decision(member, teknik).said["loan_limit"].pk
    assert total == LoanRule.objects.get(category=final_year, item_type=None, branch=None).pk


def test_a_rule_for_another_category_type_or_branch_does_not_hold(pusat, teknik):
    member, item = MemberFactory(), ItemFactory()
    LoanRuleFactory(category=CategoryFactory(code="lecturer"))
    LoanRuleFactory(category=None, item_type=ItemTypeFactory(code="reserve"))
    LoanRuleFactory(category=None, branch=teknik)
    assert decision(item, member, pusat) is None


def test_a_new_library_has_rules_for_every_default_category_once(sari, pusat):
    added = create_default_rules(by=sari)
    assert create_default_rules(by=sari) == []
    assert len(added) == LoanRule.objects.count() == 11

    def terms(category: str, item_type: str) -> tuple[int, int, int]:
        member = MemberFactory(category=Category.objects.get(code=category))
        policy = decision(ItemFactory(item_type=ItemType.objects.get(code=item_type)), member, pusat).policy
        return policy.loan_days, policy.loan_limit, policy.renewal_limit

    assert terms("pupil", "reading") == (7, 2, 1)
    assert terms("student", "textbook") == (7, 3, 2)
    assert terms("final-year", "textbook") == (14, 5, 2)
    assert terms("lecturer", "textbook") == (30, 5, 2)
    assert terms("lecturer", "reserve") == (1, 1, 0)
    assert terms("public", "audiovisual") == (3, 2, 1)
    assert dict(ItemType.objects.values_list("code", "lendable")) == {
        "textbook": True,
        "reading": True,
        "reference": False,
        "dictionary": False,
        "encyclopaedia": False,
        "reserve": True,
        "thesis": False,
        "serial": False,
        "audiovisual": True,
        "map": False,
    }


def test_one_case_has_one_rule_and_numbers_stay_in_bounds():
    add_rule(**TERMS, by=None)
    with pytest.raises(Refused) as refused:
        add_rule(loan_days=4000, loan_limit=3, renewal_limit=1, hold_days=0, by=None)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Lama pinjam (hari) harus antara 0 dan 3650.",
        "Lama pesanan menunggu diambil (hari) harus antara 1 dan 60.",
        "Sudah ada aturan untuk keadaan yang persis sama. Ubah aturan itu.",
    ]


def test_a_rule_is_changed_and_removed_and_the_journal_says_what(sari):
    rule = add_rule(**TERMS, by=sari)
    change_rule(rule, loan_days=14, loan_limit=3, by=sari)
    rule.refresh_from_db()
    assert rule.loan_days == 14
    remove_rule(rule, by=sari)
    assert not LoanRule.objects.exists()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data")) == [
        ("LoanRuleAdded", {"rule": rule.pk}),
        ("LoanRuleChanged", {"rule": rule.pk, "fields": ["loan_days"]}),
        ("LoanRuleRemoved", {"rule": rule.pk}),
    ]


def test_what_a_rule_speaks_of_is_not_removed_from_under_it(sari):
    category, item_type, branch = CategoryFactory(), ItemTypeFactory(), BranchFactory()
    rule = add_rule(**TERMS, category=category, item_type=item_type, branch=branch, by=sari)
    removals = [(remove_category, category), (remove_item_type, item_type), (remove_branch, branch)]
    for remove, row in removals:
        with pytest.raises(Refused, match="_in_use"):
            remove(row, by=sari)
    remove_rule(rule, by=sari)
    for remove, row in removals:
        remove(row, by=sari)
    assert not ItemType.objects.filter(code=item_type.code).exists()
