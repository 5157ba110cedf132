"""The way to a first password: a link that works once and ends after a day, to scan from the screen or to get by e-mail."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lumbung.accounts.models import User
from lumbung.messaging.domain import messages


@dataclass(frozen=True)
class Invitation:
    """The link, and the address it was also sent to, if any."""

    link: str
    sent_to: str


def invitation(request: HttpRequest, user: User) -> Invitation:
    """Make the link, and mail it too when the user's address is known."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    link = f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
    if user.email:
        facts = {"name": user.name, "username": user.username, "link": link}
        messages.send("password_reset", address=user.email, facts=facts, language=user.language)
    return Invitation(link, user.email)
