"""Copies of articles and chapters: what the library says of them, who waits for one, where the title stands, how fast they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Q, QuerySet

from lumbung.accounts.domain.permissions import declared, may
from lumbung.accounts.models import User
from lumbung.accounts.queries import staff
from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import volume_label, volume_order
from lumbung.circulation.models import ArticleRequest, ArticleScope, ArticleTerms
from lumbung.circulation.models.article import ArticleRequestQuerySet
from lumbung.circulation.permissions import LEND, SEE
from lumbung.circulation.queries.availability import ItemState, item_states
from lumbung.circulation.queries.hold_scopes import GONE
from lumbung.circulation.queries.rules import Decision, decision, facts_of, facts_of_copy, rules_now
from lumbung.circulation.queries.rulings import Case
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.models import Branch

FIGURES_OF = timedelta(days=90)
ANSWERS_SHOWN = timedelta(days=14)
"""How long a member's own page still shows that a request was refused."""


def article_terms() -> ArticleTerms:
    """What the library said; as it is without a word where it said nothing."""
    return ArticleTerms.objects.filter(pk=1).first() or ArticleTerms(pk=1)


def articles_offered(record: Record) -> bool:
    """Whether some rule may let somebody have a part of such a title copied. Asks the database nothing."""
    rulings = rules_now().rulings
    return any(
        ruling.says.get("article_scope", ArticleScope.NO) != ArticleScope.NO
        and ruling.speaks_of.get("material", record.material) == record.material
        for ruling in rulings
    )


def articles_served() -> bool:
    """Whether some rule may let somebody have a part of anything copied. Asks the database nothing."""
    return any(ruling.says.get("article_scope", ArticleScope.NO) != ArticleScope.NO for ruling in rules_now().rulings)


def article_decision(
    record: Record, member: Member, at: Branch, item: Item | None = None, *, copies: Sequence[Item] | None = None
) -> Decision | None:
    """What holds for a copy of a part of this title, or of this copy of it, made for the member at the branch; of several types of copies
    the one goes whose rules allow most. None when no rule fits. ``copies`` are those of the title, where they have been read."""
    if item is not None:
        return decision(item, member, at)
    copies = copies_of_title(record) if copies is None else copies
    alike = {tuple(facts_of_copy(each).items()) for each in copies} or {()}
    day = clock.today(at.zone)
    facts = {"material": record.material, "day": day, **facts_of(member, day)}
    decided = (rules_now().decide(Case(branch=at.pk, **dict(each), **facts)) for each in alike)
    return max(filter(None, decided), key=_kindness, default=None)


def _kindness(found: Decision) -> tuple[bool, bool, int]:
    scope = found.policy.article_scope
    return scope != ArticleScope.NO, scope == ArticleScope.YES, -found.policy.article_fee


def copies_of_title(record: Record) -> list[Item]:
    """The copies from which a part could be copied, lent ones too: those that are there, in the order of their volumes."""
    rows = Item.objects.holding([record.pk]).exclude(status__in=GONE)
    rows = rows.select_related("branch", "held_at", "location", "item_type", "record").defer("record__marc", "record__findable")
    return sorted(rows, key=lambda item: (volume_order(item.volume_told), item.pk))


def volumes_to_copy(record: Record) -> list[tuple[Item, str]]:
    """One copy of each volume, with what a reader calls it; copies that say no volume count as one."""
    found: dict[str, Item] = {}
    for item in copies_of_title(record):
        found.setdefault(item.volume_told.casefold(), item)
    return [(item, volume_label(item.volume_told) or item.call_number or item.barcode) for item in found.values()]


def articles_visible_to(viewer: object) -> ArticleRequestQuerySet:
    """Every request for staff who may see loans, their own for a member."""
    rows = ArticleRequest.objects.select_related(
        "record", "item", "member", "branch", "pickup_branch", "place", "worker", "charged"
    ).defer("record__marc", "record__findable")
    if may(viewer, SEE):
        return rows
    key = getattr(viewer, "pk", None)
    return rows.none() if key is None else rows.filter(member__user=key)


def own_articles(member: Member) -> ArticleRequestQuerySet:
    """What the member asked for and has not got, may read, or was refused lately; latest first."""
    rows = ArticleRequest.objects.filter(member=member)
    lately = clock.now() - ANSWERS_SHOWN
    rows = rows.filter(Q(closed_at=None) | Q(state=ArticleRequest.States.REFUSED, closed_at__gt=lately))
    return (
        rows.select_related("record", "branch", "pickup_branch", "place")
        .defer("record__marc", "record__findable")
        .order_by("-asked_at", "-id")
    )


def readable_article(viewer: object, key: int) -> ArticleRequest | None:
    """The request with this key whose file the viewer may read now: the one who asked, and staff who may work on it."""
    rows = ArticleRequest.objects.select_related("branch", "member").exclude(stored_file="")
    if not may(viewer, LEND):
        rows = rows.filter(member__user=getattr(viewer, "pk", None) or 0)
    found = rows.filter(pk=key).first()
    return found if found is not None and found.until is not None and found.until >= clock.today(found.branch.zone) else None


def workers() -> QuerySet[User]:
    """The staff who may be given a request."""
    return staff().filter(is_active=True, role_grants__role__in=declared()[LEND])


def places_on_shelves(asked: ArticleRequest) -> list[tuple[Item, ItemState]]:
    """Where the title stands, for the one who fetches it: the copy that was named alone, else those of its branch first; and the state of
    each. What is not lent, as most journals are, is fetched from its shelf like the rest."""
    copies = [each for each in copies_of_title(asked.record) if asked.item_id in {None, each.pk}]
    states = item_states(copies)
    told = [(each, states[each.pk]) for each in copies]
    return sorted(told, key=lambda row: (row[0].held_at_id != asked.branch_id, not row[1].is_on_shelf))


def articles_to_bring(branch: Branch, day: date) -> ArticleRequestQuerySet:
    """The paper copies that are ready and can be had at places of the branch that day, by member."""
    ready = ArticleRequest.objects.filter(state=ArticleRequest.States.READY, place__branch=branch, pickup_branch=branch)
    due = ready.filter(brought_on__lte=day, until__gte=day).select_related("record", "member", "place")
    return due.defer("record__marc", "record__findable").order_by("member__name", "member", "asked_at", "id")


@dataclass(frozen=True)
class Speed:
    """Of what was asked for in the last 90 days: how many, how many were made and refused, half of them within how many hours, and how
    many days the oldest that is still to be made has waited."""

    asked: int
    made: int
    refused: int
    median_hours: float | None
    oldest_days: int | None

    @property
    def median_days(self) -> float | None:
        return None if self.median_hours is None else self.median_hours / 24


def speed_of(branch: Branch | None) -> Speed:
    """How fast copies are made at the branch, or at all of them."""
    rows = ArticleRequest.objects.all() if branch is None else ArticleRequest.objects.filter(branch=branch)
    now = clock.now()
    told = list(rows.filter(asked_at__gt=now - FIGURES_OF).values_list("state", "asked_at", "fulfilled_at"))
    hours = [_hours(asked, made) for _, asked, made in told if made is not None]
    oldest = rows.open().order_by("asked_at").values_list("asked_at", flat=True).first()
    refused = sum(state == ArticleRequest.States.REFUSED for state, *_ in told)
    return Speed(
        len(told), len(hours), refused, median(hours) if hours else None, None if oldest is None else (now - oldest).days
    )


def _hours(asked: datetime, made: datetime) -> float:
    return (made - asked) / timedelta(hours=1)


def ending_articles(within: timedelta) -> Sequence[ArticleRequest]:
    """Files that may be read no longer than that from today, with their members."""
    rows = ArticleRequest.objects.exclude(stored_file="").select_related("member__user", "record", "branch")
    soon = (
        rows.defer("record__marc", "record__findable")
        .filter(until__lte=clock.now().date() + within + timedelta(days=1))
        .order_by("pk")
    )
    return [each for each in soon if each.until and timedelta(0) <= each.until - clock.today(each.branch.zone) <= within]
