"""Categories of members."""

import pytest

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.categories import add_category, change_category, create_default_categories, remove_category
from lumbung.members.models import Category
from lumbung.members.queries import categories, lineage
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_new_library_has_the_usual_categories_once(sari):
    assert [category.code for category in create_default_categories(by=sari)] == [
        "pupil",
        "student",
        "final-year",
        "postgraduate",
        "teacher",
        "lecturer",
        "staff",
        "alumni",
        "public",
    ]
    create_default_categories(by=sari)
    assert Category.objects.count() == JournalEntry.objects.filter(name="CategoryAdded").count() == 9
    final_year = Category.objects.get(code="final-year")
    assert lineage(final_year.pk) == (final_year.pk, Category.objects.get(code="student").pk)


def test_a_category_is_added_changed_and_removed(sari):
    category = add_category(code=" cleric ", name=" Santri ", by=sari)
    assert (category.code, category.name, category.membership_months) == ("cleric", "Santri", 12)
    assert categories() == (category,)
    change_category(category, name="Santri mukim", code="cleric", by=sari)
    assert [each.name for each in categories()] == ["Santri mukim"]
    remove_category(category, by=sari)
    assert categories() == ()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data")) == [
        ("CategoryAdded", {"category": category.pk}),
        ("CategoryChanged", {"category": category.pk, "fields": ["name"]}),
        ("CategoryRemoved", {"category": category.pk}),
    ]


def test_everything_wrong_with_a_category_is_named_at_once():
    add_category(code="x", name="X", by=None)
    with pytest.raises(Refused) as refused:
        add_category(code="x", name="", membership_months=0, by=None)
    assert refused.value.codes == ["name_empty", "category_code_taken", "months_wrong"]


def test_a_category_in_use_stays_and_none_is_above_itself():
    above = add_category(code="a", name="A", by=None)
    below = add_category(code="b", name="B", parent=above, by=None)
    MemberFactory(category=below)
    for category in (above, below):
        with pytest.raises(Refused) as refused:
            remove_category(category, by=None)
        assert refused.value.codes == ["category_in_use"]
    with pytest.raises(Refused) as refused:
        change_category(above, parent=below, by=None)
    assert refused.value.codes == ["category_under_itself"]
