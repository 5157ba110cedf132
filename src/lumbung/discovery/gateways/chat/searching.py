"""*Cari* in chat: titles with their availability, five at a time, and one title with what can be done about it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lumbung.digital.queries import files_of_records, there_are_files
from lumbung.digital.queries.access import is_lent
from lumbung.discovery.domain.unmet_needs import count_unmet_need
from lumbung.discovery.queries import search_records
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.discovery.queries.searching import Results
from lumbung.kernel.shortening import LABEL, shortened
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.words import day, number
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Inquire, Offer, Outcome, words_against
from lumbung.messaging.chat.understanding import may_be_title
from lumbung.search.documents import Query

SHOWN = 5
ANYWAY = "tetap "
"""Before a title that is suggested, as it was chosen to be: nothing like it is shown first."""
_KINDS = r"(?:buku|novel|skripsi|tesis|jurnal|majalah|kamus|komik)"
_FREE_COPY = words_against("pdf|softfile|soft file|gratis|free download|download|unduh")


def search(asking: Asking) -> Outcome:
    """Titles for the words, with where they are to be had; the next five for "lagi"."""
    if not asking.arguments:
        return Inquire(_("Judul, pengarang, atau topik apa yang Kakak cari?"), of="search")
    results = _found(asking)
    if not results.ready:
        return Answer(_("Maaf, Kak, pencarian sedang tidak dapat dipakai. Coba beberapa menit lagi, ya."))
    if not results.rows:
        return _nothing(asking)
    heading = ngettext("Ada %(n)s judul untuk “%(words)s”", "Ada %(n)s judul untuk “%(words)s”", results.total)
    lines = [heading % {"n": number(results.total), "words": results.respelt or asking.arguments}]
    if results.pages > 1:
        lines[0] += " " + _("(halaman %(page)d dari %(pages)s)") % {"page": results.page, "pages": number(results.pages)}
    if results.relaxed:
        lines.append(_("Tidak ada yang memuat semua kata itu; ini yang paling dekat."))
    if _FREE_COPY.search(asking.text.casefold()):
        lines.append(_("Kami tidak mengirim salinan buku lewat chat. Yang dapat dipinjam atau dibaca:"))
    has_more = results.page < results.pages
    foot = _("Balas angkanya untuk melihat, “pesan 2” untuk memesan yang kedua.")
    foot += " " + _("“lagi” untuk berikutnya.") if has_more else ""
    return Answer("\n".join(lines), tuple(map(title_offer, results.rows)), more=has_more, foot=foot)


def guess(asking: Asking) -> Answer | None:
    """Titles for words that nobody understood and that may be a title: only when all of them are found."""
    if not may_be_title(asking.text):
        return None
    results = _found(asking)
    if not results.rows or results.relaxed or results.respelt or results.left_out:
        return None
    answer = search(asking)
    return answer if isinstance(answer, Answer) else None


def show(asking: Asking) -> Outcome:
    """One title: who wrote it, where it stands, what can be done."""
    key = key_in(asking.subject.removeprefix("r"))
    found = rows_of([key], None) if key else []
    if not found:
        return Inquire(_("Judul itu tidak ada lagi dalam daftar saya. Judul apa yang Kakak cari?"), of="search")
    row = found[0]
    lines = [row.title_told, row.creator, row.publication, row.call_number]
    lines += [_copies_line(row, at) for at in range(len(row.copies))] or [availability_line(row)]
    if due_at := row.availability.next_due_at:
        told = _("Seharusnya kembali %(day)s.") if row.availability.is_late else _("Paling cepat kembali %(day)s.")
        lines.append(told % {"day": day(due_at)})
    if settings.SITE_URL:
        lines.append(f"{settings.SITE_URL}/records/{row.pk}")
    offers = [Offer(_("Pesan"), f"pesan r{row.pk}", subject=f"r{row.pk}")] if row.total else []
    if there_are_files() and any(is_lent(file) for file in files_of_records([row.pk])):
        offers.append(Offer(_("Pinjam digital"), f"pinjam digital r{row.pk}", subject=f"r{row.pk}"))
    return Answer("\n".join(filter(None, lines)), tuple(offers), aside=True)


def availability_line(row: Row) -> str:
    """Whether the title is to be had, in a few words."""
    if row.state == "available":
        return _("tersedia %(n)s") % {"n": number(row.available)}
    words = {"reference": _("baca di tempat"), "on_loan": _("sedang dipinjam"), "none": _("tanpa eksemplar cetak")}
    return words[row.state]


def title_offer(row: Row) -> Offer:
    """A title to choose from a list: who wrote it, and where it is to be had."""
    places = [copies.branch.name for copies in row.copies if copies.available]
    told = [row.creator, str(row.year or ""), availability_line(row) + (f" ({', '.join(places)})" if places else "")]
    return Offer(shortened(row.title, LABEL), f"buku r{row.pk}", " · ".join(filter(None, told)), f"r{row.pk}")


def _copies_line(row: Row, at: int) -> str:
    copies = row.copies[at]
    told = {"branch": copies.branch.name, "n": copies.available, "total": copies.total}
    if copies.available:
        return _("%(branch)s: %(n)d dari %(total)d tersedia") % told
    return (_("%(branch)s: baca di tempat") if copies.in_house else _("%(branch)s: sedang dipinjam")) % told


def _found(asking: Asking) -> Results:
    return search_records(Query(words=asking.arguments, size=SHOWN, page=asking.page, facets=()), None)


def _nothing(asking: Asking) -> Answer:
    count_unmet_need(asking.arguments)
    text = _("Belum ada judul untuk “%(words)s”, Kak. Coba kata yang lebih umum, atau:") % {"words": asking.arguments}
    return Answer(
        text, (Offer(_("Usulkan dibeli"), f"usul {ANYWAY}{asking.arguments}"[:60]), Offer(_("Tanya petugas"), "petugas"))
    )


SEARCH = Command(
    name="search",
    words=("cari", "search", "find", "carikan", "cariin", "nyari", "katalog"),
    title=gettext_lazy("Cari buku"),
    run=search,
    examples=("cari ekonomi mikro", "ada buku fisika dasar"),
    free=True,
    cues=(
        Cue.of(
            4,
            r"cari(?:kan)? .+|(?:looking|look|search) for .+|find .+|have you got .+|(?:do|did) you have .+|butuh .+|perlu .+",
        ),
        Cue.of(
            4,
            rf"(?:ada|adakah|punya|tersedia|stok|koleksi|list|daftar)(?: \w+)? {_KINDS}(?:nya)? .+",
        ),
        Cue.of(
            4,
            rf"(?:{_KINDS}|koleksi|referensi)(?:nya)? .+ (?:ada|tersedia|ready|stok|apa saja|available)",
        ),
        Cue.of(
            4, r"(?:stok|koleksi|referensi) .+|(?:pinjam|meminjam) (?:buku|novel|skripsi|komik) .+|books? (?:about|on|by) .+"
        ),
        Cue.of(4, r"buku (?:tentang|karangan|karya|terbitan) .+|pdf .+|is .+ available"),
        Cue.of(4, r".+ (?:di|ada) rak (?:mana|berapa|nomor)|(?:minta|unduh|download) .+|borrow .+|letak(?:nya)? .+"),
        Cue.of(3, r".+ (?:ada|tersedia|ready|available)(?: (?:tidak|kah|kak|min|ya|di perpustakaan|atau tidak))*|ada .+"),
    ),
    against=words_against(
        r"kok|sudah saya kembalikan|sudah dikembalikan|balas|dibalas|loker|tugas kelompok|(?:kenapa|mengapa) usul\w*"
    ),
    own_words=frozenset({"cari", "carikan", "ready", "available", "looking"}),
    guess=guess,
)
RECORD = Command(
    name="record",
    words=("buku", "lihat", "detail"),
    title=gettext_lazy("Lihat sebuah judul"),
    run=show,
    takes=r"\d{1,2}|r\d+",
    listed=False,
    counts="r",
)
