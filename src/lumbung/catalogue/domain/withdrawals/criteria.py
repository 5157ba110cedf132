"""Which copies a weeding proposes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.record_selection import stretched
from lumbung.catalogue.models import Item
from lumbung.kernel import clock

STRETCH = 1000
YEAR = 365.25
GONE = (Item.Statuses.WITHDRAWN, Item.Statuses.LOST)
Found = tuple[int, int, datetime]
"""A copy: its key, that of its title, when it was added."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What must hold of a copy beside being chosen: its title published before a year, the copy here since before a day, not lent
    for so many years, and more copies of its title than so many (the copies above that number are proposed, newest first kept)."""

    published_before: int | None = None
    here_before: date | None = None
    idle_years: int | None = None
    copies_to_keep: int | None = None

    def stored(self) -> dict[str, Any]:
        """As plain values, for ``criteria_of``."""
        return {**asdict(self), "here_before": self.here_before.isoformat() if self.here_before else None}

    def meet(self, items: QuerySet[Item]) -> list[int]:
        """The keys of those items that meet them, in shelf order; never one that is lent now or is gone already."""
        items = items.exclude(status=Item.Statuses.WITHDRAWN)
        if self.published_before is not None:
            items = items.filter(record__year__lt=self.published_before)
        if self.here_before is not None:
            moment = timezone.make_aware(datetime.combine(self.here_before, time.min))
            items = items.filter(Q(accessioned_on__lt=self.here_before) | Q(accessioned_on=None, added_at__lt=moment))
        used = (
            lending.lent_since(clock.now() - timedelta(days=self.idle_years * YEAR)) if self.idle_years is not None else set()
        )
        found: list[Found] = []
        for some in stretched(items.values_list("pk", "record_id", "added_at").iterator(chunk_size=STRETCH), STRETCH):
            away = used | lending.lent_among([each[0] for each in some])
            found += [each for each in some if each[0] not in away]
        return self._spare(found)

    def _spare(self, found: Sequence[Found]) -> list[int]:
        """Without those that must stay so that every title keeps so many copies."""
        if self.copies_to_keep is None:
            return [key for key, _, _ in found]
        spare: dict[int, int] = {}
        for titles in stretched(iter({title for _, title, _ in found}), STRETCH):
            held = Item.objects.filter(record__in=titles).exclude(status__in=GONE).order_by()
            counts = held.values_list("record").annotate(Count("pk"))
            spare |= {title: count - self.copies_to_keep for title, count in counts}
        chosen = set[int]()
        for key, title, _ in sorted(found, key=lambda each: (each[2], each[0])):
            if spare.get(title, 0) > 0:
                spare[title] -= 1
                chosen.add(key)
        return [key for key, _, _ in found if key in chosen]


def criteria_of(stored: dict[str, Any]) -> Criteria:
    """The criteria that ``stored`` wrote."""
    day = stored["here_before"]
    return Criteria(**{**stored, "here_before": date.fromisoformat(day) if day else None})
