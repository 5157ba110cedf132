"""The rows of a queue as the inbox shows them, read and drawn once for all open inboxes that hear of the same change."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lumbung.desk import queries
from lumbung.desk.models import Conversation, Presence
from lumbung.kernel import clock
from lumbung.kernel.remembered import Shared

MOST_ROWS = 4000
_rows: dict[tuple[object, ...], SafeString] = {}


@dataclass(frozen=True)
class Listed:
    """Rows, as they are and as they are drawn; what comes after them; how much each queue holds; and who is at the desk."""

    rows: list[Conversation]
    drawn: SafeString
    more: int | None
    counts: dict[str, int]
    colleagues: list[Presence]


_SHARED: Shared[tuple[Listed, dict[int | None, int]]] = Shared(seconds=1.0)


def stretch(name: str, viewer: object, today: date, *, before: int = 0) -> Listed:
    """A queue as this viewer sees it now, from the conversation ``before`` onwards."""
    whole = queries.before(queries.queue(name, viewer, today), before)
    rows = list(whole[: queries.STRETCH + 1])
    more = rows[queries.STRETCH - 1].pk if len(rows) > queries.STRETCH else None
    return listed(rows[: queries.STRETCH], viewer, today, more=more)


def listed(rows: list[Conversation], viewer: object, today: date, *, more: int | None = None) -> Listed:
    """These rows, with what stands around them."""
    return Listed(rows, drawn(rows, today), more, queries.counts(viewer, today), list(queries.here_now()))


def shared_stretch(name: str, viewer: Any, today: date, *, change: str) -> Listed:
    """The beginning of a queue as it stands after ``change``: made once for all who may see the same, and at most a second old.

    What is one's own is not shared: the queue "mine", what guests see of their teams, and how many conversations one has in hand.
    """
    sight = queries.sight_of(viewer)
    if not sight or name == "mine":
        return stretch(name, viewer, today)
    minute = clock.now().replace(second=0, microsecond=0)
    key = (sight, name, change, minute, today, get_language(), timezone.get_current_timezone_name())
    found, in_hand = _SHARED.of(key, lambda: (stretch(name, viewer, today), queries.in_hand(viewer)))
    return replace(found, counts={**found.counts, "mine": in_hand.get(viewer.pk, 0)})


def drawn(rows: list[Conversation], today: date) -> SafeString:
    """The rows, one below the other; each is drawn once while what it shows stays the same."""
    now = clock.now()
    return mark_safe("".join(_row(each, at == 0, now, today) for at, each in enumerate(rows)))  # noqa: S308 -- drawn by templates


def _row(each: Conversation, is_first: bool, now: datetime, today: date) -> SafeString:
    shown = (
        *(each.pk, str(each), each.last_turn_at, each.asker_name, each.channel, each.is_complaint, each.kind, each.state),
        *(each.outcome, each.due_at, each.due_at is not None and each.due_at < now, each.follow_up_on, today, is_first),
        *map(str, (each.member and each.member.name, each.service, each.team, each.assignee)),
        *(each.assignee is not None and each.assignee.is_active, get_language(), timezone.get_current_timezone_name()),
    )
    if (row := _rows.get(shown)) is None:
        facts = {"each": each, "is_first": is_first, "now": now, "today": today}
        if len(_rows) >= MOST_ROWS:
            _rows.clear()
        row = _rows[shown] = render_to_string("desk/row.html", facts)
    return row
