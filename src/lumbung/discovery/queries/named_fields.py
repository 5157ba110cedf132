"""Fields named in plain words, without a colon: *penulis hamka*, *terbitan balai pustaka*, *research design by creswell*."""

import re
from collections.abc import Mapping

_LABELS: Mapping[str, str] = {
    "creator": r"(?:nama )?(?:penulis|pengarang)(?:nya)?|karya|karangan|(?:di|yang )?(?:tulis|karang) oleh|oleh|author|(?:written )?by",
    "note": r"(?:nama )?penerbit(?:nya)?|terbitan|diterbitkan(?: oleh)?|publisher|published by",
    "title": r"judul(?:nya)?|berjudul|titled?",
    "identifier": r"is[bs]n",
}
"""How people name a field, by the field; the publisher stands among the notes."""
_NO_LABEL = (
    "tulis|ilmiah|sastra|seni|musik|cipta|desain|wisata|inovasi|nyata|terapan|akhir|fiksi|nonfiksi|klasik|terbaik|lengkap|pilihan|"
    "berkala|pemerintah|buku|skripsi|tesis|disertasi|penelitian|tugas|artikel|jurnal|the|a|an"
)
"""Words behind which the name of a field is no such name: *karya tulis*, *judul skripsi*, *by the sea*."""
_EACH = "|".join(rf"(?P<{name}>{label})" for name, label in _LABELS.items())
LABEL = re.compile(rf"(?i)(?<!\S)(?:{_EACH}) (?!(?:{_NO_LABEL})\b)(?=\S)")


def in_named_fields(text: str, *, anywhere: bool) -> tuple[str, list[tuple[str, str]]]:
    """The words without the names of fields, and each field with its words, which go on to the next name. Unless ``anywhere``, the first
    word must be such a name: elsewhere it is as likely a word of the title. As it is where none is named."""
    found = list(LABEL.finditer(text))
    if not found or (not anywhere and found[0].start()):
        return text, []
    ends = [each.start() for each in found[1:]] + [len(text)]
    said = [(str(each.lastgroup), text[each.end() : end].strip()) for each, end in zip(found, ends, strict=True)]
    said = [(name, words) for name, words in said if words]  # of two names in a row, the second says what the field is
    return " ".join(LABEL.sub("", text).split()), said
