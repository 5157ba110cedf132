"""The class tree readers walk down: hundreds and tens in our own words, and the Indonesian expansion 2X for Islam.

The numbers are Dewey's; the words are not (those of OCLC may not be shipped), and say what an Indonesian shelf holds there.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.crosswalk.numbers import counterpart
from lumbung.catalogue.queries import class_pairs

CAPTIONS: Mapping[str, str | Promise] = {
    "0": _("Karya umum, komputer, informasi"),
    "00": _("Ilmu, informasi, dan komputer"),
    "01": _("Bibliografi dan katalog"),
    "02": _("Perpustakaan dan arsip"),
    "03": _("Ensiklopedia"),
    "05": _("Majalah umum"),
    "06": _("Lembaga dan museum"),
    "07": _("Jurnalistik dan penerbitan"),
    "08": _("Kutipan dan bunga rampai"),
    "09": _("Naskah dan buku langka"),
    "1": _("Filsafat dan psikologi"),
    "10": _("Filsafat umum"),
    "11": _("Hakikat keberadaan"),
    "12": _("Pengetahuan dan manusia"),
    "13": _("Gaib dan parapsikologi"),
    "14": _("Aliran filsafat"),
    "15": _("Psikologi"),
    "16": _("Logika"),
    "17": _("Etika"),
    "18": _("Filsafat kuno dan Timur"),
    "19": _("Filsafat modern"),
    "2": _("Agama"),
    "20": _("Agama-agama umum"),
    "21": _("Ketuhanan dan teori agama"),
    "22": _("Alkitab"),
    "23": _("Teologi Kristen"),
    "24": _("Kehidupan dan ibadah Kristen"),
    "25": _("Jemaat dan pastoral"),
    "26": _("Gereja dan masyarakat"),
    "27": _("Sejarah Kekristenan"),
    "28": _("Denominasi Kristen"),
    "29": _("Agama lain"),
    "2X": _("Islam"),
    "2X0": _("Islam umum"),
    "2X1": _("Al-Qur’an dan ilmunya"),
    "2X2": _("Hadis dan ilmunya"),
    "2X3": _("Akidah dan ilmu kalam"),
    "2X4": _("Fikih"),
    "2X5": _("Akhlak dan tasawuf"),
    "2X6": _("Kemasyarakatan dalam Islam"),
    "2X7": _("Filsafat, dakwah, dan pendidikan Islam"),
    "2X8": _("Mazhab dan aliran dalam Islam"),
    "2X9": _("Sejarah Islam dan para tokohnya"),
    "3": _("Ilmu sosial"),
    "30": _("Masyarakat dan sosiologi"),
    "31": _("Statistik umum"),
    "32": _("Politik"),
    "33": _("Ekonomi"),
    "34": _("Hukum"),
    "35": _("Administrasi negara dan militer"),
    "36": _("Layanan dan masalah sosial"),
    "37": _("Pendidikan"),
    "38": _("Perdagangan dan perhubungan"),
    "39": _("Adat dan cerita rakyat"),
    "4": _("Bahasa"),
    "40": _("Bahasa umum"),
    "41": _("Ilmu bahasa dan bahasa Indonesia"),
    "42": _("Bahasa Inggris"),
    "43": _("Bahasa Jerman"),
    "44": _("Bahasa Prancis"),
    "45": _("Bahasa Italia"),
    "46": _("Bahasa Spanyol dan Portugis"),
    "47": _("Bahasa Latin"),
    "48": _("Bahasa Yunani"),
    "49": _("Bahasa lain, juga Arab dan Nusantara"),
    "5": _("Ilmu alam dan matematika"),
    "50": _("Ilmu alam umum"),
    "51": _("Matematika"),
    "52": _("Astronomi"),
    "53": _("Fisika"),
    "54": _("Kimia"),
    "55": _("Ilmu bumi"),
    "56": _("Fosil dan kehidupan purba"),
    "57": _("Biologi"),
    "58": _("Tumbuhan"),
    "59": _("Hewan"),
    "6": _("Teknologi dan ilmu terapan"),
    "60": _("Teknologi umum"),
    "61": _("Kedokteran dan kesehatan"),
    "62": _("Teknik"),
    "63": _("Pertanian, peternakan, perikanan"),
    "64": _("Rumah tangga dan boga"),
    "65": _("Manajemen dan bisnis"),
    "66": _("Teknik kimia"),
    "67": _("Industri dan manufaktur"),
    "68": _("Kerajinan dan produk jadi"),
    "69": _("Bangunan"),
    "7": _("Kesenian, hiburan, olahraga"),
    "70": _("Kesenian umum"),
    "71": _("Tata kota dan lanskap"),
    "72": _("Arsitektur"),
    "73": _("Patung dan seni rupa tiga dimensi"),
    "74": _("Gambar, desain, batik, dan kriya"),
    "75": _("Seni lukis"),
    "76": _("Seni grafis"),
    "77": _("Fotografi dan seni digital"),
    "78": _("Musik"),
    "79": _("Pertunjukan, film, dan olahraga"),
    "8": _("Kesusastraan"),
    "80": _("Sastra umum dan penulisan"),
    "81": _("Sastra Indonesia dan Amerika"),
    "82": _("Sastra Inggris"),
    "83": _("Sastra Jerman"),
    "84": _("Sastra Prancis"),
    "85": _("Sastra Italia"),
    "86": _("Sastra Spanyol dan Portugis"),
    "87": _("Sastra Latin"),
    "88": _("Sastra Yunani"),
    "89": _("Sastra lain, juga Arab dan Nusantara"),
    "9": _("Sejarah dan geografi"),
    "90": _("Sejarah umum"),
    "91": _("Geografi dan perjalanan"),
    "92": _("Biografi"),
    "93": _("Dunia kuno"),
    "94": _("Sejarah Eropa"),
    "95": _("Sejarah Asia dan Indonesia"),
    "96": _("Sejarah Afrika"),
    "97": _("Sejarah Amerika Utara"),
    "98": _("Sejarah Amerika Selatan"),
    "99": _("Sejarah Oseania dan kutub"),
}
TOPS = ("0", "1", "2", "2X", "3", "4", "5", "6", "7", "8", "9")

_NUMBER = re.compile(r"(?<![0-9])(2[Xx][0-9]?|[0-9]{3}(?![0-9]))")


def classes_of(classification: str) -> list[str]:
    """The places in the tree of a class number, the hundred first: ``["6", "61"]`` for 610.73, ``["2X", "2X4"]`` for 2X4.2."""
    found = _NUMBER.search(classification)
    if found is None:
        return []
    number = found[1].upper()
    if number.startswith("2X"):
        return list(dict.fromkeys(["2X", number]))
    return [each for each in (number[0], number[:2]) if each in CAPTIONS]


def places_of(classification: str, counterpart: str) -> list[str]:
    """The same, and for what is classed in the expansion of 297 also the places of its counterpart in 2X: in the tree Islam is one."""
    return [*classes_of(classification), *(each for each in classes_of(counterpart) if each.startswith("2X"))]


def above(place: str) -> str:
    """The hundred over a ten, and 2X over 2X4; empty for those at the top."""
    return "" if place in TOPS else place[:-1]


def written(place: str) -> str:
    """As on the shelf: 600 for "6", 610 for "61", 600–609 for "60"; 2X and 2X4 stay."""
    if len(place) == 2 and place.endswith("0"):  # noqa: PLR2004 -- a ten has two digits
        return f"{place}0–{place}9"
    return place if place.startswith("2X") else place.ljust(3, "0")


def caption(place: str) -> str:
    """``610 · Kedokteran dan kesehatan``; the number alone where we have no words for it."""
    said = CAPTIONS.get(place)
    return f"{written(place)} · {said}" if said else written(place)


def caption_in_297(place: str) -> str:
    """A place of Islam by its number in 297: ``297.4 · Fikih`` for 2X4; ``297 · Islam`` for 2X. As in 2X where it has no counterpart."""
    number = "297" if place == "2X" else counterpart(place, class_pairs())
    return f"{number} · {CAPTIONS[place]}" if number and place in CAPTIONS else caption(place)
