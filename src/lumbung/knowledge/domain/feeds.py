"""News feeds: chosen by the library, read every morning, bounded in time and size, never from inside our own network."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from lumbung.formats.feeds import Entry, NotAFeed, read_feed
from lumbung.kernel import clock, events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.outside.failures import Failed, Failures
from lumbung.kernel.outside.http import ask
from lumbung.kernel.refusals import Reason, Refused
from lumbung.knowledge.events.talks import FeedAdded, FeedChanged, FeedRead
from lumbung.knowledge.models import Feed, Signal
from lumbung.knowledge.refusals.talks import FEED_ADDRESS_WRONG, FEED_NAME_EMPTY, FEED_TAKEN

LARGEST, SECONDS, REDIRECTS = 2 * 1024 * 1024, 12, 3
NEWS_FRESH = timedelta(days=3)
KEPT_FOR = timedelta(days=60)
FIELDS = frozenset({"name", "url", "category", "is_active"})


@transaction.atomic
def add_feed(*, by: events.Actor | None, **fields: Any) -> Feed:
    """Read this feed from now on. Refuses without a name, with an address that is none, and one that is there already."""
    feed = Feed()
    set_changed(feed, fields, allowed=FIELDS)
    _refuse_faults(feed)
    feed.save(force_insert=True)
    events.record(FeedAdded(feed=feed.pk), by=by)
    return feed


@transaction.atomic
def change_feed(feed: Feed, *, by: events.Actor | None, **fields: Any) -> Feed:
    """Change what is named; a changed address begins anew. Refuses like ``add_feed``."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if changed := set_changed(feed, fields, allowed=FIELDS):
        _refuse_faults(feed)
        if "url" in changed:
            feed.failure, feed.failed_times = "", 0
        feed.save()
        events.record(FeedChanged(feed=feed.pk, fields=changed), by=by)
    return feed


def take_news(feed: Feed, *, by: events.Actor | None = None) -> int:
    """Ask the feed what is new; returns how many pieces were. What goes wrong is kept with the feed, and raises nothing."""
    error, entries = "", list[Entry]()
    try:
        answer = ask(feed.url, seconds=SECONDS, largest=LARGEST, redirects=REDIRECTS)
        if not answer.is_success:
            raise Failed(Failures.STATUS, f"{answer.status} {answer.reason}")
        entries = read_feed(answer.body).entries
    except Failed as failed:
        error = str(failed.failure.label)
    except NotAFeed:
        error = str(Failures.NONSENSE.label)
    return _kept(feed, entries, error, by)


def take_all_news() -> int:
    """Every morning, before the talk: how many new pieces of news there are. Old ones nobody wanted are forgotten."""
    old = Signal.objects.filter(at__lt=clock.now() - KEPT_FOR).exclude(state=Signal.States.AGENDA)
    old.delete()
    return sum(take_news(feed) for feed in Feed.objects.filter(is_active=True))


@transaction.atomic
def _kept(feed: Feed, entries: list[Entry], error: str, by: events.Actor | None) -> int:
    now = clock.now()
    known = set(
        Signal.objects.filter(source="feed", key__in=[_key(feed, each) for each in entries]).values_list("key", flat=True)
    )
    new = {_key(feed, each): each for each in entries if _key(feed, each) not in known and (each.at or now) > now - NEWS_FRESH}
    Signal.objects.bulk_create(
        Signal(
            source="feed", key=key, feed=feed, section="news", title=each.title, text=each.text, url=each.url, at=min(each.at or now, now)
        )
        for key, each in new.items()
    )  # fmt: skip
    feed.last_read_at, feed.failure = now, error
    feed.failed_times = min(feed.failed_times + 1, 99) if error else 0
    feed.save(update_fields=["last_read_at", "failure", "failed_times"])
    events.record(FeedRead(feed=feed.pk, count=len(new), error=error), by=by)
    return len(new)


def _key(feed: Feed, entry: Entry) -> str:
    return f"{feed.pk}:{entry.key}"[:120]


def _refuse_faults(feed: Feed) -> None:
    reasons: list[Reason] = []
    if not feed.name:
        reasons.append(FEED_NAME_EMPTY())
    try:
        parts = urlsplit(feed.url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        reasons.append(FEED_ADDRESS_WRONG())
    elif Feed.objects.filter(url=feed.url).exclude(pk=feed.pk).exists():
        reasons.append(FEED_TAKEN())
    if reasons:
        raise Refused(reasons)
