"""Which notices of their work colleagues may do without, and who does. Each part declares its own, at start-up."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise

from lumbung.accounts.events import UserChanged
from lumbung.accounts.models import User
from lumbung.kernel import events
from lumbung.kernel.permissions import may


@dataclass(frozen=True)
class Kind:
    """Notices that are wanted or not together: what they tell of, who may get them, and the codes of their messages."""

    key: str
    words: str | Promise
    permission: str
    messages: frozenset[str]


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Let whoever has its permission do without it."""
    _kinds[kind.key] = kind


def offered_to(user: User) -> list[Kind]:
    """The kinds of notices that this user may get."""
    return [kind for kind in _kinds.values() if may(user, kind.permission)]


def wants(user: User, message: str) -> bool:
    """Whether the user is to be told by this message; whatever is not declared, nobody can do without."""
    return not any(message in kind.messages and kind.key in user.muted_notices for kind in _kinds.values())


@transaction.atomic
def choose_notices(user: User, wanted: Collection[str], *, by: User) -> User:
    """Of the kinds that are offered to the user only those ``wanted`` (keys) are told from now on; what is not offered stays as it is."""
    changed = User.objects.select_for_update().get(pk=user.pk)
    offered = {kind.key for kind in offered_to(changed)}
    muted = sorted((set(changed.muted_notices) - offered) | (offered - set(wanted)))
    if muted != changed.muted_notices:
        changed.muted_notices = muted
        changed.save(update_fields=["muted_notices"])
        events.record(UserChanged(user=changed.pk, fields=["muted_notices"]), by=by)
    return changed
