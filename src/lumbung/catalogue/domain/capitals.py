"""Names and titles that somebody wrote in capitals, made readable again."""

import re

from lumbung.search.words.indonesian import is_indonesian

_ROMAN = re.compile(r"(?=[XVI])X{0,3}(IX|IV|V?I{0,3})")
_ACRONYMS = frozenset({
    "SD", "SMP", "SMA", "SMK", "MI", "MTS", "MA", "TK", "PAUD", "SLB", "PT", "CV", "UD", "UMKM", "UKM", "BUMN", "BUMD",
    "BPR", "BRI", "BNI", "BCA", "KUA", "KUHP", "UUD", "UU", "RI", "DPR", "MPR", "DPRD", "TNI", "POLRI", "KPK", "HAM", "AIDS",
    "HIV", "TBC", "DBD", "ICU", "IGD", "RSUD", "RSUP", "RSU", "BPJS", "DIY", "DKI", "NTB", "NTT", "IT", "TI", "SI", "IPA",
    "IPS", "PAI", "IPTEK", "SIG", "GIS", "IOT", "AI", "UIN", "IAIN", "STAIN", "STIE", "STIKES", "UGM", "UI", "ITB", "ITS",
    "IPB", "UNAIR", "UNY", "UNS", "UNDIP", "UNPAD", "USU", "UNHAS", "HTML", "PHP", "SQL", "XML", "ASEAN", "ISO", "SNI",
    "SDM", "CSR", "KB", "TIK",
})  # fmt: skip
_TITLES = {
    "dr": "Dr.", "drs": "Drs.", "dra": "Dra.", "ir": "Ir.", "prof": "Prof.", "h": "H.", "hj": "Hj.", "k.h": "K.H.", "kh": "K.H.",
    "m.pd": "M.Pd.", "s.pd": "S.Pd.", "m.si": "M.Si.", "s.si": "S.Si.", "s.e": "S.E.", "m.m": "M.M.", "s.h": "S.H.", "m.h": "M.H.",
    "s.kom": "S.Kom.", "m.kom": "M.Kom.", "ph.d": "Ph.D.", "s.sos": "S.Sos.", "m.hum": "M.Hum.", "s.t": "S.T.", "m.t": "M.T.",
    "s.ag": "S.Ag.", "m.ag": "M.Ag.", "m.a": "M.A.", "m.sc": "M.Sc.", "s.kep": "S.Kep.", "m.kes": "M.Kes.", "s.i.p": "S.I.P.",
    "s.pd.i": "S.Pd.I.", "m.pd.i": "M.Pd.I.", "lc": "Lc.", "b.a": "B.A.",
}  # fmt: skip
_SMALL_IN_NAMES = frozenset({"bin", "binti", "al", "van", "de", "der", "von", "ibn", "ibnu"})
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_SHORTEST_TO_TELL = 6


def readable_name(text: str) -> str:
    """A name as its bearer would write it, when all of it is in capitals or none; other names stay as they are."""
    if not _shouts(text) and text != text.lower():
        return text
    return " ".join(_name_word(word, first=at == 0) for at, word in enumerate(text.split()))


def readable_title(text: str) -> str:
    """A title in capitals made readable: words of the language small, the first and names large, abbreviations as they were."""
    if not _shouts(text) or len(text) < _SHORTEST_TO_TELL:
        return text
    small = _WORD.sub(_title_word, text)
    return small[:1].upper() + small[1:]


def _title_word(found: re.Match[str]) -> str:
    word = found[0]
    if word in _ACRONYMS or (len(word) > 1 and _ROMAN.fullmatch(word)) or not re.search(r"[AEIOUY]", word):
        return word
    lower = word.lower()
    return lower if is_indonesian(lower) else lower.capitalize()


def _name_word(word: str, *, first: bool) -> str:
    bare, comma = word.rstrip(",").lower().rstrip("."), "," if word.endswith(",") else ""
    if bare in _TITLES and (word.rstrip(",").endswith(".") or "." in bare):
        return _TITLES[bare] + comma
    if bare in _SMALL_IN_NAMES and not first:
        return word.lower()
    return _WORD.sub(lambda found: found[0][:1].upper() + found[0][1:].lower(), word)


def _shouts(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return bool(letters) and all(each == each.upper() for each in letters)
