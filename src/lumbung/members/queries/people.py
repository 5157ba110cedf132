"""What others may ask about members. Who may ask is told by ``members_visible_to``."""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.models import User
from lumbung.kernel import clock
from lumbung.kernel.drawn import Drawn, Told
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Category, FormerCard, Member, MemberIdentifier, MemberMerger, numbers
from lumbung.members.permissions import SEE
from lumbung.organization.models import Barcode
from lumbung.organization.queries import branch_of

MOST = 100
"""No search for members answers with more than this many."""


def members_visible_to(viewer: object) -> QuerySet[Member]:
    """All members for staff who may see them; for anybody else, at most their own."""
    if may(viewer, SEE):
        return Member.objects.all()
    return Member.objects.filter(user=getattr(viewer, "pk", None)) if getattr(viewer, "pk", None) else Member.objects.none()


def member_of(user: object) -> Member | None:
    """The member this signed-in user is, if any."""
    key = getattr(user, "pk", None)
    return Member.objects.select_related("category", "branch").filter(user=key).first() if key else None


def has_ended(member: Member) -> bool:
    """Whether the last day of the membership is over, at the member's branch."""
    return member.expires_on < clock.today(branch_of(member.branch_id).zone)


def find_members(words: str, *, limit: int = 20) -> QuerySet[Member]:
    """Members of whom every word given begins a word of the name, the card number or an identifier.

    Words may come in any order and any case, with or without accents. At most ``limit`` (and never more than 100), by name.
    """
    found = narrowed(Member.objects.all(), words).select_related("category", "branch").order_by("name", "id")
    return found[: min(limit, MOST)]


def narrowed(members: QuerySet[Member], words: str) -> QuerySet[Member]:
    """Those of ``members`` whom the words fit, as ``find_members`` tells; nobody when there is no word."""
    wanted = folded(words).split()
    if not wanted:
        return members.none()
    for word in wanted:
        members = members.filter(search_text__contains=f" {word}")
    return members


def in_state(members: QuerySet[Member], state: str, *, on: date) -> QuerySet[Member]:
    """Those of ``members`` who on that day are "current", "expired" or "blocked"; all of them for any other state."""
    match state:
        case "current":
            return members.filter(joined_on__lte=on, expires_on__gte=on).exclude(_blocked(on))
        case "expired":
            return members.filter(expires_on__lt=on)
        case "blocked":
            return members.filter(_blocked(on))
    return members


def _blocked(on: date) -> Q:
    return ~Q(blocked_because="") & (Q(blocked_until__isnull=True) | Q(blocked_until__gte=on))


_carded = Drawn(
    lambda: (
        Member.objects.select_related("category", "branch")
        .order_by()
        .filter(barcode__in=[Told(form) for form in Barcode.FORMS])[:1]
    )
)


def member_by_barcode(code: str, among: QuerySet[Member] | None = None) -> Member | None:
    """The member whose card number, former card or identifier this is, in any case. None when nobody, or (identifiers only) more than one.

    ``among`` says with what else the member is read.
    """
    typed = code.strip()
    if not typed:
        return None
    forms = Barcode.forms(typed)
    members = (Member.objects.all() if among is None else among).select_related("category", "branch").order_by()
    if among is None and (found := _carded.one(**forms)):
        return found
    if among is not None and (cards := members.filter(barcode__in=set(forms.values()))[:1]):
        return cards[0]
    values = {numbers.normal(kind, typed) for kind in MemberIdentifier.Kinds.values}
    identified = MemberIdentifier.objects.filter(value__in=values).order_by().values("member")
    former = FormerCard.objects.filter(barcode__in=set(forms.values())).order_by().values("member")
    holders = list(members.filter(pk__in=identified.union(former))[:2])
    return holders[0] if len(holders) == 1 else None


def holders_of_cards(cards: Collection[str]) -> dict[str, int]:
    """The keys of the members who have these card numbers, or had them before two registrations became one, by the number as the registry
    of barcodes compares it; two statements for all of them."""
    forms = {form for card in cards for form in Barcode.forms(card).values()}
    former = FormerCard.objects.filter(barcode__in=forms).order_by().values_list("barcode", "member")
    present = Member.objects.filter(barcode__in=forms).order_by().values_list("barcode", "pk")
    return {card.upper(): key for card, key in (*former, *present)} if forms else {}


def merged_into(key: int) -> int | None:
    """The member that the one of this key went into, over however many steps; None when it did not."""
    found, seen = None, {key}
    while (following := _next(found or key)) is not None and following not in seen:
        found = following
        seen.add(following)
    return found


def _next(key: int) -> int | None:
    rows = MemberMerger.objects.filter(gone=key, undone_at__isnull=True)
    return rows.values_list("into", flat=True).first()


def user_of_code(code: str) -> User | None:
    """The account of the member whose card number or identifier this is: people sign in with what they know of themselves."""
    member = member_by_barcode(code)
    return member.user if member else None


@remembered()
def categories() -> tuple[Category, ...]:
    """Every category, by name."""
    return tuple(Category.objects.all())


def lineage(category: int | None) -> tuple[int, ...]:
    """The key of a category and of those above it, nearest first."""
    above = {each.pk: each.parent_id for each in categories()}
    line: list[int] = []
    while category is not None and category not in line:
        line.append(category)
        category = above.get(category)
    return tuple(line)


def folded(text: str) -> str:
    """Lower case, without accents; apostrophes and full stops vanish (``Ma'ruf`` is ``maruf``), other punctuation parts words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (each for each in plain if not unicodedata.combining(each) and each not in "'’‘ʼ`.")
    return " ".join("".join(each if each.isalnum() else " " for each in kept).split())


def search_text_of(member: Member) -> str:
    """What ``find_members`` looks in of one member: also numbers and cards from before it was put together with another registration."""
    numbers_of = member.identifiers.values_list("value", flat=True)
    return search_text(member.name, member.barcode, [*numbers_of, *member.former_cards.values_list("barcode", flat=True)])


def search_text(name: str, barcode: str, identifiers: Iterable[str]) -> str:
    """What ``find_members`` looks in: every word after a blank."""
    return "".join(f" {word}" for word in folded(" ".join([name, barcode, *identifiers])).split())
