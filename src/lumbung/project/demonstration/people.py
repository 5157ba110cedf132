"""The demonstration's staff and members. Everybody here is invented."""

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import NamedTuple

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.members.domain.categories import change_category
from lumbung.members.domain.members import add_account, register
from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch, StudyProgramme

STAFF = [
    ("rina", "Rina Puspitasari", [Role.CIRCULATION]),
    ("tono", "Tono Hartanto", [Role.CATALOGUER]),
    ("ratna", "Dr. Ratna Wulandari, M.IP.", [Role.HEAD]),
]
WITH_ACCOUNT = {"Ni Made Ani Saraswati": "ani", "Budi Santoso": "budi", "Slamet Riyadi, M.Pd.": "slamet"}


class Person(NamedTuple):
    category: str
    name: str
    kind: str
    number: str
    unit: str


def people() -> Iterator[Person]:
    """Every line of ``members.tsv``; students of the last years and of the graduate school have categories of their own."""
    text = files(__package__).joinpath("members.tsv").read_text(encoding="utf-8")
    for row in csv.reader((line for line in text.splitlines() if line and line[0] != "#"), delimiter="|"):
        person = Person(*row)
        if person.category == "student" and person.unit.startswith(("S2", "S3")):
            person = person._replace(category="postgraduate")
        elif person.category == "student" and person.number.startswith("22"):
            person = person._replace(category="final-year")
        yield person


def add_staff(password: str, *, by: User | None) -> User:
    """The first librarian, who may do everything, and three colleagues with the same password; returns the first."""
    first = add_user(username="sari", name="Sari Wahyuni", roles=[Role.LIBRARIAN, Role.ADMIN], password=password, by=by)
    for username, name, roles in STAFF:
        add_user(username=username, name=name, roles=roles, password=first, by=first)
    return first


def open_to_the_public(*, by: User) -> None:
    """Let anybody of the general public ask from home to become a member; the staff look at each who does."""
    change_category(Category.objects.get(code="public"), joining=Category.Joining.APPROVED, by=by)


def register_members(chance: random.Random, today: date, *, programmes: Mapping[str, StudyProgramme], by: User) -> list[Member]:
    """Sixty members in every category; three have an account, one membership has ended, one member is blocked elsewhere."""
    categories = {category.code: category for category in Category.objects.all()}
    branches = list(Branch.objects.order_by("code"))
    members = []
    for person in people():
        joined = today - timedelta(days=chance.randint(120, 330))
        ended = person.name == "Sudjono"
        member = register(
            name=person.name,
            category=categories[person.category],
            branch=_home(person, branches),
            identifiers=[(person.kind, person.number)] if person.kind else [],
            unit=person.unit,
            programme=programmes.get(person.unit),
            intake=2000 + int(person.number[:2]) if person.kind == "nim" else None,
            joined_on=joined,
            expires_on=today - timedelta(days=20) if ended else today + timedelta(days=chance.randint(120, 500)),
            by=by,
        )
        if username := WITH_ACCOUNT.get(person.name):
            user = add_user(username=username, name=person.name, roles=[Role.MEMBER], password=by, by=by)
            add_account(member, user, by=by)
        members.append(member)
    return members


def _home(person: Person, branches: list[Branch]) -> Branch:
    by_code = {branch.code: branch for branch in branches}
    if any(word in person.unit for word in ("Keperawatan", "Kebidanan", "Gizi", "Farmasi", "Kesehatan")):
        return by_code["FIK"]
    if person.name.startswith(("I Gede", "Made", "Ir. Made")):
        return by_code["BALI"]
    return by_code["PUSAT"]
