"""What happens in this part."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class IndexCompared(Event):
    """The index was compared with the database, and made right where it was ``missing`` records, had some too many (``extra``), or
    held them as they no longer are (``stale``)."""

    records: int
    missing: int
    extra: int
    stale: int
