"""What can be wrong with the index, and how an operator mends it."""

from collections.abc import Iterator

from lumbung.kernel.health import Trouble
from lumbung.search.queries import Condition, condition

_WRONG = {
    Condition.MISSING: "Indeks pencarian belum ada.",
    Condition.OUTDATED: "Indeks pencarian dibuat oleh versi Lumbung yang lain.",
    Condition.CORRUPT: "Indeks pencarian rusak dan tidak dapat dibaca.",
}
_MEND = "Jalankan: lumbung reindex (kerja latar juga menyusunnya sendiri saat mulai)."


def index_is_fit() -> Iterator[Trouble]:
    """Trouble when searches find nothing for want of an index."""
    if wrong := _WRONG.get(condition()):
        yield Trouble(wrong, _MEND)
