"""The verbs on users. A user is never deleted while the journal speaks of them: they are deactivated."""

import re
import unicodedata
from collections.abc import Iterable
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from lumbung.accounts import queries, refusals
from lumbung.accounts.domain.tokens import revoke_token
from lumbung.accounts.events import (
    PasswordChanged,
    RolesChanged,
    UserAdded,
    UserChanged,
    UserDeactivated,
    UserForgotten,
    UserReactivated,
)
from lumbung.accounts.models import Role, RoleGrant, User
from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason, Refused

USERNAME = re.compile(r"[A-Za-z0-9._@+/-]{1,60}")
CHANGEABLE = ("username", "name", "email", "language", "time_zone")


@transaction.atomic
def add_user(
    *,
    username: str,
    name: str,
    by: User | None,
    roles: Iterable[str] = (),
    email: str = "",
    password: str | User | None = None,
    language: str = "",
    time_zone: str = "",
) -> User:
    """Make a user. Without a password they must ask for one by e-mail before they can sign in.

    ``password`` may be another user, what is kept of whose password is taken over as it is: for the many invented people of a
    demonstration, each of whom would else cost a moment of hashing. Empty ``language`` and ``time_zone`` mean the library's own.
    Refuses with everything that is wrong at once.
    """
    user = User(username=_tidy(username), name=_tidy(name), email=_tidy(email), language=language, time_zone=time_zone)
    roles = sorted(set(roles))
    reasons = [*_reasons_against(user), *_unknown_roles(roles)]
    if isinstance(password, str):
        reasons += _weaknesses(password, user)
    if reasons:
        raise Refused(reasons)

    if isinstance(password, User):
        user.password = password.password
    else:
        user.set_password(password)
    user.save()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
    events.record(UserAdded(user=user.pk, roles=roles), by=by)
    return user


@transaction.atomic
def change(user: User, *, by: User | None, **changes: str) -> User:
    """Set any of username, name, email, language and time_zone. Refuses with everything that is wrong at once."""
    changed = User.objects.select_for_update().get(pk=user.pk)
    fields = set_changed(changed, {name: _tidy(value) for name, value in changes.items()}, allowed=CHANGEABLE)
    if reasons := _reasons_against(changed):
        raise Refused(reasons)
    if fields:
        changed.save(update_fields=fields)
        events.record(UserChanged(user=changed.pk, fields=fields), by=by)
    return changed


@transaction.atomic
def set_roles(user: User, roles: Iterable[str], *, by: User | None) -> None:
    """Give the user exactly these roles. Refuses unknown roles, and to leave the library without an administrator."""
    wanted = sorted(set(roles))
    reasons: list[Reason] = _unknown_roles(wanted)
    if Role.ADMIN not in wanted and _is_last_administrator(user):
        reasons.append(refusals.LAST_ADMINISTRATOR(name=user.name))
    if reasons:
        raise Refused(reasons)
    held = set(user.role_grants.values_list("role", flat=True))
    if held == set(wanted):
        return
    user.role_grants.exclude(role__in=wanted).delete()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in wanted if role not in held)
    user.__dict__.pop("roles", None)
    events.record(RolesChanged(user=user.pk, roles=wanted), by=by)


@transaction.atomic
def recover_password(user: User, password: str) -> None:
    """Set a new password for somebody who came by the link in a mail; see ``set_password``.

    Whoever lost a password may have lost more, so every API token ends too. An ordinary change leaves them: the owner knows the old
    password, and sees the tokens on the same page.
    """
    set_password(user, password, by=user)
    for token in user.api_tokens.all():
        revoke_token(token, by=user)


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None) -> None:
    """Set a new password; every session of the user ends and is forgotten, except one the caller renews. Refuses a weak one."""
    if weaknesses := _weaknesses(password, user):
        raise Refused(weaknesses)
    user.set_password(password)
    user.save(update_fields=["password"])
    user.device_sessions.all().delete()
    events.record(PasswordChanged(user=user.pk), by=by)


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Bar the user from signing in, now: sessions end and tokens stop working. Refuses oneself and the last administrator."""
    reasons: list[Reason] = []
    if user.pk == by.pk:
        reasons.append(refusals.NOT_ONESELF())
    if _is_last_administrator(user):
        reasons.append(refusals.LAST_ADMINISTRATOR(name=user.name))
    if reasons:
        raise Refused(reasons)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.device_sessions.all().delete()
        events.record(UserDeactivated(user=user.pk), by=by)
    user.is_active = False


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Let a deactivated user sign in again."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        events.record(UserReactivated(user=user.pk), by=by)
    user.is_active = True


@transaction.atomic
def forget(user: User, *, by: events.Actor | None) -> None:
    """Make the account nobody's: name, address and password go, sessions, tokens and roles end, and nobody signs in with it again.

    The row stays, because the journal speaks of its number. Refuses the last administrator.
    """
    if _is_last_administrator(user):
        raise Refused(refusals.LAST_ADMINISTRATOR(name=user.name))
    user.api_tokens.all().delete()
    user.device_sessions.all().delete()
    user.role_grants.all().delete()
    EmailAddress.objects.filter(user=user.pk).delete()
    user.username, user.name, user.email = f"-{user.pk}-", f"#{user.pk}", ""
    user.language, user.time_zone, user.is_active = "", "", False
    user.set_unusable_password()
    user.save()
    events.record(UserForgotten(user=user.pk), by=by)


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _reasons_against(user: User) -> list[Reason]:
    reasons: list[Reason] = []
    if not USERNAME.fullmatch(user.username):
        reasons.append(refusals.USERNAME_NOT_VALID(username=user.username))
    elif _other(queries.user_named(user.username), user):
        reasons.append(refusals.USERNAME_TAKEN(username=user.username))
    if not user.name or "\0" in user.name:
        reasons.append(refusals.NAME_EMPTY())
    if user.email and not is_email(user.email):
        reasons.append(refusals.EMAIL_NOT_VALID(email=user.email))
    elif _other(queries.user_with_email(user.email), user):
        reasons.append(refusals.EMAIL_TAKEN(email=user.email))
    if user.language and user.language not in User.Languages.values:
        reasons.append(refusals.LANGUAGE_UNKNOWN(language=user.language))
    if user.time_zone and user.time_zone not in available_timezones():
        reasons.append(refusals.TIME_ZONE_UNKNOWN(time_zone=user.time_zone))
    return reasons


def _other(found: User | None, user: User) -> bool:
    return found is not None and found.pk != user.pk


def _unknown_roles(roles: Iterable[str]) -> list[Reason]:
    return [refusals.ROLE_UNKNOWN(role=role) for role in roles if role not in Role.values]


def _weaknesses(password: str, user: User) -> list[Reason]:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        return [refusals.PASSWORD_TOO_WEAK(advice=advice) for advice in weak.messages]
    return []


def _is_last_administrator(user: User) -> bool:
    # Grants and users are locked, so that two administrators can neither step down nor deactivate each other together.
    grants = RoleGrant.objects.select_for_update(of=("self", "user"), no_key=True).select_related("user")
    administrators = grants.filter(role=Role.ADMIN, user__is_active=True).order_by("user_id")
    return [grant.user_id for grant in administrators] == [user.pk]
