"""The words of a chat made plain: slang and shortened words as they are written in full, without ornaments; and what of them is talk."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 600
"""Whoever writes more than so many characters tells a story: a person reads it."""


def word_set(text: str) -> frozenset[str]:
    """The words of the text, parted by blanks."""
    return frozenset(text.split())


SLANG = {
    short: full
    for full, shorts in {
        "tidak": "ga gak gk g ngga nggak enggak engga kagak kaga tdk tak nda ndak gaada",
        "yang": "yg", "dengan": "dgn dg sama", "untuk": "utk buat tuk", "karena": "krn karna", "bagaimana": "gmn gimana gmna gimn bgmn",
        "dalam": "dlm", "pada": "pd", "sebagai": "sbg", "terhadap": "thd",
        "berapa": "brp brapa", "kapan": "kpn kapn", "di": "d", "mana": "mn", "dimana": "dmn dmna", "saya": "sy aq aku gw gue gua ane",
        "saja": "aja aj doang", "sudah": "udah udh sdh dah uda", "belum": "blm blom belom", "juga": "jg jga", "tapi": "tp tpi",
        "kalau": "klo kalo klu kl", "sekarang": "skrg skrng skarang", "terus": "trs trus", "tolong": "tlg tlong tolongin", "bisa": "bs bsa",
        "masih": "msh msi", "hari": "hr", "tanggal": "tgl", "tahun": "th thn", "jam": "jm", "buku": "bk buk",
        "perpustakaan": "perpus prpus perpust",
        "pinjam": "pinjem minjem minjam pnjm pinjm", "meminjam": "meminjem", "pinjamkan": "pinjemin pinjamin",
        "kembalikan": "balikin kembaliin ngembaliin mengembalikan ngembalikan kembalikan", "kemarin": "kmrn kmaren", "harus": "hrs",
        "pesan": "pesen", "dipesan": "dipesen", "memesan": "mesen mesan", "pesankan": "pesenin pesanin pesenkan pesankan dipesankan",
        "hilang": "ilang ngilang hilangin ilangin",
        "batal": "batalin batalkan dibatalin", "cari": "nyari cri cr mencari nyariin cariin carikan carikn cariin", "tentang": "ttg tntg",
        "terima kasih": "makasih mksh mkasih makasi trims tengkyu thx thanks tq suwun nuhun", "sampai": "sampe smpe smpai",
        "dapat": "dpt", "bagus": "bgs", "sekali": "bgt banget bngt", "mau": "mo pengen pengin ingin pgn", "hanya": "cuma cuman",
        "orang": "org orng", "lagi": "lg lgi", "banyak": "byk bnyk", "jangan": "jgn jngn", "kirim": "krm", "nomor": "no nmr nomer nomr",
        "satu": "pertama", "dua": "kedua", "tiga": "ketiga", "empat": "keempat", "lima": "kelima",
    }.items()
    for short in shorts.split()
}  # fmt: skip
"""What is written short, or as it is spoken, and what it is in full."""

NUMBERS = {
    word: number
    for number, words in enumerate(
        ["satu one first", "dua two second", "tiga three third", "empat four fourth", "lima five fifth", "enam six", "tujuh seven",
         "delapan eight", "sembilan nine", "sepuluh ten"], start=1
    )
    for word in words.split()
}  # fmt: skip

TALK = word_set(
    "kak kakak kk min admin mimin mas mbak pak bu bapak ibu gan bro sis halo hai hallo hello hi hey permisi "
    "maaf assalamualaikum assalamu alaikum salam pagi siang sore malam selamat mohon tolong dong donk deh sih "
    "nih kok ya yah yaa y iya kah lho loh ta pls please plis mau bisa boleh tanya nanya bertanya numpang apakah "
    "apa adakah ada tidak saya kita kami butuh perlu punya cari minta lihat liat saja masih sudah belum ready "
    "tersedia stok stock tentang mengenai seputar buku bukunya buku-buku koleksi referensi judul judulnya "
    "berjudul novel bacaan kalau di perpustakaan sini sana lagi sedang sekarang gratis kirim kirimkan kirimin "
    "pdf softfile ebook file pinjam meminjam dipinjam the a an is are do does you have got any some i im am "
    "looking for find search about on book books novel available can could would like want need to borrow me my "
    "there in your library of by get untuk sekali dengan rak berapa letak letaknya i mana"
)
"""Words around a title that are none of it; taken away from both ends only."""

_WITHIN = frozenset(["tentang", "karangan", "karya", "pengarang", "penulis", "tulisan", "mengenai", "ditulis"])
_ORNAMENTS = {"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me", "So", "Sk"}
_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*|#(?=\d)")
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_LAST_YEARS = re.compile(r"(\d{1,2}) (?:th|thn|tahun) (?:terakhir|trakhir|terahir)\b")
_NUMBERED = re.compile(r"(?:nomor|number|yang|ke|#|the) ?(?=(\d{1,2}|[a-z]+)(?!\w))")
POLITE = word_set("kak kakak kk min admin dong donk deh ya yah please pls ga gak tidak nih")


@dataclass(frozen=True)
class Word:
    """One word as it was written, in lower case, and in full."""

    raw: str
    plain: str


def cleaned(text: str) -> str:
    """The text without marks of direction, emoji and control characters, in the usual letters, in one line."""
    shown = unicodedata.normalize("NFKC", text[: LONGEST * 4])
    kept = "".join(each if unicodedata.category(each) not in _ORNAMENTS else " " for each in shown)
    return " ".join(kept.split())[: LONGEST * 2]


def words_of(text: str) -> list[Word]:
    """The words of the text, slang in full."""
    lowered = cleaned(text).casefold().replace("’", "'")
    raws = (
        each.replace("'", "") if _has_digit(each) else _LENGTHENED.sub(r"\1", each.replace("'", ""))
        for each in _WORD.findall(lowered)
    )
    return [Word(raw, SLANG.get(raw, raw)) for raw in raws if raw]


def _has_digit(word: str) -> bool:
    return any(each.isdigit() for each in word)


def plain(words: list[Word]) -> str:
    """The words in full, as cues are matched against them."""
    return " ".join(word.plain for word in words)


def title_in(words: list[Word]) -> str:
    """What of free words is a title or a topic: without talk at its ends."""
    first, last = 0, len(words)
    while first < last and _is_talk(words[first]):
        first += 1
    while last > first and _is_talk(words[last - 1]):
        last -= 1
    return _LAST_YEARS.sub(r"\1 tahun terakhir", " ".join(each.raw for each in words[first:last] if each.plain not in _WITHIN))


def title_named(words: list[Word]) -> str:
    """What of the words after "cari" is to be looked for: all of them but politeness at the end and "buku" at the start."""
    kept = list(words)
    while kept and kept[-1].raw in POLITE:
        kept.pop()
    while len(kept) > 1 and kept[0].plain in {
        "buku",
        "bukunya",
        "tentang",
        "judul",
        "berjudul",
        "books",
        "book",
        "about",
        "for",
    }:
        kept.pop(0)
    return _LAST_YEARS.sub(r"\1 tahun terakhir", " ".join(each.raw for each in kept))


def number_in(text: str) -> str:
    """The number of something in a list ("nomor dua", "yang 3", "2"), as digits; "" for none."""
    if text.isdigit() and len(text) <= 2:  # noqa: PLR2004 -- no list is longer
        return text
    said = (found[1] for found in _NUMBERED.finditer(text))
    return next((each if each.isdigit() else str(NUMBERS[each]) for each in said if each.isdigit() or each in NUMBERS), "")


def _is_talk(word: Word) -> bool:
    return word.raw in TALK or word.plain in TALK or all(each in TALK for each in word.plain.split())
