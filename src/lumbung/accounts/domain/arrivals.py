"""Users from the system that a library leaves: many at a time, with the passwords they have, and out again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Lower

from lumbung.accounts.domain.old_passwords import as_kept
from lumbung.accounts.domain.users import USERNAME
from lumbung.accounts.events import UsersArrived, UsersWithdrawn
from lumbung.accounts.models import RoleGrant, User
from lumbung.accounts.refusals import USERNAME_NOT_VALID, USERNAME_TAKEN
from lumbung.kernel import events
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivingUser:
    """``old_password`` as the other system kept it; one that we cannot read means that a new one must be asked for by mail. Who is not
    ``is_active`` cannot sign in until an administrator says so."""

    username: str
    name: str
    role: str
    email: str = ""
    old_password: str = ""
    is_active: bool = True


@transaction.atomic
def bring_in(users: Sequence[ArrivingUser], *, by: events.Actor | None) -> list[int | Reason]:
    """Store users; for each its key, or why it has none: a name in use or not possible. An address in use is left out."""
    names, emails = _in_use(users)
    told: list[int | Reason | None] = []
    rows: list[User] = []
    for each in users:
        if reason := _reason_against(each, names):
            told.append(reason)
            continue
        names.add(each.username.lower())
        email = each.email if is_email(each.email) and each.email.lower() not in emails else ""
        emails.add(email.lower())
        kept = as_kept(each.old_password) or make_password(None)
        rows.append(User(username=each.username, name=each.name, email=email, password=kept, is_active=each.is_active))
        told.append(None)
    made = iter(User.objects.bulk_create(rows))
    keys = [next(made).pk if each is None else each for each in told]
    pairs = [(key, each.role) for key, each in zip(keys, users, strict=True) if isinstance(key, int)]
    RoleGrant.objects.bulk_create(RoleGrant(user_id=key, role=role) for key, role in pairs)
    if pairs:
        events.record(UsersArrived(users=[key for key, _ in pairs]), by=by)
    return keys


def judged(users: Sequence[ArrivingUser]) -> list[Reason | None]:
    """What ``bring_in`` would say against each of these users, None for nothing. Stores nothing."""
    names, _ = _in_use(users)
    told: list[Reason | None] = []
    for each in users:
        told.append(_reason_against(each, names))
        names.add(each.username.lower())
    return told


@transaction.atomic
def take_out(users: Collection[int], *, by: events.Actor | None) -> None:
    """Remove users that had come in and never signed in; those who have are deactivated, because the journal speaks of them."""
    User.objects.filter(pk__in=users, last_login__isnull=False).update(is_active=False)
    User.objects.filter(pk__in=users, last_login__isnull=True).delete()
    events.record(UsersWithdrawn(users=sorted(users)), by=by)


def _in_use(users: Sequence[ArrivingUser]) -> tuple[set[str], set[str]]:
    names, emails = {each.username.lower() for each in users}, {each.email.lower() for each in users if each.email}
    taken = User.objects.annotate(folded=Lower("username")).filter(folded__in=names).values_list("folded", flat=True)
    known = User.objects.annotate(folded=Lower("email")).filter(folded__in=emails).values_list("folded", flat=True)
    return set(taken), set(known)


def _reason_against(each: ArrivingUser, names: set[str]) -> Reason | None:
    if not USERNAME.fullmatch(each.username):
        return USERNAME_NOT_VALID(username=each.username)
    return USERNAME_TAKEN(username=each.username) if each.username.lower() in names else None
