"""The machines the library knows, and the PIN members type at them."""

from django.db.models import QuerySet

from lumbung.circulation.models import Pin, Terminal
from lumbung.kernel.remembered import remembered
from lumbung.members.models import Member


def terminals() -> QuerySet[Terminal]:
    """Every machine, by name, with its branch and account."""
    return Terminal.objects.select_related("branch", "account").order_by("name", "pk")


@remembered()
def active_terminals() -> dict[int, Terminal]:
    """The machines that may be talked to now, by key. At most a second old."""
    return {terminal.pk: terminal for terminal in terminals().filter(is_active=True, account__is_active=True)}


def pin_of(member: Member) -> Pin | None:
    """The member's PIN, if there is one: when it was set, and whether it rests."""
    return Pin.objects.filter(member=member).first()
