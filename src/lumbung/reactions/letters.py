"""What every letter to a member needs: where to, in which language, from which library."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings

from lumbung.members.models import Member
from lumbung.messaging.domain.messages import send
from lumbung.messaging.models import Delivery
from lumbung.organization.queries import library


def write_to(member: Member, code: str, facts: Mapping[str, Any], *, occasions: Collection[str]) -> Delivery | None:
    """Queue the letter ``code`` for the member, in their language. Nothing is queued for a member without an e-mail address.

    ``member`` comes with its user.
    """
    common = {"name": member.name, "library": library().name, "link": f"{settings.SITE_URL}/my" if settings.SITE_URL else ""}
    return send(
        code,
        address=member.email,
        language=member.user.language if member.user else "",
        facts={**common, **facts},
        occasions=occasions,
    )
