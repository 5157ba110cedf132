"""Whoever begins to work here, or has a new role, finds the learning paths that wait for them."""

from lumbung.accounts.models import Role, User
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.learning.walking import welcome

NAMES = ("UserAdded", "RolesChanged")


def new_colleagues(entry: JournalEntry) -> None:
    """The paths for everybody who is new, and those for a role that somebody did not have before."""
    person = User.objects.filter(pk=entry.data["user"], is_active=True).first()
    roles = _at_work(entry)
    if person is None or not roles:
        return
    earlier = JournalEntry.objects.filter(name__in=NAMES, data__user=person.pk, pk__lt=entry.pk).order_by("pk")
    held = {role for each in earlier for role in _at_work(each)}
    welcome(person, since=entry.at, roles=roles - held, is_new=not held)


def _at_work(entry: JournalEntry) -> set[str]:
    return set(entry.data["roles"]) - {Role.MEMBER.value}


REACTION = Reaction("new_colleagues", NAMES, new_colleagues)
