"""What others may ask of the desk: who may see which conversations, the queues, who is here, and what was said about something."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.models import Role, User
from lumbung.desk.models import (
    Appointment,
    Bundle,
    Conversation,
    KnownAnswer,
    Mention,
    Need,
    Phrase,
    Presence,
    Shift,
    Team,
    TeamMember,
    Turn,
)
from lumbung.desk.permissions import ANSWER, HEAR_COMPLAINTS
from lumbung.kernel import clock, full_text
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Member
from lumbung.members.queries import find_members
from lumbung.messaging.models import Identity
from lumbung.organization.queries import library
from lumbung.search.analysis import roots_in

MOST_FOUND = 50
STRETCH = 40
KEPT_FOR = 30.0
"""Seconds in which the small lists beside every conversation are not read again."""
HERE_FOR = timedelta(seconds=20)
TYPES_FOR = timedelta(seconds=8)
FITTING = 0.5
"""A reviewed answer fits when half the words of its question were asked."""


def hears_complaints(viewer: object) -> bool:
    """Whether complaints come to this user: the head of the library, and nobody because of being administrator."""
    return may(viewer, HEAR_COMPLAINTS) and Role.HEAD in getattr(viewer, "roles", ())


def guest_teams(viewer: object) -> QuerySet[TeamMember]:
    """The teams in which this user, of a partner library, is a guest today."""
    today = clock.today(library().zone)
    key = getattr(viewer, "pk", None) if getattr(viewer, "is_active", False) else None
    return TeamMember.objects.filter(user=key, is_guest=True, until__gte=today, team__is_active=True)


def may_answer(viewer: object) -> bool:
    """Whether somebody works at the desk, as a librarian or as a guest."""
    return may(viewer, ANSWER) or guest_teams(viewer).exists()


def conversations_visible_to(viewer: object) -> QuerySet[Conversation]:
    """All conversations for those who answer at the desk, but complaints; those of their team for guests.

    For others their own, as far as nobody else's was merged into them."""
    key = getattr(viewer, "pk", None)
    if hears_complaints(viewer):
        return Conversation.objects.all()
    if may(viewer, ANSWER):
        return Conversation.objects.filter(is_complaint=False)
    if not key:
        return Conversation.objects.none()
    of_teams = Q(team__in=guest_teams(viewer).values("team"), is_complaint=False)
    return Conversation.objects.filter(Q(member__user=key) & ~Exists(of_others_put_in()) | of_teams)


def of_others_put_in() -> QuerySet[Turn]:
    """For a filter of conversations: what stands in one and is another's than its member's, or nobody knows whose, however it came."""
    elsewhere = Turn.objects.filter(conversation=OuterRef("pk"), origin__isnull=False)
    return elsewhere.filter(Q(origin__member=None) | ~Q(origin__member=OuterRef("member")))


def sight_of(viewer: object) -> str:
    """The name of what this viewer sees where others see exactly the same: all, or all but complaints. Empty for whoever sees their own."""
    if hears_complaints(viewer):
        return "all"
    return "questions" if may(viewer, ANSWER) else ""


WARN_BEFORE = timedelta(minutes=15)
"""So long before a target is missed the conversation is put forward."""
Queue = Callable[[object, date], Q]
NOW = Q(state="open") & Q(is_group=False)
QUEUES: Mapping[str, Queue] = {
    "open": lambda _viewer, _today: NOW & _awake(),
    "mine": lambda viewer, _today: NOW & _awake() & Q(assignee=getattr(viewer, "pk", None)),
    "unassigned": lambda _viewer, _today: NOW & _awake() & (Q(assignee=None) | Q(assignee__is_active=False)),
    "late": lambda _viewer, _today: NOW & Q(due_at__lt=clock.now() + WARN_BEFORE),
    "follow_up": lambda _viewer, today: NOW & Q(follow_up_on__lte=today),
    "snoozed": lambda _viewer, _today: NOW & Q(snoozed_until__gt=clock.now()),
    "groups": lambda _viewer, _today: Q(state="open", is_group=True),
    "complaints": lambda _viewer, _today: Q(state="open", is_complaint=True),
    "closed": lambda _viewer, _today: Q(state="closed"),
}


def _awake() -> Q:
    return Q(snoozed_until=None) | Q(snoozed_until__lte=clock.now())


def queue(name: str, viewer: object, today: date) -> QuerySet[Conversation]:
    """The conversations of one queue that ``viewer`` may see, the latest first. Raises KeyError for a queue nobody knows."""
    rows = conversations_visible_to(viewer).filter(QUEUES[name](viewer, today))
    return rows.select_related("member", "assignee", "team", "service").order_by("-last_turn_at", "-pk")


def counts(viewer: object, today: date) -> dict[str, int]:
    """How many conversations each queue holds, but the closed ones."""
    told = {name: Count("pk", filter=where(viewer, today)) for name, where in QUEUES.items() if name != "closed"}
    return conversations_visible_to(viewer).filter(state="open").aggregate(**told)


def in_hand(viewer: object) -> dict[int | None, int]:
    """How many conversations that ``viewer`` may see stand in the queue "mine" of each colleague, by the colleague's key."""
    rows = conversations_visible_to(viewer).filter(NOW & _awake()).order_by()
    return dict(rows.values_list("assignee").annotate(n=Count("pk")))


def before(rows: QuerySet[Conversation], key: int) -> QuerySet[Conversation]:
    """Those of an ordered queue that stand after the conversation of this key; all of them where there is no such."""
    last = Conversation.objects.filter(pk=key).values_list("last_turn_at", flat=True).first() if key else None
    return rows.filter(Q(last_turn_at__lt=last) | Q(last_turn_at=last, pk__lt=key)) if last else rows


def found(words: str, viewer: object) -> list[Conversation]:
    """The latest conversations in which one turn has all these words, in any form, or whose asker is called so; at most fifty."""
    wanted = list(dict.fromkeys(roots_in(words)))
    if not wanted:
        return []
    turns = full_text.matching(Turn, wanted, most=MOST_FOUND * 4)
    members = [member.pk for member in find_members(words, limit=10)]
    seen = conversations_visible_to(viewer).select_related("member", "assignee", "team", "service")
    named = Q(member__in=members) if members else Q(pk__in=())
    rows = seen.filter(Q(pk__in=Turn.objects.filter(pk__in=turns).values("conversation")) | named)
    return list(rows.order_by("-last_turn_at", "-pk")[:MOST_FOUND])


def with_what_hangs_on(rows: QuerySet[Conversation], viewer: object) -> QuerySet[Conversation]:
    """The conversations with what the page of one shows beside it, and with whether the rest is worth asking for: ``has_needs``,
    ``has_merged``, ``has_bundles``, ``names_me`` (an unseen note names this viewer). ``last_fate``: what became of what was sent last."""
    key = getattr(viewer, "pk", None)
    mine = Mention.objects.filter(turn__conversation=OuterRef("pk"), user=key, seen_at=None)
    sent = Turn.objects.filter(conversation=OuterRef("pk"), delivery__isnull=False).order_by("-pk")
    beside = (
        "member__category",
        "member__branch",
        "assignee",
        "branch",
        "logged_by",
        "team",
        "service",
        "identity__account",
        "rating",
    )
    return rows.select_related(*beside, "merged_into").annotate(
        has_needs=Exists(Need.objects.filter(conversation=OuterRef("pk"))),
        has_merged=Exists(Conversation.objects.filter(merged_into=OuterRef("pk"))),
        has_bundles=Exists(Bundle.objects.filter(conversation=OuterRef("pk"))),
        names_me=Exists(mine),
        last_fate=Subquery(sent.values("delivery__state")[:1]),
    )


def turns_of(conversation: Conversation, *, last: int | None = None) -> list[Turn]:
    """What was said, in the order in which it was said; with ``last`` only so many of the latest."""
    rows = Turn.objects.filter(conversation=conversation)
    rows = rows.select_related("by", "delivery", "incoming__identity__account", "handed_to", "origin")
    rows = rows.prefetch_related("incoming__attachments").order_by("-at", "-pk")
    return list(rows[:last] if last else rows)[::-1]


def earlier_of(member: Member, viewer: object, *, but: Conversation, most: int = 5) -> QuerySet[Conversation]:
    """What the member asked besides, as far as ``viewer`` may see it, the latest first."""
    rows = conversations_visible_to(viewer).filter(member=member).exclude(pk=but.pk)
    return rows.order_by(F("last_turn_at").desc())[:most]


def identities_of(conversation: Conversation) -> QuerySet[Identity]:
    """The sides that spoke in the conversation, over whichever channels."""
    said = Turn.objects.filter(conversation=conversation, incoming__isnull=False).values("incoming__identity")
    return Identity.objects.filter(pk__in=said).select_related("account").order_by("pk")


@remembered(KEPT_FOR)
def teams() -> list[Team]:
    """The teams in use, by name."""
    return list(Team.objects.filter(is_active=True))


def librarians() -> QuerySet[User]:
    """Who may be given a conversation, by name."""
    roles = [Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD, Role.ADMIN]
    guests = TeamMember.objects.filter(is_guest=True, until__gte=clock.today(library().zone)).values("user")
    active = User.objects.filter(is_active=True)
    return active.filter(Q(role_grants__role__in=roles) | Q(pk__in=guests)).distinct().order_by("name")


@remembered(KEPT_FOR)
def colleagues() -> list[User]:
    """The same, for every page of a conversation."""
    return list(librarians())


def on_duty(channel: str, at: datetime) -> QuerySet[User]:
    """Who has a shift at that moment, for this channel or for all."""
    now = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at)
    keys = [user for user, channels in now.values_list("user", "channels") if not channels or channel in channels]
    return User.objects.filter(pk__in=keys, is_active=True).order_by("pk")


def shifts_between(first: datetime, last: datetime) -> QuerySet[Shift]:
    """The roster of a stretch of time."""
    return Shift.objects.filter(starts_at__lt=last, ends_at__gt=first).select_related("user").order_by("starts_at", "pk")


def next_on_duty(at: datetime) -> datetime | None:
    """When the next shift begins, where nobody is on duty; None while somebody is, and when no shift is planned."""
    if Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).exists():
        return None
    first: datetime | None = Shift.objects.filter(starts_at__gt=at).aggregate(first=Min("starts_at"))["first"]
    return first


def looking_at(conversation: int, *, but: object) -> list[tuple[User, bool]]:
    """The colleagues who look at the conversation now, each with whether they type in it."""
    now = clock.now()
    rows = Presence.objects.filter(conversation=conversation, seen_at__gt=now - HERE_FOR)
    rows = rows.exclude(user=getattr(but, "pk", None)).select_related("user").order_by("user__name")
    return [(row.user, row.replying_at is not None and row.replying_at > now - TYPES_FOR) for row in rows]


def here_now() -> QuerySet[Presence]:
    """The librarians who have the desk open at this moment."""
    return Presence.objects.filter(seen_at__gt=clock.now() - HERE_FOR).select_related("user").order_by("user__name")


@remembered(0.3)
def last_change() -> datetime | None:
    """When anything at the desk changed last: asked by every open inbox again and again, so it is read seldom."""
    last: datetime | None = Conversation.objects.aggregate(last=Max("changed_at"))["last"]
    return last


def mentions_of(user: object) -> QuerySet[Mention]:
    """The notes that name this user and that they have not seen."""
    rows = Mention.objects.filter(user=getattr(user, "pk", None), seen_at=None)
    if not hears_complaints(user):
        rows = rows.filter(turn__conversation__is_complaint=False)
    return rows.select_related("turn__conversation", "turn__by").order_by("-pk")


def history_of(member: int, viewer: object) -> QuerySet[Conversation]:
    """All that a member asked over whichever channels, open or closed, as far as ``viewer`` may see it, the latest first."""
    rows = conversations_visible_to(viewer).filter(member=member)
    return rows.select_related("member", "assignee", "team", "service").order_by("-last_turn_at", "-pk")


def open_of(member: Member, viewer: object) -> QuerySet[Conversation]:
    """The member's open conversations that ``viewer`` may see."""
    return conversations_visible_to(viewer).filter(member=member, state="open").order_by("-last_turn_at")


def merged_into(conversation: Conversation) -> QuerySet[Conversation]:
    """The conversations that were put into this one, and may stand on their own again."""
    return Conversation.objects.filter(merged_into=conversation).order_by("pk")


def all_put_into(conversation: Conversation) -> set[int]:
    """The keys of those that were merged into it, also by way of each other."""
    found: set[int] = set()
    new = {conversation.pk}
    while new:
        new = set(Conversation.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found |= new
    return found


def where_now(merged: Conversation) -> Conversation:
    """Where its turns stand: what it was merged into may have been merged in its turn."""
    seen = {merged.pk}
    while merged.merged_into is not None and merged.merged_into_id not in seen:
        merged = merged.merged_into
        seen.add(merged.pk)
    return merged


def place_of(merged: Conversation, viewer: object) -> Conversation | None:
    """Where what was said in it stands now, if it was merged and ``viewer`` may see that."""
    return conversations_visible_to(viewer).filter(pk=where_now(merged).pk).first() if merged.merged_into_id else None


def phrases() -> QuerySet[Phrase]:
    """What the desk says again and again, those with a key first."""
    return Phrase.objects.filter(is_active=True)


@remembered(KEPT_FOR)
def phrases_at_hand() -> list[Phrase]:
    """The same, for every page of a conversation."""
    return list(phrases())


def answers_for(text: str, language: str, *, most: int = 3) -> list[KnownAnswer]:
    """Reviewed answers that hold today and whose question shares words with the text, those that share most first."""
    asked = set(roots_in(text))
    if not asked:
        return []
    today = clock.today(library().zone)
    rows = KnownAnswer.objects.filter(state="reviewed", valid_until__gte=today, language=language).select_related("reviewer")
    shared = [(len(asked & set(row.words.split())) / max(len(row.words.split()), 1), row) for row in rows]
    best = sorted((each for each in shared if each[0] >= FITTING), key=lambda each: (-each[0], each[1].pk))
    return [row for _, row in best[:most]]


def needs_to_follow() -> QuerySet[Need]:
    """The needs nobody was told of yet, the oldest first."""
    rows = Need.objects.filter(told_at=None, conversation__is_complaint=False)
    return rows.select_related("conversation__member").order_by("made_at")


def appointments_visible_to(viewer: object) -> QuerySet[Appointment]:
    """All appointments for those who answer at the desk; for anybody else their own."""
    rows = Appointment.objects.select_related("member", "user").order_by("starts_at", "pk")
    if may(viewer, ANSWER):
        return rows
    key = getattr(viewer, "pk", None)
    return rows.filter(member__user=key) if key else rows.none()
