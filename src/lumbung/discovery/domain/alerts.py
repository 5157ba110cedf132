"""Telling people of new titles for the searches they keep: one digest a person, and silence when nothing is new.

New is what was added since the last digest looked. An import may take hours and an index lags, so each digest looks back OVERLAP
before that, and what was told already is left out: nothing is missed and nothing told twice, whenever the index is made anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.discovery.addresses import Question, asked
from lumbung.discovery.models import SavedSearch, ToldTitle
from lumbung.discovery.queries.answering import answer
from lumbung.discovery.queries.saved_searches import address_of, chosen_chat, consented_searches
from lumbung.kernel import clock
from lumbung.messaging.domain.messages import send
from lumbung.messaging.domain.notices import notify
from lumbung.organization.queries import library
from lumbung.search.documents import Sort
from lumbung.search.queries import NotReady

OVERLAP = timedelta(days=2)
WEEK = timedelta(days=7)
MOST_TOLD, PAGE = 200, 100
SHOWN = 10
SALT = "lumbung.alerts"


@dataclass(frozen=True)
class News:
    """What is new for one search, the latest first."""

    search: SavedSearch
    records: list[Record]

    @property
    def shown(self) -> list[Record]:
        return self.records[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.records) - SHOWN, 0)


def write_digests(*, base: str) -> int:
    """Write the digests of this night; returns how many. ``base`` is the address of the site (``https://perpus.example``).

    Asked again the same night it writes none twice. While the index cannot be asked, it waits for the next night.
    """
    listening = consented_searches().filter(removed_at=None, is_paused=False, owner__is_active=True)
    searches = (
        listening.exclude(frequency=SavedSearch.Frequencies.NEVER).select_related("owner").order_by("owner", "name", "id")
    )
    written = 0
    for owner, theirs in groupby(searches, key=lambda search: search.owner):
        try:
            written += _write(owner, [search for search in theirs if _is_due(search)], base)
        except NotReady:
            return written
    ToldTitle.objects.filter(told_at__lt=clock.now() - WEEK - 2 * OVERLAP).delete()
    return written


def unsubscribe_key(user: User) -> str:
    """What the link in a digest carries; it does one thing only, and says nothing of the user."""
    return signing.dumps(user.pk, salt=SALT)


def user_of_key(key: str) -> User | None:
    try:
        return User.objects.filter(pk=signing.loads(key, salt=SALT)).first()
    except signing.BadSignature:
        return None


def _is_due(search: SavedSearch) -> bool:
    """Daily every night, weekly when the last was six and a half days ago: a night's lateness must not add up."""
    last = search.last_digest_at or search.created_at
    wait = WEEK if search.frequency == SavedSearch.Frequencies.WEEKLY else timedelta(days=1)
    return clock.now() - last >= wait - timedelta(hours=12)


def _write(owner: User, due: list[SavedSearch], base: str) -> int:
    """Ask for all that is new first, then write it down in one short transaction."""
    address = address_of(owner)
    if not due or not (address or chosen_chat(owner)):
        return 0
    now = clock.now()
    news = _told_once([each for each in (_news(search, until=now) for search in due) if each.records])
    return _send(owner, due, news, address=address, base=base, now=now)


@transaction.atomic
def _send(owner: User, due: list[SavedSearch], news: list[News], *, address: str, base: str, now: datetime) -> int:
    """Send it, and note what was looked at and told; nothing when a search was changed or told of since it was read, or no way is
    open tonight: then the next night looks at it again."""
    locked = SavedSearch.objects.select_for_update().filter(pk__in=[search.pk for search in due])
    if {_state(search) for search in locked} != {_state(search) for search in due}:
        return 0
    if news and not _hand_over(owner, news, address=address, base=base):
        return 0
    for each in news:
        ToldTitle.objects.bulk_create(
            ToldTitle(search=each.search, record_key=record.pk, told_at=now) for record in each.records
        )
    SavedSearch.objects.filter(pk__in=[search.pk for search in due]).update(told_until=now, last_digest_at=now)
    return 1 if news else 0


def _hand_over(owner: User, news: list[News], *, address: str, base: str) -> bool:
    """Send it by the chat they chose before letters, or by letter; False where neither is permitted now."""
    stop = f"{base}/alerts/{unsubscribe_key(owner)}"
    facts = {"name": owner.name, "news": news, "library": library().name, "base": base, "stop": stop}
    way_out, chat = stop if base else "", chosen_chat(owner)
    if chat is None:
        return send("search_digest", address=address, language=owner.language, facts=facts, unsubscribe=way_out) is not None
    sent = notify(
        "search_digest",
        address=address,
        identities=[chat],
        preferred=chat,
        language=owner.language,
        facts=facts,
        unsubscribe=way_out,
    )
    return sent is not None


def _state(search: SavedSearch) -> tuple[object, ...]:
    return search.pk, search.frequency, search.is_paused, search.removed_at, search.told_until, search.last_digest_at


def _news(search: SavedSearch, *, until: datetime) -> News:
    since = max(search.told_until - OVERLAP, search.created_at)
    told = set(_told(search).values_list("record_key", flat=True))
    keys = [key for key in _added_since(asked(QueryDict(search.address.lstrip("?"))), since) if key not in told]
    rows = Record.objects.listed().shown_to_public().filter(pk__in=keys, created_at__gt=since, created_at__lte=until)
    return News(search, list(rows.order_by("-created_at", "-pk")))


def _told(search: SavedSearch) -> "QuerySet[ToldTitle]":
    """What need not be told of this search again; of an interest also what any other search of its owner told."""
    if search.source == SavedSearch.Sources.ASKED:
        return search.told.all()
    return ToldTitle.objects.filter(search__owner=search.owner)


def _told_once(news: list[News]) -> list[News]:
    """The searches as they were asked, and of the interests what none of these, and no interest before, tells already."""
    asked_for = [each for each in news if each.search.source == SavedSearch.Sources.ASKED]
    said = {record.pk for each in asked_for for record in each.records}
    for each in news:
        if each.search.source != SavedSearch.Sources.ASKED:
            left = [record for record in each.records if record.pk not in said]
            said |= {record.pk for record in left}
            asked_for += [News(each.search, left)] if left else []
    return asked_for


def _added_since(question: Question, since: datetime) -> Iterator[int]:
    """The keys of titles that answer the question as its page reads it, the newest first, as far back as ``since`` and at most MOST_TOLD;
    none that answer in part."""
    asking = replace(question, sort=Sort.NEWEST, size=PAGE, facets=(), by_work=False)
    for page in range(1, MOST_TOLD // PAGE + 1):
        given = answer(replace(asking, page=page), this_year=timezone.localdate(clock.now()).year, plain=question.plain)
        found = given.found
        if given.fell_short or not found.keys or found.page != page:
            return
        yield from found.keys
        oldest = Record.objects.filter(pk=found.keys[-1]).values_list("created_at", flat=True).first()
        if oldest is None or oldest < since:
            return
