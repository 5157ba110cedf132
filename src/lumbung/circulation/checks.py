"""What ``lumbung doctor`` asks about lending."""

from collections.abc import Iterator

from lumbung.circulation import queries
from lumbung.kernel.health import Trouble

SHOWN = 5


def accounts_agree() -> Iterator[Trouble]:
    """Every account has the totals its lines add up to."""
    for account in queries.accounts_that_disagree().select_related("member")[:SHOWN]:
        yield Trouble(
            f"Rekening biaya anggota {account.member.barcode} tidak sama dengan jumlah barisnya.",
            "Ada yang mengubah basis data dari luar. Pulihkan cadangan, atau samakan owed dan credit dengan jumlah baris.",
        )
