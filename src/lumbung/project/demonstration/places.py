"""The demonstration library's own particulars, branches, shelves and hours."""

from datetime import time
from typing import Any

LIBRARY: dict[str, Any] = {
    "name": "Perpustakaan Universitas Nusa",
    "short_name": "Lumbung Nusa",
    "institution": "Universitas Nusa",
    "registration_number": "3374012D0000001",
    "tagline": "Satu lumbung ilmu, terbuka untuk semua.",
    "address": "Jl. Taman Siswa 1, Yogyakarta",
    "phone": "(0274) 555-0101",
    "email": "perpustakaan@nusa.example",
    "time_zone": "Asia/Jakarta",
}

BRANCHES: list[dict[str, Any]] = [
    {
        "code": "PUSAT",
        "name": "Perpustakaan Pusat",
        "address": "Jl. Taman Siswa 1, Yogyakarta",
        "time_zone": "Asia/Jakarta",
        "directions": "Gedung di sebelah timur rektorat, seberang masjid kampus.",
    },
    {
        "code": "FIK",
        "name": "Perpustakaan Fakultas Ilmu Kesehatan",
        "address": "Jl. Kesehatan 12, Yogyakarta",
        "time_zone": "Asia/Jakarta",
        "directions": "Lantai 2 gedung FIK; naik tangga di sebelah apotek pendidikan.",
    },
    {
        "code": "BALI",
        "name": "Perpustakaan Kampus Denpasar",
        "address": "Jl. Kampus 8, Denpasar",
        "time_zone": "Asia/Makassar",
        "directions": "Bangunan pertama di kiri gerbang utama.",
    },
]

# branch code, location code, name, directions
LOCATIONS: list[tuple[str, str, str, str]] = [
    ("PUSAT", "UMUM", "Koleksi umum, lantai 2", "Naik tangga utama, rak 000–600 di kiri dan 700–900 di kanan."),
    ("PUSAT", "SASTRA", "Ruang sastra, lantai 1", "Di belakang meja layanan."),
    ("PUSAT", "REF", "Ruang rujukan, lantai 1", "Di sebelah kanan pintu masuk."),
    ("PUSAT", "SERIAL", "Ruang terbitan berseri, lantai 3", "Ujung lorong timur."),
    ("PUSAT", "AV", "Ruang pandang-dengar, lantai 3", "Ujung lorong barat."),
    ("PUSAT", "TA", "Ruang tugas akhir, lantai 3", "Depan tangga."),
    ("FIK", "UMUM", "Koleksi kesehatan", "Seluruh lantai 2."),
    ("FIK", "REF", "Rujukan kesehatan", "Dekat meja layanan."),
    ("BALI", "UMUM", "Koleksi umum", "Ruang baca utama."),
]

MORNING, AFTERNOON = time(7, 30), time(16, 30)
FRIDAY = [(4, MORNING, time(11, 30)), (4, time(13, 0), AFTERNOON)]
WEEKDAYS = [(day, MORNING, AFTERNOON) for day in range(4)]

HOURS: dict[str, list[tuple[int, time, time]]] = {
    "PUSAT": [*WEEKDAYS, *FRIDAY, (5, time(8, 0), time(14, 0))],
    "FIK": [*WEEKDAYS, *FRIDAY],
    "BALI": [*WEEKDAYS, (4, MORNING, AFTERNOON)],
}
