"""What every notice to a member needs: by which ways, in which language, from which library."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings

from lumbung.members.models import Member
from lumbung.members.queries.channel_links import links_of
from lumbung.messaging.domain.notices import notify
from lumbung.messaging.models import Delivery
from lumbung.organization.queries import library


def write_to(member: Member, code: str, facts: Mapping[str, Any], *, occasions: Collection[str]) -> Delivery | None:
    """Queue the notice ``code`` for the member, in their language, by the cheapest way they permit. None where there is no way.

    ``member`` comes with its user.
    """
    common = {"name": member.name, "library": library().name, "link": f"{settings.SITE_URL}/my" if settings.SITE_URL else ""}
    links = list(links_of(member).filter(notices_since__isnull=False))
    return notify(
        code,
        address=member.email,
        identities=[link.identity for link in links],
        preferred=next((link.identity for link in links if link.is_preferred), None),
        language=member.user.language if member.user else "",
        facts={**common, **facts},
        occasions=occasions,
        gather=member.gathers_notices,
    )
