"""The usual pairs of the two Indonesian ways to class Islam: 2X0–2X9 (1993) and the expansion of 297 (2005 and later). Numbers with our
own short captions; a library puts its own lines before them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the crosswalk; ``own`` tells that this library wrote it."""

    old: str
    new: str
    caption: str | Promise = ""
    own: bool = False


USUAL_PAIRS: tuple[Pair, ...] = (
    Pair("2X0", "297", _("Islam umum")),
    Pair("2X1", "297.1", _("Al-Qur’an dan ilmunya")),
    Pair("2X2", "297.2", _("Hadis dan ilmunya")),
    Pair("2X3", "297.3", _("Akidah dan ilmu kalam")),
    Pair("2X4", "297.4", _("Fikih")),
    Pair("2X5", "297.5", _("Akhlak dan tasawuf")),
    Pair("2X6", "297.6", _("Kemasyarakatan dalam Islam")),
    Pair("2X7", "297.7", _("Filsafat, dakwah, dan pendidikan Islam")),
    Pair("2X8", "297.8", _("Mazhab dan aliran dalam Islam")),
    Pair("2X9", "297.9", _("Sejarah Islam dan para tokohnya")),
)
