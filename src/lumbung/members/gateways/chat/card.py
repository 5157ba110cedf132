"""The member's card as a picture that the desk can scan."""

from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.kernel.ui.qr_codes import qr_code
from lumbung.kernel.ui.words import day
from lumbung.members.models import Member
from lumbung.messaging.chat import Answer, Asking, Command, Cue, Outcome, Picture, words_against

SCALE = 10


def card(asking: Asking) -> Outcome:
    """The card number as a QR code, with until when it holds."""
    member: Member = asking.person
    drawn = BytesIO()
    qr_code(member.barcode).save(drawn, kind="png", scale=SCALE, border=4)
    told = {"name": member.name, "number": member.barcode, "day": day(member.expires_on)}
    text = _("Kartu %(name)s, berlaku sampai %(day)s. Tunjukkan kode ini di meja layanan.") % told
    return Answer(text, picture=Picture(drawn.getvalue(), "png", _("Nomor kartu: %(number)s") % told))


CARD = Command(
    name="card",
    words=("kartu", "kartuku", "card", "my card", "kartu anggota"),
    title=gettext_lazy("Kartu anggota"),
    run=card,
    takes="saya|ku|aku|dong|kak",
    examples=("kartu saya", "kode qr", "kartu digital"),
    needs_person=True,
    cues=(Cue.of(6, r"kartu(?:ku|nya)?|(?:qr|barcode)(?: \w+)?|(?:library|my|member) card"),),
    against=words_against("hilang|rusak|baru|buat kartu|bikin|membuat|cetak|ganti|kredit|ktp|ktm"),
)
