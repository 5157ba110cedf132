"""The verb of the first run: from nothing to a library that can lend, in one transaction."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.members.domain.clearance.purposes import create_default_purposes
from lumbung.members.domain.privacy.consents import create_default_consents
from lumbung.organization.domain.branches import add_branch
from lumbung.organization.domain.calendar import Spell, set_opening_hours
from lumbung.organization.domain.library import set_up
from lumbung.organization.domain.services import create_default_services


@transaction.atomic
def found_library(
    *, library: Mapping[str, str], branch: Mapping[str, Any], spells: Collection[Spell], librarian: Mapping[str, str]
) -> User:
    """Set up the library, its first branch with its hours, and its first librarian, who may do everything.

    Services, item types, member categories and loan rules come as is usual on Indonesian campuses, to be changed later. Refuses as the
    verbs it is made of, and when the library is set up already; then nothing has happened.
    """
    user = add_user(**librarian, roles=[Role.ADMIN, Role.LIBRARIAN], by=None)
    set_up(**library, by=user)
    place = add_branch(**branch, time_zone=library["time_zone"], by=user)
    set_opening_hours(place, spells, by=user)
    create_default_services(by=user)
    create_default_rules(by=user)
    create_default_purposes(by=user)
    create_default_consents()
    return user
