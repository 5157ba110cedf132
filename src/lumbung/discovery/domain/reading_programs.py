"""Keys that reading programs get for a password: for some months, and not more of them than anybody has devices."""

from datetime import timedelta

from django.db import transaction

from lumbung.accounts.domain.tokens import issue_token, revoke_token
from lumbung.accounts.models import User
from lumbung.accounts.queries import tokens_of
from lumbung.kernel import clock
from lumbung.members.permissions import ME

LASTS = timedelta(days=120)
MOST = 10
NAME = "OPDS"


@transaction.atomic
def key_for(user: User) -> str:
    """A key by which a program does what this person may do for themselves; the oldest beyond MOST is revoked."""
    User.objects.select_for_update().get(pk=user.pk)
    for older in list(tokens_of(user).filter(name=NAME).order_by("-created_at", "-pk"))[MOST - 1 :]:
        revoke_token(older, by=user)
    _token, key = issue_token(user, name=NAME, scopes=[ME], by=user, expires_at=clock.now() + LASTS)
    return key
