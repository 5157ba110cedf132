"""What a record may lack before RAMA and Indonesia OneSearch take it; each a bit, so that a row holds them all."""

from enum import IntFlag

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Lack(IntFlag):
    """One thing that is missing."""

    TITLE = 1
    CREATOR = 2
    YEAR = 4
    PUBLISHER = 8
    LANGUAGE = 16
    SUBJECT = 32
    ABSTRACT = 64
    STUDENT_NUMBER = 128
    SUPERVISOR = 256
    LECTURER_NUMBER = 512
    PROGRAMME_CODE = 1024
    FULL_TEXT = 2048


WORDS: dict[Lack, str | Promise] = {
    Lack.TITLE: _("Judul"),
    Lack.CREATOR: _("Pengarang"),
    Lack.YEAR: _("Tahun"),
    Lack.PUBLISHER: _("Penerbit atau perguruan tinggi"),
    Lack.LANGUAGE: _("Bahasa"),
    Lack.SUBJECT: _("Subjek"),
    Lack.ABSTRACT: _("Abstrak"),
    Lack.STUDENT_NUMBER: _("NIM penulis"),
    Lack.SUPERVISOR: _("Pembimbing"),
    Lack.LECTURER_NUMBER: _("NIDN, NIDK, atau NUPTK pembimbing"),
    Lack.PROGRAMME_CODE: _("KODEPRODI"),
    Lack.FULL_TEXT: _("Tautan teks lengkap"),
}
HOW: dict[Lack, str | Promise] = {
    Lack.TITLE: _("Ruas 245 $a"),
    Lack.CREATOR: _("Ruas 100 atau 110; penulis tugas akhir di ruas 100"),
    Lack.YEAR: _("Ruas 264 $c atau 008/07-10"),
    Lack.PUBLISHER: _("Ruas 264 $b, untuk tugas akhir nama perguruan tinggi"),
    Lack.LANGUAGE: _("008/35-37 atau ruas 041"),
    Lack.SUBJECT: _("Ruas 650 atau 653"),
    Lack.ABSTRACT: _("Ruas 520"),
    Lack.STUDENT_NUMBER: _("Ruas 100 $0 “(NIM)1301200045”, atau “NIM 1301200045” pada catatan tugas akhir (502)"),
    Lack.SUPERVISOR: _("Ruas 700 dengan $e pembimbing"),
    Lack.LECTURER_NUMBER: _("Ruas 700 $0 “(NIDN)0012048501” atau “(NUPTK)1234567890123456”, pada setiap pembimbing"),
    Lack.PROGRAMME_CODE: _("Nama prodi di ruas 502 seperti yang terdaftar, atau “KODEPRODI 55201” di ruas 502"),
    Lack.FULL_TEXT: _("Berkas digital pada judulnya, atau ruas 856 $u"),
}
ONESEARCH = Lack.TITLE | Lack.CREATOR | Lack.YEAR | Lack.PUBLISHER | Lack.LANGUAGE | Lack.SUBJECT
RAMA = (
    Lack.TITLE | Lack.CREATOR | Lack.YEAR | Lack.PUBLISHER | Lack.LANGUAGE | Lack.ABSTRACT | Lack.STUDENT_NUMBER
    | Lack.SUPERVISOR | Lack.LECTURER_NUMBER | Lack.PROGRAMME_CODE | Lack.FULL_TEXT
)  # fmt: skip
