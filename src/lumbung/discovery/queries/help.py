"""The help: pages for readers in both languages, and what staff find of their own work when they ask how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.permissions import CLOSE_DOORS
from lumbung.discovery.permissions import CURATE, RESERVES, SEARCHES
from lumbung.kernel import rooms
from lumbung.kernel.sources import Hit
from lumbung.members.permissions import MERGE

ASKING = frozenset({"cara", "bagaimana", "bantuan", "panduan", "petunjuk", "how", "to", "help", "guide"})


@dataclass(frozen=True)
class Topic:
    """One thing the help tells: a page, and the words by which people ask for it."""

    title: str | Promise
    url: str
    asked_by: frozenset[str]
    text: str | Promise = ""
    permission: str = ""
    room: str = ""


def _topic(
    title: str | Promise, url: str, asked_by: str, text: str | Promise = "", *, permission: str = "", room: str = ""
) -> Topic:
    return Topic(title, url, frozenset(asked_by.split()), text, permission, room)


def _page(name: str, title: str | Promise, asked_by: str, text: str | Promise) -> Topic:
    return _topic(title, f"/help/{name}", asked_by, text)


PAGES: Mapping[str, Topic] = {
    "search": _page(
        "search",
        _("Mencari"),
        "cari mencari pencarian penelusuran menelusuri bahasa pertanyaan saringan menyaring search searching query filter filters"
        " operator and or not dan atau bukan",
        _("Satu kotak untuk semuanya, saringan, dan bahasa pertanyaan"),
    ),
    "borrow": _page(
        "borrow",
        _("Meminjam, memesan, memperpanjang"),
        "pinjam meminjam peminjaman pesan memesan memperpanjang perpanjang mengembalikan kembali buku borrow borrowing reserve hold"
        " renew return book books a",
        _("Catat nomor panggilnya dan ambil di rak, atau pesan untuk diambil di cabang pilihan Anda."),
    ),
    "keep": _page(
        "keep",
        _("Menyimpan daftar dan mendengar kabar"),
        "simpan menyimpan daftar kabar pemberitahuan saran umpan atom save saving list lists alert alerts keep feed",
        _("Daftar judul, pencarian tersimpan, kabar judul baru lewat surel"),
    ),
    "cite": _page(
        "cite",
        _("Mengutip"),
        "kutip mengutip kutipan sitasi sitir daftar pustaka zotero mendeley endnote bibtex ris apa ieee cite citing citation"
        " reference references bibliography",
        _("Gaya sitasi, daftar pustaka, dan berkas untuk Zotero, Mendeley, EndNote"),
    ),
    "courses": _page(
        "courses",
        _("Bacaan kuliah"),
        "kuliah bacaan dosen guru tandon mata mengajar menyusun course courses reading readings reserve teach teaching",
        _("Membaca daftar mata kuliah, dan menyusunnya bila Anda dosen atau guru"),
    ),
    "apps": _page(
        "apps",
        _("Membaca dengan aplikasi"),
        "aplikasi baca membaca opds thorium ponsel pembaca ebook e-book app apps reading reader program buku elektronik",
        _("Katalog OPDS untuk Thorium dan aplikasi baca lain: mencari, meminjam, rak Anda"),
    ),
    "privacy": _page(
        "privacy",
        _("Data Anda"),
        "data pribadi privasi riwayat rahasia privacy history personal my",
        _("Apa yang perpustakaan simpan tentang bacaan Anda, dan apa yang tidak"),
    ),
}
"""The pages of the help under ``/help``, in their order; the text of each is a template in each language."""

TOPICS = [
    *PAGES.values(),
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
    _topic(
        _("Keperluan pembaca"), "/staff/purposes/", "keperluan tujuan pembaca beranda purpose purposes home", permission=CURATE
    ),
    _topic(_("Bacaan kuliah"), "/staff/courses", "bacaan kuliah tandon reserves courses", permission=RESERVES),
    _topic(
        _("Mungkin terdaftar dua kali"),
        "/staff/members/doubles",
        "anggota ganda dobel terdaftar dua kali menggabungkan gabung penggabungan members twice double merge merging",
        _("Membandingkan dua keanggotaan satu orang, menggabungkannya, dan membatalkannya"),
        permission=MERGE,
    ),
    _topic(
        _("Jatuh tempo pada hari tutup"),
        "/staff/loans/closed-days",
        "jatuh tempo hari tutup libur penutupan memindahkan pindah menggeser geser tanggal kembali due dates closed days closure move",
        _("Usulan tanggal baru sesudah penutupan diumumkan, memindahkannya, dan membatalkannya"),
        permission=CLOSE_DOORS,
        room="circulation",
    ),
]


def find_help(words: str, limit: int) -> Sequence[Hit]:
    """Topics for a question that asks how ("cara meminjam", "bantuan"): with every other word of it; all of them for such words alone."""
    asked = set(re.findall(r"\w+", words.casefold()))
    about = asked - ASKING
    if about == asked:
        return []
    found = [topic for topic in TOPICS if about <= topic.asked_by and (not topic.room or rooms.is_open(topic.room))]
    return [Hit(str(each.title), each.url, str(each.text), each.permission) for each in found[:limit]]
