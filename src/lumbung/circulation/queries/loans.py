"""Reads about loans. Who borrowed what is told to the borrower and to staff who may see it, to nobody else."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from django.db.models import Count, Exists, OuterRef, QuerySet

from lumbung.accounts.domain.permissions import may
from lumbung.catalogue.models import Item
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.models.loan import LoanQuerySet
from lumbung.circulation.permissions import SEE
from lumbung.kernel import clock
from lumbung.kernel.rows import among
from lumbung.members.models import Category, Member
from lumbung.members.queries import categories as all_categories
from lumbung.members.queries import lineage
from lumbung.organization.models import Branch


def loans_visible_to(viewer: object) -> LoanQuerySet:
    """Every loan for staff who may see them. For a member: the open loans, and the returned ones if the member keeps a history."""
    loans = _with_item()
    if may(viewer, SEE):
        return loans
    key = getattr(viewer, "pk", None)
    if key is None:
        return loans.none()
    own = loans.filter(member__user=key)
    return own.open() | own.filter(member__keeps_history=True)


def open_loans(member: Member) -> LoanQuerySet:
    """What the member has now, soonest due first."""
    return _with_item().open().filter(member=member).order_by("due_at", "id")


@cache
def members_with_what_they_have() -> QuerySet[Member]:
    """Members with their accounts, and whether they have (``has_loans``) and wait for (``has_holds``) anything, all in one statement:
    of most who stand before a machine there is nothing more to ask. It is drawn up once and read by nobody: narrow it."""
    loans = Loan.objects.open().filter(member=OuterRef("pk"))
    holds = Hold.objects.open().filter(member=OuterRef("pk"))
    return Member.objects.select_related("fee_account").annotate(has_loans=Exists(loans), has_holds=Exists(holds))


def count_open_loans(member: Member) -> int:
    """How many things the member has now."""
    return Loan.objects.open().filter(member=member).count()


def counts_of_open_loans() -> Counter[int]:
    """The same for everybody who has any, by the key of the member."""
    return Counter(Loan.objects.open().order_by().values_list("member", flat=True))


def loan_history(member: Member) -> LoanQuerySet:
    """What the member returned, latest first; nothing unless the member chose to keep a history."""
    returned = _with_item().filter(member=member, returned_at__isnull=False).order_by("-returned_at", "-id")
    return returned if member.keeps_history else returned.none()


def loan_of(item: Item) -> Loan | None:
    """The open loan of the item, with its member."""
    return Loan.objects.open().filter(item=item).select_related("member__category", "lent_from").first()


def last_loan_of(item: Item) -> Loan | None:
    """The latest loan of the item, for staff who found damage; its member is None once forgotten."""
    return Loan.objects.filter(item=item).select_related("member").order_by("-lent_at", "-id").first()


def days_late_at_return(loan: Loan) -> int:
    """How many days after its due date it came back, or would now, as the branch counts them from which it was lent."""
    zone = loan.lent_from.zone
    ended = loan.returned_at or clock.now()
    return max(0, (min(ended, loan.stopped_at or ended).astimezone(zone).date() - loan.due_at.astimezone(zone).date()).days)


def claimed_loans() -> LoanQuerySet:
    """What members say they brought back, as one walks along the shelves of each branch."""
    loans = _with_item().select_related("item__location", "member__category").claimed()
    return loans.order_by("item__branch__name", "item__shelf_key", "claimed_returned_at", "id")


def overdue_loans(
    at: datetime, *, branch: Branch | None = None, category: Category | None = None, days: int = 0
) -> QuerySet[Loan]:
    """Open loans more than ``days`` days past due at the moment ``at``, longest first.

    ``branch`` is where they were lent from; ``category`` takes in the categories under it (``of_category``).
    """
    overdue = _with_item().overdue(at - timedelta(days=days)).select_related("member__category").order_by("due_at", "id")
    if branch is not None:
        overdue = overdue.filter(lent_from=branch)
    if category is not None:
        overdue = of_category(overdue, category)
    return overdue


def of_category(loans: LoanQuerySet, category: Category) -> LoanQuerySet:
    """Those of ``loans`` whose members are of the category or one under it."""
    return loans.filter(member__category__in=[each.pk for each in all_categories() if category.pk in lineage(each.pk)])


def _with_item() -> LoanQuerySet:
    """With what a list of loans shows: item, title, type, branches; without the MARC."""
    return Loan.objects.select_related("item__record", "item__item_type", "item__branch", "lent_from", "member").defer(
        "item__record__marc", "item__record__findable"
    )


def loans_counted(record_ids: Collection[int]) -> dict[int, int]:
    """How often copies of each of these titles were lent, ever; a title never lent is not there."""
    loans = Loan.objects.filter(**among(record_ids, "item__record")).order_by().values_list("item__record")
    return dict(loans.annotate(loans=Count("pk")))


def lent_among(items: Collection[int]) -> set[int]:
    """Those of these items (primary keys) that are on loan now."""
    return set(Loan.objects.open().filter(item__in=items).order_by().values_list("item", flat=True))


def lent() -> set[int]:
    """Every item (primary key) on loan now."""
    return set(Loan.objects.open().order_by().values_list("item", flat=True))


def lent_since(moment: datetime) -> set[int]:
    """Every item (primary key) that was lent at this moment or later."""
    return set(Loan.objects.filter(lent_at__gte=moment).order_by().values_list("item", flat=True).distinct())
