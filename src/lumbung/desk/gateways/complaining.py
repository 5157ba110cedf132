"""*Pengaduan* in chat: what begins so, and what follows it, is the head's alone; and how to complain, also without a name."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.desk.domain.complaining import COMPLAINT, take_complaint
from lumbung.desk.models import Conversation
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Offer, Outcome, sentences, words_against


def complain(asking: Asking) -> Outcome:
    """It is with the head, who answers here; what follows is too."""
    complaint = take_complaint(asking.incoming)
    return how_to_complain(asking) if complaint is None else Answer("\n".join([*_taken(complaint), _page()]))


def how_to_complain(_asking: Asking) -> Outcome:
    """Here or on the page that the head of the library alone reads; or a librarian, for what any of them may read."""
    lines = [
        _("Pengaduan dibaca kepala perpustakaan saja. Tulis di sini, diawali kata “mengadu”, lalu apa yang terjadi."),
        _page(),
        _("Yang lain di chat ini dapat dibaca setiap petugas."),
    ]
    return Answer("\n".join(lines), (Offer(_("Tanya petugas"), "petugas"),))


def _taken(complaint: Conversation) -> list[str]:
    due = complaint.due_at.astimezone(complaint.branch.zone) if complaint.due_at else None
    answered = (
        _("Jawabannya datang di sini paling lambat %(by)s.") % {"by": sentences.moment(due)}
        if due
        else _("Jawabannya datang di sini.")
    )
    return [
        _("Baik, Kak, ini pengaduan: hanya kepala perpustakaan yang membacanya. %(answered)s") % {"answered": answered},
        _(
            "Sampai dijawab, yang Kakak tulis di sini juga masuk ke pengaduan itu. Untuk urusan lain, tulis “petugas” atau “bantuan”."
        ),
    ]


def _page() -> str:
    if settings.SITE_URL:
        return _("Tanpa nama dapat lewat halaman %(page)s") % {"page": settings.SITE_URL + reverse("desk:complain")}
    return _("Tanpa nama: buka situs perpustakaan, pilih Layanan, Tanya pustakawan, lalu “Menyampaikan pengaduan”.")


_COMPLAINT = r"(?:mengadu(?:kan)?|ngadu|adukan|pengaduan|komplain|keluhan|complain|complaint)"
_TELLS = r"(?:mengadu(?:kan)?|ngadu|adukan|komplain|complain)"
"""What only somebody does who complains. What a complaint is called may as well be the subject of a thesis."""
_CALLED = r"(?:pengaduan|keluhan|complaints?)"
_I = r"(?:saya|aku|gue|kami|mau|mo|ingin|pengen|pingin|i)"
_WANTS = rf"(?:mau|mo|ingin|pengen|pingin|bisa|boleh|to|file|make|izin|{_I} (?:\w+ )?(?:ada|ini|punya|have))"
_OF_US = r"(?:saya|kami|soal|petugas|staf|pustakawan|nih|kak|about)"
_HOW = r"(?:cara|caranya|gimana|bagaimana|kemana|ke mana|di ?mana|how|where)"
COMPLAIN = Command(
    name=COMPLAINT,
    words=("pengaduan", "mengadu", "mengadukan", "komplain", "keluhan", "complaint"),
    title=gettext_lazy("Pengaduan"),
    run=complain,
    examples=("saya mau mengadu", "mengadu: petugas pagi kasar"),
    listed=False,
    apart=True,
    cues=(
        Cue.of(
            9,
            rf"{_WANTS}(?: \w+){{0,3}} {_COMPLAINT}|(?:mengadukan|mengadu|komplain|complain) (?:soal|tentang|about)"
            rf"|\A(?:(?:kak|min|halo|maaf|saya|permisi|i|ada|ini) )*(?:{_TELLS}|{_CALLED} {_OF_US})",
        ),
    ),
    against=words_against(
        rf"(?:buku|judul|jurnal|skripsi|tesis|artikel|penelitian|books?|articles?)(?: \w+){{0,3}} {_COMPLAINT}"
        rf"|(?:referensi|cari|carikan|mencari|nyari|find|search)(?: \w+){{0,3}} {_CALLED}"
        rf"|{_COMPLAINT} (?:pelanggan|konsumen|nasabah|pasien|masyarakat|customers?)|(?:tidak jadi|batal|bukan) {_COMPLAINT}"
    ),
)
HOW_TO_COMPLAIN = Command(
    name="how_to_complain",
    words=(),
    title=gettext_lazy("Cara mengadu"),
    run=how_to_complain,
    examples=("cara menyampaikan pengaduan",),
    listed=False,
    cues=(Cue.of(10, rf"{_HOW}(?: \w+){{0,4}} {_COMPLAINT}|{_COMPLAINT}(?: \w+)? {_HOW}"),),
)
