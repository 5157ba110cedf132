"""Evidence of what librarians know that other parts hold: what somebody catalogued shows what they read about."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.headings import plain
from lumbung.catalogue.models import HeadingKind, RecordHeading
from lumbung.desk.models import Turn
from lumbung.kernel import clock, full_text
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.evidence import Source, register
from lumbung.knowledge.models import Topic
from lumbung.search.analysis import roots_in

MOST_TURNS = 2_000
BY_HAND = frozenset({"desk", "api"})
WORK = {
    "CheckedOut": "Sirkulasi", "CheckedIn": "Sirkulasi", "RecordAdded": "Katalogisasi", "RecordChanged": "Katalogisasi",
    "ClearanceAnswered": "Bebas pustaka", "ClearanceIssued": "Bebas pustaka", "MemberRegistered": "Keanggotaan",
}  # fmt: skip
"""What the journal tells of daily work, and what a library calls the topic of it."""
LATELY, OFTEN = timedelta(weeks=12), 10


def catalogued() -> Mapping[tuple[int, int], int]:
    """Titles that somebody added by hand and that stand under a topic's heading."""
    added = JournalEntry.objects.filter(name="RecordAdded").values_list("actor_id", "data__record")
    by_record = {int(record): actor for actor, record in added if actor is not None and record is not None}
    topics = {plain(subject or name): pk for pk, name, subject in Topic.objects.values_list("pk", "name", "subject")}
    headings = RecordHeading.objects.filter(kind=HeadingKind.SUBJECT, key__in=topics).values_list("record", "key").distinct()
    return Counter((by_record[record], topics[key]) for record, key in headings if record in by_record)


def improved() -> Mapping[tuple[int, int], int]:
    """Titles under a topic's heading that somebody described better by hand, and had not added."""
    by_hand = Q(name="RecordAdded") | Q(name="RecordChanged", channel__in=BY_HAND)
    rows = JournalEntry.objects.filter(by_hand, actor_id__isnull=False)
    added: set[tuple[int, int]] = set()
    changed: set[tuple[int, int]] = set()
    for name, actor, record in rows.values_list("name", "actor_id", "data__record"):
        if actor is not None and record is not None:
            (added if name == "RecordAdded" else changed).add((actor, int(record)))
    topics = _topics_by_record({record for _actor, record in changed - added})
    return Counter((actor, topic) for actor, record in changed - added for topic in topics.get(record, ()))


def _topics_by_record(records: Collection[int]) -> Mapping[int, set[int]]:
    """Of these records, the topics under whose heading they stand; asked by topic, of which there are few."""
    topics = {plain(subject or name): pk for pk, name, subject in Topic.objects.values_list("pk", "name", "subject")}
    found: dict[int, set[int]] = defaultdict(set)
    for record, key in RecordHeading.objects.filter(kind=HeadingKind.SUBJECT, key__in=topics).values_list("record", "key"):
        if record in records:
            found[record].add(topics[key])
    return found


def served() -> Mapping[tuple[int, int], int]:
    """Conversations on the topic in which somebody answered at the desk, by their shift or by chance; complaints tell nothing."""
    told: Counter[tuple[int, int]] = Counter()
    for topic, name in Topic.objects.values_list("pk", "name"):
        if not (roots := roots_in(name)):
            continue
        asked = full_text.matching(Turn, roots, most=MOST_TURNS)
        rows = Turn.objects.filter(pk__in=asked, kind=Turn.Kinds.QUESTION, conversation__is_complaint=False)
        answers = Turn.objects.filter(kind=Turn.Kinds.ANSWER, by__isnull=False, conversation__in=rows.values("conversation"))
        for person, n in answers.order_by().values_list("by").annotate(n=Count("conversation", distinct=True)):
            told[person, topic] = n
    return told


def worked() -> Mapping[tuple[int, int], int]:
    """What somebody does day by day, of late and more than now and then, where a topic is called like that work."""
    rows = JournalEntry.objects.filter(name__in=WORK, at__gte=clock.now() - LATELY, actor_id__isnull=False)
    done: Counter[tuple[int, str]] = Counter()
    for person, name, n in rows.order_by().values_list("actor_id", "name").annotate(n=Count("pk")):
        if person is not None:
            done[person, " ".join(roots_in(WORK[name]))] += n
    topics = {" ".join(roots_in(name)): pk for pk, name in Topic.objects.values_list("pk", "name")}
    return {(person, topics[work]): n for (person, work), n in done.items() if n >= OFTEN and work in topics}


def add_evidence() -> None:
    """Called once, at start-up."""
    register(Source("catalogued", _("mengatalog"), 1, catalogued))
    register(Source("improved", _("melengkapi katalog"), 1, improved, most=3))
    register(Source("worked", _("mengerjakan"), 1, worked, most=1))
    register(Source("served", _("menjawab di meja"), 1, served, most=4))
