"""Packages of terms: written once, under a name, and said by every rule that names them."""

from typing import Any

from django.db import transaction

from lumbung.circulation.domain.rules import turn_the_page
from lumbung.circulation.domain.terms import faults_of_terms, says_nothing
from lumbung.circulation.events import TermPackageAdded, TermPackageChanged, TermPackageRemoved
from lumbung.circulation.models import VALUES, TermPackage
from lumbung.circulation.refusals import (
    PACKAGE_GONE,
    PACKAGE_IN_USE,
    PACKAGE_NAME_EMPTY,
    PACKAGE_NAME_TAKEN,
    PACKAGE_SAYS_NOTHING,
)
from lumbung.kernel import events
from lumbung.kernel.changes import locked, set_changed
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Refused

FIELDS = frozenset({"name", *VALUES}) & {field.name for field in TermPackage._meta.concrete_fields}


@refuse_when_broken(one_package_of_a_name=PACKAGE_NAME_TAKEN)
@transaction.atomic
def add_package(*, by: events.Actor | None, **said: Any) -> TermPackage:
    """Add a package: its name and the terms it says, by the names of their fields; what is left out is left to rules.

    Refuses one without a name or with that of another, one that says nothing, and values out of bounds, all at once.
    """
    package = TermPackage()
    set_changed(package, said, allowed=FIELDS)
    _refuse(package)
    package.save(force_insert=True)
    turn_the_page()
    events.record(TermPackageAdded(package=package.pk), by=by)
    return package


@refuse_when_broken(one_package_of_a_name=PACKAGE_NAME_TAKEN)
@transaction.atomic
def change_package(package: TermPackage, *, by: events.Actor | None, **changes: Any) -> TermPackage:
    """Change a package, and with it what every rule says that names it; loans already made keep the terms they were made under.
    Refuses as ``add_package`` does."""
    package = locked(package, gone=PACKAGE_GONE)
    if changed := set_changed(package, changes, allowed=FIELDS):
        _refuse(package)
        package.save(update_fields=changed)
        turn_the_page()
        events.record(TermPackageChanged(package=package.pk, fields=changed), by=by)
    return package


@transaction.atomic
def remove_package(package: TermPackage, *, by: events.Actor | None) -> None:
    """Remove a package. Refuses while rules name it, and says which."""
    package = locked(package, gone=PACKAGE_GONE)
    if rules := [str(rule) for rule in package.rules.order_by("id")]:
        raise Refused(PACKAGE_IN_USE(package=package, rules="; ".join(rules)))
    key = package.pk
    package.delete()
    turn_the_page()
    events.record(TermPackageRemoved(package=key), by=by)


def _refuse(package: TermPackage) -> None:
    reasons = [] if package.name else [PACKAGE_NAME_EMPTY()]
    if TermPackage.objects.filter(name=package.name).exclude(pk=package.pk).exists():
        reasons.append(PACKAGE_NAME_TAKEN(name=package.name))
    if says_nothing(package):
        reasons.append(PACKAGE_SAYS_NOTHING())
    if reasons := [*reasons, *faults_of_terms(package)]:
        raise Refused(reasons)
