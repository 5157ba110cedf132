"""Looking at a file that an author handed in: does it open, is it whole, can it be read; in words a student understands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.digital.domain.kinds import EPUB, PDF, book_acts
from lumbung.formats import epub, pdf

FEW_WITH_TEXT = 0.5
OF_PUBLISHED = frozenset({"fonts", "no_text", "attachments"})
"""Of no weight where a file is only a proof for the library."""


@dataclass(frozen=True)
class Finding:
    """Something found: a sentence with places, and whether the file can be handed in with it."""

    sentence: str | Promise
    stops: bool


FINDINGS = {
    "unreadable": Finding(
        _("Berkas ini tidak dapat dibuka: mungkin rusak. Simpan ulang dari pengolah kata sebagai PDF."), True
    ),
    "locked": Finding(_("Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."), True),
    "empty": Finding(_("Berkas ini tidak mempunyai halaman."), True),
    "scripts": Finding(_("Berkas ini memuat skrip. Cetak ulang ke PDF tanpa skrip, lalu unggah lagi."), True),
    "book_unreadable": Finding(
        _("Buku ini tidak dapat dibuka: isinya bukan EPUB yang utuh. Buat ulang EPUB-nya, atau unggah PDF."), True
    ),
    "book_locked": Finding(_("Buku ini terkunci (DRM atau kata sandi). Unggah yang tanpa kunci."), True),
    "book_scripts": Finding(
        _(
            "Buku ini memuat skrip. Di sini skrip tidak pernah dijalankan: pastikan bukunya dapat dibaca tanpa bagian interaktif."
        ),
        False,
    ),
    "attachments": Finding(_("Ada %(count)s berkas lain di dalam PDF ini; yang di dalam tidak ikut terbaca."), False),
    "no_text": Finding(
        _("%(without)s dari %(pages)s halaman tidak mempunyai teks, seperti hasil pindai. Isinya tidak dapat dicari."), False
    ),
    "fonts": Finding(
        _("Huruf %(fonts)s tidak disertakan; di komputer lain tulisannya dapat berubah. Simpan sebagai PDF/A."), False
    ),
}


def said_of(findings: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """The findings in words, each with whether it stops the file."""
    return [
        (str(FINDINGS[each["code"]].sentence) % each, FINDINGS[each["code"]].stops)
        for each in findings
        if each["code"] in FINDINGS
    ]


def stops(findings: list[dict[str, Any]]) -> bool:
    return any(FINDINGS[each["code"]].stops for each in findings if each["code"] in FINDINGS)


def looked_at(path: Path, media_type: str) -> tuple[pdf.Inspection | None, list[dict[str, Any]]]:
    """What a PDF is, and what was found in it or in an EPUB; nothing of files of other kinds."""
    if media_type == EPUB.media_type:
        return None, _findings_in_book(path)
    if media_type != PDF.media_type:
        return None, []
    try:
        seen = pdf.inspect(path)
    except pdf.Unreadable:
        return None, [{"code": "unreadable"}]
    if seen.locked:
        return seen, [{"code": "locked"}]
    return seen, _findings(seen)


def _findings_in_book(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as content, epub.Archive(content) as archive:
            epub.publication_of(archive)
    except epub.Unreadable as unreadable:
        return [{"code": "book_locked" if unreadable.code == "protected" else "book_unreadable"}]
    return [{"code": "book_scripts"}] if book_acts(path) else []


def _findings(seen: pdf.Inspection) -> list[dict[str, Any]]:
    if not seen.pages:
        return [{"code": "empty"}]
    found: list[dict[str, Any]] = []
    if seen.scripts:
        found.append({"code": "scripts"})
    if seen.attachments:
        found.append({"code": "attachments", "count": seen.attachments})
    if seen.text_pages < seen.pages * FEW_WITH_TEXT:
        found.append({"code": "no_text", "without": seen.pages - seen.text_pages, "pages": seen.pages})
    if seen.unembedded:
        found.append({"code": "fonts", "fonts": ", ".join(seen.unembedded[:3])})
    return found
