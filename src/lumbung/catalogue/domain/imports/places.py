"""Branches, locations and item types by the sender's codes. What the library does not have yet is made, and reported.

Where the sender writes a name that is too long for a code, its place is found by that name or by the code that was made of it.
"""

from collections.abc import Container, Iterable

from django.utils.translation import gettext as _

from lumbung.catalogue.domain.item_types import add_item_type
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.refusals import (
    BRANCH_CREATED,
    BRANCH_CREATED_BY_NAME,
    ITEM_TYPE_CREATED,
    ITEM_TYPE_CREATED_BY_NAME,
    LOCATION_CREATED,
    LOCATION_CREATED_BY_NAME,
)
from lumbung.kernel import events
from lumbung.kernel.refusals import Reason
from lumbung.organization import queries
from lumbung.organization.domain import branches
from lumbung.organization.domain.codes import CODE_LENGTH, code_for
from lumbung.organization.models import Branch, Location

NAME, TYPE_NAME = 120, 80
USUAL_TYPE = "UMUM"
READ_HERE = "-BT"  # baca di tempat: a type of its own, because whether an item is lent is told by its type


class Places:
    """Primary keys by code, case aside. ``pretend``: nothing is made, keys of what would be are None (a dry run).

    ``made`` is what was made: of which kind, and its key.
    """

    def __init__(self, *, branch: str, item_type: str, pretend: bool, by: events.Actor | None) -> None:
        self.by = by
        self.pretend = pretend
        self.reports: list[Reason] = []
        self.made: list[list[str | int]] = []
        self.usual_type = item_type or USUAL_TYPE
        there = list(Branch.objects.all())
        self._branches = _by_keys(there)
        self._locations: dict[int | str, dict[str, int | None]] = {each.pk: {} for each in there}
        for each in Location.objects.all():
            self._locations[each.branch_id].update(_by_keys([each]))
        types = list(ItemType.objects.all())
        self._types = _by_keys(types)
        self._read_here = set(_by_keys(each for each in types if not each.lendable))
        self.usual_branch = branch or (there[0].code if len(there) == 1 else "")

    def branch(self, code: str) -> int | None:
        """The branch with this code, else the usual one. Raises LookupError when there is neither."""
        told = _plain(code or self.usual_branch)
        if not told:
            raise LookupError(code)
        key = _key(told, self._branches)
        if key not in self._branches:
            made = code_for(told)
            self.reports.append(BRANCH_CREATED(code=made) if made == told else BRANCH_CREATED_BY_NAME(code=made, name=told))
            self._branches[key] = self._make_branch(made, told)
        return self._branches[key]

    def location(self, branch: int | None, branch_code: str, code: str) -> int | None:
        if not (told := _plain(code)):
            return None
        there = self._locations.setdefault(branch or _plain(branch_code).casefold(), {})
        key = _key(told, there)
        if key not in there:
            made, home = code_for(told), branch_code or self.usual_branch
            by_name = LOCATION_CREATED_BY_NAME(code=made, name=told, branch=home)
            self.reports.append(LOCATION_CREATED(code=made, branch=home) if made == told else by_name)
            there[key] = self._make_location(branch, made, told)
        return there[key]

    def item_type(self, code: str, *, lendable: bool) -> int | None:
        told = _plain(code or self.usual_type)
        key, made = _key(told, self._types), code_for(told)
        if not lendable and key not in self._read_here:
            made = code_for(told, CODE_LENGTH - len(READ_HERE)) + READ_HERE
            key = made.casefold()
        if key not in self._types:
            self._report_type(made, told, lendable=lendable)
            self._types[key] = self._make_type(made, told, lendable=lendable)
        return self._types[key]

    def _report_type(self, made: str, told: str, *, lendable: bool) -> None:
        is_told = made == (told if lendable else told + READ_HERE)
        self.reports.append(ITEM_TYPE_CREATED(code=made) if is_told else ITEM_TYPE_CREATED_BY_NAME(code=made, name=told))

    def _make_branch(self, code: str, name: str) -> int | None:
        if self.pretend:
            return None
        zone = queries.library().time_zone
        return self._made(branches.add_branch(code=code, name=name[:NAME], time_zone=zone, by=self.by))

    def _make_location(self, branch: int | None, code: str, name: str) -> int | None:
        if self.pretend or branch is None:
            return None
        return self._made(branches.add_location(Branch.objects.get(pk=branch), code=code, name=name[:NAME], by=self.by))

    def _make_type(self, code: str, name: str, *, lendable: bool) -> int | None:
        if self.pretend:
            return None
        told = name if lendable else _("%(code)s (baca di tempat)") % {"code": name}
        if made_meanwhile := ItemType.objects.filter(code=code).first():
            return made_meanwhile.pk
        return self._made(add_item_type(code=code, name=told[:TYPE_NAME], lendable=lendable, by=self.by))

    def _made(self, place: Branch | Location | ItemType) -> int:
        self.made.append([place._meta.model_name or "", place.pk])
        return place.pk


def _plain(told: str) -> str:
    return " ".join(told.split())


def _by_keys(rows: Iterable[Branch | Location | ItemType]) -> dict[str, int | None]:
    """Primary keys by what a file may call them: the code, and a name that is too long for one and was surely not cut."""
    found: dict[str, int | None] = {}
    for each in rows:
        found[_plain(each.code).casefold()] = each.pk
        if CODE_LENGTH < len(name := _plain(each.name)) < TYPE_NAME:
            found.setdefault(name.casefold(), each.pk)
    return found


def _key(told: str, there: Container[str]) -> str:
    """The key under which it is there, or will be."""
    whole = told.casefold()
    return whole if whole in there else code_for(told).casefold()
