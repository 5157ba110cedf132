"""What ``lumbung doctor`` asks about lending."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lumbung.circulation import queries
from lumbung.kernel.health import Trouble

SHOWN = 5


def accounts_agree() -> Iterator[Trouble]:
    """Every account has the totals its lines add up to."""
    for account in queries.accounts_that_disagree().select_related("member")[:SHOWN]:
        yield Trouble(
            _("Rekening biaya anggota %(card)s tidak sama dengan jumlah barisnya.") % {"card": account.member.barcode},
            _("Ada yang mengubah basis data dari luar. Pulihkan cadangan, atau samakan owed dan credit dengan jumlah baris."),
        )
