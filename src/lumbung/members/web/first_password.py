"""The way to a first password: a link that works once and ends after a day, to scan from the screen or to get by e-mail."""

from dataclasses import dataclass

from django.http import HttpRequest

from lumbung.accounts.domain.first_password import first_password_link
from lumbung.accounts.models import User
from lumbung.kernel.ui.addresses import root
from lumbung.messaging.domain import messages


@dataclass(frozen=True)
class Invitation:
    """The link, and the address it was also sent to, if any."""

    link: str
    sent_to: str


def invitation(request: HttpRequest, user: User) -> Invitation:
    """Make the link, and mail it too when the user's address is known."""
    link = first_password_link(user, root(request))
    if user.email:
        facts = {"name": user.name, "username": user.username, "link": link}
        messages.send("password_reset", address=user.email, facts=facts, language=user.language)
    return Invitation(link, user.email)
