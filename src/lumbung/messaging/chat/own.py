"""What the chat can say by itself: help, thanks, the language, and what is always a person's."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.messaging.chat.registry import (
    Answer,
    Asking,
    Command,
    Cue,
    HandOver,
    Offer,
    Outcome,
    Speak,
    commands,
    register,
    words_against,
)
from lumbung.messaging.chat.words import Word, plain, word_set

_FOR_A_PERSON = (
    r"(?:buku(?:nya)?|kartu|modul|skripsi)(?: \w+){0,4} (?:hilang|ilang|rusak|basah|sobek|robek|kena air)|(?:hilang|ilang)(?:in|kan)? buku"
    r"|(?:lost|damaged|tore|broke) (?:my|the|a) (?:book|card|library)|ketinggalan|tertinggal|barang hilang|loker|left my"
    r"|turnitin|plagiasi|plagiat|plagiarisme?|similarity|parafrase"
    r"|(?:upload|unggah|unggahan|mengunggah|submit|revisi|setor)(?: \w+){0,3} (?:skripsi|tesis|disertasi|tugas akhir|ta|karya|repository)"
    r"|(?:skripsi|tesis|tugas akhir|repository)(?: \w+){0,4} (?:acc|upload|unggah|diunggah|verifikasi|disetujui)|repository|repositori"
    r"|sertifikat|certificate|webinar|seminar|workshop|pelatihan|magang|lowongan|wawancara|penelitian di perpustakaan|kunjungan"
    r"|wifi|internet|lemot|lambat|komputer|ac (?:lantai|mati|panas|bocor)|panas sekali|toilet|wc|kursi|meja|lampu|parkir|berisik|kotor|bau"
    r"|alumni|mahasiswa (?:kampus|universitas) lain|kampus lain|universitas lain|umum boleh|tamu|visitor|guest|mahasiswa luar|orang luar"
    r"|jurnal (?:elektronik|internasional|online|berlangganan)|e ?journal|database|ebsco|scopus|proquest|sinta|vpn|remote access"
    r"|(?:berapa lama|lama|maksimal|maksimum|batas|max|how long|how many)(?: \w+){0,4} (?:pinjam|peminjaman|meminjam|borrow)(?: \w+){0,2}"
    r"|(?:pinjam|peminjaman|meminjam) (?:maksimal|maksimum|berapa lama)|bawa (?:makan|makanan|minum|minuman|tas|laptop)|tata tertib|aturan"
    r"|di ?buku apa|ada di buku apa|di buku mana|halaman berapa|data (?:kemiskinan|penduduk|statistik|bps)|bantu(?:in|kan)? cari data"
    r"|help me (?:find|with|write)|(?:cara|prosedur|syarat)(?: \w+)? (?:pinjam|meminjam|peminjaman)|studi banding"
    r"|sources for my|bimbingan|konsultasi|literasi informasi|donasi|sumbang|hibah|wakaf buku"
    r"|hapus (?:semua|data|akun)|delete (?:all|my)|(?:ignore|forget|abaikan|lupakan) (?:all )?(?:previous|semua|instruksi|aturan)"
    r"|(?:system|admin) prompt|kamu adalah|you are now|keluhan|komplain|complaint|mengadu|lapor|saran dan|kritik"
)
_BOT = "bot|chatbot|robot|ai|mesin|manusia|orang"
_YOU = "kamu|anda|lo|lu|ini|nama(?:mu| kamu| anda)"
_ARE_YOU = (
    rf"^(?:(?:halo|hai|hi|hello|maaf|kak|min|apakah|apa|jadi|so) )*(?:siapa(?:kah)? (?:{_YOU})|dengan siapa ini"
    rf"|(?:{_YOU})(?: dengan| itu)? siapa|(?:kamu|anda|lo|lu|ini)(?: itu)? (?:{_BOT})(?: atau (?:{_BOT}))?"
    r"|who (?:are|r) (?:you|u)|who is this|what are you|what is your name"
    r"|are you (?:an? )?(?:real |actual )?(?:bot|robot|ai|chatbot|machine|human|person)(?: or (?:an? )?(?:real |actual )?\w+)?)"
    r"(?: (?:sih|ya|kah|kak|min|dong|nih|sebenarnya|really|please|exactly))*$"
)
_ASKED = (
    r"(?:bicara|ngobrol|chat|ngomong|tanya|berbicara|terhubung|disambungkan|hubungkan saya)(?: \w+){0,2}"
    r" (?:petugas|staf|staff|manusia|orang|pustakawan|admin|cs)"
    r"|(?:speak|talk|chat)(?: \w+){0,3} (?:human|person|librarian|staff|someone|agent)|(?:a|real|actual) (?:human|person)"
    r"|(?:mau|minta|panggil|panggilkan) (?:petugas|staf|staff|admin|pustakawan|cs)|admin ?(?:nya)? mana|petugas(?:nya)? mana|hubungkan saya"
)
_GREETING = words_against(
    "halo|hallo|hai|hi|hello|hey|assalamualaikum|assalamu|salam|pagi|siang|sore|malam|p|ping|tes|test|permisi|shalom|kak|min|admin|tanya|nanya"
)
_GREETED_WITH = word_set(
    "halo hallo hai hi hello hey assalamualaikum assalamu alaikum salam pagi siang sore malam selamat p ping "
    "tes test permisi shalom kak kakak kk min admin mimin mas mbak pak bu wr wb warahmatullahi wabarakatuh good "
    "morning afternoon evening there mau tanya nanya bertanya numpang boleh izin maaf"
)
_THANKS = word_set("terima makasih thanks thank ok oke okay okey siap baik sip mantap noted")
_THANKING = word_set(
    "terima kasih makasih thanks thank you thx ok oke okay okey siap baik sip mantap kak kakak min ya banyak "
    "sangat much so very sama atas bantuannya infonya informasinya bantuan info admin very noted"
)


def register_own() -> None:
    """Make the chat's own commands known."""
    for command in (HELP, WHO, THANKS, LANGUAGE, PERSON, MATTER):
        register(command)


def is_greeting(words: list[Word]) -> bool:
    """Whether these words greet, and do nothing else."""
    return bool(words) and all(word.raw in _GREETED_WITH for word in words) and bool(_GREETING.search(plain(words)))


def is_thanks(words: list[Word]) -> bool:
    """Whether these words thank or agree, and do nothing else."""
    said = [part for word in words for part in word.plain.split()]
    return all(part in _THANKING for part in said) and any(part in _THANKS for part in said)


def tell_what_there_is(asking: Asking) -> Outcome:
    """What the chat can do, to be chosen."""
    known = asking.person is not None
    listed = [each for each in commands() if each.listed and (each.name != "link" if known else not each.needs_person)]
    offers = tuple(Offer(str(each.title), each.words[0]) for each in listed)
    greeting = _("Halo, Kak! Saya asisten perpustakaan. Tulis saja kebutuhan Kakak, atau pilih:")
    return Answer(
        greeting,
        offers,
        foot=_("Contoh: “cari ekonomi mikro”, “jam buka besok”, “perpanjang”. Untuk bicara dengan orang: “petugas”."),
    )


def _say_who(_asking: Asking) -> Outcome:
    who = _("Saya asisten otomatis perpustakaan, Kak, bukan orang.")
    ways = _("Tulis “bantuan” untuk tahu yang saya bisa, “petugas” untuk bicara dengan orang.")
    return Answer(f"{who} {ways}")


def _say_welcome(_asking: Asking) -> Outcome:
    return Answer(_("Sama-sama, Kak. Kalau ada lagi, tulis saja di sini."))


def _speak(asking: Asking) -> Outcome:
    wanted = _language_asked(asking.text)
    if not wanted:
        offers = (Offer("Bahasa Indonesia", "bahasa id"), Offer("English", "bahasa en"))
        return Answer(_("Bahasa apa yang Kakak inginkan?"), offers)
    return Speak(wanted)


def _language_asked(text: str) -> str:
    folded = text.casefold()
    if any(word in folded for word in ("english", "inggris", "bahasa en", "language en")):
        return "en"
    return "id" if any(word in folded for word in ("indonesia", "bahasa id", "language id")) else ""


def _hand_over(_asking: Asking) -> Outcome:
    return HandOver("asked")


HELP = Command(
    name="help",
    words=("bantuan", "help", "menu", "start", "info", "mulai"),
    title=gettext_lazy("Bantuan"),
    run=tell_what_there_is,
    examples=("bantuan", "bisa apa saja", "what can you do"),
    cues=(
        Cue.of(
            7,
            r"bisa (?:apa|ngapain)(?: saja)?|(?:kamu|bot)(?: \w+)? bisa (?:apa|ngapain)|what can you do|fitur apa|layanan apa saja",
        ),
    ),
    listed=False,
)
WHO = Command(
    name="who",
    words=("siapa kamu", "kamu siapa", "who are you"),
    title=gettext_lazy("Siapa yang menjawab"),
    run=_say_who,
    examples=("siapa kamu", "are you a bot"),
    cues=(Cue.of(10, _ARE_YOU),),
    listed=False,
)
THANKS = Command(
    name="thanks",
    words=("terima kasih", "makasih", "thank you", "thanks"),
    title=gettext_lazy("Terima kasih"),
    run=_say_welcome,
    listed=False,
)
LANGUAGE = Command(
    name="language",
    words=("bahasa", "language", "english", "bahasa indonesia", "bahasa inggris"),
    title=gettext_lazy("Ganti bahasa"),
    listed=False,
    run=_speak,
    takes="id|en|indonesia|inggris|english",
    examples=("bahasa", "english"),
    cues=(
        Cue.of(
            8,
            r"(?:speak|reply|answer|use|in|pakai|pake|gunakan|dalam|ganti|ubah)(?: \w+){0,2} (?:english|inggris|bahasa indonesia|bahasa)",
        ),
    ),
    against=words_against("buku|books?|novel|kamus|skripsi|cari|search|find"),
    argument_of=lambda words: _language_asked(" ".join(word.raw for word in words)),
)
PERSON = Command(
    name="person",
    words=("petugas", "staf", "staff", "admin", "pustakawan", "librarian", "manusia", "human", "operator", "cs"),
    title=gettext_lazy("Bicara dengan petugas"),
    run=_hand_over,
    examples=("petugas", "mau bicara dengan petugas"),
    cues=(Cue.of(9, _ASKED),),
)
MATTER = Command(
    name="matter",
    words=(),
    title=gettext_lazy("Perlu petugas"),
    run=lambda _asking: HandOver("matter"),
    cues=(Cue.of(8, _FOR_A_PERSON),),
    listed=False,
)
"""What no command answers: a reviewed answer may, else a person."""
