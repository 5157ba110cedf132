"""Moments as days of the branch where they fall, within a question to the database."""

from datetime import tzinfo

from django.db.models import Case, Expression, When
from django.db.models.functions import TruncDate

from lumbung.organization.queries import branches, library


def day_there(moment: str, branch: str) -> Expression:
    """The day of a ``moment`` in the time of a ``branch`` (both names of fields)."""
    zones: dict[tzinfo, list[int]] = {}
    for each in branches():
        zones.setdefault(each.zone, []).append(each.pk)
    whens = [When(**{f"{branch}__in": keys}, then=TruncDate(moment, tzinfo=zone)) for zone, keys in zones.items()]
    return Case(*whens, default=TruncDate(moment, tzinfo=library().zone))
