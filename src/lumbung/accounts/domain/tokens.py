"""API tokens: a key a program signs in with, on behalf of a user, never beyond the token's scopes nor the user's roles."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from lumbung.accounts import refusals
from lumbung.accounts.events import ApiTokenIssued, ApiTokenRevoked
from lumbung.accounts.models import ApiToken, User
from lumbung.kernel import clock, events
from lumbung.kernel import scopes as known_scopes
from lumbung.kernel.drawn import Drawn, Told
from lumbung.kernel.refusals import Reason, Refused

PREFIX = "lmb_"


@transaction.atomic
def issue_token(
    user: User, *, name: str, scopes: Iterable[str], by: User | None, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for ``user``; returns it with its key, which is shown now and never again: only its SHA-256 is kept.

    Refuses an empty name, no scope or an unknown one, and an expiry that has passed.
    """
    wanted = sorted(set(scopes))
    if reasons := _reasons_against(name, wanted, expires_at):
        raise Refused(reasons)
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        digest=digest_of(key),
        scopes=wanted,
        created_at=clock.now(),
        expires_at=expires_at,
    )
    events.record(ApiTokenIssued(user=user.pk, token=token.pk, scopes=wanted), by=by)
    return token, key


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User | None) -> None:
    """Make the token's key worthless, at once."""
    events.record(ApiTokenRevoked(user=token.user_id, token=token.pk), by=by)
    token.delete()


_tokens = Drawn(
    lambda: (
        ApiToken.objects.filter(digest=Told("digest"), user__is_active=True)
        .select_related("user")
        .annotate(role=F("user__role_grants__role"))
        .order_by()
    )
)


def token_with(key: str) -> ApiToken | None:
    """The live token of this key, with its user and the user's roles, in one statement; None when there is none to honour."""
    rows = _tokens.ask(digest=digest_of(key))
    if not rows or (rows[0].expires_at is not None and rows[0].expires_at <= clock.now()):
        return None
    token = rows[0]
    token.user.__dict__["roles"] = frozenset(role for row in rows if (role := vars(row)["role"]))
    _note_use(token, clock.now().date())
    return token


def digest_of(key: str) -> str:
    """What is kept of a key: its SHA-256 in hexadecimal. A key is 256 random bits, so no salt and no slow hash are needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def _note_use(token: ApiToken, day: date) -> None:
    # Once a day: a write with every request would cost the check-out endpoint its speed.
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)


def _reasons_against(name: str, wanted: list[str], expires_at: datetime | None) -> list[Reason]:
    known = known_scopes.declared()
    reasons = [refusals.SCOPE_UNKNOWN(scope=scope) for scope in wanted if scope not in known]
    if not name.strip():
        reasons.append(refusals.TOKEN_NAME_EMPTY())
    if not wanted:
        reasons.append(refusals.SCOPES_EMPTY())
    if expires_at is not None and expires_at <= clock.now():
        reasons.append(refusals.EXPIRY_PAST())
    return reasons
