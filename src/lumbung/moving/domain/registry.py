"""Every system a library can come from, by name: the one place where a new source is entered."""

from lumbung.moving.domain.inlislite import InlisLite
from lumbung.moving.domain.koha import Koha
from lumbung.moving.domain.sheets import Sheets
from lumbung.moving.domain.slims import Slims
from lumbung.moving.domain.sources import Source

SOURCES: dict[str, type[Source]] = {each.name: each for each in (Slims, InlisLite, Koha, Sheets)}
