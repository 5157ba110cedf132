"""The way to a password of one's own, handed over: a link that works once and ends after a day."""

from django.db import transaction
from django.urls import reverse

from lumbung.accounts.events import PasswordLinkGiven
from lumbung.accounts.models import User
from lumbung.accounts.refusals import ACCOUNT_INACTIVE
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused


@transaction.atomic
def give_password_link(user: User, root: str, *, by: User) -> str:
    """For somebody who has no password yet, or lost it, and whom no e-mail reaches. Refuses an account that may not sign in."""
    if not user.is_active:
        raise Refused(ACCOUNT_INACTIVE(name=user.name))
    events.record(PasswordLinkGiven(user=user.pk), by=by)
    return first_password_link(user, root)


def first_password_link(user: User, root: str) -> str:
    """The whole address where the user makes a password; ``root`` is ours, without a slash at its end. It works once, for a day."""
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 -- needs the models, and is seldom wanted
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415 -- as above

    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return root + reverse("account_reset_password_from_key", kwargs=key)
