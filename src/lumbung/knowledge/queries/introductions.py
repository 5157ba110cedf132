"""Introductions, as those concerned may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from lumbung.knowledge.models import Introduction


def introductions_of(viewer: Any) -> QuerySet[Introduction]:
    """Those one is in or proposed; of what came to nothing nobody sees more."""
    rows = Introduction.objects.select_related("first", "second", "topic", "proposed_by").filter(ended_at=None)
    return rows.filter(Q(first=viewer.pk) | Q(second=viewer.pk) | Q(proposed_by=viewer.pk))
