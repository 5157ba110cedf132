"""Limits over a group: at most so many at once of some types, places and materials together, counted over what the member has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lumbung.catalogue.models import Item, Material
from lumbung.circulation.models import LimitSet, Loan, LoanKinds
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rulings import GroupOf, Place, is_there
from lumbung.circulation.refusals import LIMIT_SET_REACHED
from lumbung.kernel.refusals import Reason
from lumbung.kernel.remembered import remembered
from lumbung.members import queries as members
from lumbung.members.models import Member
from lumbung.organization.models import Branch

NAMED = 5
"""So many titles a refusal names before it counts the rest."""


@dataclass(frozen=True)
class Limit:
    """A limit set, ready to be asked: types and places by key, with what they are called."""

    pk: int
    name: str
    most: int
    item_types: Mapping[int, str]
    locations: Mapping[int, str]
    materials: Sequence[str]
    category: int | None
    branch: Place | None
    scope: str

    @property
    def group(self) -> str:
        """What it counts together: "Kamus, Atlas, Video"; nothing once all of that is gone."""
        materials = [str(Material(each).label) for each in self.materials if each in Material.values]
        return ", ".join([*self.item_types.values(), *self.locations.values(), *materials])

    @property
    def words(self) -> str:
        """How many of what: "paling banyak 2 dari Kamus, Atlas bersama-sama"."""
        said = _("paling banyak %(most)s dari %(group)s bersama-sama") % {"most": self.most, "group": self.group or "–"}
        return f"{said} ({self.scope})" if self.scope else said

    def has(self, item: Item) -> bool:
        """Whether it counts such an item. ``item`` comes with its title."""
        return (
            item.item_type_id in self.item_types or item.location_id in self.locations or item.record.material in self.materials
        )

    def is_for(self, member: Member, at: Branch | None) -> bool:
        """Whether it holds for the member, at this branch if one is given."""
        if self.category is not None and self.category not in members.lineage(member.category_id):
            return False
        return at is None or self._reaches(at.pk)

    def counts(self, loan: Loan) -> bool:
        """Whether the loan (with item and title) counts: what is read on site and what is reported lost do not."""
        if loan.kind == LoanKinds.ON_SITE or loan.reported_lost_at is not None:
            return False
        return self._reaches(loan.lent_from_id) and self.has(loan.item)

    def _reaches(self, branch: int) -> bool:
        return is_there(self.branch, branch)


@dataclass(frozen=True)
class LimitStanding:
    """How a member stands against a limit: the loans that count."""

    limit: Limit
    loans: Sequence[Loan]

    @property
    def is_reached(self) -> bool:
        return len(self.loans) >= self.limit.most

    @property
    def titles(self) -> str:
        """What is out, by title, the first few."""
        titles = [loan.item.title_told for loan in self.loans[:NAMED]]
        rest = len(self.loans) - NAMED
        more = [ngettext("%(n)s lainnya", "%(n)s lainnya", rest) % {"n": rest}] if rest > 0 else []
        return "; ".join([*titles, *more])


@remembered(seconds=60.0)
def _limits() -> tuple[int, Sequence[Limit]]:
    version, sets = rule_book()[0], LimitSet.objects.select_related("category", "branch", "branch_group").order_by("name")
    return version, [_limit(each) for each in sets.prefetch_related("item_types", "locations")]


def limits_now() -> Sequence[Limit]:
    """Every limit set as it stands, by name: fresh as soon as the rules are."""
    if _limits()[0] != rule_book()[0]:
        _limits.forget()
    return _limits()[1]


def changed() -> None:
    """A limit set was changed in the present transaction."""
    _limits.changed()


def limit_standings(
    member: Member,
    loans: Collection[Loan],
    *,
    at: Branch | None = None,
    item: Item | None = None,
    kind: str = LoanKinds.NORMAL,
) -> list[LimitStanding]:
    """How the member stands, with these open loans (each with item and title), against the limits that hold for them: at this branch and
    for this item, if one is given, lent in this way. What is read on site is not limited."""
    if kind == LoanKinds.ON_SITE:
        return []
    held = [each for each in limits_now() if each.is_for(member, at) and (item is None or each.has(item))]
    return [LimitStanding(limit, [loan for loan in loans if limit.counts(loan)]) for limit in held]


def blocks_of_limit_sets(item: Item, member: Member, at: Branch, loans: Collection[Loan], *, kind: str) -> list[Reason]:
    """Every limit set that keeps the member, with these open loans, from having this item too."""
    return [
        LIMIT_SET_REACHED(set=each.limit.name, limit=each.limit.most, count=len(each.loans), titles=each.titles)
        for each in limit_standings(member, loans, at=at, item=item, kind=kind)
        if each.is_reached
    ]


def _limit(row: LimitSet) -> Limit:
    return Limit(
        pk=row.pk,
        name=row.name,
        most=row.most,
        item_types={each.pk: each.name for each in row.item_types.all()},
        locations={each.pk: each.name for each in row.locations.all()},
        materials=row.materials,
        category=row.category_id,
        branch=GroupOf(row.branch_group_id) if row.branch_group_id else row.branch_id,
        scope=", ".join(str(each) for each in (row.category, row.branch, row.branch_group) if each is not None),
    )
