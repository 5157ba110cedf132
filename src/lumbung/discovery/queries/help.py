"""What of the program's own help a reader finds in the search box, and what staff find besides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.discovery.permissions import CURATE, RESERVES, SEARCHES
from lumbung.kernel.sources import Hit

ASKING = frozenset({"cara", "bagaimana", "bantuan", "panduan", "petunjuk", "how", "to", "help", "guide"})


@dataclass(frozen=True)
class Topic:
    """One thing the help tells: a page, and the words by which people ask for it."""

    title: str | Promise
    url: str
    asked_by: frozenset[str]
    text: str | Promise = ""
    permission: str = ""


def _topic(title: str | Promise, url: str, asked_by: str, text: str | Promise = "", permission: str = "") -> Topic:
    return Topic(title, url, frozenset(asked_by.split()), text, permission)


TOPICS = [
    _topic(
        _("Bahasa pertanyaan"),
        "/search/advanced#bahasa",
        "cari mencari pencarian penelusuran menelusuri search searching query operator and or not dan atau bukan",
        _("AND, OR, NOT atau DAN, ATAU, BUKAN, dengan huruf besar; kurung mengelompokkan"),
    ),
    _topic(
        _("Pinjam dalam tiga langkah"),
        "/#langkah",
        "pinjam meminjam peminjaman pesan memesan memperpanjang perpanjang buku borrow borrowing reserve renew book books",
        _("Catat nomor panggilnya dan ambil di rak, atau pesan untuk diambil di cabang pilihan Anda."),
    ),
    _topic(
        _("Jelaskan urutan"), "/staff/searches/explanation", "urutan peringkat hasil explain ranking order", permission=SEARCHES
    ),
    _topic(
        _("Pencarian tanpa hasil"),
        "/staff/searches",
        "pencarian tanpa hasil kosong unmet searches results",
        permission=SEARCHES,
    ),
    _topic(_("Pilihan pustakawan"), "/staff/picks/", "pilihan pustakawan daftar menyusun picks lists", permission=CURATE),
    _topic(_("Bacaan kuliah"), "/staff/courses", "bacaan kuliah tandon reserves courses", permission=RESERVES),
]


def find_help(words: str, limit: int) -> Sequence[Hit]:
    """Topics for a question that asks how ("cara meminjam", "bantuan"): with every other word of it; all of them for such words alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    about = asked - ASKING
    if about == asked:
        return []
    found = [topic for topic in TOPICS if about <= topic.asked_by]
    return [Hit(str(each.title), each.url, str(each.text), each.permission) for each in found[:limit]]
