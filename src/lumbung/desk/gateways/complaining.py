"""*Pengaduan* in chat: it is said where to complain in confidence, for what is written to the chat any librarian may read."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.desk.domain.hearing import COMPLAINT
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Offer, Outcome


def complain(_asking: Asking) -> Outcome:
    """The page that the head of the library alone reads; or a librarian, for what any of them may read."""
    lines = [_("Pengaduan dibaca kepala perpustakaan saja, dan boleh tanpa nama. Sampaikan di halaman Pengaduan:")]
    if settings.SITE_URL:
        lines.append(settings.SITE_URL + reverse("desk:complain"))
    else:
        lines.append(_("buka situs perpustakaan, pilih Layanan, Tanya pustakawan, lalu “Menyampaikan pengaduan”."))
    lines.append(_("Yang ditulis di chat ini dapat dibaca setiap petugas."))
    return Answer("\n".join(lines), (Offer(_("Tanya petugas"), "petugas"),))


_WANTS = r"(?:mau|mo|ingin|pengen|pingin|bisa|boleh|cara|gimana|bagaimana|kemana|to|file|make|have)"
_COMPLAINT = r"(?:mengadu|ngadu|adukan|pengaduan|komplain|keluhan|complain|complaint)"
COMPLAIN = Command(
    name=COMPLAINT,
    words=("pengaduan", "mengadu", "mengadukan", "komplain", "complaint"),
    title=gettext_lazy("Pengaduan"),
    run=complain,
    examples=("saya mau mengadu", "cara menyampaikan pengaduan"),
    listed=False,
    cues=(Cue.of(9, rf"{_WANTS}(?: \w+){{0,3}} {_COMPLAINT}|(?:mengadukan|mengadu|komplain|complain) (?:soal|tentang|about)"),),
)
