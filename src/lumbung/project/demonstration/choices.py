"""What librarians and a lecturer of the demonstration chose for readers, and what was counted of the term."""

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.discovery.domain.courses import add_reading, add_section, make_course, publish
from lumbung.discovery.domain.curating import make_curated_list, put_title
from lumbung.discovery.domain.interest import count_interest, pair_loans
from lumbung.discovery.domain.purposes import change_purpose

# purpose, title, introduction, titles as they begin with what is said of each
LISTS: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    (
        "pleasure",
        "Sastra untuk akhir pekan",
        "Lima novel Indonesia yang selesai dibaca sebelum hari Senin.",
        [
            ("Bukan pasar malam", "Seratus halaman; mulailah di sini."),
            ("Laut bercerita", "Siapkan sapu tangan."),
            ("Ronggeng Dukuh Paruk", ""),
            ("Cantik itu luka", "Untuk yang tidak keberatan dengan hantu."),
            ("Yang fana adalah waktu", ""),
        ],
    ),
    (
        "study",
        "Semester pertama: buku pengantar yang paling menolong",
        "Dari yang mudah ke yang dalam.",
        [
            ("Filsafat ilmu", "Mengapa ilmu bekerja seperti itu; ringan dan lucu."),
            ("Komposisi", "Menulis makalah yang runtut."),
            ("Sosiologi suatu pengantar", ""),
            ("Dasar-dasar ilmu politik", ""),
            ("Pengantar ilmu antropologi", "Simpan untuk semester kedua."),
        ],
    ),
    (
        "research",
        "Metode penelitian, dari pemula sampai mahir",
        "Urutan yang kami sarankan kepada penulis skripsi.",
        [
            ("Memahami penelitian kualitatif", "Langkah pertama."),
            ("Metode penelitian kuantitatif", "Buku pegangan kebanyakan skripsi."),
            ("Research design", "Bila Anda memadukan keduanya."),
            ("Case study research", "Untuk studi kasus; berbahasa Inggris."),
        ],
    ),
    (
        "teaching",
        "Bekal mengajar",
        "Kurikulum, strategi, dan penilaian.",
        [("Kurikulum dan pembelajaran", ""), ("Model-model pembelajaran", ""), ("Dasar-dasar evaluasi pendidikan", "")],
    ),
    (
        "work",
        "Dari kampus ke pekerjaan",
        "Manajemen, kebiasaan kerja, dan kode yang rapi.",
        [("Manajemen pemasaran", ""), ("Manajemen sumber daya manusia", ""), ("Clean code", "Juga bagi yang bukan programer.")],
    ),
]
PEOPLE = {
    "research": "Bu Ratna Wulandari, konsultasi riset: Selasa dan Kamis 09.00–11.00, Ruang rujukan lantai 1.",
    "teaching": "Bu Sari Wahyuni, layanan dosen: perpustakaan@nusa.example.",
}
COURSE = {"code": "PGSD 301", "name": "Penelitian tindakan kelas", "term": "Ganjil", "students": 34}
READINGS = [
    ("Minggu 1–3: dasar", ["Penelitian tindakan kelas", "Metode penelitian pendidikan"]),
    ("Minggu 4–7: menilai", ["Dasar-dasar evaluasi pendidikan"]),
]


def choose_for_readers(*, by: User, lecturer: User) -> None:
    """Lists for every purpose but visiting, who helps, one course, and last night's counts."""
    for purpose, title, intro, titles in reversed(LISTS):  # what was changed last stands first
        made = make_curated_list(title=title, intro=intro, purpose=purpose, published=True, by=by)
        for begins, note in titles:
            put_title(made, _called(begins), note=note, by=by)
    for purpose, people in PEOPLE.items():
        change_purpose(purpose, people=people, by=by)
    course = make_course(by=lecturer, **COURSE)
    for name, readings in READINGS:
        section = add_section(course, name, by=lecturer)
        for begins in readings:
            add_reading(section, by=lecturer, record=_called(begins).pk)
    publish(course, by=lecturer)
    count_interest()
    pair_loans()


def _called(begins: str) -> Record:
    return Record.objects.filter(title__startswith=begins).earliest("pk")
