"""Whether the library has a title already, or it is asked for or on its way: shown before somebody asks or orders, never a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lumbung.acquisitions.domain.describing import brief_marc
from lumbung.acquisitions.models import Order, OrderLine, PurchaseRequest
from lumbung.acquisitions.queries.requests import lines_like, requests_like
from lumbung.catalogue.domain.duplicates import candidates_for
from lumbung.catalogue.models import Record


@dataclass(frozen=True)
class Doubles:
    """Records of the same edition, other requests, and lines of open orders."""

    records: Sequence[Record]
    requests: Sequence[PurchaseRequest]
    lines: Sequence[OrderLine]

    def __bool__(self) -> bool:
        return bool(self.records or self.requests or self.lines)


def doubles_of(facts: Mapping[str, str], *, record: Record | None = None, besides: int | None = None) -> Doubles:
    """What there is of the title already; ``besides`` is the key of the request that is looked at."""
    owned = [each.record for each in candidates_for(brief_marc(facts))] if facts["title"] else []
    if record is not None:
        owned = [record, *(each for each in owned if each.pk != record.pk)]
    key = record.pk if record else None
    others = requests_like(facts["title"], facts["isbn"], key, besides=besides)
    lines = [each for each in lines_like(facts["title"], facts["isbn"], key) if besides is None or each.request_id != besides]
    return Doubles(owned, others, lines)


def doubles_shown_to_public(facts: Mapping[str, str]) -> Doubles:
    """What whoever asks may know of it: no record that is hidden from readers, and no order that nobody sent yet."""
    found = doubles_of(facts)
    sent = [line for line in found.lines if line.order.state != Order.States.DRAFT]
    return Doubles([each for each in found.records if not each.suppressed], found.requests, sent)
