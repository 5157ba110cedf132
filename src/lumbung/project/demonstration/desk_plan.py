"""How the demonstration's desk is planned: who is on duty and from where, how soon it answers, what it says again and again, whom one may
meet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from lumbung.accounts.models import User
from lumbung.desk.domain.appointments import add_hour, book, conclude, free_slots
from lumbung.desk.domain.duty import add_shift
from lumbung.desk.domain.known_answers import draft_answer, review_answer
from lumbung.desk.domain.phrases import add_phrase
from lumbung.desk.domain.targets import set_target
from lumbung.desk.domain.teams import add_team, join_team
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.organization.queries import library

PHRASES = (
    ("Salam", "Halo Kak {nama}, terima kasih sudah menghubungi {perpustakaan}."),
    ("Sebentar, saya carikan", "Saya carikan dulu ya, Kak. Sebentar."),
    ("Jam buka", "Hari ini kami buka sampai pukul {jam}."),
    (
        "Perpanjangan",
        "Pinjaman dapat diperpanjang sendiri dari halaman Saya, paling banyak dua kali, selama tidak ada yang menunggu.",
    ),
    ("Denda", "Denda Rp500 sehari sesudah satu hari kelonggaran; dapat dibayar di meja mana pun."),
    ("Bebas pustaka", "Surat bebas pustaka diajukan dari halaman Saya dan terbit begitu semua syarat terpenuhi."),
    ("Kartu hilang", "Kartu pengganti Rp10.000, jadi saat itu juga di meja layanan. Kartu lama kami blokir sekarang."),
    ("Dari rumah", "Koleksi digital dapat dibuka dari rumah sesudah masuk dengan akun perpustakaan."),
    ("Sudah membantu?", "Apakah ini yang Kakak cari? Ada lagi yang dapat saya bantu?"),
    ("Terima kasih", "Terima kasih kembali, Kak {nama}. Salam, {petugas}."),
)
ANSWERS = (
    (
        "Berapa denda keterlambatan sehari?",
        "Rp500 sehari sesudah satu hari kelonggaran, paling banyak Rp25.000 untuk satu buku.",
        "Peraturan peminjaman, pasal 7",
    ),
    (
        "Bagaimana memperpanjang pinjaman?",
        "Buka halaman Saya, lalu Perpanjang. Paling banyak dua kali, dan tidak bila ada yang menunggu.",
        "Peraturan peminjaman, pasal 5",
    ),
    (
        "Apakah alumni boleh meminjam?",
        "Boleh dengan kartu alumni, paling banyak dua judul. Daftar dari halaman Anggota.",
        "Peraturan keanggotaan, pasal 3",
    ),
    (
        "Apa syarat surat bebas pustaka?",
        "Tidak ada pinjaman dan biaya, dan karya akhir sudah diserahkan. Ajukan dari halaman Saya.",
        "Prosedur bebas pustaka, 2025",
    ),
    (
        "Bagaimana mengganti kartu yang hilang?",
        "Datang ke meja mana pun dengan kartu identitas; penggantinya jadi saat itu juga, Rp10.000.",
        "Tarif layanan, butir 4",
    ),
)
DAYS_BACK, DAYS_AHEAD = 14, 7


def plan_the_desk(staff: Mapping[str, User], members: Sequence[Member], today: date) -> None:
    """The roster of three weeks, targets, a team, ten phrases, five reviewed answers, consulting hours and two appointments."""
    head = staff["ratna"]
    for channel, first in (("", 60), ("whatsapp", 30), ("web", 15), ("email", 240)):
        set_target(channel=channel, first_minutes=first, next_minutes=first * 2, resolution_minutes=960, by=head)
    team = add_team("Referensi", by=head)
    for name in ("sari", "dewi", "fitri"):
        join_team(team, staff[name], by=head)
    for day in range(-DAYS_BACK, DAYS_AHEAD):
        _one_day(staff, today + timedelta(days=day))
    for position, (title, text) in enumerate(PHRASES, start=1):
        add_phrase(title=title, text=text, position=position, is_active=True, by=staff["sari"])
    for question, text, source in ANSWERS:
        with clock.stopped_at(clock.now() - timedelta(days=60)):
            known = draft_answer(question=question, text=text, source=source, language="id", by=staff["dewi"])
            review_answer(known, valid_until=today + timedelta(days=300), by=head)
    _meet(staff, members, today)


def _one_day(staff: Mapping[str, User], day: date) -> None:
    """On weekdays one librarian in the morning at the desk, one in the afternoon from home, in turn."""
    if day.weekday() > 4:  # noqa: PLR2004 -- Saturday and Sunday
        return
    morning, afternoon = ("sari", "dewi") if day.weekday() % 2 else ("rina", "fitri")
    for name, place, begins, ends in ((morning, "wfo", 8, 12), (afternoon, "wfh", 12, 16)):
        starts_at, ends_at = (datetime.combine(day, time(hour), library().zone) for hour in (begins, ends))
        add_shift(staff[name], place=place, starts_at=starts_at, ends_at=ends_at, by=staff["ratna"])


def _meet(staff: Mapping[str, User], members: Sequence[Member], today: date) -> None:
    """Two librarians may be booked; one consultation was held, one is to come."""
    for name, kind, weekday in (("dewi", "research", 1), ("fitri", "guidance", 3)):
        add_hour(
            user=staff[name], kind=kind, weekday=weekday, opens=time(9), closes=time(11), minutes=30, place="Ruang referensi",
            by=staff["ratna"],
        )  # fmt: skip
    with clock.stopped_at(clock.now() - timedelta(days=20)):
        held = book(
            free_slots("research")[0].key, kind="research", member=members[0], topic="Kerangka teori skripsi perawatan luka"
        )
    conclude(held, held=True, note="Tiga judul dan dua basis data ditunjukkan; lanjut lewat percakapan.", by=staff["dewi"])
    book(free_slots("guidance")[1].key, kind="guidance", member=members[1], topic="Mencari jurnal pemasaran digital")
