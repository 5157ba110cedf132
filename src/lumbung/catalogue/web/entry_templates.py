"""What the simple form asks for each kind of material: a template is a list of headings with the names of fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Material

TITLE, PEOPLE, PUBLICATION = _("Judul"), _("Pengarang"), _("Terbitan")
PHYSICAL, SUBJECTS, NOTES = _("Deskripsi fisik"), _("Letak di rak dan subjek"), _("Catatan")
LONG = frozenset({"title", "contents", "summary", "notes", "subjects", "series", "addresses"})
"""These take the whole width."""

Sections = list[tuple[Any, list[str]]]
_TITLE = (TITLE, ["material", "language", "title", "subtitle", "responsibility"])
_PEOPLE = (PEOPLE, ["people", "bodies"])
_SHELF = (SUBJECTS, ["classification", "call_number", "subjects"])
_PRINT = (PHYSICAL, ["extent", "details", "dimensions", "accompanying"])

BOOK: Sections = [
    _TITLE,
    _PEOPLE,
    (PUBLICATION, ["place", "publisher", "year", "edition", "isbn", "series"]),
    _PRINT,
    _SHELF,
    (NOTES, ["summary", "contents", "notes"]),
]
RECORDING: Sections = [
    _TITLE,
    (_("Pengarang dan pemeran"), ["people", "bodies", "performers", "credits"]),
    (PUBLICATION, ["place", "publisher", "year", "edition", "series"]),
    (PHYSICAL, ["extent", "details", "dimensions", "accompanying", "system"]),
    _SHELF,
    (NOTES, ["summary", "contents", "audience", "notes"]),
]
SHEET: Sections = [
    _TITLE,
    _PEOPLE,
    (PUBLICATION, ["place", "publisher", "year", "edition", "isbn", "series"]),
    _PRINT,
    _SHELF,
    (NOTES, ["summary", "notes"]),
]
TEMPLATES: dict[str, Sections] = {
    Material.BOOK: BOOK,
    Material.THESIS: [
        _TITLE,
        (_("Penulis dan perguruan tinggi"), ["people", "bodies"]),
        (_("Tugas akhir"), ["dissertation", "place", "publisher", "year", "addresses", "access"]),
        _PRINT,
        _SHELF,
        (NOTES, ["summary", "contents", "notes"]),
    ],
    Material.SERIAL: [
        _TITLE,
        (_("Badan penerbit"), ["bodies", "people"]),
        (_("Terbitan berkala"), ["frequency", "numbering", "issn", "place", "publisher", "year", "addresses"]),
        _PRINT,
        _SHELF,
        (NOTES, ["summary", "notes"]),
    ],
    Material.ARTICLE: [
        _TITLE,
        _PEOPLE,
        (_("Dimuat di"), ["host", "host_part", "host_issn", "year", "addresses"]),
        _SHELF,
        (NOTES, ["summary", "notes"]),
    ],
    Material.EBOOK: [
        _TITLE,
        _PEOPLE,
        (PUBLICATION, ["place", "publisher", "year", "edition", "isbn", "series"]),
        (_("Berkas dan akses"), ["addresses", "access", "extent", "details", "system"]),
        _SHELF,
        (NOTES, ["summary", "contents", "notes"]),
    ],
    Material.MAP: [
        _TITLE,
        _PEOPLE,
        (_("Data peta"), ["scale"]),
        *SHEET[2:],
    ],
    Material.AUDIO: RECORDING,
    Material.VIDEO: RECORDING,
    Material.KIT: [
        _TITLE,
        _PEOPLE,
        (PUBLICATION, ["place", "publisher", "year", "edition", "isbn", "series"]),
        (_("Isi kit"), ["contents", "extent", "details", "dimensions", "accompanying", "audience", "system"]),
        _SHELF,
        (NOTES, ["summary", "notes"]),
    ],
    Material.COMPUTER_FILE: [
        *SHEET[:3],
        (PHYSICAL, ["extent", "details", "dimensions", "system", "addresses", "access"]),
        *SHEET[4:],
    ],
    Material.IMAGE: SHEET,
    Material.OBJECT: SHEET,
}
REST = sorted({name for sections in TEMPLATES.values() for _heading, names in sections for name in names})


def sections_of(material: str | None) -> Sections:
    """The template of this kind; that of books for a kind without one."""
    return TEMPLATES.get(material or Material.BOOK, BOOK)
