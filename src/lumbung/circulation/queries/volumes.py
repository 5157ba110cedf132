"""The volumes of a title in several, and what one reader has of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lumbung.catalogue.models import Item, Record
from lumbung.catalogue.models.volume import same_volume, volume_of, volume_order
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries.hold_scopes import GONE
from lumbung.circulation.queries.holds import open_holds
from lumbung.circulation.queries.loans import open_loans
from lumbung.circulation.queries.personal_rules import lent_to
from lumbung.members.models import Member


def volumes_of(record: Record, *, to: Member | None = None) -> list[str]:
    """The volumes of which there is a copy to lend, to this member where one is named, in order; none for a work in one."""
    copies = Item.objects.filter(lent_to(to), record=record).exclude(status__in=GONE).order_by("pk")
    told = [volume_of(number, told=volume) for number, volume in copies.values_list("call_number", "volume")]
    alike = {each.casefold(): each for each in reversed(told) if each}  # as the first copy has it
    return sorted(alike.values(), key=volume_order)


def volume_in_hand(item: Item, member: Member) -> str:
    """The volume for which the member waits who asks with this copy in hand; "" where its title has but one."""
    told = volumes_of(item.record, to=member) if item.volume_told else []
    return next((each for each in told if len(told) > 1 and same_volume(each, item.volume_told)), "")


def is_held(volume: str, held: Iterable[str]) -> bool:
    """Whether who waits for these waits for the volume already: whoever waits for any waits for each."""
    return any(not each or same_volume(each, volume) for each in held)


def is_lent(volume: str, lent: Iterable[str]) -> bool:
    """Whether who has these on loan has the volume already; who asks for any has it with each."""
    return any(not volume or same_volume(volume, each) for each in lent)


@dataclass(frozen=True)
class OwnVolumes:
    """Of a title in several volumes: what its reader has on loan and waits for, and the volumes ``left`` to ask for."""

    loans: Sequence[Loan]
    holds: Sequence[Hold]
    left: Sequence[str]

    @classmethod
    def read(cls, record: Record, member: Member) -> "OwnVolumes":
        loans = list(open_loans(member).filter(item__in=Item.objects.holding([record.pk])))
        holds = list(open_holds(member).filter(record=record))
        held, lent = [each.volume for each in holds], [each.item.volume_as(record.pk) for each in loans]
        left = [each for each in volumes_of(record, to=member) if not is_held(each, held) and not is_lent(each, lent)]
        return cls(loans, holds, left)
