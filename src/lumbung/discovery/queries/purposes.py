"""What readers come for, and what serves each purpose: ways into the collection, lists, guides, people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.discovery.models import Purpose, Purposes
from lumbung.discovery.queries.help import PAGES, Topic
from lumbung.kernel.remembered import remembered


@dataclass(frozen=True)
class Way:
    """A way into the collection."""

    title: str | Promise
    text: str | Promise
    url: str
    icon: str


@dataclass(frozen=True)
class Aim:
    """A purpose as readers see it: the program's words, or the library's own where it has some.

    ``people`` says who helps; empty where the library has not told.
    """

    key: str
    name: str | Promise
    intro: str | Promise
    icon: str
    ways: Sequence[Way]
    guides: Sequence[Topic]
    people: str = ""
    shown: bool = True


def _aim(key: Purposes, icon: str, intro: Promise, guides: str, *ways: Way) -> Aim:
    return Aim(key.value, key.label, intro, icon, ways, [PAGES[name] for name in guides.split()])


BUILT_IN: Mapping[str, Aim] = {
    aim.key: aim
    for aim in (
        _aim(
            Purposes.STUDY,
            "thesis",
            _("Bacaan kuliah, buku ajar yang dapat dipinjam sekarang, dan cara memakainya."),
            "search borrow cite",
            Way(_("Bacaan kuliah"), _("Menurut mata kuliah, dari dosen Anda"), "/courses", "list"),
            Way(
                _("Buku yang tersedia sekarang"),
                _("Pilih bidang ilmunya di samping hasil"),
                "/search?material=book&availability=available",
                "book",
            ),
            Way(_("Menurut bidang ilmu"), _("Pohon kelas seluruh koleksi"), "/browse", "mixed"),
            Way(_("Sedang dibaca teman Anda"), _("Naik daun 30 hari terakhir"), "/browse/trending?days=30", "people"),
        ),
        _aim(
            Purposes.RESEARCH,
            "search",
            _("Karya ilmiah, terbitan berseri, teks lengkap, dan alat untuk mengutip serta mengikuti yang baru."),
            "search keep cite",
            Way(_("Skripsi, tesis, disertasi"), _("Menurut program studi dan tahun"), "/search?material=thesis", "thesis"),
            Way(_("Jurnal dan terbitan berseri"), _("Jurnal, majalah, buletin"), "/search?material=serial", "serial"),
            Way(_("Teks lengkap daring"), _("Dibaca dari mana saja"), "/search?access=full_text&access=online", "ebook"),
            Way(_("Pencarian lanjut"), _("Ruas, frasa, AND, OR, NOT, tahun"), "/search/advanced", "filter"),
            Way(_("Kabar judul baru"), _("Simpan pencarian Anda, kami beri tahu"), "/my/searches", "mail"),
        ),
        _aim(
            Purposes.TEACHING,
            "edit",
            _("Susun bacaan mata kuliah, sisihkan eksemplarnya, dan temukan bahan ajar."),
            "courses keep cite",
            Way(_("Susun bacaan kuliah"), _("Per minggu, dari katalog, dengan tandon"), "/my/courses", "list"),
            Way(_("Bacaan kuliah lain"), _("Yang sudah diterbitkan dosen lain"), "/courses", "book"),
            Way(_("Pendidikan dan pengajaran"), _("Kelas 370"), "/search?classification=37", "people"),
            Way(_("Film dan rekaman"), _("Untuk diputar di kelas"), "/search?material=video&material=audio", "video"),
        ),
        _aim(
            Purposes.WORK,
            "work",
            _("Bacaan untuk pekerjaan dan usaha: manajemen, teknologi, bahasa, keterampilan."),
            "search borrow",
            Way(_("Manajemen dan usaha"), _("Kelas 650"), "/search?classification=65", "desk"),
            Way(_("Komputer dan informasi"), _("Kelas 000"), "/search?classification=0", "computer_file"),
            Way(_("Bahasa"), _("Kelas 400: tata bahasa, kamus, penulisan"), "/search?classification=4", "quote"),
            Way(_("Teknik dan keterampilan"), _("Kelas 600"), "/search?classification=6", "kit"),
            Way(_("Ekonomi"), _("Kelas 330"), "/search?classification=33", "rule"),
        ),
        _aim(
            Purposes.PLEASURE,
            "book",
            _("Novel, pilihan pustakawan, dan yang sedang ramai dibaca."),
            "borrow keep",
            Way(_("Novel dan cerita"), _("Fiksi dalam koleksi"), "/search?q=novel", "book"),
            Way(_("Pilihan pustakawan"), _("Daftar bacaan yang disusun pustakawan"), "/picks", "check"),
            Way(_("Naik daun"), _("Yang sedang dicari dan dipinjam"), "/browse/trending", "bookmark"),
            Way(_("Baru di rak"), _("Yang baru selesai diolah"), "/browse/new", "plus"),
            Way(_("Film dan musik"), _("Ditonton dan didengar"), "/search?material=video&material=audio", "audio"),
        ),
        _aim(
            Purposes.VISIT,
            "place",
            _("Kapan kami buka, di mana letaknya, dan apa yang dapat dibaca di tempat."),
            "borrow privacy",
            Way(_("Jam buka dan letak cabang"), _("Hari ini dan seterusnya"), "/#cabang", "clock"),
            Way(_("Layanan"), _("Apa yang kami kerjakan untuk Anda, dan bagaimana memintanya"), "/services", "people"),
            Way(_("Berjalan di rak"), _("Lihat isinya sebelum berangkat"), "/browse/shelf", "desk"),
            Way(
                _("Dibaca di tempat"), _("Rujukan dan koleksi yang tidak dipinjamkan"), "/search?availability=reference", "book"
            ),
            Way(
                _("Peta, naskah, dan koleksi lain"),
                _("Yang jarang ada di tempat lain"),
                "/search?material=map&material=manuscript",
                "map",
            ),
        ),
    )
}


@remembered()
def own_words() -> Mapping[str, Purpose]:
    """What the library says in place of the program, by purpose."""
    return {row.key: row for row in Purpose.objects.all()}


def aims() -> list[Aim]:
    """Every purpose in its order, also those that are not shown; one statement at most."""
    own = own_words()
    return [_said_by(own[key], aim) if key in own else aim for key, aim in BUILT_IN.items()]


def shown_aims() -> list[Aim]:
    """The purposes readers may choose."""
    return [aim for aim in aims() if aim.shown]


def aim_called(key: str) -> Aim | None:
    """A purpose readers may choose."""
    return next((aim for aim in shown_aims() if aim.key == key), None)


def _said_by(own: Purpose, aim: Aim) -> Aim:
    return replace(aim, name=own.name or aim.name, intro=own.intro or aim.intro, people=own.people, shown=own.shown)
