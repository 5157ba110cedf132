"""Deposits: whose, in which state, and what is asked of them."""

from datetime import date

from django.db.models import Q, QuerySet

from lumbung.digital.models import (
    Deposit,
    DepositPerson,
    DepositRule,
    DepositStates,
    PermanentIdentifier,
    ReturnReason,
    RubricLine,
)
from lumbung.digital.models.deposit import WITH_STAFF
from lumbung.digital.permissions import REVIEW
from lumbung.kernel.permissions import may

MOST_KNOWN = 300


def deposits_of(user: object) -> QuerySet[Deposit]:
    """The works this user handed in, or is about to; those given up are not among them."""
    key = getattr(user, "pk", None)
    mine = Deposit.objects.filter(member__user=key) if key else Deposit.objects.none()
    return mine.exclude(state=DepositStates.DISCARDED).select_related("programme")


def deposits_visible_to(viewer: object) -> QuerySet[Deposit]:
    """For reviewers all that were ever handed in; for anybody else their own."""
    if may(viewer, REVIEW):
        return Deposit.objects.exclude(state=DepositStates.DISCARDED).exclude(
            Q(state=DepositStates.DRAFT) & Q(submitted_at__isnull=True)
        )
    return deposits_of(viewer)


def queue(state: str = "") -> QuerySet[Deposit]:
    """What waits for the library, the soonest due first; with a ``state`` those in it, the latest first."""
    rows = Deposit.objects.select_related("programme", "reviewer").defer("abstract", "abstract_english")
    if state:
        return rows.filter(state=state, submitted_at__isnull=False).order_by("-changed_at", "-pk")
    return rows.filter(state__in=WITH_STAFF).order_by("due_on", "pk")


def overdue(today: date) -> int:
    """How many deposits the library should have looked at by now."""
    return Deposit.objects.filter(state__in=WITH_STAFF, due_on__lt=today).count()


def rule_for(deposit: Deposit) -> DepositRule:
    """What is asked of this deposit: the rule of its programme, else the one for all others, else the defaults."""
    rules = DepositRule.objects.filter(Q(programme=None) | Q(programme=deposit.programme_id))
    found = {rule.programme_id: rule for rule in rules}
    return found.get(deposit.programme_id) or found.get(None) or DepositRule()


def rules() -> QuerySet[DepositRule]:
    return DepositRule.objects.select_related("programme").order_by("programme__name")


def rubric() -> list[RubricLine]:
    return list(RubricLine.objects.filter(is_active=True))


def return_reasons() -> list[ReturnReason]:
    return list(ReturnReason.objects.filter(is_active=True))


def known_people(deposit: Deposit) -> dict[str, DepositPerson]:
    """By their names, who supervised or examined published works and has a number there: those of the author's programme first."""
    known: dict[str, DepositPerson] = {}
    published = DepositPerson.objects.filter(deposit__state=DepositStates.PUBLISHED).exclude(number="").exclude(role="author")
    own = published.filter(deposit__programme=deposit.programme_id) if deposit.programme_id else published.none()
    for people in (own, published):
        for person in people.order_by("-pk")[:MOST_KNOWN]:
            known.setdefault(person.name, person)
    return dict(list(known.items())[:MOST_KNOWN])


def identifier_called(code: str) -> PermanentIdentifier | None:
    """The permanent identifier of this code, as typed."""
    return PermanentIdentifier.objects.select_related("record").filter(code=code.strip().lower()).first()
