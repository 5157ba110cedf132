"""Categories of members: a small tree; what holds for a category holds for those under it until they have rules of their own."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members import queries
from lumbung.members.events import CategoryAdded, CategoryChanged, CategoryRemoved
from lumbung.members.models import Category
from lumbung.members.refusals import (
    CATEGORY_CODE_TAKEN,
    CATEGORY_IN_USE,
    CATEGORY_UNDER_ITSELF,
    CODE_EMPTY,
    MONTHS_WRONG,
    NAME_EMPTY,
)

FIELDS = frozenset({"code", "name", "parent", "membership_months", "teaches", "joining"})
LONGEST = 240
TEACHING = frozenset({"teacher", "lecturer"})
"""Those of the default categories who make reading lists for courses."""


def default_categories() -> list[tuple[str, str, str | None, int]]:
    """Code, name, code of the category above, and months of membership of the categories a new library begins with."""
    return [
        ("pupil", gettext("Siswa"), None, 12),
        ("student", gettext("Mahasiswa"), None, 12),
        ("final-year", gettext("Mahasiswa tingkat akhir"), "student", 12),
        ("postgraduate", gettext("Mahasiswa pascasarjana"), "student", 12),
        ("teacher", gettext("Guru"), None, 60),
        ("lecturer", gettext("Dosen"), None, 60),
        ("staff", gettext("Tenaga kependidikan"), None, 60),
        ("alumni", gettext("Alumni"), None, 12),
        ("public", gettext("Masyarakat umum"), None, 6),
    ]


@transaction.atomic
def create_default_categories(*, by: events.Actor | None) -> list[Category]:
    """Add those of the default categories whose code is not there yet; all of the default codes are returned."""
    present = {category.code: category for category in Category.objects.all()}
    for code, name, above, months in default_categories():
        if code not in present:
            parent = present[above] if above else None
            taught_by = code in TEACHING
            present[code] = add_category(
                code=code, name=name, parent=parent, membership_months=months, teaches=taught_by, by=by
            )
    return [present[code] for code, *_ in default_categories()]


@transaction.atomic
def add_category(
    *,
    code: str,
    name: str,
    by: events.Actor | None,
    parent: Category | None = None,
    membership_months: int = 12,
    teaches: bool = False,
    joining: str = Category.Joining.AT_THE_DESK,
) -> Category:
    """Add a category. Refuses an empty code or name, a code in use, and months outside 1 to 240."""
    category = Category(code=code.strip(), name=name.strip(), parent=parent, membership_months=membership_months)
    category.teaches, category.joining = teaches, joining
    if reasons := _faults(category):
        raise Refused(reasons)
    category.save(force_insert=True)
    queries.categories.changed()
    events.record(CategoryAdded(category=category.pk), by=by)
    return category


@transaction.atomic
def change_category(category: Category, *, by: events.Actor | None, **changes: Any) -> Category:
    """Change the named fields; refuses as ``add_category`` does, and a category put under itself."""
    category = Category.objects.select_for_update(of=("self",)).select_related("parent").get(pk=category.pk)
    if changed := set_changed(category, changes, allowed=FIELDS):
        if reasons := _faults(category):
            raise Refused(reasons)
        category.save(update_fields=changed)
        queries.categories.changed()
        events.record(CategoryChanged(category=category.pk, fields=changed), by=by)
    return category


@transaction.atomic
def remove_category(category: Category, *, by: events.Actor | None) -> None:
    """Remove a category that no member, no other category and no loan rule is in."""
    key = category.pk
    try:
        Category.objects.get(pk=key).delete()
    except ProtectedError:
        raise Refused(CATEGORY_IN_USE(category=category.name)) from None
    queries.categories.changed()
    events.record(CategoryRemoved(category=key), by=by)


def _faults(category: Category) -> list[Reason]:
    reasons = []
    if not category.code:
        reasons.append(CODE_EMPTY())
    if not category.name:
        reasons.append(NAME_EMPTY())
    if Category.objects.filter(code=category.code).exclude(pk=category.pk).exists():
        reasons.append(CATEGORY_CODE_TAKEN(code=category.code))
    if not 1 <= category.membership_months <= LONGEST:
        reasons.append(MONTHS_WRONG())
    if category.pk and category.parent_id and category.pk in queries.lineage(category.parent_id):
        reasons.append(CATEGORY_UNDER_ITSELF())
    return reasons
