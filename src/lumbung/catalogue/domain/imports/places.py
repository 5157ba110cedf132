"""Branches, locations and item types by the sender's codes. What the library does not have yet is made, and reported."""

from django.utils.translation import gettext as _

from lumbung.catalogue.domain.item_types import add_item_type
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.refusals import BRANCH_CREATED, ITEM_TYPE_CREATED, LOCATION_CREATED
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.organization import queries
from lumbung.organization.domain import branches
from lumbung.organization.models import Branch, Location

CODE, NAME, TYPE_NAME = 20, 120, 80
USUAL_TYPE = "UMUM"
READ_HERE = "-BT"  # baca di tempat: a type of its own, because whether an item is lent is told by its type


class Places:
    """Primary keys by code, case aside. ``pretend``: nothing is made, keys of what would be are None (a dry run)."""

    def __init__(self, *, branch: str, item_type: str, pretend: bool, by: events.Actor | None) -> None:
        self.by = by
        self.pretend = pretend
        self.reports: list[Reason] = []
        self.usual_type = item_type or USUAL_TYPE
        self._branches: dict[str, int | None] = {_key(each.code): each.pk for each in Branch.objects.all()}
        self._locations: dict[tuple[int | None, str], int | None] = {
            (each.branch_id, _key(each.code)): each.pk for each in Location.objects.all()
        }
        types = list(ItemType.objects.all())
        self._types: dict[str, int | None] = {_key(each.code): each.pk for each in types}
        self._read_here = {_key(each.code) for each in types if not each.lendable}
        self.usual_branch = branch or (next(iter(self._branches)) if len(self._branches) == 1 else "")

    def branch(self, code: str) -> int | None:
        """The branch with this code, else the usual one. Raises LookupError when there is neither."""
        code = code or self.usual_branch
        if not code:
            raise LookupError(code)
        key = _key(code)
        if key not in self._branches:
            self.reports.append(BRANCH_CREATED(code=code))
            self._branches[key] = self._make_branch(code)
        return self._branches[key]

    def location(self, branch: int | None, branch_code: str, code: str) -> int | None:
        if not code:
            return None
        place = (branch, _key(code))
        if place not in self._locations:
            self.reports.append(LOCATION_CREATED(code=code, branch=branch_code or self.usual_branch))
            self._locations[place] = self._make_location(branch, code)
        return self._locations[place]

    def item_type(self, code: str, *, lendable: bool) -> int | None:
        code = code or self.usual_type
        if not lendable and _key(code) not in self._read_here:
            code = code[: CODE - len(READ_HERE)] + READ_HERE
        key = _key(code)
        if key not in self._types:
            self.reports.append(ITEM_TYPE_CREATED(code=code))
            self._types[key] = self._make_type(code, lendable=lendable)
        return self._types[key]

    def _make_branch(self, code: str) -> int | None:
        if self.pretend:
            return None
        zone = queries.library().time_zone
        return branches.add_branch(code=code[:CODE], name=code[:NAME], time_zone=zone, by=self.by).pk

    def _make_location(self, branch: int | None, code: str) -> int | None:
        if self.pretend or branch is None:
            return None
        return branches.add_location(Branch.objects.get(pk=branch), code=code[:CODE], name=code[:NAME], by=self.by).pk

    def _make_type(self, code: str, *, lendable: bool) -> int | None:
        if self.pretend:
            return None
        name = code if lendable else _("%(code)s (baca di tempat)") % {"code": code.removesuffix(READ_HERE)}
        made_meanwhile = ItemType.objects.filter(code=code[:CODE].strip()).first()
        made = made_meanwhile or add_item_type(code=code[:CODE], name=name[:TYPE_NAME], lendable=lendable, by=self.by)
        return made.pk


def _key(code: str) -> str:
    return code[:CODE].casefold()
