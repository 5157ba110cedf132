"""What became of headings that others took the place of."""

from lumbung.catalogue.models import HeadingChange


def authority_merged_into(pk: int) -> int | None:
    """The key of the authority that one with this key went into; None when it did not, or stands again."""
    went = HeadingChange.objects.filter(merged=pk).exclude(
        state__in=[HeadingChange.States.UNDOING, HeadingChange.States.UNDONE]
    )
    return went.values_list("authority", flat=True).first()
