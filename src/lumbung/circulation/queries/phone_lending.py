"""Where members borrow with their own telephones."""

from lumbung.circulation.models import PhoneLending
from lumbung.organization.models import Branch


def phone_lending_at(branch: Branch) -> PhoneLending:
    """How it is done at the branch; where nothing was set, not at all."""
    return PhoneLending.objects.filter(branch=branch).first() or PhoneLending(branch=branch)


def lending_by_phone() -> list[PhoneLending]:
    """The branches at which it is done, with their branch, by its name."""
    return list(PhoneLending.objects.filter(is_on=True).select_related("branch").order_by("branch__name"))
