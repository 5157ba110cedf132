"""A deposit that a verb is going to change."""

from collections.abc import Collection

from lumbung.digital.models import Deposit, DepositStates
from lumbung.digital.models.deposit import OPEN_TO_AUTHOR
from lumbung.digital.refusals import DEPOSIT_ELSEWHERE, DEPOSIT_STALE
from lumbung.kernel.refusals import Refused


def locked(deposit: Deposit, *, states: Collection[DepositStates] = OPEN_TO_AUTHOR, version: int | None = None) -> Deposit:
    """The deposit as it stands, locked. Refuses when it is in none of the ``states``, or when its author saved it in another tab since."""
    current = Deposit.objects.select_for_update(of=("self",)).select_related("programme").get(pk=deposit.pk)
    if current.state not in states:
        raise Refused(DEPOSIT_ELSEWHERE(state=current.get_state_display()))
    if version is not None and current.version != version:
        raise Refused(DEPOSIT_STALE())
    return current
