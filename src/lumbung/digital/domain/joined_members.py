"""What this part keeps of a member when two registrations of one person become one."""

from collections.abc import Sequence

from lumbung.digital.models import Deposit, EHold, ELoan, Mark, Passphrase, Position, Sitting
from lumbung.digital.refusals import SAME_E_BOOK
from lumbung.kernel.refusals import Reason
from lumbung.members.domain.merging.followers import Column, Pair, following, only_one


def _against(pair: Pair) -> Sequence[Reason]:
    """Nobody has one e-book twice, nor waits for it twice."""
    has = [set(ELoan.objects.open().filter(member=each).values_list("lending", flat=True)) for each in (pair.gone, pair.kept)]
    waits = [
        set(EHold.objects.waiting().filter(member=each).values_list("lending", flat=True)) for each in (pair.gone, pair.kept)
    ]
    return [SAME_E_BOOK()] * bool(has[0] & has[1] or waits[0] & waits[1])


FOLLOWERS = (
    only_one("digital.passphrases", Passphrase),
    following(
        "digital.rows",
        Column(Deposit),
        Column(ELoan),
        Column(EHold),
        Column(Position, "reader", of_account=True, apart=("file", "device")),
        Column(Mark, "reader", of_account=True, apart=("file", "key")),
        Column(Sitting, "reader", of_account=True, apart=("file",)),
        against=_against,
    ),
)
