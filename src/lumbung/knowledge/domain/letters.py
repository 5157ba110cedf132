"""Telling colleagues something by the way they chose, each thing once."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from lumbung.accounts.domain.notices import wants
from lumbung.accounts.models import User
from lumbung.members.queries.channel_links import notice_links_of_users
from lumbung.messaging.domain.notices import notify
from lumbung.messaging.queries import unspoken
from lumbung.organization.queries import library

Facts = Callable[[User], Mapping[str, Any]]


@transaction.atomic
def tell(code: str, people: Iterable[User], facts: Facts, *, about: Iterable[str]) -> int:
    """The message ``code`` to each active one of ``people`` who wants it and was not told of all of ``about`` before; how many messages.

    It goes to the chat that a colleague linked for notices, the one they prefer first, else by e-mail. Who has neither is told nothing.
    """
    subjects = list(about)
    keys = {each: [f"{subject}:{each.pk}" for subject in subjects] for each in people if each.is_active and wants(each, code)}
    new = unspoken([key for some in keys.values() for key in some])
    waiting = {person: occasions for person, some in keys.items() if (occasions := [key for key in some if key in new])}
    links, sent = notice_links_of_users(waiting) if waiting else {}, 0
    for person, occasions in waiting.items():
        chats = links.get(person.pk, [])
        if not person.email and not chats:
            continue
        queued = notify(
            code,
            address=person.email,
            identities=[link.identity for link in chats],
            preferred=next((link.identity for link in chats if link.is_preferred), None),
            language=person.language,
            facts={"name": person.name, "library": library().name, **facts(person)},
            occasions=occasions,
        )
        sent += queued is not None
    return sent


def address_of(path: str) -> str:
    """The whole address of a page of ours, where the library says under which name it is reached."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else path
