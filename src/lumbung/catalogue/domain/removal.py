"""Why something cannot be removed: what other parts keep about it, in words."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Model


def whereabouts(protected: Iterable[Model]) -> str:
    """``3 pinjaman, 1 pesanan``: what stands on the thing, counted by kind."""
    counts = Counter(str(each._meta.verbose_name) for each in protected)
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
