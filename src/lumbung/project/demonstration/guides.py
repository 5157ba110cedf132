"""Two short guides of our own, as e-books, so that the demonstration has something to read."""

from collections.abc import Iterator

from django.templatetags.static import static

from lumbung.formats.marc import Field, Record

GUIDES = [
    (
        "panduan-pemustaka",
        "Panduan singkat pemustaka :",
        "mencari, memesan, meminjam, dan memperpanjang /",
        "Pendidikan pemustaka",
    ),
    ("panduan-meja-layanan", "Panduan singkat meja layanan :", "satu kotak pindai untuk semua /", "Layanan sirkulasi"),
]


def guides() -> Iterator[Record]:
    """The records of the guides; 856 points to the file."""
    for number, (file, title, rest, subject) in enumerate(GUIDES, start=1):
        yield Record(
            "00000nam a2200000 i 4500",
            [
                Field("001", value=f"panduan{number:02}"),
                Field("003", value="LUMBUNG"),
                Field("007", value="cr |n|||||||||"),
                Field("008", value="261122s2026    io      o     000 0 ind d"),
                Field("082", "0", "4", [("a", "025.5")]),
                Field("110", "2", " ", [("a", "Perpustakaan Universitas Nusa")]),
                Field("245", "1", "0", [("a", title), ("b", rest), ("c", "Perpustakaan Universitas Nusa.")]),
                Field("264", " ", "1", [("a", "Yogyakarta :"), ("b", "Perpustakaan Universitas Nusa,"), ("c", "2026")]),
                Field("300", subfields=[("a", "1 berkas PDF (2 hlm.)")]),
                Field("338", subfields=[("a", "sumber daya daring"), ("b", "cr"), ("2", "rdacarrier")]),
                Field("650", " ", "4", [("a", subject)]),
                Field("856", "4", "0", [("u", static(f"lumbung/{file}.pdf")), ("q", "application/pdf"), ("y", "Baca (PDF)")]),
            ],
        )
