"""What is counted of works handed in, and how long it takes until the library has judged them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lumbung.digital.models import DepositRemark, DepositStates
from lumbung.organization.domain.measures import Measure, Span, happened, happened_last
from lumbung.organization.queries import front_branch

JUDGED = (DepositStates.NEEDS_REVISION, DepositStates.APPROVED)


def deposits(first: datetime, last: datetime) -> int:
    return happened("DepositSubmitted", first, last)


def judged(first: datetime, last: datetime) -> Iterator[Span]:
    """From handing in to the first judgement that followed: sent back or approved. One handed in again waits anew."""
    asked = DepositRemark.objects.filter(state__in=JUDGED, at__gte=first, at__lt=last).values("deposit")
    said = DepositRemark.objects.filter(deposit__in=asked, at__lt=last).order_by("deposit_id", "pk")
    waiting: dict[int, datetime] = {}
    front = front_branch()
    for deposit, state, at, branch in said.values_list("deposit", "state", "at", "deposit__member__branch"):
        if state == DepositStates.SUBMITTED:
            waiting.setdefault(deposit, at)
        elif state in JUDGED and (began := waiting.pop(deposit, None)) and at >= first and (branch or front):
            yield Span(branch or front.pk, began, at)  # type: ignore[union-attr]


MEASURE = Measure(
    "digital.deposits",
    _("Unggah mandiri, sampai diperiksa"),
    deposits,
    lambda until: happened_last("DepositSubmitted", until),
    judged,
)
