"""What readers of the demonstration asked for in vain: each need on one of the four ways on, waiting until its reader is told."""

from collections.abc import Mapping

from lumbung.accounts.models import User
from lumbung.desk.domain.needs import follow_need
from lumbung.desk.models import Conversation, Need
from lumbung.kernel import clock

Ways = Need.Ways
SOUGHT = (
    ("Standar Akuntansi Keuangan", Ways.PURCHASE, "Standar Akuntansi Keuangan, edisi terbaru", "rina"),
    ("Buku pemrograman Python", Ways.NOTIFY, "Belajar Python dari nol", "rina"),
    ("Ada data jumlah penduduk", Ways.ALTERNATIVE, "Jumlah penduduk per desa, sebagai tabel", "sari"),
    (
        "Mohon daftar jurnal terakreditasi tentang wakaf",
        Ways.INTERLIBRARY,
        "Disertasi tentang wakaf uang, UIN Sunan Kalijaga",
        "dewi",
    ),
)
"""By which words the conversation began, the way, what was sought, and who follows it."""


def seek_in_vain(staff: Mapping[str, User]) -> None:
    """Four conversations whose need is followed, one on each way; nobody has been told yet."""
    for words, way, wanted, username in SOUGHT:
        conversation = Conversation.objects.get(subject__startswith=words)
        with clock.stopped_at(conversation.last_turn_at):
            follow_need(conversation, way=way, wanted=wanted, by=staff[username])
