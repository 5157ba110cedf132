"""Branches and their calendar for tests: a central library in Jakarta's time, without opening hours unless given."""

from collections.abc import Iterable
from datetime import time

import factory

from lumbung.organization.domain.calendar import set_opening_hours
from lumbung.organization.models import Branch, Library, Location, StudyProgramme

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
WORKING_DAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


class LibraryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Library
        django_get_or_create = ("pk",)

    pk = 1
    name = "Perpustakaan Universitas Nusantara"


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch
        django_get_or_create = ("code",)

    code = "PUSAT"
    name = factory.LazyAttribute(
        lambda branch: "Perpustakaan Pusat" if branch.code == "PUSAT" else f"Perpustakaan {branch.code}"
    )


class LocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Location

    branch = factory.SubFactory(BranchFactory)
    code = factory.Sequence(lambda n: f"L{n}")
    name = factory.Sequence(lambda n: f"Lantai {n}")


def open_on(branch: Branch, weekdays: Iterable[int] = WORKING_DAYS) -> Branch:
    """Let the branch open from 8 to 16 on these weekdays."""
    set_opening_hours(branch, [(day, time(8), time(16)) for day in weekdays], by=None)
    return branch


class StudyProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StudyProgramme
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Program {n}")
    level = "S1"
