"""What readers looked for and the library does not have: counted, looked at by librarians, forgotten in time."""

import re
from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lumbung.discovery.events import UnmetNeedDismissed, UnmetNeedsForgotten
from lumbung.discovery.models import UnmetNeed
from lumbung.discovery.models.unmet_need import LONGEST
from lumbung.kernel import clock, events
from lumbung.search.analysis import analyse

MOST_A_DAY = 2_000
KEPT_DAYS = 400
MOST_DIGITS = 5
"""What has more digits is the number of a book or of a person, though letters stand in it."""
_SIGNS = re.compile(r"[^\W_]+")


def key_of(words: str) -> str:
    """The same for the same words in any order, case and spelling of marks. Empty for what is a number, or has no letters."""
    return " ".join(sorted(set(analyse(words).folded)))[:LONGEST] if _has_word(words) else ""


@transaction.atomic
def count_unmet_need(words: str) -> None:
    """Count one search that the library had no answer to. Numbers alone, and more different ones than MOST_A_DAY, are not counted."""
    key, now = key_of(words), clock.now()
    if not key:
        return
    today = UnmetNeed.objects.filter(day=timezone.localdate(now))
    counted = {"count": F("count") + 1, "words": words[:LONGEST], "last_at": now, "dismissed": False}
    if today.filter(key=key).update(**counted) or today.count() >= MOST_A_DAY:
        return
    _, is_new = UnmetNeed.objects.get_or_create(
        day=timezone.localdate(now), key=key, defaults={"words": words[:LONGEST], "last_at": now}
    )
    if not is_new:
        today.filter(key=key).update(**counted)


@transaction.atomic
def dismiss_unmet_need(key: str, *, by: events.Actor | None) -> None:
    """Set a need aside until it is asked for again."""
    open_days = UnmetNeed.objects.filter(key=key, dismissed=False)
    latest = open_days.order_by("-day").values_list("pk", flat=True).first()
    if latest is not None:
        open_days.update(dismissed=True)
        events.record(UnmetNeedDismissed(need=latest), by=by)


@transaction.atomic
def forget_unmet_needs() -> None:
    """Forget what was counted more than KEPT_DAYS ago."""
    oldest = timezone.localdate(clock.now()) - timedelta(days=KEPT_DAYS)
    forgotten, _ = UnmetNeed.objects.filter(day__lt=oldest).delete()
    if forgotten:
        events.record(UnmetNeedsForgotten(count=forgotten), by=None)


def _has_word(words: str) -> bool:
    """Whether a word or a short name (B2B, F#, UUD1945) stands in them, and not only numbers that have letters in them.

    A number may be written in several pieces (J0B018 012): those side by side in which nothing is without a digit are judged as one.
    """
    for is_number, pieces in groupby(words.split(), key=_is_all_numbered):
        run = list(pieces)
        if any(map(_is_word, ["".join(run)] if is_number else run)):
            return True
    return False


def _is_all_numbered(piece: str) -> bool:
    return all(any(map(str.isdigit, each)) for each in _SIGNS.findall(piece))


def _is_word(piece: str) -> bool:
    return any(map(str.isalpha, piece)) and sum(map(str.isdigit, piece)) <= MOST_DIGITS
