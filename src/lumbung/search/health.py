"""What can be wrong with the index, and how an operator mends it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.health import Trouble
from lumbung.search.queries import Condition, condition

_REINDEX = _("Kerja latar menyusunnya sendiri; bila tidak ada yang berjalan: lumbung work, atau lumbung reindex.")
_WRONG = {
    Condition.MISSING: (_("Indeks pencarian tidak ada."), _REINDEX),
    Condition.OUTDATED: (_("Indeks pencarian dibuat oleh versi Lumbung yang lain."), _REINDEX),
    Condition.CORRUPT: (_("Indeks pencarian rusak dan tidak dapat dibaca."), _REINDEX),
    Condition.LOST: (_("Sebagian indeks pencarian hilang bersama simpul klaster yang menyimpannya."), _REINDEX),
    Condition.UNREACHABLE: (
        _("Klaster pencarian tidak menjawab, menolak, atau sedang kehilangan sebagian indeks."),
        _(
            "Periksa LUMBUNG_SEARCH_URL dan keadaan klasternya (_cluster/health); pencarian pulih sendiri setelah klaster pulih."
        ),
    ),
}


def index_is_fit() -> Iterator[Trouble]:
    """Trouble when searches find nothing for want of an index."""
    if wrong := _WRONG.get(condition()):
        what, mend = map(str, wrong)
        yield Trouble(what, mend)
